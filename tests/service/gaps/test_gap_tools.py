"""Gaps, from conversations to an answer for the next shopper."""

import pytest

from tests.loading import load
from tests.offloading import BESIDE, watched
from tests.service.chat.room import Room
from tests.service.gaps.conftest import UNSURE
from zhanggui.ai import CharacterTfidf
from zhanggui.base import tools
from zhanggui.base.errors import Invalid, NotFound
from zhanggui.base.events import append
from zhanggui.base.principals import SYSTEM
from zhanggui.knowledge import store as knowledge_store
from zhanggui.knowledge.events import FaqRemoved
from zhanggui.service import tools as service_tools
from zhanggui.service.chat import conversations, ending
from zhanggui.service.chat.answerer import Answerer
from zhanggui.service.gaps import finding, rechecking
from zhanggui.service.gaps.finding import FRESH
from zhanggui.shop.buyers import buyer_id
from zhanggui.shop.files import FaqRecord

__all__ = ["service_tools"]

pytestmark = pytest.mark.db

WAYS = ["砂锅能用电磁炉吗", "砂锅可以用电磁炉吗", "砂锅能不能用电磁炉"]
SAYS = "平底的砂锅都可以用电磁炉，圆底的不行。"


@pytest.fixture
async def gaps(use):
    async def gaps(**given):
        return await use("service.list_gaps", **given)

    return gaps


async def test_questions_that_mean_the_same_are_a_gap_with_what_they_cost(talk, gaps):
    for question in WAYS:
        await talk(question, SAYS)
    await talk("可以送贺卡吗")
    found = await gaps()
    first, second = found.items
    assert (first.count, first.conversations, first.minutes, first.lost) == (3, 3, 3.0, 0)
    assert {each.text for each in first.wordings} == set(WAYS)
    assert [(each.text, each.is_ready, each.count) for each in first.answers] == [(SAYS, True, 3)]
    assert (second.question, second.minutes, second.answers) == ("可以送贺卡吗", 0, [])
    assert (found.total, found.questions, found.minutes) == (2, 4, 3.0)


async def test_what_was_asked_before_the_days_that_are_looked_at_does_not_count(talk, gaps, clock):
    await talk(WAYS[0], SAYS)
    clock.move(days=5)
    await talk(WAYS[1], SAYS)
    (now,) = (await gaps(days=7)).items
    assert (now.count, now.recent, now.before) == (2, 1, 1)
    clock.move(days=4)
    assert [gap.count for gap in (await gaps(days=7)).items] == [1]


async def test_what_nobody_answers_costs_as_much_as_what_people_do(talk, gaps, clock):
    await talk("可以送贺卡吗")
    for question in WAYS[:2]:
        await talk(question)
    clock.move(hours=25)
    first, second = (await gaps()).items
    assert (first.lost, first.cost) == (2, 6.0)
    assert (second.lost, second.cost) == (1, 3.0)


async def test_an_answer_to_a_gap_answers_the_next_shopper(
    runtime, shop, talk, gaps, use, indexes, trusting, clock
):
    for question in WAYS[:2]:
        await talk(question, SAYS)
    (gap,) = (await gaps()).items

    async def asks(text):
        room = await Room(runtime, shop).start()
        await room.writes(text)
        await Answerer(runtime).drain()
        return (await room.messages())[-1].decision, (await room.said())[-1][1]

    assert (await asks(WAYS[0]))[0] == "handoff"
    clock.move(minutes=1)
    wordings = [each.text for each in gap.wordings if each.text != gap.question]
    made = await use(
        "service.answer_gap", id=gap.id, question=gap.question, similar=wordings,
        answer=gap.answers[0].text,
    )  # fmt: skip
    await indexes.whole(shop)
    assert await asks(WAYS[0]) == ("answer", SAYS)
    assert await asks(WAYS[2]) == ("answer", SAYS), "asked in other words"
    assert (await gaps()).items == []
    undone = await use("service.reopen_gap", id=gap.id)
    assert undone.status == "open"
    with pytest.raises(NotFound):
        await use("knowledge.get_faq", id=made.faq_id)
    await indexes.whole(shop)
    assert (await asks(WAYS[2]))[0] == "handoff"


async def test_questions_that_were_given_an_answer_are_no_gap_and_new_ones_say_so(talk, gaps, use):
    await talk(WAYS[0], SAYS)
    (gap,) = (await gaps()).items
    await use("service.answer_gap", id=gap.id, question=gap.question, answer=SAYS)
    assert (await gaps()).items == []
    await talk(WAYS[1], SAYS)
    (again,) = (await gaps()).items
    assert (again.count, again.is_again, again.like.question) == (1, True, WAYS[0])


async def test_wordings_can_be_given_to_an_answer_that_is_there(talk, gaps, use):
    await talk("可以开电子版的税票么", "可以开电子发票的。")
    (gap,) = (await gaps()).items
    assert gap.like.id == "F1"
    made = await use(
        "service.answer_gap", id=gap.id, question=gap.question, answer="无", faq_id="F1"
    )
    assert made.faq_id == "F1"
    faq = await use("knowledge.get_faq", id="F1")
    assert (faq.similar[-1], faq.answer) == ("可以开电子版的税票么", "可以开电子发票。")


async def test_what_is_dismissed_stays_so_until_it_is_asked_twice_as_often(talk, gaps, use, clock):
    for question in WAYS[:2]:
        await talk(question, SAYS)
    (gap,) = (await gaps()).items
    await use("service.dismiss_gap", id=gap.id)
    assert ((await gaps()).items, (await gaps()).dismissed) == ([], 1)
    await talk(WAYS[2], SAYS)
    clock.move(seconds=FRESH.total_seconds())
    assert (await gaps()).items == []
    assert [each.count for each in (await gaps(status="dismissed")).items] == [3]
    await talk(WAYS[0], SAYS)
    clock.move(seconds=FRESH.total_seconds())
    assert [each.count for each in (await gaps()).items] == [4]


async def test_a_dismissed_gap_is_known_again_when_its_questions_are_long_past(
    talk, gaps, use, clock
):
    await talk(WAYS[0], SAYS)
    await talk(WAYS[1], SAYS)
    await use("service.dismiss_gap", id=(await gaps()).items[0].id)
    clock.move(days=40)
    await talk(WAYS[2], SAYS)
    assert ((await gaps()).items, (await gaps()).dismissed) == ([], 1)


async def test_what_is_reopened_is_a_gap_again(talk, gaps, use):
    await talk(WAYS[0], SAYS)
    (gap,) = (await gaps()).items
    await use("service.dismiss_gap", id=gap.id)
    await use("service.reopen_gap", id=gap.id)
    assert [each.id for each in (await gaps()).items] == [gap.id]


async def test_gaps_show_nobody_and_forget_who_was_erased(runtime, shop, gaps, use, talk, clock):
    mine = buyer_id(shop, "小鱼爱吃草")
    await talk("砂锅坏了能换吗，我叫李小明 13812345678", "可以换的。", buyer_id=mine)
    (gap,) = (await gaps()).items
    shown = gap.model_dump_json()
    assert "李小明" not in shown
    assert "13812345678" not in shown
    await use("service.dismiss_gap", id=gap.id)
    given = {"buyer_id": mine, "nick": "小鱼爱吃草"}
    await tools.call(runtime, "shop.erase_buyer", given, shop_id=shop, principal=SYSTEM)
    found = await gaps(status="dismissed")
    assert (found.items, found.questions) == ([], 0)


async def test_what_cannot_be_understood_by_itself_is_counted_and_not_shown(
    runtime, shop, people, gaps, clock
):
    room = await Room(runtime, shop).start()
    for text in ("砂锅能用电磁炉吗", "那饭碗呢"):
        await room.writes(text)
        await room.replies(await room.takes(), UNSURE)
        await room.resumes()
        clock.move(minutes=1)
    found = await gaps()
    assert ([gap.question for gap in found.items], found.leaning) == (["砂锅能用电磁炉吗"], 1)


@pytest.mark.parametrize("answer", ["请打13812345678。", "寄到浙江省杭州市西湖区文三路100号。"])
async def test_an_answer_that_names_somebody_is_refused(talk, gaps, use, answer):
    await talk(WAYS[0], SAYS)
    (gap,) = (await gaps()).items
    with pytest.raises(Invalid):
        await use("service.answer_gap", id=gap.id, question=gap.question, answer=answer)


async def test_a_gap_that_is_no_more_is_not_found(talk, gaps, use):
    await talk(WAYS[0], SAYS)
    with pytest.raises(NotFound):
        await use("service.dismiss_gap", id="gap_" + "0" * 24)


async def test_what_takes_long_holds_nobody_up(runtime, talk, gaps, use, monkeypatch):
    await talk(WAYS[0], SAYS)
    read = watched(monkeypatch, runtime.db, finding, "episodes")
    compared = watched(monkeypatch, runtime.db, CharacterTfidf, "similarities")
    (gap,) = (await gaps()).items
    await use("service.dismiss_gap", id=gap.id)
    assert set(read) == {BESIDE}
    assert set(compared) == {BESIDE}


async def test_what_was_found_is_remembered_for_a_few_only(talk, gaps, monkeypatch, runtime):
    await talk(WAYS[0], SAYS)
    monkeypatch.setattr(finding, "REMEMBERED", 2)
    met = watched(monkeypatch, runtime.db, finding, "episodes")

    async def anew(days):
        before = len(met)
        await gaps(days=days)
        return len(met) > before

    assert [await anew(days) for days in (30, 31, 30, 31, 32)] == [
        True, True, False, False, True,
    ]  # fmt: skip
    assert [await anew(days) for days in (31, 32, 30)] == [False, False, True]


async def test_what_is_answered_from_elsewhere_by_now_is_no_gap(
    runtime, shop, talk, gaps, clock, trusting
):
    await talk(WAYS[0], SAYS)
    await talk("可以送贺卡吗")
    assert (await gaps()).total == 2
    await load(runtime, shop, [FaqRecord(1, WAYS[0], SAYS, "F9", (WAYS[1],))])
    found = await gaps()
    assert [gap.question for gap in found.items] == ["可以送贺卡吗"]
    assert found.questions == 1
    async with runtime.db.transaction(shop) as session:
        await session.delete(await knowledge_store.faq(session, shop, "F9"))
        await append(session, FaqRemoved(id="F9"))
    assert (await gaps()).total == 2, "and is one again when the answer is gone"


async def test_of_a_gap_only_what_is_answered_by_now_leaves(
    runtime, shop, talk, gaps, clock, trusting
):
    for question in WAYS:
        await talk(question, SAYS)
    await load(runtime, shop, [FaqRecord(1, WAYS[0], SAYS, "F9")])
    clock.move(minutes=1)
    await talk(WAYS[0], SAYS)
    (gap,) = (await gaps()).items
    assert WAYS[0] in {each.text for each in gap.wordings}, "asked since, and not answered"
    assert gap.count < 4


async def test_each_question_is_asked_again_once_for_what_the_shop_knows(
    runtime, talk, gaps, clock, monkeypatch, shop
):
    for question in ("可以送贺卡吗", "砂锅能用电磁炉吗"):
        await talk(question)
    await load(runtime, shop, [FaqRecord(1, "几点下班", "晚上十点。", "F8")])
    asked = watched(monkeypatch, runtime.db, rechecking, "gather_once")
    monkeypatch.setattr(rechecking, "MOST", 1)
    assert (await gaps()).total == 2
    assert len(asked) == 1, "some at a time"
    assert (await gaps()).total == 2
    assert len(asked) == 2, "and the others when somebody looks again"
    clock.move(minutes=5)
    await talk("有没有礼盒")
    clock.move(seconds=FRESH.total_seconds())
    assert (await gaps()).total == 3
    assert len(asked) == 2, "what was asked since was tried by itself"


async def test_what_is_emptied_while_it_is_decided_on_is_not_quoted(
    runtime, shop, talk, gaps, use, clock, monkeypatch
):
    room = await talk(WAYS[0], SAYS)
    found = await finding.finder(runtime).current(shop, 30)
    async with runtime.db.transaction(shop) as session:
        row = await conversations.held(session, shop, room.id)
        clock.move(days=1)
        assert await ending.empty(session, row, since=clock.now)

    async def still(self, shop_id, days):
        return found

    monkeypatch.setattr(finding.Finder, "current", still)
    with pytest.raises(NotFound):
        await use("service.dismiss_gap", id=found.gaps[0].id)
