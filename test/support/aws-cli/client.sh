#!/usr/bin/env bash
# What a shell finds as `aws`: gives its words to the test that runs it, and prints what comes back. A script, as starting
# Node for each of a thousand calls takes minutes. Words and parts of the reply end with a NUL.
exec 3<> "/dev/tcp/127.0.0.1/$AWS_STAND_IN"
printf '%s\0' "${0##*/}" "${AWS_REGION-}" "$#" >&3
for word; do
  case $word in
    file:///dev/stdin) IFS= read -r -d '' word ;;
    file://*) IFS= read -r -d '' word < "${word#file://}" ;;
  esac
  printf '%s\0' "$word" >&3
done
IFS= read -r -d '' code <&3
IFS= read -r -d '' out <&3
IFS= read -r -d '' err <&3
printf '%s' "$out"
printf '%s' "$err" >&2
exit "${code:-70}"
