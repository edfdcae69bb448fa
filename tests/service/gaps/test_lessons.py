"""People's good answers, proposed when the conversation ends well."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import text

from tests.offloading import BESIDE, watched
from zhanggui.base import tools
from zhanggui.base.events import Dispatcher
from zhanggui.base.principals import SYSTEM
from zhanggui.knowledge import learning
from zhanggui.knowledge import tools as knowledge_tools
from zhanggui.service.chat import conversations, ending
from zhanggui.service.chat.writing import Reply
from zhanggui.service.gaps import lessons
from zhanggui.shop.buyers import buyer_id

__all__ = ["knowledge_tools"]

pytestmark = pytest.mark.db

ASKS, SAYS = "砂锅能用电磁炉吗", "平底的砂锅都可以用电磁炉，圆底的不行。"


@pytest.fixture
def proposed(use, learn):
    """What is proposed once the program has learnt: question and answer."""

    async def proposed():
        await learn()
        found = await use("knowledge.list_proposals")
        return [(each.question, each.answer) for each in found.items]

    return proposed


@pytest.fixture
def rate(runtime):
    async def rate(room, rating):
        async with runtime.db.transaction(room.shop_id) as session:
            row = await conversations.held(session, room.shop_id, room.id)
            await conversations.rate(session, runtime.cipher, row, rating=rating, words="")

    return rate


async def test_nothing_is_proposed_before_the_conversation_ends_well(talk, proposed):
    await talk(ASKS, SAYS)
    assert await proposed() == []


async def test_it_is_proposed_when_the_conversation_is_closed(talk, proposed):
    room = await talk(ASKS, SAYS)
    await room.closes()
    assert await proposed() == [(ASKS, SAYS)]


@pytest.mark.parametrize(
    ("says", "count"), [("谢谢", 1), ("好的，谢谢啦", 1), ("好的", 0), ("谢谢，那圆底的呢", 0)]
)
async def test_it_is_proposed_when_the_shopper_thanks(talk, proposed, says, count):
    room = await talk(ASKS, SAYS)
    await room.writes(says)
    assert len(await proposed()) == count


@pytest.mark.parametrize(("rating", "count"), [(5, 1), (4, 1), (3, 0), (2, 0), (1, 0)])
async def test_it_is_proposed_when_the_shopper_is_content(talk, proposed, rate, rating, count):
    await rate(await talk(ASKS, SAYS), rating)
    assert len(await proposed()) == count


async def test_a_bad_rating_takes_it_out_again(talk, proposed, rate):
    room = await talk(ASKS, SAYS)
    await room.closes()
    assert len(await proposed()) == 1
    await rate(room, 1)
    assert await proposed() == []


@pytest.mark.parametrize(
    ("asks", "says"),
    [
        ("我昨天买的砂锅到哪了", "一般两三天就能到的哦。"),
        (ASKS, "您这单我给您登记了。"),
        (ASKS, "给您破例换一个新的。"),
        (ASKS, "联系小王13812345678就可以。"),
        (ASKS, "好的"),
    ],
)
async def test_what_is_one_shoppers_alone_is_not_proposed(talk, proposed, asks, says):
    room = await talk(asks, says)
    await room.closes()
    assert await proposed() == []


async def test_what_the_program_was_sure_of_is_not_proposed(talk, proposed):
    angry = Reply("实在抱歉，我请同事来。", "handoff", cause="angry")
    room = await talk(ASKS, SAYS, said=angry)
    await room.closes()
    assert await proposed() == []


async def test_the_same_conversation_is_counted_once(talk, proposed, rate, use):
    room = await talk(ASKS, SAYS)
    await room.closes()
    await proposed()
    await rate(room, 5)
    await proposed()
    (found,) = (await use("knowledge.list_proposals")).items
    assert found.count == 1


async def test_what_an_erased_buyer_asked_is_proposed_no_longer(runtime, shop, talk, proposed):
    mine = buyer_id(shop, "小鱼爱吃草")
    await (await talk(ASKS, SAYS, buyer_id=mine)).closes()
    assert len(await proposed()) == 1
    given = {"buyer_id": mine, "nick": "小鱼爱吃草"}
    await tools.call(runtime, "shop.erase_buyer", given, shop_id=shop, principal=SYSTEM)
    assert await proposed() == []


async def test_what_is_compared_holds_nobody_up(runtime, talk, proposed, monkeypatch, shop):
    seen = watched(monkeypatch, runtime.db, learning, "place")
    read = watched(monkeypatch, runtime.db, lessons, "lessons")
    await (await talk(ASKS, SAYS)).closes()
    assert len(await proposed()) == 1
    assert (seen, read) == ([BESIDE], [BESIDE])


@pytest.fixture
def thinking(runtime):
    """Lets the program learn; `thought` is set once it has thought, before it writes anything."""

    def thinking(thought):
        consumer = lessons.consumer(runtime)

        async def prepare(told):
            handler = await consumer.handler(told)
            thought.set()
            return handler

        return Dispatcher(runtime.db, [replace(consumer, prepare=prepare)]).drain()

    return thinking


async def until_it_waits(session, engine, learning_):
    """Until the learner has come as far as it can while a transaction is open: to where it waits
    for what that holds. On SQLite that is before it begins."""
    query = text(
        "SELECT count(*) FROM pg_stat_activity"
        " WHERE datname = current_database() AND wait_event_type = 'Lock'"
    )
    while engine != "sqlite" and not learning_.done() and not await session.scalar(query):
        await asyncio.wait([learning_], timeout=0.01)


async def test_what_is_erased_while_it_is_learnt_from_is_not_proposed(
    runtime, shop, talk, proposed, thinking, clock, engine
):
    room = await talk(ASKS, SAYS)
    await room.closes()
    clock.move(days=1)
    thought = asyncio.Event()
    async with runtime.db.transaction(shop) as session:
        row = await conversations.held(session, shop, room.id)
        assert await ending.empty(session, row, since=clock.now + timedelta(days=1))
        learning_ = asyncio.create_task(thinking(thought))
        await thought.wait()  # It has read the words, which go before it can write.
        await until_it_waits(session, engine, learning_)
    await learning_
    assert await proposed() == []


async def test_an_erased_buyer_of_a_closed_conversation_is_not_quoted(
    runtime, shop, talk, proposed, thinking, clock, engine
):
    mine = buyer_id(shop, "小鱼爱吃草")
    room = await talk(ASKS, SAYS, buyer_id=mine)
    await room.closes()
    thought = asyncio.Event()
    async with runtime.db.transaction(shop) as session:
        await ending.forget(session, shop, buyer_id=mine, order_ids=[])
        learning_ = asyncio.create_task(thinking(thought))
        await thought.wait()
        await until_it_waits(session, engine, learning_)
    await learning_
    assert await proposed() == []


async def test_what_another_conversation_gave_while_one_is_erased_is_kept(
    runtime, shop, talk, proposed, thinking, clock, engine
):
    first = await talk(ASKS, "平底的可以。")
    await first.closes()
    assert len(await proposed()) == 1
    second = await talk(ASKS, SAYS)
    await second.closes()
    thought = asyncio.Event()
    async with runtime.db.transaction(shop) as session:
        row = await conversations.held(session, shop, first.id)
        assert await ending.empty(session, row, since=clock.now + timedelta(days=1))
        learning_ = asyncio.create_task(thinking(thought))
        await thought.wait()
        await until_it_waits(session, engine, learning_)
    await learning_
    assert await proposed() == [(ASKS, SAYS)]
