"""What leads to gaps from every page, and from a message at the desk."""

import pytest

from tests.service.chat.room import Room
from tests.service.gaps.conftest import UNSURE
from zhanggui.base.errors import NotFound
from zhanggui.service import tools as service_tools
from zhanggui.service.gaps.counting import LATELY
from zhanggui.service.gaps.finding import Finder

__all__ = ["service_tools"]

pytestmark = pytest.mark.db

WAYS = ["砂锅能用电磁炉吗", "砂锅可以用电磁炉吗"]
SAYS = "平底的砂锅都可以用电磁炉，圆底的不行。"


async def test_open_gaps_are_counted_with_what_they_cost(talk, use):
    for question in WAYS:
        await talk(question, SAYS)
    await talk("可以送贺卡吗")
    found = await use("service.count_gaps", role="viewer")
    assert (found.open, found.asked, found.minutes) == (2, 3, 2.0)


async def test_a_count_holds_a_while_but_for_what_was_decided(talk, use, clock):
    assert (await use("service.count_gaps")).open == 0
    await talk(WAYS[0], SAYS)
    assert (await use("service.count_gaps")).open == 1
    await talk("可以送贺卡吗")
    assert (await use("service.count_gaps")).open == 1
    gap = (await use("service.list_gaps")).items[0]
    await use("service.dismiss_gap", id=gap.id)
    clock.move(minutes=1)
    assert (await use("service.count_gaps")).open == 1, "the card, no longer the pot"
    await use("service.reopen_gap", id=gap.id)
    assert (await use("service.count_gaps")).open == 2
    await talk("能刻字吗")
    clock.move(seconds=LATELY.total_seconds())
    assert (await use("service.count_gaps")).open == 3


async def test_where_nothing_was_handed_over_nothing_is_looked_for(use, monkeypatch):
    async def current(*given, **named):
        raise AssertionError("it was looked for")

    monkeypatch.setattr(Finder, "current", current)
    assert (await use("service.count_gaps")).open == 0


async def test_a_message_that_was_handed_over_leads_to_its_gap(talk, use):
    await talk(WAYS[0], SAYS)
    assert (await use("service.list_gaps")).total == 1
    room = await talk(WAYS[1])
    found = await use("service.gap_of", id=room.id, seq=2)
    assert found.gap is not None, "although what was found a moment ago did not have it"
    assert {each.text for each in found.gap.wordings} == set(WAYS)
    assert (found.gap.count, found.why) == (2, None)
    made = await use(
        "service.answer_gap", id=found.gap.id, days=found.days, question=WAYS[0], answer=SAYS
    )
    assert made.status == "answered"
    found = await use("service.gap_of", id=room.id, seq=2)
    assert (found.gap, found.why) == (None, "answered")


async def test_of_several_questions_the_one_before_the_message_counts(
    runtime, shop, people, use, clock
):
    room = await Room(runtime, shop).start()
    for text in ("砂锅能用电磁炉吗", "那饭碗呢", "你们在哪些城市有实体店"):
        await room.writes(text)
        await room.replies(await room.takes(), UNSURE)
        await room.resumes()
        clock.move(minutes=1)
    marks = [each.seq for each in await room.messages() if each.decision == "handoff"]
    found = [await use("service.gap_of", id=room.id, seq=seq) for seq in marks]
    assert [each.gap and each.gap.question for each in found] == [
        "砂锅能用电磁炉吗", None, "你们在哪些城市有实体店",
    ]  # fmt: skip
    assert [each.why for each in found] == [None, "leaning", None]


async def test_a_message_of_long_ago_is_in_no_gap(talk, use, clock):
    room = await talk(WAYS[0], SAYS)
    assert (await use("service.gap_of", id=room.id, seq=2)).gap is not None
    clock.move(days=40)
    found = await use("service.gap_of", id=room.id, seq=2)
    assert (found.gap, found.why) == (None, "none")
    with pytest.raises(NotFound):
        await use("service.gap_of", id="nobody", seq=1)
