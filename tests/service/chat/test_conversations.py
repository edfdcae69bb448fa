"""What can be done with a conversation, one transaction after another."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from tests.service.chat.room import HANDOFF, Room, be_silent
from zhanggui.base.errors import Conflict, NotFound
from zhanggui.base.events import EventRow
from zhanggui.base.tenancy import TenantLeak
from zhanggui.service.chat import conversations, store
from zhanggui.service.chat.conversations import LEASE
from zhanggui.service.chat.models import Message
from zhanggui.shop.opening import open_shop

pytestmark = pytest.mark.db


@pytest.fixture
async def room(runtime, shop, clock):
    return await Room(runtime, shop).start()


@pytest.fixture
async def silence(runtime, shop, clock):
    """The program answers again after ten minutes."""
    await be_silent(runtime, shop, clock.now)


async def test_what_is_sent_again_is_there_once(room):
    first = await room.writes("能开票吗", "c1")
    again = await room.writes("能开票吗", "c1")
    other = await room.writes("在吗", "c2")
    assert (first.seq, again.seq, other.seq) == (1, 1, 2)
    assert await room.said() == [("shopper", "能开票吗"), ("shopper", "在吗")]
    assert (await room.row()).last_seq == 2


async def test_what_is_written_is_sealed(room, runtime, shop):
    await room.writes("我的电话是13812345678")
    (message,) = await room.messages()
    assert b"13812345678" not in message.text_sealed
    async with runtime.db.reading(shop) as session:
        found = await session.scalars(select(EventRow).where(EventRow.shop_id == shop))
        assert "138" not in str([event.data for event in found])


async def test_one_reply_answers_all_that_came_in_a_row(room):
    await room.writes("在吗")
    await room.writes("能开票吗")
    taken = await room.takes()
    assert taken.until == 2
    reply = await room.replies(taken)
    assert (reply.seq, reply.answers, reply.decision, reply.sources) == (3, 2, "answer", ["faq:F1"])
    assert (await room.row()).answered_seq == 2
    assert await room.takes() is None
    assert await room.due() is None


async def test_a_turn_is_held_by_one_until_it_runs_out(room, clock):
    await room.writes("能开票吗")
    first = await room.takes("one")
    assert await room.takes("two") is None
    clock.move(seconds=LEASE.total_seconds())
    second = await room.takes("two")
    assert (second.until, second.tries) == (1, 2)
    await room.replies(second)
    with pytest.raises(Conflict):
        await room.replies(first)
    assert len(await room.messages()) == 2


async def test_what_was_thought_without_the_last_message_is_not_said(room):
    await room.writes("能开票吗")
    taken = await room.takes()
    await room.writes("算了，多久发货")
    assert conversations.standing(await room.row(), taken) == "newer"
    with pytest.raises(Conflict):
        await room.replies(taken)
    again = await room.takes()
    assert (again.until, again.tries) == (2, 1)
    await room.replies(again)


async def test_the_program_is_silent_once_a_person_speaks(room):
    await room.writes("能开票吗")
    taken = await room.takes()
    spoken = await room.speaks("可以的，我来开。")
    assert spoken.answers == 1
    assert conversations.standing(await room.row(), taken) == "over"
    with pytest.raises(Conflict):
        await room.replies(taken)
    await room.writes("好的")
    assert await room.takes() is None
    row = await room.row()
    assert (row.state, row.assignee) == ("person", "u1")
    assert (await room.speaks("不客气")).answers == 3


async def test_who_is_handed_over_waits_for_a_person(room, clock):
    await room.writes("我要投诉")
    await room.replies(await room.takes(), HANDOFF)
    row = await room.row()
    assert (row.state, row.waiting_since) == ("waiting", clock.now)
    await room.writes("有人吗")
    clock.move(days=3)
    assert await room.takes() is None


async def test_the_program_goes_on_when_it_is_told_to(room):
    await room.writes("我要投诉")
    await room.replies(await room.takes(), HANDOFF)
    await room.writes("能开票吗")
    await room.resumes()
    reply = await room.replies(await room.takes())
    assert (reply.seq, reply.answers) == (4, 3)
    assert (await room.row()).waiting_since is None


async def test_the_program_goes_on_after_the_silence_that_the_shop_set(room, silence, clock):
    await room.writes("我要投诉")
    await room.replies(await room.takes(), HANDOFF)
    await room.writes("能开票吗")
    assert await room.takes() is None
    clock.move(minutes=10)
    assert (await room.takes()).until == 3
    await room.speaks("我来了")
    await room.writes("能退吗")
    clock.move(minutes=9)
    assert await room.takes() is None
    clock.move(minutes=1)
    assert (await room.takes()).until == 5


async def test_who_writes_into_a_closed_conversation_opens_it_again(room):
    await room.writes("能开票吗")
    taken = await room.takes()
    await room.closes()
    assert conversations.standing(await room.row(), taken) == "over"
    assert await room.due() is None
    await room.writes("还在吗")
    row = await room.row()
    assert (row.state, row.closed_at) == ("ai", None)
    assert (await room.takes()).until == 2


async def test_a_turn_that_was_let_go_waits(room, clock):
    await room.writes("能开票吗")
    taken = await room.takes("one")
    await room.lets_go(taken, clock.now + timedelta(seconds=5))
    assert await room.takes("two") is None
    clock.move(seconds=5)
    assert (await room.takes("two")).tries == 2
    await room.lets_go(taken)
    assert (await room.due()).leased_by == "two", "it was no longer theirs to let go"


async def test_no_message_is_answered_twice_even_by_a_mistake(room, runtime, shop, clock):
    await room.writes("能开票吗")
    await room.replies(await room.takes())
    with pytest.raises(IntegrityError):
        async with runtime.db.transaction(shop) as session:
            session.add(
                Message(
                    shop_id=shop, conversation_id=room.id, seq=3, author="ai", answers=1,
                    text_sealed=b"", at=clock.now,
                )
            )  # fmt: skip


async def test_due_turns_are_found_across_shops_the_longest_due_first(
    room, runtime, clock, other_shop_id
):
    await open_shop(runtime, other_shop_id, "隔壁")
    there = await Room(runtime, other_shop_id).start()
    await there.writes("在吗")
    clock.move(seconds=1)
    await room.writes("在吗")
    found = await store.due(runtime.db, clock.now, 9)
    assert found == [(other_shop_id, there.id), (room.shop_id, room.id)]
    await there.takes()
    assert await store.due(runtime.db, clock.now, 9) == [(room.shop_id, room.id)]


async def test_a_shops_conversations_are_its_own(room, runtime, other_shop_id, engine):
    await open_shop(runtime, other_shop_id, "隔壁")
    with pytest.raises(NotFound):
        async with runtime.db.transaction(other_shop_id) as session:
            await conversations.held(session, other_shop_id, room.id)
    unfiltered = select(Message.seq)
    await room.writes("在吗")
    async with runtime.db.reading(other_shop_id) as session:
        if engine == "sqlite":
            with pytest.raises(TenantLeak):
                await session.execute(unfiltered)
        else:
            assert list(await session.scalars(unfiltered)) == []
