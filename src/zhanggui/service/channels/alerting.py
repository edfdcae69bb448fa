"""Staff are told in a group of 企业微信 of conversations that wait: nobody is there to take one, or
one is about to be late.

《群机器人配置说明》 (https://developer.work.weixin.qq.com/document/path/99110): a robot says at
most 20 messages a minute. All there is to tell goes into one message, and the next one waits
:data:`REST`. No word, name or number of a shopper is in it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

import structlog
from sqlalchemy.ext.asyncio import AsyncSession

from zhanggui.base import clock, metrics
from zhanggui.base.clock import SHANGHAI
from zhanggui.base.ids import new_id
from zhanggui.base.runtime import Runtime
from zhanggui.service.channels import failing, keys, store
from zhanggui.service.channels.failing import Outcome
from zhanggui.service.channels.models import Channel, ChannelAlert
from zhanggui.service.channels.wecom_api import Failed, wecom
from zhanggui.service.chat.models import Conversation

log = structlog.get_logger(__name__)

Kind = Literal["nobody", "late"]

REST = timedelta(seconds=10)
"""Between two messages of a robot: six a minute, where 20 are allowed."""
LEASE = timedelta(seconds=60)
WARN_MINUTES = 1
"""How long before one is late staff are told, unless the owner chose otherwise: a shop that has not
chosen answers within three."""
_AGAIN = timedelta(seconds=60)
"""After an attempt that failed; WeCom counts by the minute."""
_LOOKED_AT = 200
_NAMED = 8
"""Conversations that a message names; the others it counts."""
_KEPT = timedelta(days=7)
_CAUSES = {
    "danger": "安全问题",
    "complaint": "投诉",
    "angry": "情绪激动",
    "change": "要改订单",
    "picture": "发了图片",
    "asked": "要求人工",
}


@dataclass(frozen=True, slots=True)
class Alert:
    """A conversation to tell of: why, and since when it waits or by when it is due."""

    row: Conversation
    kind: Kind
    mark: datetime


async def tell(runtime: Runtime, channel: Channel) -> None:
    """Tell staff of what waits and was not told of yet. Raises Unavailable where the robot's key
    cannot be unsealed."""
    now = clock.now()
    if channel.leased_until is not None and channel.leased_until > now:
        return
    async with runtime.db.reading(channel.shop_id) as session:
        if not await _untold(session, channel, now):
            return  # The usual case, which waits for no writer.
    key = keys.present(runtime.cipher, channel).robot or ""
    by = new_id("rob")
    async with runtime.db.transaction(channel.shop_id) as session:
        row = await store.channel(session, channel.shop_id, channel.id, held=True)
        if row is None or not row.is_on:
            return
        if row.leased_until is not None and row.leased_until > now:
            return
        row.leased_by, row.leased_until = by, now + LEASE
        found = await _untold(session, channel, now)
    outcome = Outcome()
    if found:
        text = _text(runtime, channel.shop_id, found, now)
        outcome = await say(runtime, key, text)
        metrics.CHANNELS.labels("robot", outcome.failure or "delivered").inc()
    await _record(runtime, channel, by, found, outcome)


async def say(runtime: Runtime, key: str, text: str) -> Outcome:
    """Have the robot say something. Never raises for what WeCom or the network does."""
    try:
        await wecom(runtime).robot(key, {"msgtype": "markdown", "markdown": {"content": text}})
    except Failed as error:
        log.warning("robot_silent", failure=error.failure, code=error.code)
        return error.outcome(_AGAIN)
    return Outcome()


async def _untold(session: AsyncSession, channel: Channel, now: datetime) -> list[Alert]:
    waiting = await store.waiting(session, channel.shop_id, _LOOKED_AT)
    if not waiting:
        return []
    ids = [row.id for row in waiting]
    told = await store.alerts(session, channel.shop_id, channel.id, ids)
    is_there = await store.is_anybody_there(session, channel.shop_id)
    soon = now + timedelta(minutes=channel.warn_minutes or WARN_MINUTES)
    found: list[Alert] = []
    for row in waiting:
        if row.due_at is not None and row.due_at <= soon:
            found.append(Alert(row, "late", row.due_at))
        elif row.assignee is None and not is_there:
            found.append(Alert(row, "nobody", row.waiting_since or row.last_at))
    return [each for each in found if _is_new(told.get((each.row.id, each.kind)), each)]


def _is_new(known: ChannelAlert | None, alert: Alert) -> bool:
    return known is None or known.mark != alert.mark


async def _record(
    runtime: Runtime, channel: Channel, by: str, found: Sequence[Alert], outcome: Outcome
) -> None:
    now, shop_id = clock.now(), channel.shop_id
    async with runtime.db.transaction(shop_id) as session:
        row = await store.channel(session, shop_id, channel.id, held=True)
        if row is None or row.leased_by != by:
            return
        row.leased_by = None
        if outcome.failure is not None:
            row.leased_until = now + (outcome.again or _AGAIN)
            await failing.note(session, row, outcome)
            return
        row.leased_until = now + REST
        row.last_out_at = now
        row.failure = row.failed_code = row.failed_at = None
        await store.forget_alerts(session, shop_id, now - _KEPT)
        for each in found:
            await session.merge(
                ChannelAlert(
                    shop_id=shop_id, channel_id=channel.id, conversation_id=each.row.id,
                    kind=each.kind, mark=each.mark, told_at=now,
                )
            )  # fmt: skip


def _text(runtime: Runtime, shop_id: str, found: Sequence[Alert], now: datetime) -> str:
    """What the robot says: markdown, as WeCom reads it, of at most 4,096 bytes."""
    late = [each for each in found if each.kind == "late"]
    nobody = [each for each in found if each.kind == "nobody"]
    lines: list[str] = []
    if late:
        lines.append(f"**{len(late)} 段会话快要超时**")
        lines += [_line(runtime, shop_id, each, now) for each in late[:_NAMED]]
    if nobody:
        lines.append(f"**{len(nobody)} 段会话在等人工，接待台没有人在岗**")
        lines += [_line(runtime, shop_id, each, now) for each in nobody[:_NAMED]]
    desk = desk_of(runtime, shop_id)
    lines.append(f"[打开接待台]({desk})" if desk else "请打开掌柜的接待台。")
    return "\n".join(lines)


def _line(runtime: Runtime, shop_id: str, alert: Alert, now: datetime) -> str:
    row = alert.row
    due = row.due_at or now
    by = f"{due.astimezone(SHANGHAI):%H:%M} 前要回复" if due > now else "已经超时"
    why = _CAUSES.get(row.cause or "", "等人回复")
    words = f"{'加急 · ' if row.is_urgent else ''}{why} · {by}"
    desk = desk_of(runtime, shop_id, row.id)
    return f"> [{words}]({desk})" if desk else f"> {words}"


def desk_of(runtime: Runtime, shop_id: str, conversation_id: str | None = None) -> str | None:
    """Where the desk is, with a conversation open; null where nobody said where people reach it."""
    address = runtime.settings.public_url
    if address is None:
        return None
    opened = f"?open={conversation_id}" if conversation_id else ""
    return f"{address}/shops/{shop_id}/desk{opened}"
