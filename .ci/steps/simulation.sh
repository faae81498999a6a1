#!/usr/bin/env bash
# Every single deviation of every small world, every pair in one, and a tenth of the random worlds that
# `npm run test:simulation` tries.
set -u
npm run --silent test:simulation -- --pairs side-by-side --runs 10000 --first
