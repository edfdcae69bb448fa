#!/usr/bin/env bash
# Everything `make test` checks, one step after another; a failing step does not hide the next.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
export PATH="$PWD/.venv/bin:$PATH"
# Where nothing compiled may be kept, each of the hundred processes that the tests start compiles
# all that it imports anew: eight seconds of CPU instead of three.
unset PYTHONDONTWRITEBYTECODE

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

# What a command that was begun in the background says, and how it ended.
ended() {
    wait "$1"
    local code=$?
    cat "$2"
    return $code
}

# A file's tests stay in one process, which makes what they share once; the files that take longest
# are begun first (tests/conftest.py), so that neither process is left alone with one at the end.
tests() { pytest --numprocesses "${TEST_WORKERS:-2}" --dist loadfile --no-loadscope-reorder "$@"; }

step lint ruff check
step format ruff format --check
# The two have a core each.
types=$(mktemp)
trap 'rm -f "$types"' EXIT
mypy >"$types" 2>&1 &
checked=$!
step console scripts/console.sh check
step types ended "$checked" "$types"
step imports lint-imports
step python tests --ignore tests/browser
step chromium python -m tests.browser.chromium
step browser tests tests/browser

printf '\n'
printf '%s\n' "${summary[@]}"
printf '\n%d passed, %d failed\n' $((${#summary[@]} - failed)) "$failed"
exit $((failed > 0))
