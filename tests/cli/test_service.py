"""``zhanggui service settings`` as a merchant runs it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

COMMAND = Path(sys.executable).with_name("zhanggui")


@pytest.fixture
def settings(migrated_sqlite: Path, tmp_path: Path):
    data = Path(shutil.copytree(migrated_sqlite, tmp_path / "data"))
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
    return lambda *arguments: run("service", "settings", "--shop", "mine", *arguments)


def test_the_ceiling_is_shown_and_set_in_percent(settings):
    assert "5% (choose from 1% / 2% / 3% / 5% / 8%)" in settings().stdout
    assert "3%" in settings("--ceiling", "3").stdout
    assert json.loads(settings("--json").stdout)["ceiling"] == 0.03


def test_no_other_ceiling_is_set(settings):
    refused = settings("--ceiling", "4")
    assert refused.returncode == 1
    assert "0.03 (3%)" in refused.stderr
    assert json.loads(settings("--json").stdout)["updated_at"] is None
