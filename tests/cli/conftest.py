"""The command as a merchant runs it."""

from __future__ import annotations

import shutil
from functools import partial
from pathlib import Path

import pytest

from tests.commands import run_command


@pytest.fixture
def data(migrated_sqlite: Path, tmp_path: Path) -> Path:
    """A data folder with an empty database."""
    return Path(shutil.copytree(migrated_sqlite, tmp_path / "data"))


@pytest.fixture(scope="session")
def begun(migrated_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder of the shop ``mine``, which knows one answer, to make copies of."""
    folder = tmp_path_factory.mktemp("begun")
    data = Path(shutil.copytree(migrated_sqlite, folder / "data"))
    (folder / "faq.csv").write_text("问题,答案\n多久发货,当天发货\n", encoding="utf-8")
    done = run_command(data, "import", folder / "faq.csv", "--shop", "mine")
    assert done.returncode == 0, done.stdout + done.stderr
    return data


@pytest.fixture
def run(begun: Path, data: Path):
    """Runs the command, in English, where the shop ``mine`` knows one answer."""
    shutil.rmtree(data)
    shutil.copytree(begun, data)
    return partial(run_command, data)
