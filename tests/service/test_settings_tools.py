"""When people answer, as an owner chooses it and a shopper hears it."""

import pytest
from sqlalchemy import select

from tests.service import weights
from tests.service.records import at
from tests.service.stand import AGENT, VIEWER
from zhanggui.base.errors import Forbidden, Invalid
from zhanggui.base.events import EventRow
from zhanggui.service.answering import CEILING
from zhanggui.service.preferences import ANSWER_MINUTES, IDLE_HOURS

pytestmark = pytest.mark.db
ANGRY = "我要投诉，叫你们经理来"


async def test_hours_are_told_to_who_is_handed_over_outside_of_them(use, clock, monkeypatch):
    weights.use(monkeypatch)
    saved = await use("save_hours", opens="09:00", closes="22:00")
    assert (saved.opens, saved.closes, saved.ceiling) == ("09:00", "22:00", CEILING)
    assert "工作时间" not in (await use("ask", text=ANGRY)).reply
    clock.stand_at(at("2026-06-10 23:00"))
    answer = await use("ask", text=ANGRY)
    assert answer.decision == "handoff"
    assert answer.reply.endswith("工作时间 9:00–22:00 会回复您。")
    await use("save_hours", opens=None, closes=None)
    assert "工作时间" not in (await use("ask", text=ANGRY)).reply


async def test_one_choice_leaves_the_other_as_it_was(use, runtime, shop):
    await use("save_settings", ceiling=0.02)
    await use("save_hours", opens="18:00", closes="02:00")
    await use("save_settings", ceiling=0.03)
    found = await use("settings", VIEWER)
    assert (found.ceiling, found.opens, found.closes) == (0.03, "18:00", "02:00")
    async with runtime.db.reading(shop) as session:
        query = select(EventRow.data).where(
            EventRow.shop_id == shop, EventRow.type == "service.hours_saved"
        )
        assert list(await session.scalars(query)) == [{"opens": "18:00", "closes": "02:00"}]


async def test_only_what_is_given_of_the_hours_is_changed(use):
    await use("save_hours", opens="09:00", closes="22:00", answer_minutes=10)
    await use("save_hours", opens="08:00")
    await use("save_hours", opens="08:00", closes="21:00")
    found = await use("settings")
    assert (found.opens, found.closes, found.answer_minutes) == ("08:00", "21:00", 10)
    await use("save_hours", answer_minutes=5)
    await use("save_hours", opens="07:00", closes=None, sets=["opens"])
    found = await use("settings")
    assert (found.opens, found.closes, found.answer_minutes) == ("07:00", "21:00", 5)
    found = await use("save_hours", answer_minutes=None)
    assert (found.opens, found.answer_minutes) == ("07:00", ANSWER_MINUTES)


async def test_only_what_is_given_of_the_keeping_is_changed(use):
    await use("save_keeping", idle_hours=48, retention_days=30)
    found = await use("save_keeping", idle_hours=None)
    assert (found.idle_hours, found.retention_days) == (IDLE_HOURS, 30)


@pytest.mark.parametrize("given", [{"opens": "09:00"}, {"opens": "09:00", "closes": "09:00"}])
async def test_half_of_the_hours_are_none(use, given):
    with pytest.raises(Invalid) as refused:
        await use("save_hours", **given)
    assert refused.value.where == "closes"
    assert (await use("settings")).opens is None


async def test_only_owners_choose(use):
    with pytest.raises(Forbidden):
        await use("save_hours", AGENT, opens="09:00", closes="22:00")
