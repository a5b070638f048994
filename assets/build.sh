#!/usr/bin/env bash
# Builds what package assets embeds, from the versions that src/package-lock.json pins, after testing the sources.
# The results are committed; `git diff --exit-code assets` afterwards tells whether they are what the sources give.
set -euo pipefail
cd "$(dirname "$0")/src"
npm ci --ignore-scripts
npm test
npm run build
