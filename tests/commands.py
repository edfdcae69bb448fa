"""Commands as a merchant runs them, where it is what they say that counts."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path

from tests.conftest import ROOT


def run_command(data: Path, *arguments: object, **more: str) -> subprocess.CompletedProcess[str]:
    """Run ``zhanggui`` with this data folder, in English, in a process of its own, but one that has
    the program loaded already; `more` is of its environment."""
    with tempfile.TemporaryDirectory() as folder:
        out, err = Path(folder, "out"), Path(folder, "err")
        out.touch()
        err.touch()
        words = [str(word) for word in arguments]
        environment = {**os.environ, "ZHANGGUI_DATA": str(data), "LANG": "en_US.UTF-8", **more}
        given = {
            "arguments": words, "environment": environment, "folder": str(ROOT),
            "out": str(out), "err": str(err),
        }  # fmt: skip
        process = _warm()
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(json.dumps(given) + "\n")
        process.stdin.flush()
        code = int(process.stdout.readline())
        return subprocess.CompletedProcess(
            words, code, out.read_text(encoding="utf-8"), err.read_text(encoding="utf-8")
        )


@cache
def _warm() -> subprocess.Popen[str]:
    """The process that forks, which ends when this one does and its input is closed."""
    return subprocess.Popen(
        [sys.executable, "-m", "tests.warm_command"],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
