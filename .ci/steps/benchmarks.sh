#!/usr/bin/env bash
# The short form of the benchmarks. Times are printed, never judged; a count (requests per 1,000 events, bundle bytes,
# items read per poll) that has grown by more than 5 % over the committed one fails.
set -u
npm run --silent bench -- --short
