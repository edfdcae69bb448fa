#!/usr/bin/env bash
# Everything `make test` checks, one step after another; a failing step does not hide the next.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
export PATH="$PWD/.venv/bin:$PATH"

failed=0
summary=()

step() {
    local name=$1 started=$SECONDS
    shift
    printf '\n\033[1m== %s\033[0m\n' "$name"
    if "$@"; then
        summary+=("$(printf 'ok    %-14s %4d s' "$name" $((SECONDS - started)))")
    else
        summary+=("$(printf 'FAIL  %-14s %4d s   %s' "$name" $((SECONDS - started)) "$*")")
        failed=$((failed + 1))
    fi
}

step lint ruff check
step format ruff format --check
step types mypy
step imports lint-imports
step console scripts/console.sh check
step python pytest --numprocesses "${TEST_WORKERS:-2}" --dist loadfile --ignore tests/browser
step chromium python -m tests.browser.chromium
step browser pytest tests/browser

printf '\n'
printf '%s\n' "${summary[@]}"
printf '\n%d passed, %d failed\n' $((${#summary[@]} - failed)) "$failed"
exit $((failed > 0))
