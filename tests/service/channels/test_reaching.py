"""What is said in a conversation whose shopper is not reached any more, or not now."""

from __future__ import annotations

import pytest
from sqlalchemy import event

from tests.base.webhooks.receiver import Reply
from tests.service.chat.room import ANSWER, Room
from zhanggui.base.errors import Conflict
from zhanggui.base.words import speaking
from zhanggui.service.channels import store
from zhanggui.service.channels.arrivals import Arrival, receive


@pytest.fixture
def write(runtime, hook, room_of):
    """A shopper writes through the channel."""

    async def write(sender="u-1", name="m1"):
        channel = await store.found(runtime.db, hook.id)
        assert channel is not None
        message = await receive(runtime, channel, Arrival(sender, name, "在吗"), [])
        return room_of(message.conversation_id)

    return write


@pytest.fixture
def seen(use):
    """A conversation as the desk shows it."""

    async def seen(room):
        return await use("get_conversation", id=room.id)

    return seen


async def switch(use, hook, receiver, *, is_on):
    given = {"channel_id": hook.id, "kind": "webhook", "name": "小程序", "url": receiver.url}
    await use("save_channel", **given, is_on=is_on)


@pytest.mark.db
async def test_a_reply_into_a_removed_channel_is_refused_and_what_was_not_sent_is_marked(
    write, seen, use, hook, relay, receiver, room_of
):
    room = await write()
    await room.speaks("一")
    await relay.drain()
    assert (await seen(room)).reach == "on"
    await switch(use, hook, receiver, is_on=False)
    assert (await seen(room)).reach == "off"
    await room.speaks("二")
    await room.notes("给同事看的")
    before = (await room.row()).version
    await use("remove_channel", channel_id=hook.id)
    shown = await seen(room)
    assert shown.version > before, "whoever has it open sees it"
    assert shown.reach == "gone"
    assert [(each.author, each.undelivered) for each in shown.items] == [
        ("shopper", None),
        ("person", None),
        ("person", "渠道已移除，或买家的信息已抹去"),
        ("note", None),
    ]
    with pytest.raises(Conflict) as refused:
        await use("send_message", id=room.id, text="三", seen=9, client_id="c1")
    with speaking("en"):
        assert str(refused.value.what).startswith("Not sent: nothing")
    assert str(refused.value.what).startswith("没有发出")
    assert len(await room.messages()) == 4
    await use("add_note", id=room.id, text="打电话给他")
    (listed,) = (await use("list_conversations", which="all")).items
    assert listed.reach == "gone"


async def test_what_the_program_still_says_into_a_removed_channel_is_marked(write, seen, use, hook):
    room = await write()
    taken = await room.takes()
    await use("remove_channel", channel_id=hook.id)
    await room.replies(taken, ANSWER)
    assert [(each.author, each.undelivered is None) for each in (await seen(room)).items] == [
        ("shopper", True), ("ai", False),
    ]  # fmt: skip


async def test_what_waits_for_a_channel_that_is_off_goes_out_when_it_is_on(
    write, seen, use, hook, relay, receiver
):
    room = await write()
    await switch(use, hook, receiver, is_on=False)
    await use("send_message", id=room.id, text="在的", seen=1, client_id="c1")
    await relay.drain()
    assert receiver.got == []
    await switch(use, hook, receiver, is_on=True)
    await relay.drain()
    assert [got.told["data"]["text"] for got in receiver.got] == ["在的"]


async def test_what_is_given_up_is_marked_and_listed_with_why(
    write, seen, use, hook, relay, receiver, clock
):
    room = await write()
    await room.speaks("一")
    receiver.usual = Reply(500)
    for _ in range(10):
        await relay.drain()
        clock.move(hours=27)
    assert [each.undelivered for each in (await seen(room)).items] == [
        None, "对方回答了错误", None,
    ]  # fmt: skip
    (failure,) = (await use("list_channel_failures", channel_id=hook.id)).items
    assert (failure.way, failure.conversation_id, failure.seq, failure.why) == (
        "out", room.id, 2, "对方回答了错误",
    )  # fmt: skip


async def test_a_page_of_the_shops_own_is_reached_as_it_is_read(seen, runtime, shop, use):
    room = await Room(runtime, shop).start()
    await room.writes("在吗")
    assert (await seen(room)).reach is None
    await use("send_message", id=room.id, text="在", seen=1, client_id="c1")


@pytest.mark.db
async def test_a_thread_is_looked_at_only_after_the_shop_has_said_something(
    write, runtime, shop, hook, relay, receiver, clock
):
    async def due():
        async with runtime.db.reading(shop) as session:
            return await store.due_threads(session, shop, hook.id, clock.now, 9)

    room, other = await write(), await write("u-2", "m2")
    assert await due() == []
    await room.replies(await room.takes(), ANSWER)
    assert len(await due()) == 1
    await room.notes("给同事看的")
    await relay.drain()
    assert await due() == []
    await write("u-1", "m3")
    await other.notes("给同事看的")
    assert await due() == [], "nothing was said to them"
    receiver.script = [Reply(500)]
    await room.speaks("一")
    await relay.drain()
    await room.speaks("二")
    assert await due() == [], "the next waits for the one before"
    clock.move(seconds=6)
    await relay.drain()
    assert [got.told["data"]["text"] for got in receiver.got][-3:] == ["一", "一", "二"]


@pytest.mark.db
async def test_what_is_due_is_found_by_an_index_alone(runtime, shop, hook, clock, engine):
    """However many threads there are that nothing is to be said in."""
    asked = []

    def listen(connection, cursor, statement, parameters, context, executemany):
        if "channel_threads" in statement:
            asked.append((statement, parameters))

    before = "before_cursor_execute"
    event.listen(runtime.db.engine.sync_engine, before, listen)
    async with runtime.db.reading(shop) as session:
        await store.due_threads(session, shop, hook.id, clock.now, 64)
        event.remove(runtime.db.engine.sync_engine, before, listen)
        ((statement, parameters),) = asked
        connection = await session.connection()
        if engine == "postgresql":
            await connection.exec_driver_sql("SET LOCAL enable_seqscan = off")
        explain = "EXPLAIN QUERY PLAN " if engine == "sqlite" else "EXPLAIN "
        rows = await connection.exec_driver_sql(explain + statement, parameters)
        plan = " ".join(str(row) for row in rows)
    assert "channel_threads_by_due" in plan
    assert "due_at <" in plan or "due_at<" in plan
