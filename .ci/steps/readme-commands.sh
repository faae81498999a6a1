#!/usr/bin/env bash
# As a new user would: a clone in an empty folder, then each command of the README that needs neither Auth0 nor AWS.
set -euo pipefail
clone=$(mktemp -d)
trap 'rm -rf "$clone"' EXIT
git clone --quiet . "$clone/app"
cd "$clone/app"
npm ci --silent --no-audit --no-fund
node .ci/readme-commands.mjs
