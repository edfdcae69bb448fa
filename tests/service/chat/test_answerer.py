"""The loop that answers: from what was received to a reply, by one process or by several."""

import asyncio
import subprocess
import sys
from collections import Counter
from datetime import UTC, datetime
from types import SimpleNamespace

import pytest
from sqlalchemy import select

from tests.service import stand
from tests.service.chat.room import Room, be_silent
from zhanggui.base.events import EventRow
from zhanggui.base.waking import Waking
from zhanggui.service.chat import answerer as answering
from zhanggui.service.chat import store
from zhanggui.service.chat.answerer import MOST_TRIES, Answerer
from zhanggui.service.chat.conversations import LEASE
from zhanggui.service.chat.images import Attached
from zhanggui.service.models import WorkItem
from zhanggui.service.replying import think
from zhanggui.shop.buyers import buyer_id

pytestmark = pytest.mark.db


@pytest.fixture
async def room(runtime, shop, answerer):
    return await Room(runtime, shop).start()


async def test_what_the_shop_knows_is_answered(room, answerer, runtime, shop):
    await room.writes("发票怎么开")
    await answerer.drain()
    asked, reply = await room.messages()
    assert (reply.author, reply.answers, reply.decision) == ("ai", asked.seq, "answer")
    assert reply.sources[0] == "faq:F1"
    assert (await room.said())[1][1].startswith("可以开电子发票。")
    async with runtime.db.reading(shop) as session:
        query = select(EventRow.type, EventRow.data).where(
            EventRow.shop_id == shop, EventRow.type.like("service.%")
        )
        told = dict((await session.execute(query)).all())
    assert told["service.answered"]["is_trial"] is False
    assert told["service.message_answered"]["answers"] == 1


async def test_the_shop_is_read_while_the_shopper_still_writes(answerer, runtime, shop, new_page):
    runtime.services[answering.Answering] = answerer
    page = new_page()
    assert (await page.get(str(page.base_url).rstrip("/"))).status_code == 200
    reading = answerer.expect(shop)
    await reading
    assert answerer.expect(shop) is reading


async def test_thanks_after_a_question_do_not_hide_it(room, answerer):
    await room.writes("能进洗碗机吗")
    await room.writes("谢谢")
    await answerer.drain()
    said = await room.said()
    assert len(said) == 3
    assert said[-1][1].startswith("可以进洗碗机。")


async def test_what_came_before_is_thought_of(room, answerer, monkeypatch):
    asked = []

    async def listening(call, given):
        asked.append(given)
        return await think(call, given)

    monkeypatch.setattr(answering, "think", listening)
    await room.writes("发票怎么开")
    await answerer.drain()
    await room.writes("在吗")
    await room.writes("那能进洗碗机吗")
    await answerer.drain()
    assert [turn.role for turn in asked[-1].turns] == ["shopper", "shop", "shopper"]
    assert asked[-1].text == "那能进洗碗机吗"


async def test_who_is_angry_is_handed_over_and_the_program_falls_silent(room, answerer):
    await room.writes("我要投诉，叫你们经理来")
    await answerer.drain()
    assert (await room.row()).state == "waiting"
    await room.writes("发票怎么开")
    await answerer.drain()
    assert [author for author, _ in await room.said()] == ["shopper", "ai", "shopper"]
    await room.resumes()
    await answerer.drain()
    assert (await room.said())[-1][1].startswith("可以开电子发票。")


async def test_after_the_set_silence_the_program_goes_on(room, answerer, runtime, shop, clock):
    await be_silent(runtime, shop, clock.now)
    await room.writes("我要投诉，叫你们经理来")
    await answerer.drain()
    await room.writes("发票怎么开")
    await answerer.drain()
    assert len(await room.said()) == 3
    clock.move(minutes=10)
    await answerer.drain()
    assert (await room.said())[-1][1].startswith("可以开电子发票。")


@pytest.mark.parametrize("proven", [False, True])
async def test_only_a_proven_buyer_hears_of_their_orders(answerer, runtime, shop, proven):
    mine = buyer_id(shop, stand.MINE) if proven else None
    room = await Room(runtime, shop).start(buyer_id=mine)
    await room.writes(f"订单{stand.SENT}到哪了")
    await answerer.drain()
    reply = (await room.said())[-1][1]
    assert ("ZT75312345678" in reply) is proven
    other = await Room(runtime, shop).start(buyer_id=mine)
    await other.writes(f"订单{stand.FOREIGN}到哪了")
    await answerer.drain()
    assert not any(each.startswith("order:") for each in (await other.messages())[-1].sources)


async def test_a_picture_goes_to_a_person(room, answerer):
    await room.writes("发票怎么开")
    await room.shows(Attached(name="a.jpg", width=1, height=1))
    await answerer.drain()
    assert (await room.messages())[-1].decision == "handoff"
    assert (await room.row()).state == "waiting"


async def test_a_wish_that_is_handed_over_becomes_work_once(answerer, runtime, shop):
    room = await Room(runtime, shop).start(buyer_id=buyer_id(shop, stand.MINE), order_id=stand.PAID)
    await room.writes(f"地址改成{stand.ADDRESS} 张小明 {stand.PHONE}")
    await answerer.drain()
    async with runtime.db.reading(shop) as session:
        (item,) = await session.scalars(select(WorkItem).where(WorkItem.shop_id == shop))
    assert (await room.messages())[-1].work_item_id == item.id
    assert item.made_by == room.id


async def test_what_comes_while_it_thinks_is_thought_of_too(room, answerer, monkeypatch):
    thoughts = []

    async def slowly(call, given):
        thoughts.append(given.text)
        if len(thoughts) == 1:
            await room.writes("可以机洗吗")
        return await think(call, given)

    monkeypatch.setattr(answering, "think", slowly)
    await room.writes("发票怎么开")
    await answerer.drain()
    assert thoughts == ["发票怎么开", "可以机洗吗"]
    said = await room.said()
    assert [author for author, _ in said] == ["shopper", "shopper", "ai"]
    assert said[-1][1].startswith("可以进洗碗机。")


async def test_a_person_who_speaks_while_it_thinks_has_the_word(room, answerer, monkeypatch):
    async def slowly(call, given):
        await room.speaks("我来回答")
        return await think(call, given)

    monkeypatch.setattr(answering, "think", slowly)
    await room.writes("发票怎么开")
    await answerer.drain()
    assert [author for author, _ in await room.said()] == ["shopper", "person"]


async def test_what_cannot_be_thought_goes_to_a_person(room, answerer, clock, monkeypatch):
    async def fails(call, given):
        raise RuntimeError("13812345678")

    monkeypatch.setattr(answering, "think", fails)
    await room.writes("发票怎么开")
    for _ in range(MOST_TRIES):
        await answerer.drain()
        assert len(await room.messages()) == 1
        clock.move(minutes=1)
    await answerer.drain()
    assert (await room.messages())[-1].decision == "handoff"
    assert (await room.row()).state == "waiting"


async def test_what_cannot_be_unsealed_goes_to_a_person_too(room, answerer, clock, runtime, shop):
    await room.writes("发票怎么开")
    async with runtime.db.transaction(shop) as session:
        for message in await store.messages(session, shop, room.id, limit=10):
            message.text_sealed = b"not sealed"
    for _ in range(MOST_TRIES + 1):
        await answerer.drain()
        clock.move(minutes=1)
    assert (await room.row()).state == "waiting"


async def test_it_is_woken_and_wakes_who_waits(room, answerer, runtime):
    slow = Answerer(runtime, period=3600)
    task = asyncio.create_task(slow.run())
    try:
        with runtime.service(Waking).listening(room.id) as signal:
            await room.writes("发票怎么开")
            slow.wake()
            async with asyncio.timeout(60):
                await signal.wait()
        assert len(await room.messages()) == 2
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


@pytest.fixture
def reading(monkeypatch):
    """Reading a shop takes until this is set, but for the answerers in `read`."""
    done = asyncio.Event()
    has_read: set[Answerer] = set()

    async def read(self, shop_id):
        if self not in has_read:
            await done.wait()

    monkeypatch.setattr(Answerer, "_read", read)
    return SimpleNamespace(set=done.set, read=has_read)


async def test_who_has_not_read_the_shop_leaves_its_turns_to_who_has(
    room, answerer, runtime, reading
):
    starting, other = Answerer(runtime, period=0.02), Answerer(runtime, period=3600)
    reading.read.add(other)
    task = asyncio.create_task(starting.run())
    try:
        await room.writes("发票怎么开")
        async with asyncio.timeout(60):
            await until(lambda: starting._reading)
        await other.drain()
        (_, reply) = await room.messages()
        assert reply.decision == "answer"
        assert not starting._taken
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


@pytest.mark.parametrize("ends", ["read", "waited"])
async def test_a_turn_waits_for_its_shop_to_be_read_but_not_for_ever(
    room, answerer, runtime, reading, clock, ends
):
    slow = Answerer(runtime, period=3600)
    await room.writes("发票怎么开")
    await slow._begin()
    await slow._begin()
    assert (len(slow._reading), len(slow._taken)) == (1, 0)
    if ends == "read":
        reading.set()
        await asyncio.wait(slow._reading.values())
    else:
        clock.move(seconds=20)
    await slow._begin()
    await asyncio.gather(*slow._taken.values())
    assert len(await room.messages()) == 2
    reading.set()
    await asyncio.wait(slow._reading.values())


async def until(holds):
    """Wait until something holds that nobody tells of."""
    while not holds():  # noqa: ASYNC110
        await asyncio.sleep(0.01)


async def test_several_answerers_share_the_work(answerer, runtime, shop, indexes):
    rooms = [await Room(runtime, shop).start() for _ in range(12)]
    others = [Answerer(runtime, period=0.02) for _ in range(3)]
    tasks = [asyncio.create_task(each.run()) for each in others]
    try:
        for number in range(3):
            for room in rooms:
                await room.writes("发票怎么开", f"c{number}")
                for each in others:
                    each.wake()
        async with asyncio.timeout(90):
            await asyncio.gather(*(answered(room) for room in rooms))
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
    for room in rooms:
        messages = await room.messages()
        counts = Counter(m.author for m in messages)
        assert counts["shopper"] == 3
        assert 1 <= counts["ai"] <= 3
        answers = [m.answers for m in messages if m.author == "ai"]
        assert len(set(answers)) == len(answers)
        assert max(answers) == max(m.seq for m in messages if m.author == "shopper")


async def answered(room):
    """Wait until all that the shopper wrote is answered."""
    with room.runtime.service(Waking).listening(room.id) as signal:
        while await room.due() is not None:
            await signal.wait()
            signal.clear()


_TAKES_AND_HANGS = """
import asyncio, sys
from pathlib import Path
from zhanggui.base.runtime import opened
from zhanggui.base.settings import Settings
from zhanggui.rooms import load_tools
from zhanggui.service.chat import answerer

async def hang(call, given):
    print("thinking", flush=True)
    await asyncio.sleep(3600)

async def main():
    answerer.think = hang
    settings = Settings.model_validate_json(sys.stdin.readline())
    async with opened(settings) as runtime:
        await answerer.Answerer(runtime).run()

load_tools()
asyncio.run(main())
"""


def killed_while_thinking(settings):
    """Run a process of its own until it thinks, and end it as a power cut would."""
    with (
        settings.open() as written,
        subprocess.Popen(
            [sys.executable, "-c", _TAKES_AND_HANGS], stdin=written, stdout=subprocess.PIPE
        ) as process,
    ):
        assert process.stdout is not None
        said = process.stdout.readline()
        process.kill()
    return said


async def test_a_killed_process_leaves_its_turns_to_the_others(
    room, answerer, runtime, settings, clock, tmp_path
):
    clock.stand_at(datetime.now(UTC))
    await room.writes("发票怎么开")
    given = tmp_path / "settings.json"
    given.write_text(settings.model_dump_json())
    said = await asyncio.to_thread(killed_while_thinking, given)
    assert said == b"thinking\n"
    clock.move(seconds=LEASE.total_seconds() / 2)
    await answerer.drain()
    assert len(await room.messages()) == 1, "it is held still"
    clock.move(seconds=LEASE.total_seconds())
    await answerer.drain()
    assert [m.author for m in await room.messages()] == ["shopper", "ai"]
    assert await room.due() is None
