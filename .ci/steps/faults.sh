#!/usr/bin/env bash
# kill -9, services that refuse or lose answers, broken receivers: on real processes and sockets.
set -u
npm run --silent test:faults -- --reporter=default --reporter=json --outputFile="$1/faults.json"
