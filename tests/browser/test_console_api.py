"""The console's types of the API are those that the server states."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import httpx

from tests.conftest import ROOT
from tests.server import Server

CONSOLE = ROOT / "console"


def test_the_generated_types_are_current(server: Server, tmp_path: Path) -> None:
    """If not: run `scripts/console.sh api`."""
    stated = tmp_path / "openapi.json"
    stated.write_text(
        json.dumps(httpx.get(f"{server.url}/openapi.json", timeout=60).json()), encoding="utf-8"
    )
    generated = tmp_path / "schema.d.ts"
    subprocess.run(
        [
            Path(sys.executable).with_name("node"),
            CONSOLE / "node_modules/openapi-typescript/bin/cli.js",
            stated,
            "--output",
            generated,
        ],
        check=True,
        capture_output=True,
    )
    assert generated.read_text("utf-8") == (CONSOLE / "src/api/schema.d.ts").read_text("utf-8")
