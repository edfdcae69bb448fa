#!/usr/bin/env bash
# Write a migration for what the tables have become: scripts/migration.sh NAME
# It is compared with a fresh SQLite database that has every migration so far.
set -euo pipefail
cd "$(dirname "$0")/.."
name=${1:?usage: scripts/migration.sh NAME}
ZHANGGUI_DATA=$(mktemp -d)
export ZHANGGUI_DATA
trap 'rm -rf "$ZHANGGUI_DATA"' EXIT
.venv/bin/python - "$name" <<'PYTHON'
import sys
from pathlib import Path

from alembic import command

from zhanggui import rooms
from zhanggui.base import schema
from zhanggui.base.settings import Settings

rooms.load_models()
settings = Settings()
versions = schema.MIGRATIONS / "versions"
number = f"{len(list(versions.glob('[0-9]*.py'))) + 1:04d}"
schema.upgrade(settings)
made = command.revision(
    schema.alembic_config(settings), message=sys.argv[1], autogenerate=True, rev_id=number
)
Path(made.path).rename(versions / f"{number}_{sys.argv[1]}.py")
PYTHON
.venv/bin/ruff check -q --fix --exit-zero src/zhanggui/base/migrations > /dev/null
.venv/bin/ruff format -q src/zhanggui/base/migrations
