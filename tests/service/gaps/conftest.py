"""A shop whose questions are handed over, and the people who answer them."""

import pytest

from tests.loading import load
from tests.service import weights
from tests.service.chat.room import Room, employ
from tests.service.records import NOW
from zhanggui.base import tools
from zhanggui.base.events import Dispatcher
from zhanggui.base.principals import Principal
from zhanggui.service.chat.writing import Reply
from zhanggui.service.gaps import lessons
from zhanggui.shop.files import FaqRecord, OrderRecord, OrderStatus

FAQS = [
    FaqRecord(1, "能开票吗", "可以开电子发票。", "F1", ("发票怎么开", "有票吗", "要发票怎么弄")),
    FaqRecord(2, "能进洗碗机吗", "可以进洗碗机。", "F2", ("洗碗机洗会坏吗", "可以机洗吗")),
]
ORDER = OrderRecord(1, "A20260601001", "小鱼爱吃草", OrderStatus.COMPLETED)
UNSURE = Reply("我请同事来看，请稍等。", "handoff", 0.2, cause="unsure")


@pytest.fixture
async def people(runtime, shop, indexes, clock, monkeypatch):
    """Those who answer, one of them on duty; the program is sure of nothing."""
    weights.use(monkeypatch, ("meaning", 0.5, -9.0, -9.0))
    clock.stand_at(NOW)
    await load(runtime, shop, [*FAQS, ORDER])
    await employ(runtime, shop, "u1", "u2")


@pytest.fixture
def talk(runtime, shop, people, clock):
    """Has a shopper ask, the program hand over, and a person answer a minute after it, each
    text."""

    async def talk(question, *answers, said=UNSURE, **given):
        room = await Room(runtime, shop).start(**given)
        await room.writes(question)
        await room.replies(await room.takes(), said)
        for answer in answers:
            clock.move(minutes=1)
            await room.speaks(answer)
        clock.move(minutes=1)
        return room

    return talk


@pytest.fixture
def learn(runtime):
    """Lets the program learn from what has ended."""

    async def learn():
        await Dispatcher(runtime.db, [lessons.consumer(runtime)]).drain()

    return learn


@pytest.fixture
def use(runtime, shop, people):
    """Calls a tool as one who answers shoppers."""

    async def use(name, role="agent", **given):
        outcome = await tools.call(
            runtime, name, given, shop_id=shop, principal=Principal("u1", role)
        )
        return outcome.output

    return use


@pytest.fixture
def trusting(monkeypatch, people):
    """A weigher that trusts answers found by their letters."""
    weights.use(monkeypatch, ("kind_faq", 0.5, -9.0, -4.0), ("meaning", 0.7, 0.0, 9.0))
