#!/usr/bin/env bash
# Bring .venv and the console up to date with the locks and the sources. Nothing is done twice:
# each step leaves a stamp with the hash of what it was made from.
#
#   scripts/install.sh          what `zhanggui up` needs
#   scripts/install.sh --dev    that, and what `make test` needs
#
# PYTHON=/path/to/python chooses the interpreter of a new .venv.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
source scripts/stamps.sh

suits() { # is this a working Python of 3.11 or later? (a shim on PATH may exist and fail)
    "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1
}

find_python() {
    local candidate
    if [ -n "${PYTHON:-}" ]; then
        suits "$PYTHON" && { echo "$PYTHON"; return; }
        fail "PYTHON=$PYTHON is not a working Python 3.11 or later."
    fi
    for candidate in python3 python3.14 python3.13 python3.12 python3.11 python; do
        suits "$candidate" && { echo "$candidate"; return; }
    done
    fail "没有找到 Python 3.11 或更高版本。No Python 3.11 or later was found." \
        "Install one, or name it: make install PYTHON=/path/to/python3"
}

# An environment with pip in it. Debian leaves ensurepip out of python3, so pip may have to come
# from the interpreter's own pip, or the bootstrap packages from a uv that is already there.
make_venv() {
    local python=$1
    say "Making .venv with $("$python" -c 'import sys; print(sys.executable, sys.version.split()[0])')"
    rm -rf .venv
    if "$python" -c 'import ensurepip' >/dev/null 2>&1; then
        "$python" -m venv .venv
    else
        "$python" -m venv --without-pip .venv
    fi
}

install_bootstrap() {
    local python=$1
    local lock=requirements-bootstrap.lock
    if .venv/bin/python -c 'import pip' >/dev/null 2>&1; then
        .venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r "$lock"
    elif "$python" -m pip --version >/dev/null 2>&1; then
        "$python" -m pip --python .venv/bin/python install --quiet --disable-pip-version-check \
            --require-hashes -r "$lock"
    elif uv --version >/dev/null 2>&1; then
        uv pip install --quiet --python .venv/bin/python --require-hashes -r "$lock"
    else
        rm -rf .venv
        fail "这个 Python 没有 pip 也没有 ensurepip。This Python has neither ensurepip nor pip." \
            "On Debian or Ubuntu:  apt-get install python3-venv   (then run make again)"
    fi
}

# An environment knows where it lies: after the folder was moved, or its Python removed, it is dead.
python=""
if ! suits .venv/bin/python || [ "$(cat .venv/.stamps/place 2>/dev/null || pwd)" != "$(pwd)" ]; then
    python=$(find_python)
    make_venv "$python"
fi

if stale bootstrap requirements-bootstrap.lock || ! .venv/bin/uv --version >/dev/null 2>&1; then
    install_bootstrap "${python:-$(find_python)}"
    stamp bootstrap requirements-bootstrap.lock
    pwd >.venv/.stamps/place
fi

# A lock names all there is to install, so nothing is resolved again.
uv_pip_install() { .venv/bin/uv pip install --quiet --python .venv/bin/python "$@"; }

if stale run requirements.lock; then
    say "Installing requirements.lock"
    uv_pip_install --no-deps --require-hashes -r requirements.lock
    stamp run requirements.lock
fi

if [ "${1:-}" = --dev ] && stale dev requirements-dev.lock; then
    say "Installing requirements-dev.lock"
    uv_pip_install --no-deps --require-hashes -r requirements-dev.lock
    stamp dev requirements-dev.lock
fi

if stale project pyproject.toml hatch_build.py; then
    uv_pip_install --no-deps --no-build-isolation --editable .
    stamp project pyproject.toml hatch_build.py
fi

scripts/console.sh build
