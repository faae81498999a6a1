#!/usr/bin/env bash
# The page of local mode in a real browser: Debian's Chromium.
set -u
command -v chromium > /dev/null ||
  { apt-get update -qq && apt-get install -qq -y --no-install-recommends chromium; } > /dev/null 2>&1
npm run --silent test:browser -- --reporter=default --reporter=json --outputFile="$1/browser.json"
