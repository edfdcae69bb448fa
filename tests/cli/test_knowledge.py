"""``zhanggui knowledge`` as a merchant runs it, with and without a running server."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.commands import run_command
from tests.server import Server
from zhanggui.base import clock
from zhanggui.shop.models import Shop

COMMAND = Path(sys.executable).with_name("zhanggui")


@pytest.fixture
async def data(settings, database) -> Path:
    """A data folder with one shop in it."""
    async with database.transaction("mine") as session:
        session.add(Shop(shop_id="mine", name="檐下碗铺", created_at=clock.now(), is_demo=False))
    await database.close()
    return Path(settings.data)


@pytest.fixture
def manual(tmp_path: Path) -> Path:
    path = tmp_path / "手册.md"
    path.write_text("# 水壶手册\n\n整机质保一年。\n\n电池半年。\n", encoding="utf-8")
    return path


def run(data: Path, *arguments: object) -> subprocess.CompletedProcess[str]:
    return run_command(data, "knowledge", *arguments)


def given(data: Path, *arguments: object) -> dict:
    done = run(data, *arguments, "--json")
    assert done.returncode == 0, done.stdout + done.stderr
    found: dict = json.loads(done.stdout)
    return found


def is_added_and_listed(data: Path, manual: Path) -> None:
    added = given(data, "add-document", manual)
    document = added["document"]
    assert (document["title"], document["clauses"], added["unread_pages"]) == ("水壶手册", 2, [])
    said = ("--id", document["id"], "--effective", "2099-01-01", "--title", "新手册")
    given(data, "add-document", manual, *said)
    (listed,) = given(data, "list-documents")["items"]
    assert [version["effective"] for version in listed["versions"]] == [None, "2099-01-01"]
    refused = run(data, "add-document", manual, "--id", "nobody")
    assert refused.returncode == 1
    assert "No such document" in refused.stderr
    assert "Traceback" not in refused.stderr


def test_a_document_is_added_in_this_process(data, manual, tmp_path):
    is_added_and_listed(data, manual)
    missing = run(data, "add-document", tmp_path / "nothing.md")
    assert missing.returncode == 1
    assert "No such file" in missing.stderr
    table = run(data, "list-documents")
    assert "coming" in table.stdout


def test_a_document_is_added_through_the_running_server(data, manual, tmp_path):
    shutil.copytree(data, tmp_path / "served")
    with Server(COMMAND, tmp_path / "served", "--no-demo"):
        is_added_and_listed(tmp_path / "served", manual)
