"""What customers wrote to an account of 微信客服, fetched and kept.

《接收消息和事件》 (https://developer.work.weixin.qq.com/document/path/94670): a callback says that
there is something, and gives a token to fetch it with for ten minutes; `sync_msg` gives messages
and events page by page from a cursor on. A page and the cursor after it are kept in one
transaction, so that nothing is lost or doubled whenever a process ends; and a message that is kept
already is known again by its id.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import parse_qs

import structlog
from sqlalchemy.ext.asyncio import AsyncSession

from zhanggui.base import clock, events
from zhanggui.base.errors import ZhangguiError
from zhanggui.base.ids import new_id
from zhanggui.base.runtime import Runtime
from zhanggui.service.channels import arrivals, failing, keys, store
from zhanggui.service.channels.arrivals import Arrival
from zhanggui.service.channels.events import MessageUndelivered
from zhanggui.service.channels.failing import LATER, Outcome
from zhanggui.service.channels.models import Channel
from zhanggui.service.channels.wecom_api import Failed, wecom
from zhanggui.service.channels.wecom_sending import message_id
from zhanggui.service.chat import conversations, desk, images
from zhanggui.service.chat import store as chat_store
from zhanggui.service.chat.images import Picture
from zhanggui.service.chat.models import Conversation

log = structlog.get_logger(__name__)

LEASE = timedelta(seconds=120)
SELDOM = timedelta(minutes=15)
"""How often it is looked without a callback, which may have got lost: without its token WeCom lets
nobody ask often."""
_AGAIN = timedelta(seconds=20)
"""After an attempt that failed."""
_MENDED = timedelta(minutes=5)
"""After one that failed since the account is not set up rightly; a channel that is saved is looked
at at once."""
_TICKET_HOLDS = timedelta(minutes=9)
_PAGE = 50
_CUSTOMER, _SYSTEM, _SERVICER = 3, 4, 5
"""Where a message comes from (`origin`)."""
_LONGEST = 2000
_RECENT = 50
"""Of a conversation's messages, as many are looked through for one that did not arrive."""
_SHOWN = {
    "voice": "[语音]",
    "video": "[视频]",
    "file": "[文件]",
    "location": "[位置]",
    "link": "[链接]",
    "business_card": "[名片]",
    "miniprogram": "[小程序]",
    "channels_shop_product": "[视频号商品]",
    "channels_shop_order": "[视频号订单]",
}
"""What stands for what cannot be shown here; in WeCom's own client it can be seen."""


@dataclass(frozen=True, slots=True)
class Item:
    """A message or an event as `sync_msg` gives it, with the picture it shows."""

    told: dict[str, Any]
    picture: Picture | None = None

    @property
    def event(self) -> dict[str, Any]:
        """What an event says; empty for a message."""
        found = self.told.get("event")
        return found if isinstance(found, dict) else {}

    @property
    def sender(self) -> str:
        """The customer's `external_userid`."""
        return str(self.told.get("external_userid") or self.event.get("external_userid") or "")

    @property
    def text(self) -> str:
        """What a message says, or what stands for it."""
        kind = str(self.told.get("msgtype", ""))
        if kind == "text":
            told = self.told.get("text")
            content = told.get("content") if isinstance(told, dict) else None
            return str(content or "")[:_LONGEST].replace("\0", "").strip()
        if kind == "image":
            return "" if self.picture is not None else "[图片没有取到]"
        return _SHOWN.get(kind, "[其他消息]")


async def pull(runtime: Runtime, channel: Channel) -> None:
    """Fetch what waits for the channel, when a callback said that there is something, and now and
    then without one. Raises Unavailable where its secrets cannot be unsealed."""
    now, by = clock.now(), new_id("pul")
    if channel.pull_at is None or channel.pull_at > now:
        return
    secret = keys.present(runtime.cipher, channel).app
    if not secret:
        return  # The owner has not given it yet.
    row = await _held(runtime, channel, by)
    if row is None:
        return
    failed = None
    try:
        ticket = _ticket(runtime, row)
        more = True
        while more:
            more = await _page(runtime, row, secret, ticket, by)
    except Failed as error:
        log.warning("wecom_not_pulled", channel=row.id, failure=error.failure, code=error.code)
        failed = error.outcome(_MENDED if error.is_setup else _AGAIN)
    await _let_go(runtime, row, by, failed)


async def _held(runtime: Runtime, channel: Channel, by: str) -> Channel | None:
    async with runtime.db.transaction(channel.shop_id) as session:
        row = await store.channel(session, channel.shop_id, channel.id, held=True)
        now = clock.now()
        if row is None or not row.is_on or row.pull_at is None or row.pull_at > now:
            return None
        if row.leased_until is not None and row.leased_until > now:
            return None
        row.leased_by, row.leased_until = by, now + LEASE
        return row


async def _let_go(runtime: Runtime, seen: Channel, by: str, failed: Outcome | None) -> None:
    async with runtime.db.transaction(seen.shop_id) as session:
        row = await store.channel(session, seen.shop_id, seen.id, held=True)
        if row is None or row.leased_by != by:
            return
        row.leased_by = row.leased_until = None
        if failed is not None:
            await failing.note(session, row, failed)
        if row.pull_at == seen.pull_at:  # Else a callback has come meanwhile.
            row.pull_at = clock.now() + (SELDOM if failed is None else failed.again or _AGAIN)


def _ticket(runtime: Runtime, row: Channel) -> str | None:
    if row.ticket_at is None or clock.now() - row.ticket_at > _TICKET_HOLDS:
        return None
    return keys.ticket_of(runtime.cipher, row)


async def _page(runtime: Runtime, row: Channel, secret: str, ticket: str | None, by: str) -> bool:
    """Fetch and keep one page; gives whether there is another. Raises Failed."""
    given = {"open_kfid": row.open_kfid or "", "limit": _PAGE, "voice_format": 0}
    if row.cursor:
        given["cursor"] = row.cursor
    if ticket:
        given["token"] = ticket
    told = await wecom(runtime).call(row, secret, "kf/sync_msg", given)
    found = [each for each in told.get("msg_list") or [] if isinstance(each, dict)]
    items = [Item(each, await _picture(runtime, row, secret, each)) for each in found]
    after = str(told.get("next_cursor") or row.cursor or "")[:128]
    touched = await _kept(runtime, row, items, after, by)
    arrivals.tell(runtime, row.shop_id, *touched)
    # A page may be empty with another after it.
    has_more = bool(told.get("has_more")) and after != row.cursor
    row.cursor = after
    return has_more


async def _picture(
    runtime: Runtime, row: Channel, secret: str, told: dict[str, Any]
) -> Picture | None:
    """The picture of a message; None where there is none, or none that can be had. Raises Failed
    where it may be had later."""
    if told.get("msgtype") != "image" or told.get("origin") not in (_CUSTOMER, _SERVICER):
        return None
    try:
        image = told.get("image")
        media_id = str(image.get("media_id", "")) if isinstance(image, dict) else ""
        return await images.rewritten(await wecom(runtime).fetch(row, secret, media_id))
    except Failed as error:
        if error.passes:
            raise
        return None
    except ZhangguiError:
        return None  # It is none that can be read.


async def _kept(
    runtime: Runtime, row: Channel, items: Sequence[Item], after: str, by: str
) -> list[str]:
    """Keep a page and the place after it; gives the conversations it is of."""
    touched: list[str] = []
    async with runtime.db.transaction(row.shop_id) as session:
        await desk.enter(session, row.shop_id)
        held = await store.channel(session, row.shop_id, row.id, held=True)
        if held is None or held.leased_by != by or held.cursor != row.cursor:
            raise Failed("broken")  # Another has gone on from here.
        for item in items:
            if not item.sender:
                continue
            conversation = await _take_up(session, runtime, held, item)
            if conversation is not None:
                touched.append(conversation.id)
        now = clock.now()
        held.cursor, held.leased_until = after, now + LEASE
        held.failure = held.failed_code = held.failed_at = None
    return touched


async def _take_up(
    session: AsyncSession, runtime: Runtime, channel: Channel, item: Item
) -> Conversation | None:
    origin = item.told.get("origin")
    if item.event:
        return await _happened(session, runtime, channel, item)
    if origin == _CUSTOMER and (item.text or item.picture):
        pictures = [item.picture] if item.picture else []
        arrival = Arrival(item.sender, str(item.told.get("msgid", "")), item.text, pictures)
        message = await arrivals.keep(session, runtime, channel, arrival)
        return await chat_store.conversation(session, channel.shop_id, message.conversation_id)
    if origin == _SERVICER:
        return await _spoken(session, runtime, channel, item)
    return None


async def _spoken(
    session: AsyncSession, runtime: Runtime, channel: Channel, item: Item
) -> Conversation:
    """What a colleague said in WeCom's own client: a person has the word. What we send ourselves
    `sync_msg` does not give, so this is never our own echo."""
    row = await arrivals.conversation(session, runtime, channel, item.sender)
    attached = []
    if item.picture is not None:
        attached.append(await images.keep(runtime.blobs, row.shop_id, row.id, item.picture))
    await conversations.speak(
        session, runtime.cipher, row, text=item.text, by=_outside(item.told.get("servicer_userid")),
        client_id=arrivals.client_id(str(item.told.get("msgid", ""))), attached=attached,
    )  # fmt: skip
    return row


def _outside(servicer: object) -> str:
    return f"{store.OUTSIDE}{servicer or ''}"[:64]


async def _happened(
    session: AsyncSession, runtime: Runtime, channel: Channel, item: Item
) -> Conversation | None:
    kind, event = item.event.get("event_type"), item.event
    if kind == "msg_send_fail":
        return await _failed(session, runtime, channel, item)
    if kind == "enter_session":
        # The shop writes into the link of a page which product it is of.
        chosen = parse_qs(str(event.get("scene_param") or "")).get("product", [""])[0]
        if not chosen:
            return None
        row = await arrivals.conversation(session, runtime, channel, item.sender)
        row.product_id = chosen.replace("\0", "")[:64]
        return row
    if kind == "session_status_change":
        row = await arrivals.conversation(session, runtime, channel, item.sender)
        change = event.get("change_type")
        if change == _ENDED:
            await conversations.close(session, row)
        elif change in _TAKEN and row.state != "closed":
            by = _outside(event.get("new_servicer_userid"))
            await conversations.take_over(session, row, by=by)
        return row
    return None


_TAKEN, _ENDED = (1, 2, 4), 3
"""How a session changes hands (`change_type`): taken from the line, handed on, taken up again; and
that it is over."""


async def _failed(
    session: AsyncSession, runtime: Runtime, channel: Channel, item: Item
) -> Conversation | None:
    """A message that WeCom took and could not bring to the customer."""
    row = await arrivals.conversation(session, runtime, channel, item.sender)
    name, said = item.event.get("fail_msgid"), str(item.event.get("fail_type") or "")
    code = int(said) if said.isdecimal() else 0
    last = await chat_store.last_messages(session, row.shop_id, row.id, _RECENT)
    seq = next(
        (
            message.seq
            for message in reversed(last)
            for number in range(_MOST_PARTS)
            if message_id(row.id, message.seq, number) == name
        ),
        None,
    )
    if seq is None:
        return None
    outcome = Outcome(LATER, code)
    await failing.note(session, channel, outcome)
    text = failing.note_of(seq, outcome)
    await conversations.note(session, runtime.cipher, row, text=text, by="")
    undelivered = MessageUndelivered(
        id=row.id, seq=seq, channel=channel.id, reason=LATER, code=code
    )
    await events.append(session, undelivered)
    return row


_MOST_PARTS = 10


def called(channel: Channel, ticket: bytes | None, now: datetime) -> None:
    """There is something to fetch from now on, with what WeCom gave to fetch it."""
    channel.pull_at = now
    if ticket is not None:
        channel.ticket_sealed, channel.ticket_at = ticket, now
