"""The tools of what goes through channels: a test, what failed, and all of it again."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

from zhanggui.base import clock, connections
from zhanggui.base.connections import Id, Since, Tried
from zhanggui.base.errors import Conflict
from zhanggui.base.principals import OWNERS
from zhanggui.base.tools import Call, Output, tool
from zhanggui.base.words import Text
from zhanggui.service.channels import alerting, failing, keys, posting, relay, store
from zhanggui.service.channels.arrivals import CHANNEL
from zhanggui.service.channels.channel_views import WhichChannel
from zhanggui.service.channels.events import MessageSkipped, MessageUndelivered
from zhanggui.service.channels.failing import ODD, Outcome
from zhanggui.service.channels.wecom_api import Failed, wecom

_SHOWN = 50
"""Failures that are shown."""


async def _try(call: Call, given: WhichChannel) -> Outcome:
    """What the other side makes of a message that says nothing."""
    runtime, at = call.runtime, (call.shop_id, given.channel_id)
    async with runtime.db.reading(call.shop_id) as session:
        row = connections.found(await store.channel(session, *at), CHANNEL, given.channel_id)
    if row.kind == "webhook":
        return await posting.attempt(runtime, row)
    secrets = keys.present(runtime.cipher, row)
    if row.kind == "robot":
        return await alerting.say(runtime, secrets.robot or "", _HELLO)
    try:
        await wecom(runtime).is_let_in(row, secrets.app or "")
    except Failed as error:
        return error.outcome()
    return Outcome()


_HELLO = "掌柜的测试消息：以后有会话等不到人，会在这里提醒。"


@tool(
    "service.test_channel",
    purpose=Text("测试渠道", "Try a channel"),
    risk="act",
    roles=OWNERS,
    by_person=True,
    rate="30 per minute",
    prepare=_try,
)
async def test_channel(call: Call, given: WhichChannel) -> Tried:
    """Reach the other side once, also of a channel that is off: a signed message of the type
    ``channel.test`` to a webhook, a greeting from a robot, and for 微信客服 whether the corp id and
    the secret let us in."""
    outcome: Outcome = call.prepared
    failure = None if outcome.failure is None else str(failing.told(outcome.failure, outcome.code))
    return Tried(failure=failure, code=outcome.code, answer=outcome.answer)


class ChannelFailure(Output):
    """Something that failed in a channel: what came and was skipped (``in``), as the other side
    calls it (`message`), or what the shop said and did not reach the shopper (``out``), as the
    `seq`-th message of a conversation."""

    at: datetime
    way: Literal["in", "out"]
    why: str
    conversation_id: str | None = None
    seq: int | None = None
    message: str | None = None


class ChannelFailures(Output):
    """What failed in a channel, the last first, no more than 50."""

    items: list[ChannelFailure]


@tool(
    "service.list_channel_failures",
    purpose=Text("查看渠道里没有成功的消息", "List what failed in a channel"),
    risk="read",
    roles=OWNERS,
)
async def list_channel_failures(call: Call, given: WhichChannel) -> ChannelFailures:
    """The messages that a channel could not keep, and those that it gave up to send. Raises
    NotFound."""
    at = (call.shop_id, given.channel_id)
    connections.found(await store.channel(call.session, *at), CHANNEL, given.channel_id)
    types = [MessageSkipped.type, MessageUndelivered.type]
    rows = await store.failures(call.session, *at, types, _SHOWN)
    return ChannelFailures(items=[_failure(row.at, row.type, row.data) for row in rows])


def _failure(at: datetime, type_: str, data: dict[str, Any]) -> ChannelFailure:
    if type_ == MessageSkipped.type:
        return ChannelFailure(
            at=at, way="in", why=str(failing.told(ODD, None)), message=data["message"] or None
        )
    why = failing.told(data["reason"], data.get("code"))
    return ChannelFailure(
        at=at, way="out", why=str(why), conversation_id=data["id"], seq=data["seq"]
    )


class ReplayChannel(Since):
    """Which channel, and since when (at most 30 days)."""

    channel_id: Id


class ReplayedChannel(Output):
    """How many messages are sent again."""

    messages: int


@tool(
    "service.replay_channel",
    purpose=Text("重发渠道里一段时间的回复", "Send a channel's replies again"),
    risk="act",
    roles=OWNERS,
)
async def replay_channel(call: Call, given: ReplayChannel) -> ReplayedChannel:
    """Send a webhook all that the shop has said through it since a moment, in order and under the
    same ids. Raises Invalid for a moment too long ago or to come, and Conflict for another kind of
    channel, where people would read it twice."""
    at = (call.shop_id, given.channel_id)
    row = connections.found(await store.channel(call.session, *at), CHANNEL, given.channel_id)
    if row.kind != "webhook":
        raise Conflict(
            Text("只有接口渠道可以重发", "Only webhooks are sent it again"),
            hint=Text("买家会收到两遍。", "Shoppers would read it twice."),
            where="channel_id",
        )
    since, now = connections.not_long_ago(given), clock.now()
    messages = 0
    for thread, first, count in await store.said_since(call.session, *at, since):
        thread.sent_seq = min(thread.sent_seq, first - 1)
        thread.attempts, thread.sent_parts, thread.due_at = 0, 0, now
        # What is under way is written down by nobody: it would move the place on again.
        thread.leased_by = thread.leased_until = None
        messages += count
    connections.wake(call, relay.TOPIC)
    return ReplayedChannel(messages=messages)
