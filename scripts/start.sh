#!/bin/sh
# From a fresh clone to the console on the demo brand: npm start.
set -eu
cd "$(dirname "$0")/.."
sh scripts/setup.sh
node scripts/build.mjs
./qiancheng demo --format table
exec ./qiancheng serve "$@"
