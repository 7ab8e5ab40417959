#!/bin/sh
# Makes a fresh clone ready: sh scripts/setup.sh [tests]. Needs Node 20 or newer and npm; says what it does.
set -eu
cd "$(dirname "$0")/.."

# Descriptor 3 stays the terminal when a command's own output goes to a log.
exec 3>&2
say() { echo "setup: $*" >&3; }

# Runs a command, telling every ten seconds that it still works.
patiently() {
  "$@" &
  work=$!
  trap 'kill "$work" 2>/dev/null; exit 130' INT TERM
  seconds=0
  while kill -0 "$work" 2>/dev/null; do
    sleep 1
    seconds=$((seconds + 1))
    if [ $((seconds % 10)) -eq 0 ]; then say "... $seconds s"; fi
  done
  trap - INT TERM
  wait "$work"
}

check_node() {
  if ! command -v node >/dev/null || ! command -v npm >/dev/null; then
    say "Node.js 20 or newer with npm is needed and was not found. Install it (https://nodejs.org), then try again."
    exit 1
  fi
  major=$(node -p 'process.versions.node.split(".")[0]')
  if [ "$major" -lt 20 ]; then
    say "Node.js $(node -v) is too old: 20 or newer is needed. Install it (https://nodejs.org), then try again."
    exit 1
  fi
}

install_packages() {
  installed=node_modules/.package-lock.json
  if [ -f "$installed" ] && [ ! package-lock.json -nt "$installed" ]; then return; fi
  say "installing packages with npm ci: half a minute to a few minutes, about 0.9 GB on disk (the engine is most of it)"
  start=$(date +%s)
  if ! patiently npm ci --include=dev --no-audit --no-fund --loglevel=error; then
    say "npm ci failed; its errors stand above. Check the network and try again."
    exit 1
  fi
  # npm keeps the time of an unchanged listing; ours tells when the packages were last made to match.
  touch "$installed"
  say "packages installed in $(($(date +%s) - start)) s"
}

has_postgres() { ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1; }

as_root() {
  if [ "$(id -u)" -eq 0 ]; then "$@"; else sudo -n "$@"; fi
}

apt_install() {
  as_root env DEBIAN_FRONTEND=noninteractive sh -c 'apt-get update && apt-get install -y --no-install-recommends "$@"' apt-get "$@"
}

install_postgres() {
  if has_postgres; then return; fi
  without="the tests that need PostgreSQL will be skipped; to run them install Debian's package postgresql"
  if ! command -v apt-get >/dev/null; then say "no PostgreSQL here and no apt-get: $without"; return; fi
  if ! as_root true 2>/dev/null; then say "no PostgreSQL here and no right to install it: $without"; return; fi
  say "installing Debian's postgresql for the tests: about a minute"
  start=$(date +%s)
  log=$(mktemp)
  if patiently apt_install postgresql >"$log" 2>&1 && has_postgres; then
    say "postgresql installed in $(($(date +%s) - start)) s"
  else
    tail -n 3 "$log" >&2
    say "installing postgresql failed: $without"
  fi
  rm -f "$log"
}

has_chromium() { command -v chromium >/dev/null 2>&1; }

install_chromium() {
  if has_chromium; then return; fi
  without="the walks through the console will be skipped; to run them install Debian's packages chromium and fonts-noto-cjk"
  if ! command -v apt-get >/dev/null; then say "no Chromium here and no apt-get: $without"; return; fi
  if ! as_root true 2>/dev/null; then say "no Chromium here and no right to install it: $without"; return; fi
  say "installing Debian's chromium and a Chinese font for the tests: about a minute"
  start=$(date +%s)
  log=$(mktemp)
  if patiently apt_install chromium fonts-noto-cjk >"$log" 2>&1 && has_chromium; then
    say "chromium installed in $(($(date +%s) - start)) s"
  else
    tail -n 3 "$log" >&2
    say "installing chromium failed: $without"
  fi
  rm -f "$log"
}

has_ip() { command -v ip >/dev/null 2>&1; }

# The tests that cut the network between servers make network namespaces with it.
install_iproute() {
  if has_ip; then return; fi
  without="the test that cuts the network between servers will be skipped; to run it install Debian's package iproute2"
  if ! command -v apt-get >/dev/null; then say "no iproute2 here and no apt-get: $without"; return; fi
  if ! as_root true 2>/dev/null; then say "no iproute2 here and no right to install it: $without"; return; fi
  log=$(mktemp)
  if patiently apt_install iproute2 >"$log" 2>&1 && has_ip; then
    say "iproute2 installed"
  else
    tail -n 3 "$log" >&2
    say "installing iproute2 failed: $without"
  fi
  rm -f "$log"
}

check_node
install_packages
if [ "${1:-}" = tests ]; then
  install_postgres
  install_chromium
  install_iproute
fi
