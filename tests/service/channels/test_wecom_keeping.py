"""What comes from 微信客服 when something is odd, late or old."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from tests.service.channels.wecom_stub import jpeg
from tests.service.records import NOW
from zhanggui.base.blobs import Blobs
from zhanggui.base.events import EventRow
from zhanggui.service.channels import wecom_keeping, wecom_pulling
from zhanggui.service.channels.models import ChannelThread
from zhanggui.service.channels.wecom_pulling import ANSWERED_BACK
from zhanggui.service.chat import ending, images


def seconds(moment):
    """A moment as `send_time` counts it."""
    return int(moment.timestamp())


@pytest.fixture
def events_of(runtime, shop):
    """What happened of a type, in order."""

    async def events_of(type_):
        query = select(EventRow).where(EventRow.shop_id == shop, EventRow.type == type_)
        async with runtime.db.reading(shop) as session:
            return list(await session.scalars(query.order_by(EventRow.seq)))

    return events_of


@pytest.fixture
def failures(use, wecom):
    async def failures():
        return (await use("list_channel_failures", channel_id=wecom.id)).items

    return failures


@pytest.mark.db
@pytest.mark.parametrize("is_of_the_database", [False, True])
async def test_an_item_that_cannot_be_kept_is_passed_over_and_told(
    call_back, stub, relay, rooms, state, failures, monkeypatch, use, clock, is_of_the_database
):
    for number in range(3):
        stub.writes(f"第{number}条", f"m{number}", who="wmBob" if number == 1 else "wmAlice")
    await call_back()
    take_up = wecom_keeping.take_up

    async def fails(session, runtime, channel, item, page):
        taken = await take_up(session, runtime, channel, item, page)
        if item.id != "m1":
            return taken
        if is_of_the_database:
            assert taken is not None
            taken.channel = None  # type: ignore[assignment] # A table does not take it.
            await session.flush()
        raise KeyError("unforeseen")

    monkeypatch.setattr(wecom_keeping, "take_up", fails)
    await relay.drain()
    (room,) = await rooms()
    assert [text for _, text in await room.said()] == ["第0条", "第2条"]
    row = await state()
    assert (row.cursor, row.leased_until, row.failure) == ("c3", None, "odd")
    (failure,) = await failures()
    assert (failure.way, failure.message, failure.at) == ("in", "m1", clock.now)
    assert failure.why == "有一条消息出了意外，已经跳过，请到对方的客户端里看"
    stub.writes("第3条", "m3")
    await call_back()
    await relay.drain()
    assert (await state()).failure is None
    assert len(await failures()) == 1


async def test_what_an_odd_item_is_called_is_told_without_what_a_table_does_not_take(
    call_back, stub, relay, failures, monkeypatch
):
    stub.writes("在吗", "m\0小明 1")
    await call_back()

    async def fails(*given):
        raise KeyError("unforeseen")

    monkeypatch.setattr(wecom_keeping, "take_up", fails)
    await relay.drain()
    (failure,) = await failures()
    assert failure.message == "m1"


async def test_an_odd_picture_is_an_odd_item(call_back, stub, relay, rooms, state, monkeypatch):
    stub.shows(jpeg(), "m1")
    stub.writes("在吗", "m2")
    await call_back()

    async def fails(data):
        raise IndexError("unforeseen")

    monkeypatch.setattr(images, "rewritten", fails)
    await relay.drain()
    (room,) = await rooms()
    assert await room.said() == [("shopper", "在吗")]
    assert (await state()).failure == "odd"


async def test_a_database_that_is_out_of_reach_as_a_picture_is_fetched_makes_nothing_odd(
    call_back, stub, relay, rooms, state, monkeypatch, clock
):
    stub.shows(jpeg(), "m1")
    await call_back()

    async def fails(*given):
        raise OperationalError("UPDATE", {}, Exception("gone"))

    with monkeypatch.context() as patch:
        patch.setattr(wecom_pulling, "_renew", fails)
        await relay.drain()
    assert await rooms() == []
    clock.move(seconds=21)
    await relay.drain()
    (room,) = await rooms()
    assert [len(each.attachments) for each in await room.messages()] == [1]
    assert (await state()).failure is None


@pytest.mark.db
async def test_what_ends_unforeseen_lets_the_channel_go_and_is_tried_again_soon(
    call_back, stub, relay, rooms, state, monkeypatch, clock, use
):
    stub.writes("在吗", "m1")
    await call_back()

    async def fails(*given):
        raise RuntimeError("unforeseen")

    with monkeypatch.context() as patch:
        patch.setattr(wecom_keeping, "keep", fails)
        await relay.drain()
    row = await state()
    assert (row.leased_by, row.leased_until, row.failure) == (None, None, "unforeseen")
    (shown,) = (await use("list_channels")).items
    assert shown.failure == "程序出了意外，已写进日志，过一会儿再试"
    await relay.drain()
    assert await rooms() == [], "not at once"
    clock.move(seconds=21)
    await relay.drain()
    assert len(await rooms()) == 1
    assert (await state()).failure is None


async def test_a_store_that_is_out_of_reach_leaves_the_page_for_later(
    call_back, stub, relay, rooms, monkeypatch, clock
):
    stub.shows(jpeg(), "m1")
    await call_back()

    async def fails(*given):
        raise RuntimeError("out of reach")

    with monkeypatch.context() as patch:
        patch.setattr(Blobs, "put", fails)
        await relay.drain()
    assert await rooms() == []
    clock.move(seconds=21)
    await relay.drain()
    (room,) = await rooms()
    assert [len(each.attachments) for each in await room.messages()] == [1]


@pytest.mark.db
async def test_what_comes_late_was_written_when_it_was_sent(
    call_back, stub, relay, rooms, clock, events_of, use
):
    await relay.drain()  # The account is connected.
    clock.move(hours=3)
    stub.writes("在吗", "m1", send_time=seconds(NOW + timedelta(hours=1)))
    answered = NOW + timedelta(hours=1, minutes=2)
    stub.answers("在的", "m2", send_time=seconds(answered))
    stub.writes("先前的", "m3", send_time=seconds(NOW))
    stub.writes("以后的", "m4", send_time=seconds(clock.now + timedelta(days=9)))
    stub.writes("不知何时", "m5", send_time="soon")
    await call_back()
    await relay.drain()
    (room,) = await rooms()
    moments = [each.at for each in await room.messages()]
    asked = NOW + timedelta(hours=1)
    assert moments == [asked, answered, answered, clock.now, clock.now]
    row = await room.row()
    assert (row.started_at, row.last_at) == (asked, clock.now)
    assert (await events_of("service.message_received"))[0].at == asked
    (reply,) = await events_of("service.message_answered")
    assert (reply.at, reply.data["seconds"]) == (answered, 120)
    (shown,) = (await use("list_channels")).items
    assert shown.last_in_at == clock.now


async def test_before_an_account_is_connected_old_mail_is_history(
    call_back, stub, relay, rooms, answerer, clock, events_of
):
    stub.page = 2
    old = seconds(NOW - ANSWERED_BACK - timedelta(minutes=1))
    stub.writes("包邮吗", "m1", send_time=old)
    stub.answers("包的", "m2", send_time=old)
    stub.happens("session_status_change", "e1", change_type=1, new_servicer_userid="lisi")
    stub.messages[-1]["send_time"] = old
    stub.writes("哪里发货", "m3", send_time=old)
    await call_back()
    await relay.drain()
    await answerer.drain()
    (room,) = await rooms()
    assert await room.said() == [
        ("shopper", "包邮吗"), ("person", "包的"), ("shopper", "哪里发货"),
    ]  # fmt: skip
    row = await room.row()
    assert (row.state, row.assignee, row.shopper_seq, row.answered_seq) == ("ai", None, 3, 3)
    assert await events_of("service.message_received") == []
    assert await events_of("service.message_added") == []
    stub.writes("能开票吗", "m4", send_time=seconds(NOW - ANSWERED_BACK + timedelta(minutes=1)))
    await call_back()
    await relay.drain()
    await answerer.drain()
    assert [author for author, _ in await room.said()][3:] == ["shopper", "ai"]
    await relay.drain()
    assert len(stub.said_to()) == 1, "history is not sent to anybody"


async def test_what_is_old_after_an_outage_is_answered_all_the_same(
    call_back, stub, relay, rooms, answerer, clock
):
    stub.writes("在吗", "m1")
    await call_back()
    await relay.drain()
    clock.move(hours=30)
    stub.writes("能开票吗", "m2", send_time=seconds(NOW + timedelta(hours=1)))
    await call_back()
    await relay.drain()
    (room,) = await rooms()
    row = await room.row()
    assert row.shopper_seq > row.answered_seq


async def test_while_more_comes_the_program_waits_for_what_a_colleague_may_have_said(
    call_back, stub, relay, rooms, answerer, clock
):
    stub.page = 1
    stub.writes("能开票吗", "m1")
    stub.writes("在吗", "m2", who="wmBob")
    await call_back()
    await relay.drain()
    due = {(await room.said())[0][1]: (await room.due()).due_at for room in await rooms()}
    assert due["能开票吗"] > clock.now
    assert due["在吗"] == clock.now


@pytest.mark.db
async def test_no_picture_is_fetched_or_stored_while_anything_is_held(
    call_back, stub, relay, rooms, runtime, monkeypatch
):
    stub.shows(jpeg(), "m1")
    stub.shows(jpeg(), "m2", who="wmBob")
    await call_back()
    at_once, most = [], []
    whole = runtime.db.transaction

    def counted(shop_id):
        opened = whole(shop_id)
        enter, leave = opened.__aenter__, opened.__aexit__

        class Counted:
            async def __aenter__(self):
                at_once.append(shop_id)
                return await enter()

            async def __aexit__(self, *how):
                at_once.pop()
                return await leave(*how)

        return Counted()

    put, rewritten = Blobs.put, images.rewritten

    async def stored(self, key, data):
        most.append(len(at_once))
        await put(self, key, data)

    async def fetched(data):
        most.append(len(at_once))
        return await rewritten(data)

    monkeypatch.setattr(runtime.db, "transaction", counted)
    monkeypatch.setattr(Blobs, "put", stored)
    monkeypatch.setattr(images, "rewritten", fetched)
    await relay.drain()
    assert most == [0, 0, 0, 0]
    for room in await rooms():
        assert [len(each.attachments) for each in await room.messages()] == [1]


@pytest.mark.db
async def test_who_is_forgotten_while_their_picture_is_stored_leaves_none_behind(
    call_back, stub, relay, rooms, runtime, shop, monkeypatch, clock
):
    stub.writes("在吗", "m1")
    await call_back()
    await relay.drain()
    (former,) = await rooms()
    stub.shows(jpeg(), "m2")
    await call_back()
    put = Blobs.put

    async def stored(self, key, data):
        await put(self, key, data)
        async with runtime.db.transaction(shop) as session:
            row = await former.row()
            row = await session.merge(row)
            clock.move(seconds=1)
            await ending.empty(session, row, since=clock.now)

    with monkeypatch.context() as patch:
        patch.setattr(Blobs, "put", stored)
        await relay.drain()
    assert await runtime.blobs.list(runtime.blobs.key(shop, "chat", former.id) + "/") == []
    clock.move(seconds=21)
    await relay.drain()
    emptied, begun = await rooms()
    assert await emptied.said() == [("shopper", None)]
    assert [len(each.attachments) for each in await begun.messages()] == [1]


async def test_a_page_of_slow_pictures_holds_the_channel_for_as_long_as_it_takes(
    call_back, stub, relay, rooms, clock, state, monkeypatch
):
    for number in range(4):
        stub.shows(jpeg(), f"m{number}")
    await call_back()
    rewritten, left = images.rewritten, []

    async def slow(data):
        clock.move(seconds=45)
        left.append((await state()).leased_until > clock.now)
        return await rewritten(data)

    monkeypatch.setattr(images, "rewritten", slow)
    await relay.drain()
    assert left == [True] * 4
    (room,) = await rooms()
    assert len(await room.messages()) == 4


async def test_who_answers_in_wecom_is_in_no_event(call_back, stub, relay, rooms, runtime, shop):
    stub.writes("在吗", "m1")
    stub.answers("在", "m2", by="zhangsan")
    stub.happens("session_status_change", "e1", change_type=2, new_servicer_userid="lisi")
    await call_back()
    await relay.drain()
    async with runtime.db.reading(shop) as session:
        rows = list(await session.scalars(select(EventRow).where(EventRow.shop_id == shop)))
        threads = list(await session.scalars(select(ChannelThread).filter_by(shop_id=shop)))
    assert len(threads) == 1
    told = [row.data for row in rows if row.type == "service.conversation_assigned"]
    assert [(each["to"], each["by"]) for each in told] == [("wecom", "wecom")] * 2
    assert not [row for row in rows if "zhangsan" in str(row.data) or "lisi" in str(row.data)]
