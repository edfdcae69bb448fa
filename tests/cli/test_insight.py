"""``zhanggui insight`` as a merchant runs it."""

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
def insight(migrated_sqlite: Path, tmp_path: Path):
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
    return lambda *arguments: run("insight", *arguments, "--shop", "mine")


def test_the_report_and_the_ledger_are_read(insight):
    found = json.loads(
        insight("report", "--json", "--since", "2026-06-01", "--until", "2026-06-07").stdout
    )
    assert (found["since"], found["before_since"]) == ("2026-06-01", "2026-05-25")
    figures = {each["key"]: each for each in found["figures"]}
    assert (figures["conversations"]["value"], figures["involvement"]["value"]) == (0, None)
    assert "people would have answered these 0" in insight("value").stdout
