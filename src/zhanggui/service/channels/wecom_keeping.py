"""What customers wrote to an account of 微信客服, and what happened in its sessions, kept page by
page, item by item."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from urllib.parse import parse_qs

import structlog
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.ext.asyncio import AsyncSession

from zhanggui.base import clock, events
from zhanggui.base.errors import Unavailable
from zhanggui.base.runtime import Runtime
from zhanggui.service.channels import arrivals, keys, outbox, store
from zhanggui.service.channels.arrivals import Arrival, Moved
from zhanggui.service.channels.events import MessageSkipped
from zhanggui.service.channels.failing import LATER, ODD, Outcome
from zhanggui.service.channels.models import Channel
from zhanggui.service.channels.wecom_api import Failed
from zhanggui.service.channels.wecom_items import CUSTOMER, SERVICER, Item
from zhanggui.service.channels.wecom_sending import message_id
from zhanggui.service.chat import conversations
from zhanggui.service.chat import store as chat_store
from zhanggui.service.chat.models import Conversation

log = structlog.get_logger(__name__)

LEASE = timedelta(seconds=120)
"""So long a channel is held after each step of a pull."""
_RECENT = 50
"""Of a conversation's messages, as many are looked through for one that did not arrive."""
_TROUBLE = ("08", "25", "40", "53", "55", "57", "58")
"""Classes of PostgreSQL's codes that say that something is wrong with it, not with what it was
told: a connection that broke, a deadlock, no room, a stop."""


@dataclass(slots=True)
class Page:
    """What became of a page: the conversations it is of, whether a customer wrote, what could not
    be kept, and the last message that did not arrive."""

    touched: list[str] = field(default_factory=list)
    is_written: bool = False
    odd: list[Item] = field(default_factory=list)
    failed: Outcome | None = None

    def pass_over(self, channel: Channel, item: Item) -> None:
        """Skip an item of which nothing can be made."""
        log.exception("wecom_item_skipped", channel=channel.id)
        self.odd.append(item)


def is_ours(error: Exception) -> bool:
    """Whether nothing came of an item for a reason that is not its own, so that it may later."""
    if isinstance(error, DBAPIError):
        state = str(getattr(error.orig, "sqlstate", None) or "")[:2]
        return isinstance(error, OperationalError) or state in _TROUBLE
    return isinstance(error, Moved | Unavailable | OSError)


async def keep(
    runtime: Runtime, row: Channel, items: Sequence[Item], after: str, by: str, page: Page
) -> None:
    """Keep a page and the place after it; each item by itself, so that one that cannot be kept
    leaves nothing behind and takes nothing along."""
    whole = [item for item in items if item.sender]
    async with runtime.db.transaction(row.shop_id) as session:
        indexes = [keys.index_of(runtime.cipher, row, item.sender) for item in whole]
        await arrivals.enter(session, row, indexes)
        for item in whole:
            try:
                async with session.begin_nested():
                    conversation = await take_up(session, runtime, row, item, page)
                    if conversation is not None:
                        page.touched.append(conversation.id)
            except Exception as error:
                if is_ours(error):
                    raise
                page.pass_over(row, item)
        for item in page.odd:
            skipped = MessageSkipped(
                channel=row.id, message=_plain(item.id), kind=_plain(item.kind)
            )
            await events.append(session, skipped)
        held = await store.channel(session, row.shop_id, row.id, held=True)
        if held is None or held.leased_by != by or held.cursor != row.cursor:
            raise Failed("broken")  # Another has gone on from here.
        now = clock.now()
        held.cursor, held.leased_until = after, now + LEASE
        row.leased_until = held.leased_until
        if page.is_written:
            held.last_in_at = now
        failed = Outcome(ODD) if page.odd else page.failed
        held.failure = failed.failure if failed else None
        held.failed_code = failed.code if failed else None
        held.failed_at = now if failed else None


def _plain(text: str) -> str:
    """A name of WeCom's as an event may have it."""
    return re.sub(r"[^\w.:-]", "", text, flags=re.ASCII)[:64]


async def take_up(
    session: AsyncSession, runtime: Runtime, channel: Channel, item: Item, page: Page
) -> Conversation | None:
    """Do what an item says; gives the conversation it is of, None where it says nothing to us."""
    origin = item.told.get("origin")
    if item.event:
        return None if item.is_history else await _happened(session, runtime, channel, item, page)
    if origin not in (CUSTOMER, SERVICER) or not (item.text or item.picture):
        return None
    if item.is_history:
        return await _recalled(session, runtime, channel, item)
    if origin == SERVICER:
        return await _spoken(session, runtime, channel, item)
    arrival = Arrival(
        item.sender, item.id, item.text, item.placed, at=item.sent_at, due_at=item.due_at
    )
    message = await arrivals.keep(session, runtime, channel, arrival)
    page.is_written = True
    return await chat_store.conversation(session, channel.shop_id, message.conversation_id)


async def _recalled(
    session: AsyncSession, runtime: Runtime, channel: Channel, item: Item
) -> Conversation:
    """What was said long before the account was connected: it is kept to be read."""
    row = await arrivals.conversation(session, runtime, channel, item.sender)
    is_ours = item.told.get("origin") == SERVICER
    await conversations.recall(
        session, runtime.cipher, row, "person" if is_ours else "shopper",
        client_id=arrivals.client_id(item.id), text=item.text, at=item.sent_at or clock.now(),
        by=_outside(item.told.get("servicer_userid")) if is_ours else None,
        attached=arrivals.attached_to(row, item.placed),
    )  # fmt: skip
    return row


async def _spoken(
    session: AsyncSession, runtime: Runtime, channel: Channel, item: Item
) -> Conversation:
    """What a colleague said in WeCom's own client: a person has the word. What we send ourselves
    `sync_msg` does not give, so this is never our own echo."""
    row = await arrivals.conversation(session, runtime, channel, item.sender)
    await conversations.speak(
        session, runtime.cipher, row, text=item.text, by=_outside(item.told.get("servicer_userid")),
        client_id=arrivals.client_id(item.id), attached=arrivals.attached_to(row, item.placed),
        at=item.sent_at,
    )  # fmt: skip
    return row


def _outside(servicer: object) -> str:
    return f"{store.OUTSIDE}{servicer or ''}"[:64]


async def _happened(
    session: AsyncSession, runtime: Runtime, channel: Channel, item: Item, page: Page
) -> Conversation | None:
    kind, event = item.event.get("event_type"), item.event
    if kind == "msg_send_fail":
        return await _failed(session, runtime, channel, item, page)
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
    session: AsyncSession, runtime: Runtime, channel: Channel, item: Item, page: Page
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
    page.failed = Outcome(LATER, code)
    await outbox.undelivered(session, runtime.cipher, channel, row, seq, page.failed)
    return row


_MOST_PARTS = 10
