"""微信客服 against a stub of it: what customers write is kept once, and what the shop says arrives
once."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest
from PIL import Image
from sqlalchemy import delete

from tests.service.channels.wecom_stub import CORP_ID, KFID, SECRET, TICKET, jpeg
from zhanggui.service.channels import wecom_keeping, wecom_pulling
from zhanggui.service.channels.relay import Relay
from zhanggui.service.channels.wecom_pulling import SELDOM
from zhanggui.service.channels.wecom_sending import message_id
from zhanggui.service.chat import conversations
from zhanggui.service.chat.images import keep, rewritten
from zhanggui.service.chat.models import Conversation
from zhanggui.service.chat.tidying import Tidier


async def shown(use):
    (found,) = (await use("list_channels")).items
    return found


async def test_the_address_is_shown_to_be_ours(outside, stub, wecom):
    got = await outside.get(stub.echo("1616140317555161061"))
    assert (got.status_code, got.text) == (200, "1616140317555161061")
    assert got.headers["content-type"].startswith("text/plain")


async def test_what_is_not_from_wecom_or_not_for_us_is_refused(outside, stub, wecom, call_back):
    address, body = stub.callback()
    other = address.replace("nonce=n0nce", "nonce=other")
    assert (await outside.post(other, content=body)).status_code == 401
    assert (await outside.post(address, content="<xml></xml>")).status_code == 401
    assert (await call_back(receiver="ww9999999999999999")).status_code == 401
    assert (await outside.get(stub.echo("x").replace("echostr=", "echostr=A"))).status_code == 401
    stub.token = "another"
    assert (await call_back()).status_code == 401


async def test_a_customer_is_answered(call_back, stub, relay, answerer, rooms):
    stub.writes("能开票吗", "m1")
    got = await call_back()
    assert (got.status_code, got.text) == (200, "success")
    await relay.drain()
    (room,) = await rooms()
    assert (await room.row()).channel == "wecom"
    await answerer.drain()
    await relay.drain()
    await relay.drain()
    (said,) = stub.said_to()
    assert said.startswith("可以开电子发票。")
    assert stub.sent[0]["open_kfid"] == KFID
    assert stub.sent[0]["msgid"] == message_id(room.id, 2, 0)
    (fetched,) = [given for name, given in stub.asked if name == "kf/sync_msg"]
    assert (fetched["token"], fetched["open_kfid"], "cursor" in fetched) == (TICKET, KFID, False)


@pytest.mark.db
async def test_duplicate_callbacks_pages_and_two_customers_lose_and_double_nothing(
    call_back, stub, relay, rooms, state
):
    stub.page = 2
    for number in range(5):
        stub.writes(f"第{number}条", f"m{number}", who="wmAlice" if number % 2 else "wmBob")
    for _ in range(3):
        await call_back()
    await relay.drain()
    await call_back()
    await relay.drain()
    said = sorted([[text for _, text in await room.said()] for room in await rooms()])
    assert said == [["第0条", "第2条", "第4条"], ["第1条", "第3条"]]
    assert (await state()).cursor == "c5"


class Killed(BaseException):
    """The end of a process."""


@pytest.mark.db
async def test_a_process_that_ends_within_a_page_leaves_it_whole_to_the_next(
    call_back, stub, runtime, rooms, state, clock, monkeypatch
):
    stub.page = 2
    for number in range(4):
        stub.writes(f"第{number}条", f"m{number}")
    await call_back()
    take_up, seen = wecom_keeping.take_up, []

    async def ends(session, runtime, channel, item, page):
        seen.append(item)
        if len(seen) == 4:
            raise Killed
        return await take_up(session, runtime, channel, item, page)

    async def lets_nothing_go(*given):
        return None

    with monkeypatch.context() as patch:
        patch.setattr(wecom_keeping, "take_up", ends)
        patch.setattr(wecom_pulling, "_let_go", lets_nothing_go)
        with pytest.raises(Killed):
            await Relay(runtime).drain()
    assert (await state()).cursor == "c2"
    await Relay(runtime).drain()
    assert (await state()).cursor == "c2", "it is held still"
    clock.move(seconds=wecom_keeping.LEASE.total_seconds() + 1)
    await Relay(runtime).drain()
    (room,) = await rooms()
    assert [text for _, text in await room.said()] == ["第0条", "第1条", "第2条", "第3条"]


@pytest.mark.parametrize("code", [40014, 42001])
async def test_a_token_that_has_ended_is_made_anew_and_asked_for_once(
    call_back, stub, relay, rooms, code
):
    stub.writes("在吗", "m1")
    await call_back()
    await relay.drain()
    stub.expire()
    stub.writes("还在吗", "m2")
    await call_back()
    await relay.drain()
    (room,) = await rooms()
    stub.errors["kf/send_msg"] = [code]
    await room.speaks("在")
    await relay.drain()
    assert stub.said_to() == ["在"]
    assert len(await room.messages()) == 3
    assert sum(name == "gettoken" for name, _ in stub.asked) == 3


async def test_what_wecom_did_not_take_is_sent_again_under_its_id(
    call_back, stub, relay, rooms, clock, use
):
    stub.writes("在吗", "m1")
    await call_back()
    await relay.drain()
    (room,) = await rooms()
    await room.speaks("一")
    await room.speaks("二")
    stub.errors["kf/send_msg"] = [-1, 45009]
    await relay.drain()
    assert (await shown(use)).failure == "企业微信系统繁忙"
    clock.move(seconds=4)
    await relay.drain()
    assert (await shown(use)).failure == "调用太频繁，被企业微信限制"
    clock.move(seconds=30)
    await relay.drain()
    assert stub.said_to() == [], "it is left alone for a minute"
    clock.move(seconds=31)
    await relay.drain()
    assert stub.said_to() == ["一", "二"]
    ids = [given["msgid"] for name, given in stub.asked if name == "kf/send_msg"]
    assert ids == [message_id(room.id, 2, 0)] * 3 + [message_id(room.id, 3, 0)]
    assert (await shown(use)).failure is None


async def test_beyond_five_messages_staff_are_told_what_did_not_arrive(
    call_back, stub, relay, rooms
):
    stub.writes("在吗", "m1")
    await call_back()
    await relay.drain()
    (room,) = await rooms()
    for number in range(6):
        await room.speaks(f"{number}")
    await relay.drain()
    assert stub.said_to() == ["0", "1", "2", "3", "4"]
    assert (await room.said())[-1] == (
        "note", "上面第 7 条没有送到买家：超过微信的限制：客户发消息后 48 小时内最多回 5 条。",
    )  # fmt: skip
    stub.writes("好的", "m2")
    await call_back()
    await relay.drain()
    await room.speaks("再见")
    await relay.drain()
    assert stub.said_to()[-1] == "再见"


async def test_a_session_that_a_colleague_has_in_wecom_is_said_to_be_theirs(
    call_back, stub, relay, rooms, use
):
    stub.writes("在吗", "m1")
    await call_back()
    await relay.drain()
    (room,) = await rooms()
    stub.states["wmAlice"] = 3
    await room.speaks("在")
    await relay.drain()
    assert (await room.said())[-1][1].endswith("企业微信里的同事正在接待。")
    assert (await shown(use)).failure == "企业微信里的同事正在接待"


@pytest.mark.db
async def test_what_a_colleague_says_in_wecom_silences_the_program_and_is_not_sent_back(
    call_back, stub, relay, answerer, rooms
):
    stub.writes("能开票吗", "m1")
    stub.answers("可以的，亲", "m2")
    await call_back()
    await relay.drain()
    await answerer.drain()
    await relay.drain()
    (room,) = await rooms()
    assert await room.said() == [("shopper", "能开票吗"), ("person", "可以的，亲")]
    row = await room.row()
    assert (row.state, row.assignee) == ("person", "wecom:zhangsan")
    assert stub.sent == []


async def test_a_session_taken_in_wecom_is_a_persons_until_it_is_over(
    call_back, stub, relay, rooms
):
    stub.writes("在吗", "m1")
    stub.happens("session_status_change", "e1", change_type=1, new_servicer_userid="lisi")
    await call_back()
    await relay.drain()
    (room,) = await rooms()
    assert (await room.row()).state == "person"
    stub.happens("session_status_change", "e2", change_type=3, old_servicer_userid="lisi")
    await call_back()
    await relay.drain()
    assert (await room.row()).state == "closed"
    stub.writes("还有一个问题", "m2")
    await call_back()
    await relay.drain()
    assert (await room.row()).state == "ai"


async def test_a_message_that_wecom_took_and_could_not_bring_is_told_to_staff(
    call_back, stub, relay, rooms
):
    stub.writes("在吗", "m1")
    await call_back()
    await relay.drain()
    (room,) = await rooms()
    await room.speaks("在")
    await relay.drain()
    sent = stub.sent[0]["msgid"]
    stub.happens("msg_send_fail", "e1", fail_msgid=sent, fail_type=10)
    stub.happens("msg_send_fail", "e2", fail_msgid="unknown", fail_type=10)
    await call_back()
    await relay.drain()
    assert (await room.said())[2:] == [("note", "上面第 2 条没有送到买家：客户拒收。")]


async def test_a_customer_comes_with_the_product_they_look_at(call_back, stub, relay, rooms):
    stub.happens("enter_session", "e1", scene="web", scene_param="product=P1")
    stub.happens("enter_session", "e2", who="wmBob", scene="web", scene_param="")
    stub.writes("多大", "m1")
    await call_back()
    await relay.drain()
    (room,) = await rooms()
    assert (await room.row()).product_id == "P1"


async def test_pictures_go_both_ways(call_back, stub, relay, rooms, runtime, shop):
    stub.shows(jpeg(), "m1")
    stub.errors["media/get"] = [-1]
    await call_back()
    await relay.drain()
    assert await rooms() == [], "it may be had later"
    stub.shows(b"no picture", "m2")
    await call_back()
    await relay.drain()
    (room,) = await rooms()
    assert [len(each.attachments) for each in await room.messages()] == [1, 0]
    assert (await room.said())[1] == ("shopper", "[图片没有取到]")
    kept = await keep(runtime.blobs, shop, room.id, await rewritten(jpeg()))

    async def speak(session, row):
        return await conversations.speak(
            session, runtime.cipher, row, text="", by="u1", attached=[kept]
        )

    await room._held(speak)
    await relay.drain()
    (sent,) = stub.sent
    assert sent["msgtype"] == "image"
    assert Image.open(io.BytesIO(stub.uploaded[sent["image"]["media_id"]])).size == (40, 30)


async def test_what_cannot_be_shown_here_is_named(call_back, stub, relay, rooms):
    stub.messages.append(
        {
            "msgid": "m1", "open_kfid": KFID, "external_userid": "wmAlice", "origin": 3,
            "msgtype": "voice", "voice": {"media_id": "v"},
        }
    )  # fmt: skip
    await call_back()
    await relay.drain()
    (room,) = await rooms()
    assert await room.said() == [("shopper", "[语音]")]


async def test_of_a_message_in_parts_what_arrived_is_not_sent_again(
    call_back, stub, relay, rooms, clock
):
    stub.writes("在吗", "m1")
    await call_back()
    await relay.drain()
    (room,) = await rooms()
    await room.speaks("好" * 700)
    stub.errors["kf/send_msg"] = [0, -1]
    await relay.drain()
    clock.move(seconds=4)
    await relay.drain()
    assert [len(text) for text in stub.said_to()] == [682, 18]


async def test_it_is_looked_now_and_then_without_a_callback(stub, relay, wecom, rooms, clock):
    await relay.drain()
    stub.writes("在吗", "m1")
    await relay.drain()
    assert await rooms() == []
    clock.move(seconds=SELDOM.total_seconds())
    await relay.drain()
    assert len(await rooms()) == 1
    assert all("token" not in given for name, given in stub.asked if name == "kf/sync_msg")


async def test_a_wrong_secret_and_a_silent_wecom_are_said(use, stub, wecom, relay, clock):
    assert (await use("test_channel", channel_id=wecom.id)).failure is None
    given = {"kind": "wecom", "name": "微信客服", "corp_id": CORP_ID, "open_kfid": KFID}
    await use("save_channel", channel_id=wecom.id, **given, app_secret="wrong")
    assert (await use("test_channel", channel_id=wecom.id)).failure == "Secret 不对"
    await relay.drain()
    assert (await shown(use)).failure == "Secret 不对"
    stub.is_down = True
    assert (await use("test_channel", channel_id=wecom.id)).failure == "连接中断了"
    stub.is_down = False
    await use("save_channel", channel_id=wecom.id, **given, app_secret=SECRET)
    clock.move(seconds=timedelta(minutes=1).total_seconds())
    await relay.drain()
    assert (await shown(use)).failure is None


async def test_what_is_said_while_the_account_is_not_set_up_waits_for_it(
    call_back, stub, relay, rooms, clock
):
    stub.writes("在吗", "m1")
    await call_back()
    await relay.drain()
    (room,) = await rooms()
    await room.speaks("在")
    stub.errors["kf/send_msg"] = [60020, 60020]
    await relay.drain()
    clock.move(seconds=4)
    await relay.drain()
    assert await room.said() == [("shopper", "在吗"), ("person", "在")]
    clock.move(seconds=16)
    await relay.drain()
    assert stub.said_to() == ["在"]


async def test_new_secrets_hold_at_once_and_the_former_for_a_day(
    use, wecom, stub, outside, clock, call_back
):
    new = await use("rotate_channel_secret", channel_id=wecom.id)
    assert (await call_back()).status_code == 200
    clock.move(hours=25)
    assert (await call_back()).status_code == 401
    stub.knows(new)
    assert (await call_back()).status_code == 200
    assert (await shown(use)).is_complete


async def test_an_account_without_its_secret_is_not_asked(use, stub, relay):
    await use("save_channel", kind="wecom", name="客服", corp_id=CORP_ID, open_kfid=KFID)
    await relay.drain()
    assert stub.asked == []
    assert not (await shown(use)).is_complete


async def test_who_only_opened_the_chat_is_heard_when_they_write_days_later(
    call_back, stub, relay, rooms, runtime, shop, clock
):
    stub.happens("enter_session", "e1", scene="web", scene_param="product=P1")
    await call_back()
    await relay.drain()
    clock.move(hours=25)
    await Tidier(runtime).tidy(shop)
    stub.writes("在吗", "m1")
    await call_back()
    await relay.drain()
    (room,) = await rooms()
    assert await room.said() == [("shopper", "在吗")]


async def test_whose_words_were_erased_begins_another_conversation(
    call_back, stub, relay, rooms, runtime, shop, clock
):
    stub.writes("在吗", "m1")
    await call_back()
    await relay.drain()
    clock.move(days=181)
    await Tidier(runtime).tidy(shop)
    stub.writes("还在吗", "m2")
    await call_back()
    await relay.drain()
    emptied, begun = await rooms()
    assert await emptied.said() == [("shopper", None)]
    assert await begun.said() == [("shopper", "还在吗")]


async def test_a_thread_without_its_conversation_is_begun_anew(
    call_back, stub, relay, rooms, runtime, shop
):
    stub.happens("enter_session", "e1", scene="web", scene_param="product=P1")
    await call_back()
    await relay.drain()
    async with runtime.db.transaction(shop) as session:
        await session.execute(delete(Conversation).where(Conversation.shop_id == shop))
    stub.writes("在吗", "m1")
    await call_back()
    await relay.drain()
    (room,) = await rooms()
    assert await room.said() == [("shopper", "在吗")]


async def test_what_wecom_gives_in_another_shape_stops_nothing(call_back, stub, relay, rooms):
    stub.happens("enter_session", "e1", scene="web", scene_param="product=%00P1")
    stub.happens("msg_send_fail", "e2", fail_msgid="unknown", fail_type="refused")
    stub.writes("多大", "m1")
    await call_back()
    await relay.drain()
    (room,) = await rooms()
    assert (await room.row()).product_id == "P1"
    assert await room.said() == [("shopper", "多大")]
