"""What a shopper is promised while nobody is there, and whether it was kept."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.service.chat.room import ANSWER, HANDOFF, Room, employ, open_between
from tests.service.records import at
from zhanggui.base.events import EventRow
from zhanggui.service.chat.tidying import Tidier
from zhanggui.service.chat.writing import Reply
from zhanggui.service.events import PromiseKept, PromiseNear

pytestmark = pytest.mark.db

PICTURE = Reply("图片收到了，我请同事来看，请稍等。", "handoff", cause="picture")


@pytest.fixture
async def room(runtime, shop, clock):
    """A conversation at night, in a shop that is open from nine to ten in the evening."""
    clock.stand_at(at("2026-06-10 23:00"))
    await employ(runtime, shop, "u1")
    await open_between(runtime, shop, clock.now)
    return await Room(runtime, shop).start()


@pytest.fixture
def told(runtime, shop):
    """What was told of promises."""

    async def told(kind):
        query = select(EventRow.data).where(EventRow.shop_id == shop, EventRow.type == kind.type)
        async with runtime.db.reading(shop) as session:
            return list(await session.scalars(query.order_by(EventRow.seq)))

    return told


async def handed_over(room, said=HANDOFF):
    await room.writes(f"我要退货 {said.text}")
    await room.replies(await room.takes(), said)
    return await room.row()


async def test_who_asks_at_night_is_told_when_and_that_is_kept(room, clock, told):
    row = await handed_over(room, PICTURE)
    assert row.promised_at == row.due_at == at("2026-06-11 09:03")
    assert (await room.said())[-1] == ("ai", "图片收到了，我请同事来看，明天 9:03 前会回复您。")
    clock.stand_at(at("2026-06-11 09:01"))
    await room.speaks("早上好")
    assert (await room.row()).promised_at is None
    (kept,) = await told(PromiseKept)
    assert kept == {"id": room.id, "is_kept": True, "by": "person", "seconds": -120.0}
    await room.speaks("还有别的吗")
    assert len(await told(PromiseKept)) == 1


async def test_a_promise_that_is_broken_is_counted(room, clock, told):
    await handed_over(room)
    clock.stand_at(at("2026-06-11 09:13"))
    await room.speaks("抱歉久等")
    (broken,) = await told(PromiseKept)
    assert (broken["is_kept"], broken["seconds"]) == (False, 600.0)


async def test_what_is_closed_without_an_answer_was_not_kept(room, told):
    await handed_over(room)
    await room.closes()
    (over,) = await told(PromiseKept)
    assert (over["is_kept"], over["by"]) == (False, None)
    assert (await room.row()).promised_at is None


async def test_the_program_may_answer_first(room, told):
    await handed_over(room)
    await room.resumes()
    (over,) = await told(PromiseKept)
    assert (over["is_kept"], over["by"]) == (True, "ai")


async def test_who_writes_to_a_person_at_night_is_told_once(room, clock):
    clock.stand_at(at("2026-06-10 21:59"))
    await room.writes("能开票吗")
    await room.speaks("可以的")
    clock.stand_at(at("2026-06-10 23:30"))
    await room.writes("那专票呢")
    await room.writes("在吗")
    said = [text for author, text in await room.said() if author == "system"]
    assert said == ["现在没有同事在线，明天 9:03 前会回复您。"]
    assert (await room.row()).promised_at == at("2026-06-11 09:03")


async def test_within_the_hours_it_is_told_only_where_everybody_has_left(
    room, runtime, shop, clock
):
    clock.stand_at(at("2026-06-11 12:00"))
    assert (await handed_over(room)).promised_at is None, "nobody ever says that they are there"
    await room.at_desk("u1", is_on=True, most=5)
    there = await Room(runtime, shop).start()
    assert (await handed_over(there)).promised_at is None
    await room.at_desk("u1", is_on=False, most=5)
    gone = await Room(runtime, shop).start()
    assert (await handed_over(gone)).promised_at == at("2026-06-11 12:03")
    assert "今天 12:03 前会回复您" in (await gone.said())[-1][1]


async def test_a_shop_without_hours_promises_nothing(runtime, shop, clock):
    clock.stand_at(at("2026-06-10 23:00"))
    room = await Room(runtime, shop).start()
    row = await handed_over(room)
    assert (row.promised_at, row.due_at) == (None, clock.now + timedelta(minutes=3))
    assert (await room.said())[-1] == ("ai", HANDOFF.text)


async def test_what_was_promised_comes_first_in_the_morning(room, runtime, shop, clock):
    await handed_over(room)
    clock.stand_at(at("2026-06-11 09:00"))
    other = await Room(runtime, shop).start()
    clock.move(seconds=1)
    await handed_over(other)
    assert await room.queue() == [room.id, other.id]


async def test_the_shop_is_reminded_once_in_time(room, runtime, shop, clock, told):
    await handed_over(room)
    tidier = Tidier(runtime)
    await tidier.remind(shop)
    assert await told(PromiseNear) == []
    clock.stand_at(at("2026-06-11 09:00"))
    await tidier.remind(shop)
    await tidier.remind(shop)
    assert await told(PromiseNear) == [{"id": room.id, "seconds": 180.0}]


async def test_an_answer_of_the_program_promises_nothing(room):
    await room.writes("能开票吗")
    await room.replies(await room.takes(), ANSWER)
    assert (await room.row()).promised_at is None
