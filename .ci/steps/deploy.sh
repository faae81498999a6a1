#!/usr/bin/env bash
# The real `cdk deploy` against an emulator, wherever Python has moto; where it has not, the tests say so and are skipped.
set -u
[ -e vitest.deploy.config.ts ] || exit 0
npm run --silent test:deploy -- --reporter=default --reporter=json --outputFile="$1/deploy.json"
