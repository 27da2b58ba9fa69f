#!/bin/sh
# Makes .venv from a lock file, if it is not there yet: sh deploy/venv.sh requirements.lock (or requirements-dev.lock)
# Each thing that can be missing on a fresh machine gets one sentence that says what to do.
set -eu

stop() {
    echo "$1" >&2
    exit 1
}

lock=$1
# A development environment holds all that running needs, so it serves for both.
for prepared in "$lock" requirements-dev.lock; do
    if [ -x .venv/bin/python ] && cmp -s "$prepared" .venv/locked; then
        exit 0
    fi
done

python=
for candidate in ${PYTHON:-python3 python3.14 python3.13 python3.12 python3.11}; do
    if "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
        python=$candidate
        break
    fi
done
[ -n "$python" ] || stop "Python 3.11 or newer is needed, and was not found. Install it, or name it: make demo PYTHON=/path/to/python3"

"$python" -c 'import venv, ensurepip' 2>/dev/null ||
    stop "This Python has no venv module. On Debian or Ubuntu: apt-get install python3-venv"

echo "Preparing the Python environment in .venv; this takes about a minute, once."
rm -f .venv/locked
"$python" -m venv .venv || stop "Making .venv failed. Remove the folder .venv and try again."
.venv/bin/python -m pip install -qq --disable-pip-version-check --require-hashes -r "$lock" ||
    stop "Installing the locked packages failed. The first run needs a network that reaches a Python package index."
cp "$lock" .venv/locked
