"""What only who runs the installation may do, and a shop taken away whole."""

from __future__ import annotations

import csv
import io
import tarfile
import zipfile

import pytest

from tests.app.conftest import PASSWORD, ok, refused, tool
from zhanggui.base import audit, exports
from zhanggui.base.auth import accounts
from zhanggui.base.db import NO_SHOP
from zhanggui.shop.models import Product


async def test_the_operator_takes_a_backup_without_the_key(owner, shop, runtime):
    answer = await owner.post("/api/house/backup", json={"password": PASSWORD})
    assert answer.status_code == 200
    assert answer.headers["content-disposition"].startswith('attachment; filename="zhanggui-')
    with tarfile.open(fileobj=io.BytesIO(answer.content)) as tar:
        names = tar.getnames()
    assert "manifest.json" in names
    assert "rows/shops.jsonl.gz" in names
    assert "secret.key" not in names
    assert list(runtime.settings.data.glob(".backup-*")) == []


async def test_a_wrong_password_takes_nothing(owner, shop):
    told = await refused(
        owner.post("/api/house/backup", json={"password": "another one"}), 401, "unauthenticated"
    )
    assert told["where"] == "current"


async def test_an_operator_without_a_password_chooses_one_first(owner, shop, runtime):
    async with runtime.db.transaction(NO_SHOP) as session:
        (await accounts.operator(session)).password_hash = None
    await refused(owner.post("/api/house/backup", json={"password": PASSWORD}), 409, "conflict")


async def test_nobody_else_backs_the_house_up(client, owner, shop, join):
    given = {"password": PASSWORD}
    await refused(client.post("/api/house/backup", json=given), 401, "unauthenticated")
    other = await join("other@example.com", "owner")
    await refused(other.post("/api/house/backup", json=given), 403, "forbidden")


@pytest.mark.db
async def test_a_shop_is_taken_away_whole(owner, shop, runtime, engine):
    async with runtime.db.transaction(shop) as session:
        session.add(Product(shop_id=shop, id="p1", title="山月饭碗", pictures=[]))
    answer = await owner.get(f"/api/shops/{shop}/exports")
    assert answer.headers["content-type"] == "application/zip"
    assert answer.headers["x-zhanggui-rows"] == "1"
    with zipfile.ZipFile(io.BytesIO(answer.content)) as packed:
        assert packed.testzip() is None
        # The quick phrases are the answers, which are there, in another form.
        tables = [f"{each.table}.csv" for each in exports.REGISTRY.values() if not each.is_form]
        assert "phrases" in exports.REGISTRY
        assert "phrases.csv" not in tables
        assert packed.namelist() == [*tables, "manifest.csv"]
        text = packed.read("goods.csv").decode("utf-8-sig")
    heading, row = csv.reader(io.StringIO(text, newline=""))
    assert row[:2] == ["p1", "山月饭碗"]
    assert heading[:2] == ["Product id", "Title"]


@pytest.mark.db
async def test_a_whole_shop_has_every_version_of_its_policies(owner, shop, engine):
    for day, text in (("2020-01-01", "签收七天内可退。"), ("2099-01-01", "签收十五天内可退。")):
        given = {"id": "returns", "title": "退货", "clauses": [text], "effective": day}
        await ok(owner.post(tool(shop, "knowledge.save_policy"), json=given))
    answer = await owner.get(f"/api/shops/{shop}/exports")
    with zipfile.ZipFile(io.BytesIO(answer.content)) as packed:
        text = packed.read("policies.csv").decode("utf-8-sig")
    _, *rows = csv.reader(io.StringIO(text, newline=""))
    assert [(row[2], row[3]) for row in rows] == [
        ("签收七天内可退。", "2020-01-01"),
        ("签收十五天内可退。", "2099-01-01"),
    ]


@pytest.mark.db
async def test_what_was_taken_of_people_is_recorded(owner, shop, runtime, engine):
    await owner.get(f"/api/shops/{shop}/exports")
    async with runtime.db.reading(shop) as session:
        recorded = {row.tool for row in await audit.recent(session, shop)}
    personal = {f"export.{each.table}" for each in exports.REGISTRY.values() if each.is_personal}
    assert personal
    assert personal <= recorded
