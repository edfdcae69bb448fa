"""People judge the sample, in a shop where the program answered yesterday."""

import pytest
from sqlalchemy import select, update

from tests.loading import load
from tests.offloading import BESIDE, watched
from tests.service.chat.room import ANSWER, HANDOFF, Room
from tests.service.records import at
from tests.service.stand import AGENT, MINE, VIEWER
from zhanggui.base import tools
from zhanggui.base.errors import Forbidden, NotFound
from zhanggui.base.events import EventRow
from zhanggui.base.principals import SYSTEM, Principal
from zhanggui.service.chat import conversations, ending
from zhanggui.service.quality import store
from zhanggui.service.quality import tools as quality_tools
from zhanggui.service.quality.tools import MOST_SECONDS
from zhanggui.shop.buyers import buyer_id
from zhanggui.shop.files import FaqRecord

pytestmark = pytest.mark.db


@pytest.fixture
async def answered(use, runtime, shop, clock):
    """Conversations that the program answered, two days ago by the time a test runs."""

    async def answered(count, said=ANSWER, **given):
        rooms = []
        for n in range(count):
            room = await Room(runtime, shop).start(**given)
            await room.writes("你好，我的电话是13812345678")
            await room.replies(await room.takes())
            await room.writes(f"能开票吗 {n}")
            await room.replies(await room.takes(), said)
            rooms.append(room)
        return rooms

    return answered


async def test_a_reply_is_shown_with_its_question_and_judged(use, runtime, shop, answered, clock):
    await load(runtime, shop, [FaqRecord(1, "能开票吗", "可以开电子发票。", "F1")])
    (room,) = await answered(1)
    assert (await use("list_reviews")).total == 0, "what came of it is not known yet"
    clock.move(days=2)
    page = await use("list_reviews", VIEWER)
    assert (page.total, page.waiting, page.judged, page.daily) == (2, 2, 0, 10)
    (item,) = [each for each in page.items if each.seq == 4]
    assert (item.question, item.reply, item.decision) == ("能开票吗 0", ANSWER.text, "answer")
    assert [(each.id, each.text) for each in item.sources] == [("faq:F1", "可以开电子发票。")]
    assert "138****5678" in item.turns[0].text, "viewers see no phone numbers"
    told = await use(
        "review_answer", AGENT, conversation_id=room.id, seq=4, verdict="wrong",
        reason="开不了，13812345678", seconds=1000,
    )  # fmt: skip
    assert (told.verdict, told.reason) == ("wrong", "开不了，138****5678")
    assert [each.seq for each in (await use("list_reviews")).items] == [2]
    (judged,) = (await use("list_reviews", which="judged")).items
    assert (judged.seq, judged.verdict) == (4, "wrong")
    await use("review_answer", AGENT, conversation_id=room.id, seq=4, verdict="right")
    assert (await use("list_reviews", which="judged")).items[0].verdict == "right"
    async with runtime.db.reading(shop) as session:
        query = select(EventRow.data).where(
            EventRow.shop_id == shop, EventRow.type == "service.answer_reviewed"
        ).order_by(EventRow.seq)  # fmt: skip
        events = list(await session.scalars(query))
    assert [(each["verdict"], each["seconds"]) for each in events] == [
        ("wrong", MOST_SECONDS), ("right", 0),
    ]  # fmt: skip
    assert "开不了" not in str(events)


async def test_only_what_was_drawn_is_judged(use, answered, clock):
    await use("save_reviews", daily=3)
    rooms = await answered(5)
    await answered(1, said=HANDOFF)
    clock.move(days=2)
    page = await use("list_reviews")
    assert (page.total, page.daily) == (3, 3)
    drawn = {(item.conversation_id, item.seq) for item in page.items}
    others = [(room.id, seq) for room in rooms for seq in (2, 4) if (room.id, seq) not in drawn]
    for conversation_id, seq in (others[0], ("conv_nobody", 1), (rooms[0].id, 2**31 - 1)):
        with pytest.raises(NotFound):
            await use(
                "review_answer", AGENT, conversation_id=conversation_id, seq=seq, verdict="right"
            )
    await use("save_reviews", daily=0)
    assert (await use("list_reviews")).total == 3, "a day that has passed keeps its sample"
    assert (await use("reviews")).daily == 0
    clock.move(days=30)
    assert (await use("list_reviews")).total == 0


async def test_viewers_and_keys_judge_nothing(use, answered, clock):
    (room,) = await answered(1)
    clock.move(days=2)
    for who in (VIEWER, Principal("k", "agent", kind="key")):
        with pytest.raises(Forbidden):
            await use("review_answer", who, conversation_id=room.id, seq=4, verdict="right")
    with pytest.raises(Forbidden):
        await use("save_reviews", AGENT, daily=5)


async def test_of_who_was_erased_nothing_is_shown_and_no_words_are_kept(
    use, runtime, shop, answered, clock
):
    (room,) = await answered(1, buyer_id=buyer_id(shop, MINE))
    clock.move(days=2)
    await use(
        "review_answer", AGENT, conversation_id=room.id, seq=4, verdict="wrong", reason="他姓张"
    )
    given = {"buyer_id": buyer_id(shop, MINE), "nick": MINE}
    await tools.call(runtime, "shop.erase_buyer", given, shop_id=shop, principal=SYSTEM)
    for which in ("waiting", "judged"):
        page = await use("list_reviews", which=which)
        assert (page.items, page.waiting, page.judged) == ([], 0, 0)
    async with runtime.db.reading(shop) as session:
        (row,) = (await store.reviews(session, shop, [(room.id, 4)])).values()
    assert (row.verdict, row.reason) == ("wrong", "")


async def test_drawing_the_sample_holds_nobody_up(use, runtime, answered, clock, monkeypatch):
    (room,) = await answered(1)
    clock.move(days=2)
    drawn = watched(monkeypatch, runtime.db, quality_tools, "drawn")
    assert (await use("list_reviews")).total == 2
    await use("review_answer", AGENT, conversation_id=room.id, seq=4, verdict="right")
    assert set(drawn) == {BESIDE}
    assert len(drawn) == 2, "to judge one, its day alone is drawn from"


async def test_a_reply_that_is_erased_while_it_is_judged_is_not_written_about(
    use, runtime, shop, answered, clock, monkeypatch
):
    (room,) = await answered(1)
    clock.move(days=2)
    drawn = quality_tools._drawn

    async def then_erased(call, first, last):
        found = await drawn(call, first, last)
        async with runtime.db.transaction(shop) as session:
            row = await conversations.held(session, shop, room.id)
            assert await ending.empty(session, row, since=clock.now)
        return found

    monkeypatch.setattr(quality_tools, "_drawn", then_erased)
    with pytest.raises(NotFound):
        await use(
            "review_answer", AGENT, conversation_id=room.id, seq=4, verdict="wrong", reason="他姓张"
        )


async def test_a_reply_just_before_midnight_is_known_by_the_day_it_was_told_of(
    use, runtime, shop, answered, clock
):
    """Its event is a little later than it."""
    clock.stand_at(at("2026-06-10 23:59:59"))
    (room,) = await answered(1)
    async with runtime.db.transaction(shop) as session:
        await session.execute(
            update(EventRow)
            .where(EventRow.shop_id == shop, EventRow.type == "service.message_answered")
            .values(at=at("2026-06-11 00:00"))
        )
    clock.stand_at(at("2026-06-14 09:00"))
    told = await use("review_answer", AGENT, conversation_id=room.id, seq=4, verdict="right")
    assert told.verdict == "right"
