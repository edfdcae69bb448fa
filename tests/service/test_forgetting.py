"""What the service forgets with a buyer."""

import base64

import pytest
from sqlalchemy import select

from tests.service import weights
from tests.service.chat.room import Room
from tests.service.stand import ADDRESS, CAME, FOREIGN, MINE, PAID, PHONE, YOURS, shopper
from zhanggui.base import approvals, tools
from zhanggui.base.approvals import ApprovalRow
from zhanggui.base.audit import ToolCallRow
from zhanggui.base.crypto import Cipher
from zhanggui.base.principals import SYSTEM, Principal
from zhanggui.service.models import ServiceOutcome
from zhanggui.shop.buyers import buyer_id

pytestmark = pytest.mark.db


@pytest.fixture
async def erase(use, runtime, shop):
    async def erase(nick=MINE):
        given = {"buyer_id": buyer_id(shop, nick), "nick": nick}
        await tools.call(runtime, "shop.erase_buyer", given, shop_id=shop, principal=SYSTEM)

    return erase


async def test_work_items_keep_what_was_done_and_not_for_whom(use, shop, erase):
    given = {"address": ADDRESS, "receiver": "张小明", "phone": PHONE}
    await use("change_address", shopper(shop), order_id=PAID, **given)
    asked = await use("request_after_sale", shopper(shop), order_id=CAME, kind="return",
                      reason="尺寸不合适")  # fmt: skip
    await use("finish_work", id=asked.work_item_id, status="done", note="已和张小明说好")
    await erase(YOURS)
    assert (await use("list_work")).items[0].details != {}
    await erase()
    for item in (await use("list_work", status="all")).items:
        assert (item.details, item.words, item.note) == ({}, "", None)
    assert (await use("list_work", status="done")).total == 1


async def test_cases_about_the_buyer_go_and_how_they_were_judged_stays(use, runtime, shop, erase):
    by_buyer = await use("save_case", text="我的快递呢", buyer=MINE, decision="answer")
    by_order = await use("save_case", text="能退吗", order_id=CAME, decision="answer")
    other = await use("save_case", text="怎么退货", buyer=YOURS, decision="answer")
    async with runtime.db.transaction(shop) as session:
        for case in (by_buyer, by_order, other):
            outcome = ServiceOutcome(
                shop_id=shop, evaluation_id="eval_1", case_id=case.id, kind="kept",
                question=case.question, expected=["answer"], decision="answer", reply="到杭州了",
                sources=["order:1"], confidence=0.9, is_right=True, is_wrong=False,
            )  # fmt: skip
            session.add(outcome)
    await erase()
    assert [case.id for case in (await use("list_cases")).items] == [other.id]
    async with runtime.db.reading(shop) as session:
        query = select(ServiceOutcome).where(ServiceOutcome.shop_id == shop)
        kept = {row.case_id: row for row in await session.scalars(query)}
    for case in (by_buyer, by_order):
        row = kept[case.id]
        assert (row.question, row.reply, row.sources, row.is_right) == ("", "", [], True)
    assert kept[other.id].reply == "到杭州了"


async def test_what_calls_gave_about_the_buyer_is_kept_no_longer(
    use, runtime, shop, erase, monkeypatch
):
    weights.use(monkeypatch)

    async def keyed(name, by, **given):
        outcome = await tools.call(
            runtime, f"service.{name}", given, shop_id=shop, principal=by,
            idempotency_key=f"{name}-{by.buyer_id}", confirmed=True,
        )  # fmt: skip
        return outcome.output

    address = {"address": ADDRESS, "receiver": "张小明", "phone": PHONE}
    await keyed("change_address", shopper(shop), order_id=PAID, **address)
    theirs = await keyed("remind_shipping", shopper(shop, YOURS), order_id=FOREIGN)
    await keyed("finish_work", SYSTEM, id=theirs.work_item_id, status="done", note="和张小明说好")
    await keyed("ask", shopper(shop), text="我的快递到哪了")
    await keyed("save_case", SYSTEM, text="张小明的快递呢", buyer=MINE, decision="answer")
    assert len(await kept(runtime, shop)) == 5
    await erase()
    assert set(await kept(runtime, shop)) == {"service.remind_shipping"}
    again = await keyed("remind_shipping", shopper(shop, YOURS), order_id=FOREIGN)
    assert again.work_item_id == theirs.work_item_id


async def kept(runtime, shop):
    """The outputs that calls of the service left, by tool."""
    async with runtime.db.reading(shop) as session:
        query = select(ToolCallRow).where(
            ToolCallRow.shop_id == shop, ToolCallRow.output.is_not(None)
        )
        return {row.tool: row.output for row in await session.scalars(query)}


async def test_what_was_proposed_about_the_buyer_is_dropped(use, runtime, shop, erase):
    assistant = Principal("u1", "owner", "assistant")
    address = {"address": ADDRESS, "receiver": "张小明", "phone": PHONE}
    mine = await use("remind_shipping", shopper(shop), order_id=PAID)
    theirs = await use("remind_shipping", shopper(shop, YOURS), order_id=FOREIGN)
    for order_id in (PAID, FOREIGN):
        await use("change_address", assistant, order_id=order_id, **address)
    for asked in (mine, theirs):
        await use("finish_work", assistant, id=asked.work_item_id, status="done", note="给张小明")
    await use("change_address", assistant, order_id=CAME, **address)
    async with runtime.db.transaction(shop) as session:
        query = select(ApprovalRow).where(ApprovalRow.shop_id == shop)
        proposals = (await session.scalars(query)).all()
        lost = next(r for r in proposals if CAME in str(approvals.given_of(r, runtime.cipher)))
        other = Cipher(b"another key, with 32 bytes in it")
        sealed = other.encrypt("{}", shop_id=shop, field="approval.given")
        lost.given = {"sealed": base64.b64encode(sealed).decode()}
    await erase()
    async with runtime.db.reading(shop) as session:
        left = [approvals.given_of(row, runtime.cipher) for row in await session.scalars(query)]
    assert {given.get("order_id") or given["id"] for given in left} == {
        FOREIGN, theirs.work_item_id,
    }  # fmt: skip


async def test_conversations_of_the_buyer_keep_their_figures_and_no_words(
    use, runtime, shop, erase
):
    mine = await Room(runtime, shop).start(buyer_id=buyer_id(shop, MINE), order_id=PAID)
    theirs = await Room(runtime, shop).start(buyer_id=buyer_id(shop, YOURS))
    for room in (mine, theirs):
        await room.writes("我是张小明")
        await room.speaks("您好，张小明")
        await room.writes("到哪了")
    visitor = (await mine.row()).visitor_id
    await erase()
    row = await mine.row()
    assert (row.state, row.buyer_id, row.order_id, row.last_seq) == ("closed", None, None, 3)
    assert row.visitor_id != visitor, "nobody reads it with the token there was"
    assert await mine.said() == [("shopper", None), ("person", None), ("shopper", None)]
    assert await mine.due() is None
    assert (await theirs.said())[0] == ("shopper", "我是张小明")
