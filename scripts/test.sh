#!/bin/sh
# Everything that must hold, from a fresh clone: npm test [-- what vitest should run].
set -eu
cd "$(dirname "$0")/.."
sh scripts/setup.sh tests
PATH="$PWD/node_modules/.bin:$PATH"
echo 'test: biome check' >&2
biome check .
echo 'test: types' >&2
tsc --noEmit
node scripts/build.mjs
exec vitest run "$@"
