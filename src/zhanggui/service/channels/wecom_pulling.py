"""What customers wrote to an account of 微信客服, fetched and kept.

《接收消息和事件》 (https://developer.work.weixin.qq.com/document/path/94670): a callback says that
there is something, and gives a token to fetch it with for ten minutes; `sync_msg` gives messages
and events page by page from a cursor on. A page and the cursor after it are kept in one
transaction, so that nothing is lost or doubled whenever a process ends; and a message that is kept
already is known again by its id. One that cannot be kept is written down as the channel's failure
and passed over, and so it does not keep the others back.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import structlog

from zhanggui.base import clock
from zhanggui.base.errors import Unavailable, ZhangguiError
from zhanggui.base.ids import new_id
from zhanggui.base.runtime import Runtime
from zhanggui.service.channels import arrivals, failing, keys, store, wecom_keeping
from zhanggui.service.channels.arrivals import Moved
from zhanggui.service.channels.failing import UNFORESEEN, Outcome
from zhanggui.service.channels.models import Channel
from zhanggui.service.channels.wecom_api import Failed, wecom
from zhanggui.service.channels.wecom_items import CUSTOMER, SERVICER, Item
from zhanggui.service.channels.wecom_keeping import LEASE, Page
from zhanggui.service.chat import images
from zhanggui.service.chat.images import Picture

log = structlog.get_logger(__name__)

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
ANSWERED_BACK = timedelta(hours=24)
"""What was sent longer than this before an account was connected is kept to be read: it was
answered elsewhere, or is none of ours any more."""
_MORE = timedelta(seconds=10)
"""So long the program waits with what it answers while there is another page: a colleague's answer
may be on it."""


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
    failed, rest = None, timedelta()  # Who is stopped leaves it to the next at once.
    try:
        ticket = _ticket(runtime, row)
        more = True
        while more:
            more = await _page(runtime, row, secret, ticket, by)
        rest = SELDOM
    except Failed as error:
        log.warning("wecom_not_pulled", channel=row.id, failure=error.failure, code=error.code)
        failed, rest = error.outcome(), _MENDED if error.is_setup else _AGAIN
    except Exception:
        # What the shop says goes on being sent all the same.
        log.exception("wecom_not_pulled", channel=row.id)
        failed, rest = Outcome(UNFORESEEN), _AGAIN
    finally:
        await _let_go(runtime, row, by, failed, rest)


async def _held(runtime: Runtime, channel: Channel, by: str) -> Channel | None:
    async with runtime.db.transaction(channel.shop_id) as session:
        row = await store.channel(session, channel.shop_id, channel.id, held=True)
        now = clock.now()
        if row is None or not row.is_on or row.pull_at is None or row.pull_at > now:
            return None
        if row.leased_until is not None and row.leased_until > now:
            return None
        row.leased_by, row.leased_until = by, now + LEASE
        if not row.cursor:
            row.begins_at = now
        return row


async def _let_go(
    runtime: Runtime, seen: Channel, by: str, failed: Outcome | None, rest: timedelta
) -> None:
    async with runtime.db.transaction(seen.shop_id) as session:
        row = await store.channel(session, seen.shop_id, seen.id, held=True)
        if row is None or row.leased_by != by:
            return
        row.leased_by = row.leased_until = None
        if failed is not None:
            await failing.note(session, row, failed)
        if row.pull_at == seen.pull_at:  # Else a callback has come meanwhile.
            row.pull_at = clock.now() + rest


def _ticket(runtime: Runtime, row: Channel) -> str | None:
    if row.ticket_at is None or clock.now() - row.ticket_at > _TICKET_HOLDS:
        return None
    try:
        return keys.ticket_of(runtime.cipher, row)
    except Unavailable:
        return None  # It was sealed with another key; without one WeCom is asked seldom.


async def _page(runtime: Runtime, row: Channel, secret: str, ticket: str | None, by: str) -> bool:
    """Fetch and keep one page; gives whether there is another. Raises Failed."""
    given = {"open_kfid": row.open_kfid or "", "limit": _PAGE, "voice_format": 0}
    if row.cursor:
        given["cursor"] = row.cursor
    if ticket:
        given["token"] = ticket
    told = await wecom(runtime).call(row, secret, "kf/sync_msg", given)
    found = [each for each in told.get("msg_list") or [] if isinstance(each, dict)]
    after = str(told.get("next_cursor") or row.cursor or "")[:128]
    # A page may be empty with another after it.
    has_more = bool(told.get("has_more")) and after != row.cursor
    page, items = Page(), []
    for each in found:
        item = _item(row, each, has_more=has_more)
        try:
            item = await _seen(runtime, row, secret, item, by)
        except Failed:
            raise
        except Exception as error:
            if wecom_keeping.is_ours(error):
                raise
            page.pass_over(row, item)
        else:
            items.append(await _placed(runtime, row, item))
    try:
        await wecom_keeping.keep(runtime, row, items, after, by, page)
    except Moved:
        for item in items:
            await arrivals.take_back(runtime, row, item.placed)
        raise Failed("broken") from None
    arrivals.tell(runtime, row.shop_id, *page.touched)
    row.cursor = after
    return has_more


def _item(row: Channel, told: dict[str, Any], *, has_more: bool) -> Item:
    item = Item(told, due_at=clock.now() + _MORE if has_more else None)
    begins, sent = row.begins_at, item.sent_at
    is_history = begins is not None and sent is not None and sent < begins - ANSWERED_BACK
    return replace(item, is_history=is_history)


async def _seen(runtime: Runtime, row: Channel, secret: str, item: Item, by: str) -> Item:
    """The item with the picture that it shows. Raises Failed where that may be had later."""
    keys.index_of(runtime.cipher, row, item.sender)  # Who cannot be told from others is odd.
    if item.kind != "image" or item.told.get("origin") not in (CUSTOMER, SERVICER):
        return item
    await _renew(runtime, row, by)
    return replace(item, picture=await _picture(runtime, row, secret, item.told))


async def _placed(runtime: Runtime, row: Channel, item: Item) -> Item:
    """The item with its picture where it is to be, before anything is held."""
    if item.picture is None or not item.sender:
        return item
    return replace(item, placed=await arrivals.place(runtime, row, item.sender, [item.picture]))


async def _renew(runtime: Runtime, row: Channel, by: str) -> None:
    """Hold the channel for longer: a page of pictures may take its time."""
    now = clock.now()
    if row.leased_until is not None and row.leased_until - now > LEASE / 2:
        return
    async with runtime.db.transaction(row.shop_id) as session:
        held = await store.channel(session, row.shop_id, row.id, held=True)
        if held is None or held.leased_by != by:
            raise Failed("broken")  # Another has gone on from here.
        held.leased_until = row.leased_until = now + LEASE


async def _picture(
    runtime: Runtime, row: Channel, secret: str, told: dict[str, Any]
) -> Picture | None:
    """The picture of a message; None where none can be had. Raises Failed where it may be had
    later."""
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


def called(channel: Channel, ticket: bytes | None, now: datetime) -> None:
    """There is something to fetch from now on, with what WeCom gave to fetch it."""
    channel.pull_at = now
    if ticket is not None:
        channel.ticket_sealed, channel.ticket_at = ticket, now
