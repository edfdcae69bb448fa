"""The tools of channels: by which ways shoppers reach the shop, and staff are told."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Annotated, Literal

from pydantic import AwareDatetime, Field

from zhanggui.base import clock, events
from zhanggui.base.errors import Conflict, Invalid, not_found
from zhanggui.base.ids import new_id
from zhanggui.base.principals import OWNERS
from zhanggui.base.tools import Call, Input, Nothing, Output, tool
from zhanggui.base.waking import Waking
from zhanggui.base.webhooks import guard, signing
from zhanggui.base.webhooks.guard import Rules
from zhanggui.base.words import Text
from zhanggui.service.channels import alerting, failing, keys, posting, relay, store
from zhanggui.service.channels.events import ChannelRemoved, ChannelSaved, ChannelSecretRotated
from zhanggui.service.channels.failing import Outcome
from zhanggui.service.channels.keys import Secrets
from zhanggui.service.channels.models import Channel
from zhanggui.service.channels.routes import CHANNEL, PREFIX
from zhanggui.service.channels.wecom_api import Failed, wecom

MOST = 20
"""Channels of a shop."""
REPLAYED = timedelta(days=30)
"""How far back what the shop said may be sent again."""
_ROBOT = re.compile(
    r"https://qyapi\.weixin\.qq\.com/cgi-bin/webhook/send\?key=([0-9A-Za-z-]{10,64})"
)

Kind = Literal["webhook", "wecom", "robot"]
Id = Annotated[str, Field(min_length=1, max_length=64)]


class ChannelView(Output):
    """A channel, without its secrets. `callback` is the path at which the other side calls; so many
    `people` have written through it. `is_complete` is false while the secret of WeCom's app is
    missing. A former secret holds as well until `former_until`. `failure` is of the last attempt
    that failed, null once one has succeeded after it."""

    id: str
    kind: Kind
    name: str
    is_on: bool
    callback: str | None
    url: str | None
    corp_id: str | None
    open_kfid: str | None
    warn_minutes: int | None
    is_complete: bool
    former_until: datetime | None
    people: int
    last_in_at: datetime | None
    last_out_at: datetime | None
    failure: str | None
    failed_at: datetime | None
    made_at: datetime
    made_by: str


class Channels(Output):
    """The shop's channels, the oldest first."""

    items: list[ChannelView]


@tool("service.list_channels", purpose=Text("查看渠道", "List channels"), risk="read", roles=OWNERS)
async def list_channels(call: Call, given: Nothing) -> Channels:
    """The shop's channels, and how each is doing."""
    people = await store.counts(call.session, call.shop_id)
    rows = await store.channels(call.session, call.shop_id)
    return Channels(items=[_view(call, row, people.get(row.id, 0)) for row in rows])


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


class Shown(Output):
    """The secrets that we chose, shown only now: `signing` of a webhook, or what is to be written
    into WeCom's console. `callback` is the path at which the other side calls."""

    id: str
    callback: str | None
    signing: str | None = None
    token: str | None = None
    aes_key: str | None = None
    former_until: datetime | None = None


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
    _wake(call)
    return _shown(row, secrets if made else Secrets())


async def _made(call: Call, given: SaveChannel) -> Channel:
    if len(await store.channels(call.session, call.shop_id)) >= MOST:
        raise Conflict(
            Text(f"最多 {MOST} 个渠道", f"There may be no more than {MOST} channels"),
            hint=Text("先移除不用的。", "Remove one that is not needed."),
        )
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


class WhichChannel(Input):
    """Which channel."""

    channel_id: Id


class Done(Output):
    """It is done."""

    done: bool = True


@tool(
    "service.remove_channel",
    purpose=Text("移除渠道", "Remove a channel"),
    risk="act",
    roles=OWNERS,
    by_person=True,
)
async def remove_channel(call: Call, given: WhichChannel) -> Done:
    """Remove a channel: nothing comes through it any more, and nothing is sent. The conversations
    stay at the desk."""
    row = await _held(call, given.channel_id)
    await store.forget_channel(call.session, call.shop_id, row.id)
    await call.session.delete(row)
    await events.append(call.session, ChannelRemoved(id=row.id, kind=row.kind))
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
    shown = _shown(row, secrets)
    return shown.model_copy(update={"former_until": row.former_until})


class TriedChannel(Output):
    """What became of a test: why it failed (null for success), and the beginning of what the other
    side said."""

    failure: str | None
    code: int | None
    answer: str


async def _try(call: Call, given: WhichChannel) -> Outcome:
    """What the other side makes of a message that says nothing."""
    runtime = call.runtime
    async with runtime.db.reading(call.shop_id) as session:
        row = _there(await store.channel(session, call.shop_id, given.channel_id), given.channel_id)
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
async def test_channel(call: Call, given: WhichChannel) -> TriedChannel:
    """Reach the other side once, also of a channel that is off: a signed message of the type
    ``channel.test`` to a webhook, a greeting from a robot, and for 微信客服 whether the corp id and
    the secret let us in."""
    outcome: Outcome = call.prepared
    failure = None if outcome.failure is None else str(failing.told(outcome.failure, outcome.code))
    return TriedChannel(failure=failure, code=outcome.code, answer=outcome.answer)


class ReplayChannel(Input):
    """Which channel, and since when (at most 30 days)."""

    channel_id: Id
    since: AwareDatetime


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
    row = await _held(call, given.channel_id)
    if row.kind != "webhook":
        raise Conflict(
            Text("只有接口渠道可以重发", "Only webhooks are sent it again"),
            hint=Text("买家会收到两遍。", "Shoppers would read it twice."),
            where="channel_id",
        )
    now = clock.now()
    if not now - REPLAYED - timedelta(minutes=1) <= given.since <= now:
        raise Invalid(
            Text("只能重发最近 30 天的回复", "Only replies of the last 30 days are sent again"),
            hint=Text("换一个时间。", "Choose another time."),
            where="since",
        )
    messages = 0
    for thread, first, count in await store.said_since(
        call.session, call.shop_id, row.id, given.since
    ):
        thread.sent_seq = min(thread.sent_seq, first - 1)
        thread.attempts, thread.sent_parts, thread.due_at = 0, 0, now
        # What is under way is written down by nobody: it would move the place on again.
        thread.leased_by = thread.leased_until = None
        messages += count
    _wake(call)
    return ReplayedChannel(messages=messages)


async def _held(call: Call, channel_id: str) -> Channel:
    """The channel, held until the transaction ends; raises NotFound."""
    found = await store.channel(call.session, call.shop_id, channel_id, held=True)
    return _there(found, channel_id)


def _there(row: Channel | None, channel_id: str) -> Channel:
    if row is None:
        raise not_found(CHANNEL, channel_id)
    return row


def _wake(call: Call) -> None:
    async def waking() -> None:
        call.runtime.service(Waking).wake(relay.TOPIC)

    call.after_commit(waking)


def _callback(row: Channel) -> str | None:
    if row.kind == "robot":
        return None
    return f"{PREFIX}/{row.id}" + ("/wecom" if row.kind == "wecom" else "")


def _shown(row: Channel, secrets: Secrets) -> Shown:
    return Shown(
        id=row.id, callback=_callback(row), signing=secrets.signing, token=secrets.token,
        aes_key=secrets.aes_key,
    )  # fmt: skip


def _view(call: Call, row: Channel, people: int) -> ChannelView:
    former = row.former_until
    is_wecom = row.kind == "wecom"
    secrets = keys.present(call.runtime.cipher, row) if is_wecom else Secrets()
    return ChannelView.model_validate(
        {
            **{name: getattr(row, name) for name in _PLAIN},
            "callback": _callback(row),
            "is_complete": not is_wecom or secrets.app is not None,
            "former_until": former if former and former > clock.now() else None,
            "people": people,
            "failure": str(failing.told(row.failure, row.failed_code)) if row.failure else None,
        }
    )


_PLAIN = (
    "id", "kind", "name", "is_on", "url", "corp_id", "open_kfid", "warn_minutes", "last_in_at",
    "last_out_at", "failed_at", "made_at", "made_by",
)  # fmt: skip
