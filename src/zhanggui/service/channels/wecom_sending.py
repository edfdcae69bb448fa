"""What the shop said, sent through 微信客服.

《发送消息》 (https://developer.work.weixin.qq.com/document/path/94677): within 48 hours of a
message of the customer's, five messages may be sent, while the session is new or the program's. A
message carries an id of ours (`msgid`), the same at every attempt.
"""

from __future__ import annotations

import hashlib
from datetime import timedelta
from typing import Any

import structlog

from zhanggui.base.errors import Unavailable
from zhanggui.base.runtime import Runtime
from zhanggui.service.channels import keys, posting
from zhanggui.service.channels.failing import SESSION, Outcome
from zhanggui.service.channels.outbox import Outgoing
from zhanggui.service.channels.wecom_api import Failed, wecom

log = structlog.get_logger(__name__)

WAITS = (
    timedelta(seconds=3),
    timedelta(seconds=15),
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=20),
    timedelta(hours=1),
    timedelta(hours=3),
)
"""After each attempt that failed but the last: whoever asked has turned elsewhere by then, and soon
nothing may be sent any more."""
_BUSY_WAIT = timedelta(minutes=1)
"""So long at least WeCom is left alone that was asked too often: it counts by the minute."""
_NOT_OURS = 95018
"""The error code of a message into a session in which the API may not speak."""
_LONGEST = 2048
"""Bytes of a text."""


async def send(runtime: Runtime, outgoing: Outgoing) -> Outcome:
    """Send a message once: its text, in parts where it is too long for one, and its pictures. Never
    raises for what WeCom or the network does."""
    try:
        secret = keys.present(runtime.cipher, outgoing.channel).app or ""
    except Unavailable:
        return Outcome("key", again=timedelta(hours=1))
    done = outgoing.parts
    try:
        for number, (kind, content) in enumerate(_parts_of(outgoing)):
            if number >= outgoing.parts:
                await _give(runtime, outgoing, secret, number, kind, content)
                done = number + 1
    except Failed as error:
        log.warning(
            "wecom_not_sent", channel=outgoing.channel.id, failure=error.failure, code=error.code
        )
        failure, code = error.failure, error.code
        if code == _NOT_OURS:
            failure, code = SESSION, await _state(runtime, outgoing, secret)
        return Outcome(failure, code, _again(error, outgoing.attempts), parts=done)
    return Outcome()


def _parts_of(outgoing: Outgoing) -> list[tuple[str, str]]:
    texts = [("text", text) for text in parts(outgoing.text)]
    return [*texts, *(("image", each.name) for each in outgoing.pictures)]


async def _give(
    runtime: Runtime, outgoing: Outgoing, secret: str, number: int, kind: str, content: str
) -> None:
    body: dict[str, Any] = {"content": content}
    if kind == "image":
        data = await posting.picture(runtime, outgoing, content)
        if data is None:
            return
        body = {"media_id": await wecom(runtime).upload(outgoing.channel, secret, data)}
    given = {
        "touser": outgoing.sender,
        "open_kfid": outgoing.channel.open_kfid or "",
        "msgid": message_id(outgoing.conversation_id, outgoing.seq, number),
        "msgtype": kind,
        kind: body,
    }
    await wecom(runtime).call(outgoing.channel, secret, "kf/send_msg", given)


async def _state(runtime: Runtime, outgoing: Outgoing, secret: str) -> int | None:
    """Whose the session is in WeCom, as 《分配客服会话》 numbers it; that of "not ours" where WeCom
    does not say."""
    given = {"open_kfid": outgoing.channel.open_kfid or "", "external_userid": outgoing.sender}
    try:
        told = await wecom(runtime).call(outgoing.channel, secret, "kf/service_state/get", given)
    except Failed:
        return _NOT_OURS
    return int(told.get("service_state", _NOT_OURS))


def message_id(conversation_id: str, seq: int, number: int) -> str:
    """What WeCom knows a part of a message by: at most 32 letters and digits."""
    text = f"{conversation_id}\n{seq}\n{number}"
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def parts(text: str) -> list[str]:
    """A text in pieces of no more bytes than one message may have; none of an empty one."""
    found: list[str] = []
    piece = b""
    for letter in text:
        more = letter.encode()
        if len(piece) + len(more) > _LONGEST:
            found.append(piece.decode())
            piece = b""
        piece += more
    return [*found, piece.decode()] if piece else found


def _again(error: Failed, attempts: int) -> timedelta | None:
    if not error.passes or attempts >= len(WAITS):
        return None
    wait = WAITS[attempts]
    return max(wait, _BUSY_WAIT) if error.code in (45009, 45033) else wait
