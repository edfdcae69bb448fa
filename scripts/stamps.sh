# Sourced by the other scripts: messages, and stamps that say what a step was last made from.

say() {
    if [ -t 2 ]; then printf '\033[2m▸ %s\033[0m\n' "$*" >&2; else printf '▸ %s\n' "$*" >&2; fi
}

fail() {
    printf '%s\n' "$@" >&2
    exit 1
}

sha256() { # of standard input, with whatever this system has
    if command -v sha256sum >/dev/null; then sha256sum; else shasum -a 256; fi | cut -d ' ' -f 1
}

fingerprint() { # of files and folders, by name and content
    find "$@" \( -name node_modules -o -name dist -o -name coverage \) -prune -o \
        -type f -not -name '*.tsbuildinfo' -print0 | LC_ALL=C sort -z | xargs -0 cksum | sha256
}

# stale NAME PATH...: true unless NAME was stamped with PATHs as they are now.
stale() {
    local file=".venv/.stamps/$1"
    shift
    [ "$(cat "$file" 2>/dev/null)" != "$(fingerprint "$@")" ]
}

stamp() {
    local file=".venv/.stamps/$1"
    shift
    mkdir -p .venv/.stamps
    fingerprint "$@" >"$file"
}
