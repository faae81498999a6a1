#!/usr/bin/env bash
# Each function's bundle as `cdk synth` wrote it: at most 450 kB minified.
set -u
failed=0
for bundle in cdk.out/asset.*/index.mjs; do
  bytes=$(wc -c < "$bundle")
  echo "$bundle: $bytes bytes"
  [ "$bytes" -le 450000 ] || failed=1
done
exit $failed
