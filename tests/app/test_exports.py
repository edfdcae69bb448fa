"""Tables as files over HTTP: who may, what comes, and what it says of itself."""

from __future__ import annotations

import io

import openpyxl
import pytest
from limits import parse

from tests.app.conftest import ok, refused, tool
from zhanggui.base import exports
from zhanggui.base.http import export_routes
from zhanggui.shop.models import Product
from zhanggui.shop.opening import open_shop

pytestmark = pytest.mark.db


def route(shop_id: str, table: str) -> str:
    return f"/api/shops/{shop_id}/exports/{table}"


@pytest.fixture
async def stocked(runtime, shop: str) -> str:
    async with runtime.db.transaction(shop) as session:
        session.add(Product(shop_id=shop, id="p1", title="山月饭碗🍚", pictures=[]))
        session.add(Product(shop_id=shop, id="p2", title="砂锅", pictures=[]))
    return shop


async def test_a_workbook_in_the_readers_language(owner, stocked, engine, clock):
    answer = await owner.get(route(stocked, "goods"))
    assert answer.status_code == 200
    assert answer.headers["content-disposition"] == 'attachment; filename="goods-2026-06-01.xlsx"'
    assert answer.headers["x-zhanggui-rows"] == "2"
    assert int(answer.headers["content-length"]) == len(answer.content)
    heading, *rows = (
        openpyxl.load_workbook(io.BytesIO(answer.content)).worksheets[0].iter_rows(values_only=True)
    )
    assert heading[:2] == ("Product id", "Title")
    assert [row[:2] for row in rows] == [("p1", "山月饭碗🍚"), ("p2", "砂锅")]


async def test_text_narrowed_by_the_lists_filters(owner, stocked, engine):
    given = {"format": "csv", "q": "饭碗"}
    utf8 = await owner.get(route(stocked, "goods"), params=given)
    assert utf8.content.startswith(b"\xef\xbb\xbf")
    assert utf8.headers["x-zhanggui-replaced"] == "0"
    assert "山月饭碗🍚" in utf8.text
    assert "砂锅" not in utf8.text
    gbk = await owner.get(route(stocked, "goods"), params={**given, "encoding": "gbk"})
    assert gbk.headers["content-type"] == "text/csv; charset=gbk"
    assert gbk.headers["x-zhanggui-replaced"] == "1"
    assert "山月饭碗〓" in gbk.content.decode("gbk")


async def test_every_table_comes_from_an_empty_shop(owner, shop, engine):
    for table in exports.REGISTRY:
        answer = await owner.get(route(shop, table), params={"format": "csv"})
        assert (answer.status_code, answer.headers["x-zhanggui-rows"]) == (200, "0"), table


@pytest.mark.parametrize(
    "given",
    [{"format": "pdf"}, {"encoding": "big5"}, {"page": "2"}, {"q": "a\x00b"}, {"q": "a" * 201}],
)
async def test_what_makes_no_sense_is_refused(owner, shop, engine, given):
    await refused(owner.get(route(shop, "goods"), params=given), 422, "invalid")


async def test_nobody_and_strangers_get_nothing(client, owner, join, stocked, runtime, engine):
    await refused(client.get(route(stocked, "goods")), 401, "unauthenticated")
    await open_shop(runtime, "next-door", "隔壁")
    partner = await join("partner@example.com", "owner")  # Of the one shop alone.
    await refused(partner.get(route("next-door", "goods")), 404, "not_found")
    assert (await owner.get(route(stocked, "secrets"))).status_code == 404


async def test_what_is_about_people_is_in_the_log(owner, stocked, engine):
    await owner.get(route(stocked, "buyers"))
    entries = (await ok(owner.get(tool(stocked, "base.audit_log"))))["items"]
    assert entries[0]["tool"] == "export.buyers"


@pytest.mark.usefixtures("uncounted_time")
async def test_exports_are_not_asked_for_without_end(owner, stocked, engine, monkeypatch):
    monkeypatch.setattr(export_routes, "RATE", parse("2 per minute"))
    for _ in range(2):
        assert (await owner.get(route(stocked, "coupons"))).status_code == 200
    await refused(owner.get(route(stocked, "goods")), 429, "too_many")
