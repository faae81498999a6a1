#!/usr/bin/env bash
# As a new user would: a clone in an empty folder, then each command of the README that needs neither Auth0 nor AWS.
set -euo pipefail
clone=$(mktemp -d)
trap 'rm -rf "$clone"' EXIT
git clone --quiet . "$clone/app"
cd "$clone/app"
npm ci --silent --no-audit --no-fund
node .ci/readme-commands.mjs

# Where npm has no Node (or optional packages are left out), a Node 24 of the machine's own does.
mkdir "$clone/bin"
mv node_modules/node-*/bin/node "$clone/bin/node"
rm -rf node_modules/node-linux-* node_modules/node-darwin-* node_modules/.bin/node
PATH="$clone/bin:$PATH" npx cdk synth --quiet
