#!/usr/bin/env bash
# Run benchmarks: all of bench/*.py, or those named. See bench/README.md.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
source scripts/stamps.sh

names=("$@")
if [ ${#names[@]} -eq 0 ]; then
    for file in bench/[a-z]*.py; do
        [ -e "$file" ] || fail "bench/ holds no benchmark."
        names+=("$(basename "$file" .py)")
    done
fi

mkdir -p bench/out
failed=0
for name in "${names[@]}"; do
    say "bench/$name.py"
    if .venv/bin/python -m "bench.$name" >"bench/out/$name.json.part"; then
        mv "bench/out/$name.json.part" "bench/out/$name.json"
        cat "bench/out/$name.json"
    else
        printf 'bench/%s.py failed\n' "$name" >&2
        failed=1
    fi
done
exit $failed
