# The commands of the project. `make` alone lists them.
.DEFAULT_GOAL := help
.PHONY: help demo test lint bench lock

help: ## List the commands
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' Makefile

demo: ## Run the site on http://127.0.0.1:8000 (PORT= changes it)
	@exec sh deploy/demo.sh

test: ## Run everything that CI runs: lint, PostgreSQL, SQLite, browser
	@exec sh tests/run.sh

lint: ## Check style, templates and migrations
	@sh deploy/venv.sh requirements-dev.lock
	@exec sh tests/lint.sh

bench: ## Measure speed and memory, and print the figures
	@sh deploy/venv.sh requirements-dev.lock
	@.venv/bin/python -m tests.bench

lock: ## Renew requirements.lock and requirements-dev.lock from pyproject.toml
	@sh deploy/lock.sh
