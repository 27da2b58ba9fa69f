#!/bin/sh
# Style, templates, migrations: what a reviewer should not have to say. Called by `make lint` and `make test`.
set -eu
bin=.venv/bin
$bin/ruff check .
$bin/ruff format --check .
$bin/djhtml --check --tabwidth 2 templates
$bin/python manage.py makemigrations --check --dry-run --settings tests.settings --verbosity 0 ||
    { echo "A model has changed without its migration: run manage.py makemigrations, one app at a time." >&2; exit 1; }
$bin/python manage.py check --settings tests.settings
