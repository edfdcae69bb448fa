"""A shop's own system as a channel: signed messages in, signed replies out."""

from __future__ import annotations

import asyncio
import base64
import io
import json
from datetime import timedelta

import httpx
import pytest
from PIL import Image
from sqlalchemy import func, select

from tests.applications import application_of
from tests.base.webhooks.receiver import Reply
from tests.service.chat.conftest import ORDERS
from zhanggui.base import clock as base_clock
from zhanggui.base.events import EventRow
from zhanggui.base.looping import beside
from zhanggui.base.principals import SYSTEM
from zhanggui.base.tools import call
from zhanggui.base.waking import Waking
from zhanggui.base.webhooks import signing
from zhanggui.service.channels import outbox, store
from zhanggui.service.channels.failing import Outcome
from zhanggui.service.channels.models import ChannelThread
from zhanggui.service.channels.outbox import LEASE
from zhanggui.service.channels.relay import Relay
from zhanggui.service.chat.streaming import desk_topic
from zhanggui.shop.buyers import buyer_id
from zhanggui.shop.files import OrderRecord

ORDER = next(each for each in ORDERS if isinstance(each, OrderRecord))


def picture() -> str:
    out = io.BytesIO()
    Image.new("RGB", (40, 30), "red").save(out, "PNG")
    return base64.b64encode(out.getvalue()).decode()


@pytest.fixture
def bring(outside, hook):
    """Bring a message as the shop's system does."""

    async def bring(text="能开票吗", message_id="m1", sender="u-1001", *, secret=None, at=None,
                    type_="message", **more):  # fmt: skip
        data = {"sender": sender, "message_id": message_id, "text": text, **more}
        body = json.dumps({"type": type_, "data": data}).encode()
        moment = at or base_clock.now()
        headers = signing.headers([secret or hook.signing], f"msg_{message_id}", moment, body)
        return await outside.post(hook.callback, content=body, headers=headers)

    return bring


async def kept(answer):
    got = await answer
    assert got.status_code == 200, got.text
    return got.json()


async def refused(answer, status):
    got = await answer
    assert got.status_code == status, got.text
    return got.json()


@pytest.mark.db
async def test_what_is_brought_is_answered_and_the_answer_is_brought_back_signed(
    bring, answerer, relay, receiver, hook, clock, room_of
):
    at = await kept(bring())
    assert at["seq"] == 1
    await answerer.drain()
    await relay.drain()
    (got,) = receiver.got
    assert got.id == f"{at['conversation_id']}.2"
    told = got.told
    assert (told["type"], told["data"]["sender"], told["data"]["author"]) == (
        "message.created", "u-1001", "ai",
    )  # fmt: skip
    assert told["data"]["text"].startswith("可以开电子发票。")
    assert signing.check([hook.signing], got.headers, got.body, clock.now) == got.id
    await relay.drain()
    assert len(receiver.got) == 1
    assert (await room_of(at["conversation_id"]).row()).channel == "webhook"


@pytest.mark.db
async def test_the_same_message_again_is_one_message(bring, room_of):
    first = await kept(bring())
    assert await kept(bring()) == first
    assert len(await room_of(first["conversation_id"]).messages()) == 1


@pytest.mark.db
async def test_a_sender_keeps_their_conversation_and_another_has_their_own(bring):
    first = await kept(bring())
    second = await kept(bring("包邮吗", "m2"))
    other = await kept(bring(sender="u-2"))
    assert (second["conversation_id"], second["seq"]) == (first["conversation_id"], 2)
    assert other["conversation_id"] != first["conversation_id"]


async def test_what_is_not_signed_now_with_this_secret_is_refused(bring, clock, outside, hook):
    await refused(bring(secret=signing.new_secret()), 401)
    early = clock.now - signing.TOLERANCE * 1.01
    assert (await refused(bring(at=early), 401))["where"] == "webhook-timestamp"
    await refused(outside.post(hook.callback, json={"type": "message"}), 401)
    await refused(outside.post("/api/channels/chan_none", json={}), 404)


async def test_the_whole_server_asks_such_a_caller_for_no_header_of_ours(runtime, hook, clock):
    app = application_of(runtime)
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="http://shop.test") as client:
        data = {"sender": "u-1", "message_id": "m1", "text": "在吗"}
        body = json.dumps({"type": "message", "data": data}).encode()
        headers = signing.headers([hook.signing], "msg_1", clock.now, body)
        assert (await client.post(hook.callback, content=body, headers=headers)).status_code == 200
        assert (await client.post("/api/shops/x/tools/shop.rename", json={})).status_code == 403


async def test_our_own_message_sent_back_to_us_is_none_of_a_shoppers(bring):
    await refused(bring(type_="message.created"), 422)


@pytest.mark.parametrize(
    ("given", "where"),
    [
        ({"text": ""}, "text"),
        ({"images": [{"data": "!"}]}, "images"),
        ({"images": [{"data": base64.b64encode(b"no picture").decode()}]}, "file"),
        ({"nick": "x"}, "data.nick"),
    ],
)
async def test_what_cannot_be_kept_is_refused_where_it_is_wrong(bring, given, where):
    assert (await refused(bring(**given), 422))["where"] == where


async def test_a_picture_goes_to_a_person_who_sees_it(bring, answerer, room_of):
    at = await kept(bring("这是坏的吗", images=[{"data": picture()}]))
    await answerer.drain()
    room = room_of(at["conversation_id"])
    assert [len(each.attachments) for each in await room.messages()] == [1, 0]
    assert (await room.row()).state == "waiting"


async def test_an_order_is_spoken_of_with_whom_the_channel_vouches_for(bring, room_of):
    at = await kept(bring(order_id=ORDER.order_no))
    assert (await room_of(at["conversation_id"]).row()).order_id is None
    await kept(bring("到哪了", "m2", order_id=ORDER.order_no, buyer=ORDER.buyer_nick))
    row = await room_of(at["conversation_id"]).row()
    assert (row.order_id, row.buyer_id) == (
        ORDER.order_no,
        buyer_id(row.shop_id, ORDER.buyer_nick or ""),
    )
    await refused(bring("我是别人", "m3", buyer="别人"), 409)


async def test_a_persons_words_go_out_in_order_and_their_notes_do_not(
    bring, relay, receiver, room_of
):
    room = room_of((await kept(bring()))["conversation_id"])
    await room.speaks("您好，我来看")
    await room.notes("他很急")
    await room.speaks("可以的")
    await relay.drain()
    assert [got.told["data"]["text"] for got in receiver.got] == ["您好，我来看", "可以的"]
    assert {got.told["data"]["author"] for got in receiver.got} == {"person"}


@pytest.mark.db
async def test_what_failed_is_tried_again_and_the_next_waits_for_it(
    bring, relay, receiver, room_of, clock, use
):
    room = room_of((await kept(bring()))["conversation_id"])
    await room.speaks("一")
    await room.speaks("二")
    receiver.script = [Reply(500)]
    await relay.drain()
    assert len(receiver.got) == 1
    (shown,) = (await use("list_channels")).items
    assert shown.failure == "对方回答了错误"
    clock.move(seconds=6)
    await relay.drain()
    assert [got.told["data"]["text"] for got in receiver.got] == ["一", "一", "二"]
    assert receiver.ids[0] == receiver.ids[1]
    (shown,) = (await use("list_channels")).items
    assert (shown.failure, shown.people, shown.last_out_at) == (None, 1, clock.now)


@pytest.mark.db
async def test_what_is_given_up_is_told_to_staff_and_the_next_goes_out(
    bring, relay, receiver, room_of, clock, runtime, shop
):
    room = room_of((await kept(bring()))["conversation_id"])
    await room.speaks("一")
    receiver.usual = Reply(500)
    for _ in range(10):
        await relay.drain()
        clock.move(hours=27)
    receiver.usual = Reply()
    await room.speaks("二")
    await relay.drain()
    assert receiver.got[-1].told["data"]["text"] == "二"
    said = await room.said()
    assert said[2] == ("note", "上面第 2 条没有送到买家：对方回答了错误。")
    async with runtime.db.reading(shop) as session:
        query = select(func.count()).where(
            EventRow.shop_id == shop, EventRow.type == "service.message_undelivered"
        )
        assert await session.scalar(query) == 1


async def test_what_a_process_that_ended_had_under_way_is_sent_again_under_its_id(
    bring, relay, receiver, room_of, clock, runtime, shop, monkeypatch
):
    room = room_of((await kept(bring()))["conversation_id"])
    await room.speaks("一")

    async def ends(*given, **more):
        raise RuntimeError("killed")

    with monkeypatch.context() as patch:
        patch.setattr("zhanggui.service.channels.outbox.record", ends)
        await relay.drain()
    await Relay(runtime).drain()
    assert len(receiver.got) == 1, "it is held still"
    clock.move(seconds=LEASE.total_seconds() + 1)
    await Relay(runtime).drain()
    assert receiver.ids == [f"{room.id}.2"] * 2


@pytest.mark.db
async def test_replies_are_sent_again_since_a_moment_under_the_same_ids(
    bring, relay, receiver, room_of, clock, use, hook
):
    room = room_of((await kept(bring()))["conversation_id"])
    await room.speaks("一")
    clock.move(minutes=1)
    since = clock.now
    await room.speaks("二")
    await relay.drain()
    again = await use("replay_channel", channel_id=hook.id, since=since.isoformat())
    assert again.messages == 1
    await relay.drain()
    assert [got.told["data"]["text"] for got in receiver.got] == ["一", "二", "二"]
    assert receiver.ids[1] == receiver.ids[2]


@pytest.mark.db
async def test_what_is_sent_again_is_sent_though_a_message_was_under_way(
    bring, receiver, room_of, clock, use, hook, runtime, shop, relay
):
    room = room_of((await kept(bring()))["conversation_id"])
    for text in ("一", "二", "三"):
        await room.speaks(text)
    await relay.drain()
    await room.speaks("四")
    async with runtime.db.reading(shop) as session:
        channel = await store.channel(session, shop, hook.id)
        (index,) = await store.due_threads(session, shop, hook.id, clock.now, 9)
    async with runtime.db.transaction(shop) as session:
        assert channel is not None
        under_way = await outbox.take(session, runtime.cipher, channel, index, by="one")
        assert under_way is not None
    await use("replay_channel", channel_id=hook.id, since=(clock.now - timedelta(1)).isoformat())
    async with runtime.db.transaction(shop) as session:
        await outbox.record(session, runtime.cipher, under_way, Outcome(), by="one")
    await relay.drain()
    said = [got.told["data"]["text"] for got in receiver.got]
    assert said == ["一", "二", "三", "一", "二", "三", "四"]


async def test_a_new_secret_signs_and_the_one_before_does_for_a_day(
    bring, use, hook, clock, relay, receiver, room_of
):
    new = await use("rotate_channel_secret", channel_id=hook.id)
    await kept(bring(secret=new.signing))
    room = room_of((await kept(bring("在吗", "m2")))["conversation_id"])
    await room.speaks("在")
    await relay.drain()
    assert len(receiver.got[0].headers["webhook-signature"].split(" ")) == 2
    clock.move(hours=25)
    await refused(bring("在吗", "m3"), 401)
    await kept(bring("在吗", "m3", secret=new.signing))


async def test_a_channel_that_is_off_or_removed_takes_nothing_and_sends_nothing(
    bring, use, hook, receiver, relay, room_of
):
    room = room_of((await kept(bring()))["conversation_id"])
    await use(
        "save_channel", channel_id=hook.id, kind="webhook", name="小程序", url=receiver.url,
        is_on=False,
    )  # fmt: skip
    await refused(bring("在吗", "m2"), 404)
    await room.speaks("在")
    await relay.drain()
    await use("remove_channel", channel_id=hook.id)
    await refused(bring("在吗", "m2"), 404)
    assert receiver.got == []
    assert len(await room.messages()) == 2


@pytest.mark.db
async def test_a_buyer_who_is_forgotten_is_no_longer_known_to_the_channel(
    bring, answerer, runtime, shop
):
    at = await kept(bring(buyer=ORDER.buyer_nick))
    given = {"buyer_id": buyer_id(shop, ORDER.buyer_nick or ""), "nick": ORDER.buyer_nick}
    await call(runtime, "shop.erase_buyer", given, shop_id=shop, principal=SYSTEM)
    async with runtime.db.reading(shop) as session:
        query = select(func.count()).where(ChannelThread.shop_id == shop)
        assert await session.scalar(query) == 0
    assert (await kept(bring("在吗", "m2")))["conversation_id"] != at["conversation_id"]


async def test_a_running_loop_sends_what_is_said_when_it_is_woken(
    bring, runtime, receiver, room_of, shop
):
    room = room_of((await kept(bring()))["conversation_id"])
    waking = runtime.service(Waking)
    async with beside(Relay(runtime, period=600).run()):
        while not waking.count > 1:
            await asyncio.sleep(0.01)
            waking.wake("channels")
        await room.speaks("在")
        waking.wake(desk_topic(shop))
        async with asyncio.timeout(30):
            await receiver.has(1)
