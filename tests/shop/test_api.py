"""Files in over HTTP: who may, what becomes of odd names, and tables that run no formulas."""

# ruff: noqa: F401, F811 # A fixture that is imported is used by its name.
from __future__ import annotations

import csv
import io

import pytest

from tests.app.conftest import (
    app,
    client,
    join,
    new_client,
    ok,
    owner,
    password_hash,
    refused,
    runtime,
    shop,
    tool,
)
from zhanggui.base.sheets import FORMULA_LEADS
from zhanggui.shop.importing import imports
from zhanggui.shop.importing.models import ImportFileRow, ImportProblemRow
from zhanggui.shop.opening import open_shop

FAQ = "问题,答案\n多久发货,当天发货，周末顺延\n".encode()


def route(shop_id: str, rest: str = "") -> str:
    return f"/api/shops/{shop_id}/imports{rest}"


async def test_files_are_staged_and_understood(owner, shop):
    parts = [("files", ("../../常见问题.csv", FAQ)), ("files", ("常见问题.csv", FAQ))]
    staged = await ok(owner.post(route(shop), files=parts, data={"modified": ["1", "2"]}))
    found = await ok(owner.get(tool(shop, "shop.get_import"), params=staged))
    assert sorted(file["path"] for file in found["files"]) == ["常见问题 (2).csv", "常见问题.csv"]
    assert {file["kind"] for file in found["files"]} == {"faq"}


async def test_a_folder_of_many_files_has_as_many_times(owner, shop):
    times = {"modified": ["1"] * 1_500}
    await ok(owner.post(route(shop), files=[("files", ("a.csv", FAQ))], data=times))


async def test_an_import_of_an_impossible_name_is_refused(owner, shop):
    await refused(owner.get(route(shop, "/%00/problems.csv")), 422, "invalid")


async def test_no_file_is_refused_and_leaves_nothing(owner, shop, runtime):
    await refused(owner.post(route(shop), data={"modified": "1"}), 422, "invalid")
    assert list((runtime.settings.data / "imports").rglob("*.csv")) == []


async def test_a_viewer_takes_no_files_in(join, shop):
    viewer = await join("viewer@example.com", "viewer")
    await refused(viewer.post(route(shop), files=[("files", ("a.csv", FAQ))]), 403, "forbidden")


async def test_another_shops_import_is_not_there(join, shop, runtime, other_shop_id):
    owner = await join("partner@example.com", "owner")  # Of this shop alone.
    await open_shop(runtime, other_shop_id, "别家")
    import_id, staging = imports.new_import(runtime, other_shop_id)

    async def one():
        yield FAQ

    await staging.add_stream("a.csv", one())
    await imports.stage(runtime, other_shop_id, staging, import_id)
    given = {"import_id": import_id}
    await refused(owner.get(tool(shop, "shop.get_import"), params=given), 404, "not_found")
    for name in ("start_import", "undo_import", "discard_import"):
        await refused(owner.post(tool(shop, f"shop.{name}"), json=given), 404, "not_found")
    await refused(owner.get(route(shop, f"/{import_id}/problems.csv")), 404, "not_found")
    other = await owner.get(route(other_shop_id, f"/{import_id}/problems.csv"))
    assert other.status_code in (403, 404)
    listed = await ok(owner.get(tool(shop, "shop.list_imports")))
    assert listed["items"] == []


async def test_problems_run_no_formula(owner, shop, runtime):
    staged = await ok(owner.post(route(shop), files=[("files", ("=cmd.csv", FAQ))]))
    async with runtime.db.transaction(shop) as session:
        file = await session.get_one(ImportFileRow, (shop, staged["import_id"], 0))
        file.path = "=cmd|' /C calc'!A0"
        for position, cell in enumerate(["=1+1", "+1", "-1", "@A1", "\t=1", "＝1", "plain"]):
            session.add(
                ImportProblemRow(
                    shop_id=shop,
                    import_id=file.import_id,
                    number=0,
                    position=position,
                    row=position,
                    column=cell,
                    reason_zh=cell,
                    reason_en=cell,
                    refused=True,
                )
            )
    answer = await owner.get(route(shop, f"/{staged['import_id']}/problems.csv"))
    rows = list(csv.reader(io.StringIO(answer.text.removeprefix("\ufeff"))))
    assert rows[0] == ["file", "row", "column", "reason", "refused"]
    assert len(rows) == 8
    assert not any(cell[:1] in FORMULA_LEADS for row in rows for cell in row if cell)
    assert rows[-1][2] == "plain"


@pytest.mark.parametrize(
    "name", ["..%2F..%2Fsecret.key", "secret.key", "a.png", "%00.png", "a.svg"]
)
async def test_a_picture_that_is_none_is_not_there(owner, shop, name):
    await refused(owner.get(f"/api/shops/{shop}/pictures/{name}"), 404, "not_found")


async def test_only_an_owner_opens_another_shop(client, owner, join, shop):
    await refused(client.post("/api/shops", json={"name": "新店"}), 401, "unauthenticated")
    agent = await join("agent@example.com", "agent")
    await refused(agent.post("/api/shops", json={"name": "新店"}), 403, "forbidden")
    opened = await ok(owner.post("/api/shops", json={"name": "New Shop"}))
    assert opened["id"].startswith("new-shop-")
    await refused(owner.post("/api/shops", json={"name": "x", "id": opened["id"]}), 409, "conflict")
    await refused(owner.post("/api/shops", json={"name": "x", "id": "Öö"}), 422, "invalid")
    await refused(owner.post("/api/shops", json={"name": "a\x00b"}), 422, "invalid")
