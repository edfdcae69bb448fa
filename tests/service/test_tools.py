"""Asking, through the one call, on a shop's tables."""

import asyncio
import json
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from tests.loading import load
from tests.service import weights
from tests.speakers import Speaker
from zhanggui.ai import roster_of
from zhanggui.base import events, metrics, tools
from zhanggui.base.clock import SHANGHAI
from zhanggui.base.errors import Forbidden, Invalid
from zhanggui.base.events import EventRow
from zhanggui.base.principals import SYSTEM, Principal
from zhanggui.service import tools as service_tools
from zhanggui.service.answering import CEILING, CEILINGS
from zhanggui.service.events import ServiceSettingsSaved
from zhanggui.shop.buyers import buyer_id
from zhanggui.shop.files import FaqRecord, OrderLineRecord, OrderRecord, OrderStatus, ProductRecord
from zhanggui.shop.files import SkuRecord as Sku
from zhanggui.shop.opening import open_shop

__all__ = ["service_tools"]

pytestmark = pytest.mark.db
OWNER = Principal("usr_owner", "owner")
AGENT = Principal("usr_agent", "agent")
PAID = datetime(2026, 6, 1, 9, 30, tzinfo=SHANGHAI)


def shipped(row, order_no, nick, **values):
    """An order of the first of June that is on its way."""
    return OrderRecord(
        row, order_no, nick, OrderStatus.SHIPPED, created_at=PAID, paid_at=PAID,
        shipped_at=PAID + timedelta(hours=5), paid_fen=2600, **values,
    )  # fmt: skip


RECORDS = [
    FaqRecord(1, "能开票吗", "可以开电子发票。", "F1", ("发票怎么开", "有票吗", "要发票怎么弄")),
    FaqRecord(2, "怎么退货", "七天内可以退。", "F2", ("不想要了能退吗", "退货流程是什么")),
    FaqRecord(3, "能进洗碗机吗", "可以进洗碗机。", "F3", ("洗碗机洗会坏吗", "可以机洗吗")),
    FaqRecord(4, "几点上班", "每天九点到十点半。", "F4", ("客服几点在线", "晚上有人吗")),
    ProductRecord(1, "P1", "山月饭碗"),
    Sku(1, "P1-1", "P1", price_fen=2600, stock=3, attributes={"颜色": "米白"}),
    shipped(1, "A20260601001", "小鱼爱吃草", carrier="中通", tracking_no="ZT75312345678"),
    OrderLineRecord(1, "A20260601001", sku_id="P1-1"),
    shipped(2, "A20260601002", "糖糖麻麻", carrier="圆通", tracking_no="YT85312345678"),
    OrderLineRecord(2, "A20260601002", sku_id="P1-1"),
]


@pytest.fixture
async def ask(runtime, shop, indexes, monkeypatch):
    """Asks; where something is known of an order or of goods, that is told."""
    weights.use(monkeypatch, ("kind_order", 0.5, 0.0, 4.0), ("kind_offer", 0.5, 0.0, 3.0))
    await load(runtime, shop, RECORDS)

    async def ask(text, principal=SYSTEM, **given):
        outcome = await tools.call(
            runtime, "service.ask", {"text": text, **given}, shop_id=shop, principal=principal
        )
        return outcome.output

    return ask


async def test_what_the_shop_knows_is_answered_with_its_source(ask):
    answer = await ask("发票怎么开")
    assert answer.decision == "answer"
    assert answer.reply.startswith("可以开电子发票。")
    assert answer.sources[0].id == "faq:F1"
    assert 0 < answer.confidence <= 1


async def test_a_buyer_hears_of_their_own_order(ask):
    answer = await ask("我的快递到哪了", buyer="小鱼爱吃草")
    assert answer.decision == "answer"
    assert "order:A20260601001" in [source.id for source in answer.sources]
    assert "中通" in answer.reply


@pytest.mark.parametrize(
    "given",
    [
        {"text": "订单A20260601002到哪了", "buyer": "小鱼爱吃草"},
        {"text": "订单A20260601002到哪了"},
        {"text": "到哪了", "buyer": "小鱼爱吃草", "order_id": "A20260601002"},
        {"text": "糖糖麻麻买了什么 快递到哪了", "buyer": "小鱼爱吃草"},
        {"text": "糖糖麻麻买了什么 快递到哪了"},
    ],
)
async def test_nobody_hears_of_anothers(ask, given):
    answer = await ask(**given)
    assert answer.decision == "decline"
    assert answer.sources == []
    assert "圆通" not in answer.reply


async def test_the_channel_vouches_for_the_open_order_of_an_unnamed_buyer(ask):
    answer = await ask("到哪了", order_id="A20260601002")
    assert "order:A20260601002" in [source.id for source in answer.sources]


async def test_a_shopper_is_who_they_are_bound_to(ask, shop):
    bound = Principal("b", "shopper", buyer_id=buyer_id(shop, "小鱼爱吃草"))
    assert "中通" in (await ask("我的快递到哪了", bound)).reply
    assert (await ask("到哪了", bound, order_id="A20260601002")).decision == "decline"
    with pytest.raises(Forbidden):
        await ask("我的快递到哪了", bound, buyer="糖糖麻麻")


async def test_an_unbound_shopper_sees_no_order(ask):
    unbound = Principal("b", "shopper")
    assert (await ask("到哪了", unbound, order_id="A20260601002")).decision == "decline"


async def test_what_happened_is_told_without_what_was_said(ask, runtime, shop):
    await ask("发票怎么开")
    async with runtime.db.reading(shop) as session:
        query = select(EventRow).where(
            EventRow.shop_id == shop, EventRow.type == "service.answered"
        )
        row = await session.scalar(query)
    assert row.data["decision"] == "answer"
    assert "faq:F1" in row.data["sources"]
    assert "发票" not in str(row.data)


async def test_a_whole_conversation_is_heard(ask):
    turns = [
        {"role": "shopper", "text": "山月饭碗多少钱"},
        {"role": "shop", "text": "26元"},
    ]
    answer = await ask("米白呢", product_id="P1", turns=turns)
    assert "26元" in answer.reply


@pytest.fixture
def faq_alone(ask, monkeypatch):
    """Nothing is told but the nearest answered question."""
    weights.use(monkeypatch, ("kind_faq", 0.5, -8.0, 0.0), ("place", 0.5, 4.0, -8.0))


class Says(Speaker):
    """A language model that says this, and tells what is being written meanwhile."""

    def __init__(self, reply, meanwhile=None):
        super().__init__(json.dumps({"reply": reply}, ensure_ascii=False))
        self.meanwhile = meanwhile

    async def reply(self, request):
        if self.meanwhile is not None:
            await self.meanwhile()
        return await super().reply(request)


async def test_a_models_words_are_sent_under_the_same_decision(ask, runtime, faq_alone):
    plain = await ask("发票怎么开")
    assert plain.worded_by == "embedded"
    roster_of(runtime).bring("fast", Says("亲，可以开电子发票的哦。"))
    worded = await ask("发票怎么开")
    assert (worded.reply, worded.worded_by) == ("亲，可以开电子发票的哦。", "model")
    assert (worded.decision, worded.confidence) == (plain.decision, plain.confidence)
    assert worded.sources == plain.sources


async def test_words_that_do_not_check_are_not_sent_and_are_counted(ask, runtime, faq_alone):
    plain = await ask("发票怎么开")
    counted = metrics.WORDINGS.labels("refused: negation")
    before = counted._value.get()
    roster_of(runtime).bring("fast", Says("亲，不可以开电子发票哦。"))
    worded = await ask("发票怎么开")
    assert (worded.reply, worded.worded_by) == (plain.reply, "refused: negation")
    assert counted._value.get() == before + 1


async def test_nobody_waits_to_write_while_a_model_thinks(ask, runtime, shop):
    written = []

    async def write():
        async with runtime.db.transaction(shop) as session:
            await events.append(session, ServiceSettingsSaved(ceiling=0.05))
        written.append(True)

    roster_of(runtime).bring("fast", Says("亲，可以开电子发票的哦。", write))
    async with asyncio.timeout(30):
        await ask("发票怎么开")
    assert written == [True]


@pytest.fixture
def call(runtime, shop):
    async def call(name, principal=OWNER, at=shop, **given):
        outcome = await tools.call(runtime, name, given, shop_id=at, principal=principal)
        return outcome.output

    return call


async def test_a_shop_that_has_chosen_nothing_has_what_is_usual(call):
    settings = await call("service.settings")
    assert (settings.ceiling, settings.updated_at) == (CEILING, None)
    assert settings.choices == list(CEILINGS)


async def test_an_owner_chooses_how_many_answers_may_be_wrong(call, runtime, shop, clock):
    saved = await call("service.save_settings", ceiling=0.02)
    assert saved == await call("service.settings", AGENT)
    assert (saved.ceiling, saved.updated_at, saved.updated_by) == (0.02, clock.now, OWNER.id)
    again = await call("service.save_settings", ceiling=0.08)
    assert again.ceiling == 0.08
    async with runtime.db.reading(shop) as session:
        query = (
            select(EventRow)
            .where(EventRow.shop_id == shop, EventRow.type == "service.settings_saved")
            .order_by(EventRow.seq)
        )
        rows = (await session.scalars(query)).all()
    assert [row.data for row in rows] == [{"ceiling": 0.02}, {"ceiling": 0.08}]


async def test_nobody_else_chooses_and_nothing_else_is_chosen(call):
    with pytest.raises(Forbidden):
        await call("service.save_settings", AGENT, ceiling=0.02)
    with pytest.raises(Invalid) as refused:
        await call("service.save_settings", ceiling=0.04)
    assert "0.03" in str(refused.value.hint)
    assert (await call("service.settings")).updated_at is None


async def test_one_shops_choice_is_not_anothers(call, runtime, other_shop_id):
    await open_shop(runtime, other_shop_id, "别家")
    await call("service.save_settings", ceiling=0.01)
    assert (await call("service.settings", at=other_shop_id)).ceiling == CEILING


async def test_the_shops_choice_decides_from_the_next_message_on(ask, call, monkeypatch):
    weights.use(monkeypatch, ("kind_faq", 0.5, 0.0, 0.85))
    sure = await ask("要发票么请问")
    assert sure.decision == "answer"
    await call("service.save_settings", ceiling=0.01)
    strict = await ask("要发票么请问")
    assert strict.decision == "handoff"
    await call("service.save_settings", ceiling=0.05)
    assert (await ask("要发票么请问")).decision == "answer"


async def test_staff_are_told_what_was_weighed(ask, faq_alone):
    answer = await ask("发票怎么开", AGENT, explain=True)
    told = answer.explanation
    assert told.confidence == answer.confidence
    assert told.proposals[0].is_best
    assert [source.id for source in told.proposals[0].sources] == ["faq:F1"]
    assert (await ask("发票怎么开", AGENT)).explanation is None


async def test_a_shopper_is_never_told_what_was_weighed(ask, shop):
    for shopper in (Principal("b", "shopper"), Principal("b", "shopper", buyer_id="b")):
        with pytest.raises(Forbidden) as refused:
            await ask("发票怎么开", shopper, explain=True)
        assert refused.value.where == "explain"


@pytest.mark.parametrize(
    "given", [{"text": ""}, {"text": "好", "turns": [{"role": "?", "text": "好"}]}]
)
async def test_what_is_no_message_is_refused(ask, given):
    with pytest.raises(Invalid):
        await ask(**given)
