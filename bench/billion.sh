#!/bin/sh
# The bench at a billion events and a hundred million consumers: `bench/billion.sh FOLDER [EVENTS]`.
# FOLDER keeps the world (about 35 GB at a billion), so that a run that was ended goes on where it was; what a work gave is
# kept in bench/runs, and a work that has given is not run again. DuckDB is asked up to 200 million events only.
set -eu

folder=${1:?'give the folder that keeps the world: bench/billion.sh FOLDER [EVENTS]'}
events=${2:-1000000000}
cd "$(dirname "$0")/.."
mkdir -p "$folder" bench/runs

case $events in
  1000000000) size=1b ;;
  *) size=$((events / 1000000))m ;;
esac

# A world takes 33 bytes an event, a profile of 59 for every eleventh included, and its parts are put together side by side.
needed=$((events * 50 / 1024))
if [ ! -e "$folder/made-world-$events" ] && [ "$(df -Pk "$folder" | awk 'NR == 2 { print $4 }')" -lt "$needed" ]; then
  echo "billion: $folder has less than $((needed / 1048576)) GB free" >&2
  exit 75
fi

for work in aipl-day-scan audience-5 questions aipl-increment audience-algebra audience-refresh portrait; do
  if ls bench/runs/*-"$size-$work.json" >/dev/null 2>&1; then
    echo "billion: $work has been run" >&2
    continue
  fi
  echo "billion: $work, $(date -u +%H:%M)" >&2
  given="$folder/given.json"
  npx tsx bench/main.ts --events "$events" --only "$work" --folder "$folder" --format json >"$given" ||
    echo "billion: $work did not do all" >&2
  # nothing is kept of a work that gave no rows, so that the next run tries it again
  if grep -q '"work"' "$given"; then mv "$given" "bench/runs/$(date -u +%F)-$size-$work.json"; fi
done
npx biome format --write bench/runs
npx tsx bench/curve.ts
