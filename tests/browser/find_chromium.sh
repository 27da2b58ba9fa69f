#!/bin/sh
# Finds a Chromium for the browser tests, or installs one: the system's package as root, else playwright's own.
set -eu
if .venv/bin/python -m tests.browser.chromium; then
    exit 0
fi
echo "No Chromium found; installing one."
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends chromium fonts-liberation >/dev/null || true
else
    .venv/bin/python -m playwright install chromium || true
fi
if .venv/bin/python -m tests.browser.chromium; then
    exit 0
fi
echo "NO BROWSER: the browser tests cannot run here. Install Chromium, for example: apt-get install chromium" >&2
[ "${CI:-}" != true ]
