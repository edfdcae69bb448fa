"""``zhanggui work``, in this process."""

from __future__ import annotations

import asyncio
import json
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from tests.loading import load
from zhanggui import rooms
from zhanggui.app.house import open_house
from zhanggui.base import tools
from zhanggui.base.principals import SYSTEM
from zhanggui.base.settings import Settings
from zhanggui.cli import app, work
from zhanggui.shop.files import OrderRecord, OrderStatus
from zhanggui.shop.opening import open_shop

__all__ = ["work"]

ADDRESS, PHONE = "浙江省杭州市西湖区文三路100号", "13812345678"


@pytest.fixture
def filed(migrated_sqlite: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The id of a work item in the data folder that the commands use."""
    data = Path(shutil.copytree(migrated_sqlite, tmp_path / "data"))
    monkeypatch.setenv("ZHANGGUI_DATA", str(data))
    rooms.load_tools()

    async def file() -> str:
        async with open_house(Settings()) as runtime:
            await open_shop(runtime, "bowls", "檐下碗铺")
            await load(runtime, "bowls", [OrderRecord(1, "A1", "小鱼", OrderStatus.PAID)])
            given = {"order_id": "A1", "address": ADDRESS, "phone": PHONE}
            outcome = await tools.call(
                runtime, "service.change_address", given, shop_id="bowls", principal=SYSTEM
            )
        assert outcome.output is not None
        return str(outcome.output.model_dump()["work_item_id"])

    return asyncio.run(file())


def run(*arguments: str) -> str:
    result = CliRunner().invoke(app, ["work", *arguments], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.stdout


def test_work_is_listed_shown_and_finished(filed):
    listed = json.loads(run("list", "--json"))
    assert [item["id"] for item in listed["items"]] == [filed]
    assert PHONE not in run("list")
    shown = run("show", filed)
    assert ADDRESS in shown
    assert PHONE in shown
    assert filed in run("finish", filed, "--note", "改好了")
    assert json.loads(run("list", "--json"))["items"] == []
    done = json.loads(run("list", "--status", "done", "--kind", "change_address", "--json"))
    assert [(item["status"], item["note"]) for item in done["items"]] == [("done", "改好了")]


def test_work_is_dropped(filed):
    assert "dropped" in run("finish", filed, "--drop")
    assert json.loads(run("show", filed, "--json"))["status"] == "dropped"
