"""A wish in a conversation, through the one call: what is replied and what a person is given."""

import re

import pytest
from sqlalchemy import select

from tests.service import weights
from tests.service.stand import ADDRESS, AGENT, CAME, FOREIGN, MINE, PAID, PHONE, SENT, shopper
from zhanggui.base import tools
from zhanggui.base.audit import ToolCallRow
from zhanggui.base.principals import SYSTEM

pytestmark = pytest.mark.db
DONE = re.compile(r"已(?:经)?(?:为您|帮您|给您)?(?:取消|修改|改好|退款|退货|开好|补发|换好|办好)")
WHOLE = f"地址改成{ADDRESS} 张小明 {PHONE}"


@pytest.fixture
async def ask(use, monkeypatch):
    """Asks; a change is surest, and an order the second."""
    weights.use(monkeypatch, ("kind_change", 0.5, 0.0, 5.0), ("kind_order", 0.5, 0.0, -3.0))

    async def ask(text, principal=SYSTEM, **given):
        found = await use("ask", principal, text=text, **given)
        assert not DONE.search(found.reply.partition("店铺规则")[0])
        return found

    return ask


async def work(use):
    return (await use("list_work", status="all")).items


async def test_a_shoppers_change_is_given_to_a_person(ask, use, shop):
    found = await ask(WHOLE, shopper(shop), order_id=PAID)
    assert found.decision == "handoff"
    assert found.reply.startswith(f"您的订单{PAID}要修改收货信息的要求已记下，转给同事处理；")
    assert "改好之前以原地址为准" in found.reply
    (item,) = await work(use)
    assert (item.id, item.kind, item.order_id) == (found.work_item_id, "change_address", PAID)
    whole = await use("get_work", AGENT, id=item.id)
    assert whole.details == {"address": ADDRESS, "receiver": "张小明", "phone": PHONE}
    assert whole.words == "地址改成[地址] [收件人] [电话]"


async def test_the_answer_shows_what_was_read_masked(ask, shop):
    found = await ask(WHOLE, shopper(shop), order_id=PAID)
    assert found.request.model_dump() == {
        "kind": "change_address", "name": "修改收货地址", "order_id": PAID,
        "filled": {"address": "浙江省杭州市****", "receiver": "张**", "phone": "138****5678"},
        "missing": [], "outcome": "possible",
    }  # fmt: skip


async def test_asking_again_files_nothing_new(ask, use, shop):
    first = await ask("催一下", shopper(shop), order_id=PAID)
    again = await ask("催催催 麻烦快点发货", shopper(shop), order_id=PAID)
    assert first.work_item_id == again.work_item_id is not None
    assert len(await work(use)) == 1


async def test_what_staff_try_out_is_filed_only_when_they_say_so(ask, use):
    given = {"buyer": MINE, "order_id": PAID}
    tried = await ask("催一下", AGENT, **given)
    assert (tried.decision, tried.work_item_id, tried.request.kind) == ("handoff", None, "remind")
    assert "已记下" not in tried.reply
    assert await work(use) == []
    filed = await ask("催一下", AGENT, files_work=True, **given)
    assert [item.id for item in await work(use)] == [filed.work_item_id]


async def test_what_is_missing_is_asked_for_and_then_filed(ask, use, shop):
    asked = await ask("帮我开张公司发票", shopper(shop), order_id=PAID)
    assert (asked.request.missing, asked.work_item_id) == (["title", "tax_no"], None)
    turns = [
        {"role": "shopper", "text": "帮我开张公司发票"},
        {"role": "shop", "text": asked.reply},
    ]
    text = "小鱼科技有限公司 91330106MA2CFX123X"
    filed = await ask(text, shopper(shop), order_id=PAID, turns=turns)
    (item,) = await work(use)
    assert (item.id, item.kind) == (filed.work_item_id, "invoice")


async def test_what_cannot_be_is_said_and_filed_with_nobody(ask, use, shop):
    found = await ask("帮我改下地址", shopper(shop), order_id=SENT)
    assert found.request.outcome == "refused"
    assert "policy:orders#2" in [source.id for source in found.sources]
    assert found.reply.endswith("我请同事来跟您确认，请稍等。") or found.decision == "clarify"
    assert await work(use) == []


async def test_another_buyers_order_is_declined_and_not_read(ask, use, shop):
    found = await ask("帮我取消订单", shopper(shop), order_id=FOREIGN)
    assert (found.decision, found.request, found.work_item_id) == ("decline", None, None)
    assert await work(use) == []


@pytest.mark.parametrize(
    "text", ["锅漏电了 我被电到了 帮我退货", "骗子 马上给我退款", "转人工 我要退货"]
)
async def test_who_needs_a_person_gets_one_and_no_form(ask, use, shop, text):
    found = await ask(text, shopper(shop), order_id=CAME)
    assert (found.decision, found.request, found.work_item_id) == ("handoff", None, None)
    assert await work(use) == []


async def test_a_question_is_no_wish(ask, shop):
    assert (await ask("能开发票吗", shopper(shop), order_id=PAID)).request is None


async def test_what_is_kept_of_the_call_has_no_personal_data(use, ask, runtime, shop):
    await tools.call(
        runtime, "service.ask", {"text": WHOLE, "order_id": PAID}, shop_id=shop,
        principal=shopper(shop), idempotency_key="k",
    )  # fmt: skip
    async with runtime.db.reading(shop) as session:
        query = select(ToolCallRow.output).where(
            ToolCallRow.shop_id == shop, ToolCallRow.idempotency_key == "k"
        )
        kept = str(await session.scalar(query))
    assert PAID in kept
    for secret in (PHONE, "张小明", "文三路"):
        assert secret not in kept


async def test_what_staff_try_to_fill_in_is_handed_over_and_not_filed(ask, use):
    turns = [
        {"role": "shopper", "text": "地址改一下"},
        {"role": "shop", "text": "好的，请把完整的新地址发给我，我转给同事处理。"},
    ]
    found = await ask(f"{ADDRESS} 张小明 {PHONE}", AGENT, buyer=MINE, order_id=PAID, turns=turns)
    assert (found.decision, found.work_item_id) == ("handoff", None)
    assert found.request.filled["phone"] == "138****5678"
    assert "已记下" not in found.reply
    assert await work(use) == []
