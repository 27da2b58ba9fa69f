#!/bin/sh
# Renews both lock files from the ranges in pyproject.toml: exact versions, hashes, no download address.
set -eu
sh deploy/venv.sh requirements-dev.lock

compile() {
    CUSTOM_COMPILE_COMMAND="make lock" .venv/bin/pip-compile --quiet --upgrade --generate-hashes --allow-unsafe \
        --strip-extras --no-emit-index-url --no-emit-trusted-host --no-emit-find-links "$@"
}

compile --output-file requirements.lock pyproject.toml
compile --extra dev --constraint requirements.lock --output-file requirements-dev.lock pyproject.toml
