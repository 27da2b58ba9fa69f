#!/bin/sh
# Finds a Java runtime for the HTML checker, or installs the system's package: as root, with apt-get.
set -eu
if command -v java >/dev/null; then
    exit 0
fi
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "No Java found; installing one."
    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends default-jre-headless >/dev/null || true
fi
if command -v java >/dev/null; then
    exit 0
fi
echo "NO JAVA: valid HTML cannot be tested here. Install a runtime, for example: apt-get install default-jre-headless" >&2
[ "${CI:-}" != true ]
