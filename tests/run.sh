#!/bin/sh
# What `make test` runs, and CI with it. What cannot run is said loudly; with CI=true it fails.
# One part: .venv/bin/pytest tests/test_pages.py
set -eu
sh deploy/venv.sh requirements-dev.lock
sh tests/browser/find_chromium.sh
sh tests/browser/find_java.sh

echo "== Lint"
sh tests/lint.sh

echo "== The suite on PostgreSQL, and the site in Chromium"
.venv/bin/pytest --cov --cov-report=term

echo "== What may differ, on SQLite"
DATABASE_URL=sqlite://:memory: .venv/bin/pytest -m both
