"""Conversations end by themselves, and what was written in them is not kept for ever."""

import pytest
from sqlalchemy import select

from tests.service.chat.room import ANSWER, HANDOFF, Room
from tests.service.records import NOW
from zhanggui.base import audit
from zhanggui.base.audit import ToolCallRow
from zhanggui.base.principals import SYSTEM
from zhanggui.base.tools import call
from zhanggui.service.chat import desk_store, ending, images
from zhanggui.service.chat.images import Attached, Picture
from zhanggui.service.chat.models import DeskLook
from zhanggui.service.chat.tidying import Tidier
from zhanggui.shop.opening import open_shop

pytestmark = pytest.mark.db


@pytest.fixture
def tidied(runtime, shop, clock):
    """Tidy the shop after some time."""
    clock.stand_at(NOW)

    async def tidied(**later):
        clock.move(**later)
        await Tidier(runtime).tidy(shop)

    return tidied


@pytest.fixture
def choose(runtime, shop):
    """Choose how long conversations are kept."""

    async def choose(given):
        outcome = await call(runtime, "service.save_keeping", given, shop_id=shop, principal=SYSTEM)
        return outcome.output

    return choose


async def answered(room):
    await room.writes("能开票吗")
    await room.replies(await room.takes(), ANSWER)
    return room


async def test_what_nobody_writes_in_is_closed_unless_an_answer_is_owed(runtime, shop, tidied):
    done, asked, waits, spoken = [await Room(runtime, shop).start() for _ in range(4)]
    await answered(done)
    await asked.writes("在吗")
    await waits.writes("退货")
    await waits.replies(await waits.takes(), HANDOFF)
    await spoken.writes("退货")
    await spoken.speaks("好的")
    await tidied(hours=23)
    states = [(await room.row()).state for room in (done, asked, waits, spoken)]
    assert states == ["ai", "ai", "waiting", "person"]
    await tidied(hours=2)
    states = [(await room.row()).state for room in (done, asked, waits, spoken)]
    assert states == ["closed", "ai", "waiting", "closed"]
    await done.writes("再问一句")
    assert (await done.row()).state == "ai", "who writes again opens it again"


async def test_the_shop_chooses_how_long(runtime, shop, tidied, choose):
    kept = await choose({"idle_hours": 2, "retention_days": 30})
    assert (kept.idle_hours, kept.retention_days) == (2, 30)
    room = await answered(await Room(runtime, shop).start())
    await tidied(hours=3)
    assert (await room.row()).state == "closed"
    await tidied(days=31)
    assert {text for _, text in await room.said()} == {None}
    assert await choose({}) == await choose({"idle_hours": 2})  # What is not given stays.
    usual = await choose({"idle_hours": None, "retention_days": None})
    assert (usual.idle_hours, usual.retention_days) == (24, 180)


async def test_what_nobody_in_particular_wrote_is_erased_with_its_pictures(runtime, shop, tidied):
    anonymous = await Room(runtime, shop).start()
    known = await Room(runtime, shop).start(buyer_id="buyer_1")
    picture = Picture(Attached(name=f"{'a' * 32}.jpg", width=1, height=1), b"jpeg")
    async with runtime.db.transaction(shop):
        await images.keep(runtime.blobs, shop, anonymous.id, picture)
    await anonymous.shows(picture.attached)
    for room in (anonymous, known):
        await answered(room)
    held = (await anonymous.row()).visitor_id
    await tidied(days=179)
    assert ("shopper", "能开票吗") in await anonymous.said()
    await tidied(days=2)
    row = await anonymous.row()
    assert {text for _, text in await anonymous.said()} == {None}
    assert [m.decision for m in await anonymous.messages()][-1] == "answer"
    assert (row.state, row.visitor_id == held) == ("closed", False)
    assert await runtime.blobs.list(runtime.blobs.key(shop, "chat", anonymous.id) + "/") == []
    assert ("shopper", "能开票吗") in await known.said()
    version = row.version
    await tidied(days=1)
    assert (await anonymous.row()).version == version, "once"


async def test_what_nothing_was_said_in_and_who_looked_is_not_kept(runtime, shop, tidied, clock):
    empty, said = await Room(runtime, shop).start(), await Room(runtime, shop).start()
    await answered(said)
    async with runtime.db.transaction(shop) as session:
        session.add(
            DeskLook(shop_id=shop, conversation_id=said.id, user_id="u1", seen_at=clock.now)
        )
    await tidied(hours=23)
    assert await empty.row() is not None
    await tidied(hours=2)
    assert await empty.row() is None
    assert await said.row() is not None
    async with runtime.db.reading(shop) as session:
        assert not await desk_store.has_looks(session, shop, clock.now)


async def test_one_that_cannot_be_tidied_does_not_keep_the_others(
    runtime, shop, tidied, monkeypatch
):
    rooms = [await answered(await Room(runtime, shop).start()) for _ in range(3)]
    close_idle = ending.close_idle

    async def fails(session, row, *, since):
        done = await close_idle(session, row, since=since)
        if row.id == rooms[0].id:
            raise RuntimeError("odd")
        return done

    with monkeypatch.context() as patch:
        patch.setattr(ending, "close_idle", fails)
        await tidied(hours=25)
    assert [(await room.row()).state for room in rooms] == ["ai", "closed", "closed"]
    await tidied(minutes=10)
    assert (await rooms[0].row()).state == "closed", "it is tried again"


async def test_a_shop_that_cannot_be_tidied_does_not_keep_the_others(
    runtime, shop, other_shop_id, clock, monkeypatch
):
    clock.stand_at(NOW)
    await open_shop(runtime, other_shop_id, "另一家")
    rooms = {
        each: await answered(await Room(runtime, each).start()) for each in (shop, other_shop_id)
    }
    clock.move(hours=25)
    tidier, whole = Tidier(runtime), Tidier.tidy
    first = min(rooms)

    async def fails(self, shop_id):
        if shop_id == first:
            raise RuntimeError("odd")
        await whole(self, shop_id)

    monkeypatch.setattr(Tidier, "tidy", fails)
    await tidier.look_after_all()
    states = {each: (await room.row()).state for each, room in rooms.items()}
    assert states == {first: "ai", max(rooms): "closed"}


async def test_a_picture_whose_message_never_came_goes_with_its_empty_conversation(
    runtime, shop, tidied
):
    room = await Room(runtime, shop).start()
    picture = Picture(Attached(name=f"{'a' * 32}.jpg", width=1, height=1), b"jpeg")
    await images.keep(runtime.blobs, shop, room.id, picture)
    await tidied(hours=25)
    assert await room.row() is None
    assert await runtime.blobs.list(runtime.blobs.key(shop, "chat", room.id) + "/") == []


async def test_calls_keep_no_words_of_a_conversation(runtime, shop, tidied):
    """Neither those that say something, nor, once it is erased, those that quote it."""
    room, other = await Room(runtime, shop).start(), await Room(runtime, shop).start()
    for each in (room, other):
        await each.writes("我叫王小明")

    async def send(to):
        given = {"id": to.id, "text": "王小明您好", "seen": 1, "client_id": "c1"}
        return await call(
            runtime, "service.send_message", given, shop_id=shop, principal=SYSTEM,
            idempotency_key=f"send {to.id}",
        )  # fmt: skip

    first, again = await send(room), await send(room)
    assert (again.replayed, again.output.items) == (True, first.output.items)
    assert len(await room.said()) == 2
    async with runtime.db.transaction(shop) as session:
        query = select(ToolCallRow).where(ToolCallRow.shop_id == shop)
        (sent,) = [row for row in await session.scalars(query) if row.tool.endswith("send_message")]
        assert sent.output is None
        for each in (room, other):
            for tool in ("service.send_message", "service.review_answer"):
                await audit.record(
                    session,
                    audit.Entry(
                        id=f"{tool} {each.id}"[:40][::-1], tool=tool, risk="act", principal=SYSTEM,
                        idempotency_key=each.id, fingerprint="", approval_id=None,
                        output={"conversation": {"id": each.id}, "text": "王小明您好"},
                    ),
                )  # fmt: skip
    await tidied(days=100)
    await other.writes("还在吗")
    await tidied(days=100)
    assert {text for _, text in await room.said()} == {None}
    async with runtime.db.reading(shop) as session:
        kept = [row.output for row in await session.scalars(query) if row.output is not None]
    assert [each["conversation"]["id"] for each in kept] == [other.id, other.id]
