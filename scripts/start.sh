#!/bin/sh
# From a fresh clone to the demo brand's FAST report: npm start.
set -eu
cd "$(dirname "$0")/.."
sh scripts/setup.sh
node scripts/build.mjs
exec ./qiancheng demo --format table "$@"
