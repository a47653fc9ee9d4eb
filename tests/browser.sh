#!/usr/bin/env bash
# Finds Chromium for the tests, or installs it where the system's package manager can.
set -euo pipefail
for name in chromium chromium-browser google-chrome; do
  if command -v "$name" >/dev/null; then exit 0; fi
done
if [ -n "${CHROMIUM:-}" ] && [ -x "${CHROMIUM}" ]; then exit 0; fi
if command -v apt-get >/dev/null && [ "$(id -u)" = 0 ]; then
  echo "Installing Chromium for the browser tests"
  apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium >/dev/null
  exit 0
fi
echo "The tests need Chromium and found none. Install it (Debian: sudo apt install chromium)," >&2
echo "or name its program: CHROMIUM=/path/to/chromium make test" >&2
exit 1
