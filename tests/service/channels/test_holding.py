"""Who holds channels, conversations and threads holds them in one order, so that of two who meet
the second waits for the first, and none for ever."""

from __future__ import annotations

import asyncio

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from zhanggui.service.channels import outbox, store, wecom_keeping
from zhanggui.service.channels.arrivals import Arrival, receive
from zhanggui.service.channels.failing import Outcome
from zhanggui.service.channels.models import ChannelThread
from zhanggui.service.channels.wecom_api import Failed
from zhanggui.service.channels.wecom_items import Item
from zhanggui.service.channels.wecom_keeping import Page
from zhanggui.service.chat import ending

pytestmark = pytest.mark.db
SECONDS = 0.3
"""How long everybody rests after each row that they hold."""


@pytest.fixture
def slow(monkeypatch):
    """Has everybody rest with what they hold, so that two who can meet do."""

    def resting(name, is_held):
        whole = getattr(AsyncSession, name)

        async def call(self, *given, **more):
            got = await whole(self, *given, **more)
            if is_held(given, more):
                await asyncio.sleep(SECONDS)
            return got

        monkeypatch.setattr(AsyncSession, name, call)

    resting("get", lambda given, more: more.get("with_for_update"))
    for name in ("scalars", "scalar", "execute"):
        resting(name, lambda given, more: getattr(given[0], "_for_update_arg", None) is not None)


class Met:
    """A channel through which two shoppers wrote, both of one buyer and both spoken to."""

    def __init__(self, runtime, shop_id, channel, rooms, use):
        self.runtime, self.shop_id, self.channel = runtime, shop_id, channel
        self.rooms, self.use = rooms, use

    async def sends(self, outcome):
        """A message to the first of them is sent, or given up."""
        async with self.runtime.db.transaction(self.shop_id) as session:
            due = await store.due_threads(
                session, self.shop_id, self.channel.id, self.rooms[0].now, 9
            )
            for each in due:
                taken = await outbox.take(
                    session, self.runtime.cipher, self.channel, each, by="one"
                )
                assert taken is not None
                if taken.conversation_id == self.rooms[0].id:
                    outgoing = taken

        async def record():
            async with self.runtime.db.transaction(self.shop_id) as session:
                await outbox.record(session, self.runtime.cipher, outgoing, outcome, by="one")

        return record

    async def replays(self):
        since = self.rooms[0].now.isoformat()
        await self.use("replay_channel", channel_id=self.channel.id, since=since)

    async def removes(self):
        await self.use("remove_channel", channel_id=self.channel.id)

    async def forgets(self):
        async with self.runtime.db.transaction(self.shop_id) as session:
            await ending.forget(session, self.shop_id, buyer_id="buyer_1", order_ids=[])

    async def pulls(self):
        """A page comes, of the second before the first."""
        async with self.runtime.db.transaction(self.shop_id) as session:
            row = await store.channel(session, self.shop_id, self.channel.id)
            assert row is not None
            row.leased_by = "pull"
        items = [
            Item(
                {
                    "msgid": f"again-{who}", "external_userid": who, "origin": 3,
                    "msgtype": "text", "text": {"content": "在吗"},
                }
            )
            for who in ("wmBob", "wmAlice")
        ]  # fmt: skip
        return lambda: wecom_keeping.keep(self.runtime, row, items, "c9", "pull", Page())


@pytest.fixture
def met(runtime, shop, use, stub, hook, wecom, room_of, clock):
    async def met(made):
        channel = await store.found(runtime.db, made.id)
        assert channel is not None
        rooms = []
        for who in ("wmAlice", "wmBob"):
            message = await receive(runtime, channel, Arrival(who, f"m-{who}", "在吗"), [])
            room = room_of(message.conversation_id)
            room.now = clock.now
            await room.speaks("在")

            async def belongs(session, row):
                row.buyer_id = "buyer_1"

            await room._held(belongs)
            rooms.append(room)
            clock.move(seconds=1)
        return Met(runtime, shop, channel, rooms, use)

    return met


async def at_once(first, second, after):
    """Two begin, the second some seconds after the first."""

    async def later():
        await asyncio.sleep(after)
        await second()

    await asyncio.gather(first(), later())


GIVEN_UP = Outcome("answer", 410)


async def test_what_is_given_up_meets_what_is_sent_again(met, hook, slow):
    given = await met(hook)
    await at_once(await given.sends(GIVEN_UP), given.replays, SECONDS / 2)


async def test_what_was_sent_meets_the_end_of_the_channel(met, hook, slow):
    given = await met(hook)
    await at_once(given.removes, await given.sends(Outcome()), SECONDS / 2)


async def test_what_is_given_up_meets_a_page(met, wecom, slow):
    given = await met(wecom)
    await at_once(await given.pulls(), await given.sends(GIVEN_UP), SECONDS / 2)


async def test_an_erasure_meets_a_page(met, wecom, slow):
    given = await met(wecom)
    await at_once(await given.pulls(), given.forgets, SECONDS * 1.5)
    assert [text for _, text in await given.rooms[0].said()][:2] == [None, None]


async def test_the_end_of_a_channel_meets_a_page_that_then_is_nobodys(met, wecom, slow):
    given = await met(wecom)
    pulls = await given.pulls()

    async def pulled():
        with pytest.raises(Failed):
            await pulls()

    await at_once(given.removes, pulled, SECONDS / 2)


async def test_what_is_said_as_a_look_ends_that_found_nothing_more_is_sent(met, hook, slow, clock):
    given = await met(hook)
    runtime, shop_id, room = given.runtime, given.shop_id, given.rooms[0]
    await (await given.sends(Outcome()))()
    async with runtime.db.reading(shop_id) as session:
        query = select(ChannelThread.sender_index).where(
            ChannelThread.shop_id == shop_id, ChannelThread.conversation_id == room.id
        )
        index = (await session.scalars(query)).one()

    async def looks():
        async with runtime.db.transaction(shop_id) as session:
            cipher, channel = runtime.cipher, given.channel
            assert await outbox.take(session, cipher, channel, index, by="one") is None
            await asyncio.sleep(4 * SECONDS)

    await at_once(looks, lambda: room.speaks("还有一句"), SECONDS / 2)
    clock.move(seconds=1)
    async with runtime.db.reading(shop_id) as session:
        assert index in await store.due_threads(session, shop_id, given.channel.id, clock.now, 9)
