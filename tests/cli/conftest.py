"""The command as a merchant runs it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

COMMAND = Path(sys.executable).with_name("zhanggui")


@pytest.fixture
def data(migrated_sqlite: Path, tmp_path: Path) -> Path:
    """A data folder with an empty database."""
    return Path(shutil.copytree(migrated_sqlite, tmp_path / "data"))


@pytest.fixture
def run(data: Path, tmp_path: Path):
    """Runs the command, in English, where the shop ``mine`` knows one answer."""
    (tmp_path / "faq.csv").write_text("问题,答案\n多久发货,当天发货\n", encoding="utf-8")

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [COMMAND, *arguments],
            env={**os.environ, "ZHANGGUI_DATA": str(data), "LANG": "en_US.UTF-8"},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )

    assert run("import", str(tmp_path / "faq.csv"), "--shop", "mine").returncode == 0
    return run
