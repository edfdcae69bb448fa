# 掌柜 Zhanggui. `make run` starts it, `make test` checks it.
SHELL := /usr/bin/env bash
.DEFAULT_GOAL := help
.PHONY: help run install install-dev console test format bench soak reference plates lock upgrade audit wheel clean

help: ## This list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /\1|/' | column -t -s '|'

run: install ## Install what changed, then serve the console and the API (Ctrl-C stops it)
	@exec .venv/bin/zhanggui up $(ARGS)

install: ## Install what is pinned into .venv and build the console (PYTHON=... to choose one)
	@scripts/install.sh

install-dev:
	@scripts/install.sh --dev

console: ## Build the console if its sources changed
	@scripts/console.sh build

test: install-dev ## Lint, types, import contract, Python, console and browser tests
	@scripts/test.sh

format: install-dev ## Put the Python sources into shape
	@.venv/bin/ruff check --fix
	@.venv/bin/ruff format

bench: install-dev ## Measure, into bench/out (see bench/README.md)
	@scripts/bench.sh $(ARGS)

soak: install-dev ## Play for long what `make test` plays briefly: requests, broken files, who comes between whom
	@.venv/bin/python -m bench.api_fuzz
	@.venv/bin/python -m bench.fuzz_imports
	@INTERLEAVINGS=$(or $(INTERLEAVINGS),200) .venv/bin/pytest -q --timeout 0 tests/service/chat/test_interleavings.py

reference: install-dev ## Write docs/reference.md from the code
	@.venv/bin/python -m zhanggui.app.reference > docs/reference.md

plates: install-dev ## Render the studio's stage plates anew, ARGS="ID..." for some (needs LLVM 19)
	@.venv/bin/uv pip install --quiet --python .venv/bin/python --no-deps --require-hashes -r requirements-render.lock
	@.venv/bin/python -m rendering.plates $(ARGS)

lock: install-dev ## Compile the locks again after a change in pyproject.toml or package.json
	@scripts/lock.sh

upgrade: install-dev ## The same, taking newer versions
	@scripts/lock.sh --upgrade

audit: install-dev ## Ask for known vulnerabilities in what is locked (needs the network)
	@.venv/bin/pip-audit --strict --require-hashes --disable-pip -r requirements.lock
	@scripts/console.sh npm audit --omit=dev

wheel: install-dev ## Build the wheel and the sdist into dist/
	@.venv/bin/python -m build --no-isolation

clean: ## Remove everything that was made, but no data of any shop
	rm -rf .venv build dist console/dist console/node_modules .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis
