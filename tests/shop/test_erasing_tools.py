"""A buyer who is forgotten: nothing names, locates or quotes them, and the figures stay."""

from __future__ import annotations

import json
from typing import Any

import pytest
from sqlalchemy import select

from tests.shop.conftest import TABLES, Shop, at, order
from zhanggui.base import saved_views, tools
from zhanggui.base.approvals import ApprovalRow
from zhanggui.base.audit import ToolCallRow
from zhanggui.base.db import Base
from zhanggui.base.errors import Forbidden, Invalid, NotFound
from zhanggui.base.events import EventRow
from zhanggui.base.principals import Principal
from zhanggui.shop.buyers import buyer_id
from zhanggui.shop.files import OrderLineRecord, RefundRecord, ReviewRecord
from zhanggui.shop.importing.models import ImportUndoRow
from zhanggui.shop.models import Buyer, Order, Review

pytestmark = pytest.mark.db

OWNER = Principal("usr_o", "owner")
NICK, OTHER = "小鱼爱吃草", "小鱼爱吃草2号"
MINE, THEIRS = "4099120000000111111", "4099120000000222222"
PHONE, NAME, STREET = "19900001234", "张小满", "示例路1号"
SAID = (
    "早点发别留字条",
    "放门口花盆后面",
    "颜色和想的不一样",
    "送给我妈她很喜欢",
    "发错了两次",
    "您多保重",
)
PERSONAL = (NICK, PHONE, NAME, STREET, *SAID, "SF1234567890", "SF0987654321", "2026030122001")


def records(*, total: int = 13_900) -> list[Any]:
    """What two buyers with like nicks bought."""
    return [
        order(
            MINE, buyer_nick=NICK, paid_fen=total, buyer_message=SAID[0], note=SAID[1],
            tracking_no="SF1234567890", payment_no="2026030122001",
        ),
        OrderLineRecord(row=2, order_no=MINE, sku_id="s1", quantity=2, note=SAID[1]),
        order(THEIRS, buyer_nick=OTHER, receiver_name="王五", receiver_phone="19900005678",
              receiver_address="上海市 徐汇区 天平路2号", buyer_message="周末送"),
        RefundRecord(row=2, refund_id="r1", order_no=MINE, reason=SAID[2], amount_fen=500,
                     tracking_no="SF0987654321", created_at=at("2026-03-02 10:00:00")),
        ReviewRecord(row=2, order_no=MINE, buyer_nick=NICK, content=SAID[3], reply=SAID[5],
                     follow_up=SAID[4], rating="好评"),
        ReviewRecord(row=3, order_no=THEIRS, buyer_nick=OTHER, content="不错", rating="中评"),
    ]  # fmt: skip


@pytest.fixture
async def stocked(shop: Shop, engine, clock) -> Shop:
    """Imported twice, so that former rows are remembered too."""
    await shop.bring(*records(), by="imp_a", exported_at=at("2026-03-01 12:00:00"))
    await shop.bring(*records(total=14_000), by="imp_b", exported_at=at("2026-03-02 12:00:00"))
    assert await shop.remembered() > 0
    return shop


async def erase(shop: Shop, by: Principal = OWNER, **given: Any) -> Any:
    usual = {"buyer_id": buyer_id(shop.id, NICK), "nick": NICK}
    outcome = await tools.call(
        shop.runtime, "shop.erase_buyer", {**usual, **given}, shop_id=shop.id, principal=by,
        idempotency_key="once",
    )  # fmt: skip
    return outcome.output


async def everything(shop: Shop) -> str:
    """All rows of all tables of the shop as one text; what is sealed in the clear."""
    told: list[Any] = [await shop.rows(table, chain=True) for table in TABLES]
    others = [t for t in Base.metadata.sorted_tables if "shop_id" in t.columns]
    async with shop.runtime.db.reading(shop.id) as session:
        for table in others:
            found = await session.execute(select(table).where(table.c.shop_id == shop.id))
            told += [dict(row) for row in found.mappings()]
    return json.dumps(told, ensure_ascii=False, default=str)


async def test_nothing_of_the_buyer_is_left_in_any_table(stocked):
    before = await everything(stocked)
    assert all(value in before for value in PERSONAL)
    erased = await erase(stocked)
    assert erased.orders == 1
    after = (await everything(stocked)).replace(OTHER, "")
    assert [value for value in PERSONAL if value in after] == []
    phone = (await stocked.rows(Order))[0]["phone_index"]
    assert phone is None


async def test_nothing_of_the_buyer_is_left_in_the_files(stocked, engine, settings):
    if engine != "sqlite":
        return  # What its vacuum takes away is PostgreSQL's own affair.
    data = [path for path in settings.data.rglob("*") if path.is_file()]

    def found() -> set[str]:
        contents = b"".join(path.read_bytes() for path in data).replace(OTHER.encode(), b"")
        return {value for value in (NICK, *SAID) if value.encode() in contents}

    assert found()
    await erase(stocked)
    assert found() == set()


async def test_the_figures_and_the_other_buyers_stay(stocked):
    counts, (mine, theirs) = await stocked.counts(), await stocked.rows(Order)
    reviews = await stocked.rows(Review)
    await erase(stocked)
    after = await stocked.counts()
    assert after.model_dump() == {**counts.model_dump(), "buyers": 1}
    kept, untouched = await stocked.rows(Order)
    assert untouched == theirs
    assert {name for name, value in kept.items() if value != mine[name]} == {
        "buyer_id", "buyer_nick", "receiver_sealed", "phone_index", "tracking_no",
        "buyer_message", "note", "payment_no",
    }  # fmt: skip
    assert [row["rating"] for row in await stocked.rows(Review)] == [r["rating"] for r in reviews]
    assert [row["content"] for row in await stocked.rows(Review)].count("不错") == 1
    assert [row["nick"] for row in await stocked.rows(Buyer)] == [OTHER]


async def test_an_import_is_undone_without_bringing_the_buyer_back(stocked):
    await erase(stocked)
    await stocked.undo("imp_b")
    after = (await everything(stocked)).replace(OTHER, "")
    assert [value for value in PERSONAL if value in after] == []
    (mine, theirs) = await stocked.rows(Order)
    assert (mine["paid_fen"], theirs["buyer_nick"]) == (13_900, OTHER)
    async with stocked.runtime.db.reading(stocked.id) as session:
        query = select(ImportUndoRow).where(ImportUndoRow.shop_id == stocked.id)
        assert list(await session.scalars(query)) == []


async def test_what_calls_gave_and_would_do_is_forgotten_where_it_names_the_buyer(stocked, clock):
    def call(number: int, nick: str) -> ToolCallRow:
        return ToolCallRow(
            shop_id=stocked.id, id=f"call_{number}", tool="t", risk="draft", principal_id="u",
            principal_kind="person", role="agent", at=clock.now, idempotency_key=f"k{number}",
            fingerprint="", output={"items": [{"buyer": nick}]},
        )  # fmt: skip

    def proposal(number: int, nick: str) -> ApprovalRow:
        return ApprovalRow(
            shop_id=stocked.id, id=f"apr_{number}", tool="t", risk="act", given={"buyer": nick},
            fingerprint="", status="waiting", requested_by="u", created_at=clock.now,
        )  # fmt: skip

    async with stocked.runtime.db.transaction(stocked.id) as session:
        for number, nick in enumerate((NICK, OTHER)):
            session.add_all([call(number, nick), proposal(number, nick)])
    await erase(stocked)
    async with stocked.runtime.db.reading(stocked.id) as session:
        calls = await session.scalars(
            select(ToolCallRow).where(ToolCallRow.shop_id == stocked.id, ToolCallRow.tool == "t")
        )
        outputs = {row.id: row.output for row in calls}
        proposals = await session.scalars(
            select(ApprovalRow.id).where(ApprovalRow.shop_id == stocked.id)
        )
        assert list(proposals) == ["apr_1"]
    assert outputs["call_0"] is None
    assert outputs["call_1"] is not None


async def test_no_view_looks_for_the_buyer_any_more(stocked):
    async with stocked.runtime.db.transaction(stocked.id) as session:
        for user in ("usr_a", saved_views.EVERYBODY):
            for name, q in (("自己", NICK), ("单号", MINE), ("别人", OTHER)):
                await saved_views.save(session, stocked.id, "orders", user, name, {"q": q})
    await erase(stocked)
    async with stocked.runtime.db.reading(stocked.id) as session:
        kept = await saved_views.seen(session, stocked.id, "orders", "usr_a")
        assert [row.name for row in kept] == ["别人", "别人"]


async def test_what_happened_is_told_without_saying_to_whom(stocked):
    await erase(stocked)
    async with stocked.runtime.db.reading(stocked.id) as session:
        query = select(EventRow.data).where(
            EventRow.shop_id == stocked.id, EventRow.type == "shop.buyer_erased"
        )
        assert list(await session.scalars(query)) == [{"orders": 1}]


async def test_a_nick_that_was_mistyped_erases_nobody(stocked):
    with pytest.raises(Invalid) as refused:
        await erase(stocked, nick=OTHER)
    assert refused.value.where == "nick"
    assert len(await stocked.rows(Buyer)) == 2
    with pytest.raises(NotFound):
        await erase(stocked, buyer_id="buy_none")


@pytest.mark.parametrize(
    "by", [Principal("usr_a", "agent"), Principal("key_1", "owner", "key")], ids=["agent", "key"]
)
async def test_only_an_owner_in_person_erases(stocked, by):
    with pytest.raises(Forbidden):
        await erase(stocked, by)
