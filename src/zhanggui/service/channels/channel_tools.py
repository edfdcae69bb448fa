"""The tools of channels: by which ways shoppers reach the shop, and staff are told."""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import Field

from zhanggui.base import clock, connections, events
from zhanggui.base.connections import Done, Id
from zhanggui.base.errors import Conflict, Invalid
from zhanggui.base.ids import new_id
from zhanggui.base.principals import OWNERS
from zhanggui.base.tools import Call, Input, Nothing, Output, tool
from zhanggui.base.webhooks import guard, signing
from zhanggui.base.webhooks.guard import Rules
from zhanggui.base.words import Text
from zhanggui.service.channels import (
    alerting,
    channel_views,
    delivery_tools,
    keys,
    relay,
    store,
)
from zhanggui.service.channels.arrivals import CHANNEL
from zhanggui.service.channels.channel_views import ChannelView, Kind, Shown, WhichChannel
from zhanggui.service.channels.events import ChannelRemoved, ChannelSaved, ChannelSecretRotated
from zhanggui.service.channels.keys import Secrets
from zhanggui.service.channels.models import Channel
from zhanggui.service.chat import store as chat_store

__all__ = ["delivery_tools"]

_AT_ONCE = 500
"""Conversations that are held by one statement."""
_ROBOT = re.compile(
    r"https://qyapi\.weixin\.qq\.com/cgi-bin/webhook/send\?key=([0-9A-Za-z-]{10,64})"
)


class Channels(Output):
    """The shop's channels, the oldest first."""

    items: list[ChannelView]


@tool("service.list_channels", purpose=Text("查看渠道", "List channels"), risk="read", roles=OWNERS)
async def list_channels(call: Call, given: Nothing) -> Channels:
    """The shop's channels, and how each is doing."""
    people = await store.counts(call.session, call.shop_id)
    rows = await store.channels(call.session, call.shop_id)
    return Channels(items=[channel_views.view(call, row, people.get(row.id, 0)) for row in rows])


class SaveChannel(Input):
    """A channel as it is to be; without an id a new one, of a kind that stays. A webhook has
    `url`, where replies go; an account of 微信客服 has `corp_id`, `open_kfid` and `app_secret`; a
    robot has `robot_url` and `warn_minutes`. A secret that is left out stays as it is."""

    channel_id: Id | None = None
    kind: Kind
    name: str = Field(min_length=1, max_length=60)
    is_on: bool = True
    url: Annotated[str, Field(min_length=1, max_length=2000)] | None = None
    corp_id: Annotated[str, Field(min_length=1, max_length=64)] | None = None
    open_kfid: Annotated[str, Field(min_length=1, max_length=64)] | None = None
    app_secret: Annotated[str, Field(min_length=1, max_length=200)] | None = None
    robot_url: Annotated[str, Field(min_length=1, max_length=300)] | None = None
    warn_minutes: int = Field(alerting.WARN_MINUTES, ge=1, le=120)


@tool(
    "service.save_channel",
    purpose=Text("保存渠道", "Save a channel"),
    risk="act",
    roles=OWNERS,
    by_person=True,
    secret=True,
)
async def save_channel(call: Call, given: SaveChannel) -> Shown:
    """Make a channel or change one. Raises Invalid for what is missing or cannot be, Conflict for
    one too many and for another kind."""
    made = given.channel_id is None
    row = await _made(call, given) if made else await _held(call, given.channel_id or "")
    if row.kind != given.kind:
        raise Conflict(
            Text("渠道的类型不能改", "A channel stays of its kind"),
            hint=Text("请另建一个。", "Make another one."),
            where="kind",
        )
    before = Secrets() if made else keys.present(call.runtime.cipher, row)
    secrets = keys.fresh(given.kind) if made else before
    secrets = _changed(call, row, given, secrets)
    row.name, row.is_on = given.name, given.is_on
    row.sealed = keys.seal(call.runtime.cipher, call.shop_id, secrets)
    row.failure = row.failed_code = row.failed_at = None
    await call.session.flush()
    saved = ChannelSaved(id=row.id, kind=row.kind, made=made, is_on=row.is_on)
    await events.append(call.session, saved)
    connections.wake(call, relay.TOPIC)
    return channel_views.shown(row, secrets if made else Secrets())


async def _made(call: Call, given: SaveChannel) -> Channel:
    connections.make_sure_of_room(await store.channels(call.session, call.shop_id), CHANNEL)
    row = Channel(
        shop_id=call.shop_id,
        id=new_id("chan"),
        kind=given.kind,
        made_at=clock.now(),
        made_by=call.principal.id,
    )
    call.session.add(row)
    return row


def _changed(call: Call, row: Channel, given: SaveChannel, secrets: Secrets) -> Secrets:
    """What belongs to the kind, put into the row; gives its secrets as they are now."""
    if given.kind == "webhook":
        row.url = _needed(given.url, "url")
        guard.check_url(Rules.of(call.runtime.settings), row.url)
    elif given.kind == "wecom":
        corp_id = _needed(given.corp_id, "corp_id")
        open_kfid = _needed(given.open_kfid, "open_kfid")
        if (corp_id, open_kfid) != (row.corp_id, row.open_kfid):
            row.cursor = None  # It is of the account that there was.
        row.corp_id, row.open_kfid = corp_id, open_kfid
        row.pull_at = clock.now()
        if given.app_secret is not None:
            return secrets.model_copy(update={"app": given.app_secret})
    else:
        row.warn_minutes = given.warn_minutes
        if given.robot_url is not None or secrets.robot is None:
            robot = _robot(_needed(given.robot_url, "robot_url"))
            return secrets.model_copy(update={"robot": robot})
    return secrets


def _needed(written: str | None, where: str) -> str:
    if written is None:
        raise Invalid(
            Text("这一项要填", "This is needed"),
            hint=Text("请填写后再保存。", "Fill it in and save again."),
            where=where,
        )
    return written


def _robot(url: str) -> str:
    """The key in a robot's address; raises Invalid for another address."""
    found = _ROBOT.fullmatch(url)
    if found is None:
        raise Invalid(
            Text("这不是群机器人的 Webhook 地址", "This is no address of a group's robot"),
            hint=Text(
                "在群机器人的资料里复制，以 https://qyapi.weixin.qq.com/ 开头。",
                "Copy it from the robot's card; it begins with https://qyapi.weixin.qq.com/.",
            ),
            where="robot_url",
        )
    return found[1]


@tool(
    "service.remove_channel",
    purpose=Text("移除渠道", "Remove a channel"),
    risk="act",
    roles=OWNERS,
    by_person=True,
)
async def remove_channel(call: Call, given: WhichChannel) -> Done:
    """Remove a channel: nothing comes through it any more, and nothing is sent. The conversations
    stay at the desk, with a mark on what was not sent yet."""
    session, at = call.session, (call.shop_id, given.channel_id)
    connections.found(await store.channel(session, *at), CHANNEL, given.channel_id)
    unsent = await store.due_conversations(session, *at)
    for start in range(0, len(unsent), _AT_ONCE):
        ids = sorted(unsent)[start : start + _AT_ONCE]
        for row in await chat_store.held_by_id(session, call.shop_id, ids):
            row.version += 1
        await store.give_up(session, *at, ids)
    await store.forget_threads(session, *at)
    channel = await _held(call, given.channel_id)
    await store.forget_channel_alerts(session, *at)
    await session.delete(channel)
    await events.append(session, ChannelRemoved(id=channel.id, kind=channel.kind))
    return Done()


@tool(
    "service.rotate_channel_secret",
    purpose=Text("更换渠道的密钥", "Give a channel new secrets"),
    risk="act",
    roles=OWNERS,
    by_person=True,
    secret=True,
)
async def rotate_channel_secret(call: Call, given: WhichChannel) -> Shown:
    """Give a channel new secrets of those that we choose; those before hold as well for a day.
    Raises Conflict for a robot, whose key is WeCom's to change."""
    row = await _held(call, given.channel_id)
    if row.kind == "robot":
        raise Conflict(
            Text("群机器人的地址由企业微信决定", "A robot's address is WeCom's to change"),
            hint=Text("在群里换了地址后，到这里重新填写。", "Change it there, then write it here."),
            where="kind",
        )
    secrets = keys.fresh(row.kind, keys.present(call.runtime.cipher, row))
    row.former_sealed, row.former_until = row.sealed, clock.now() + signing.OVERLAP
    row.sealed = keys.seal(call.runtime.cipher, call.shop_id, secrets)
    await events.append(call.session, ChannelSecretRotated(id=row.id))
    shown = channel_views.shown(row, secrets)
    return shown.model_copy(update={"former_until": row.former_until})


async def _held(call: Call, channel_id: str) -> Channel:
    """The channel, held until the transaction ends; raises NotFound."""
    row = await store.channel(call.session, call.shop_id, channel_id, held=True)
    return connections.found(row, CHANNEL, channel_id)
