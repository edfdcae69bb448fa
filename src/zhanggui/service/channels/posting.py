"""What the shop said, sent to a system of its own as a signed webhook."""

from __future__ import annotations

import base64
from datetime import timedelta
from random import Random
from typing import Any

from zhanggui.base import clock
from zhanggui.base.errors import NotFound, Unavailable
from zhanggui.base.ids import new_id
from zhanggui.base.runtime import Runtime
from zhanggui.base.webhooks import retrying, sending
from zhanggui.base.webhooks.guard import Rules
from zhanggui.base.webhooks.sending import Answer, Message
from zhanggui.service.channels import keys
from zhanggui.service.channels.failing import Outcome
from zhanggui.service.channels.models import Channel
from zhanggui.service.channels.outbox import Outgoing
from zhanggui.service.chat import images

CREATED = "message.created"
"""The type of a message of the shop's. What comes in has another, so that nothing we signed can be
sent back to us."""
TRIAL = "channel.test"


async def send(runtime: Runtime, outgoing: Outgoing, random: Random) -> Outcome:
    """Send a message of the shop's once. Never raises for what the receiver or the network does."""
    try:
        data = await _data(runtime, outgoing)
    except Unavailable:
        return Outcome("key", again=timedelta(hours=1))
    message = Message(outgoing.id, CREATED, outgoing.at, data)
    answer = await _sent(runtime, outgoing.channel, message)
    if answer.failure is None:
        return Outcome(code=answer.code)
    again = retrying.wait(outgoing.attempts + 1, answer.held, random)
    return Outcome(answer.failure, answer.code, again, answer.text)


async def attempt(runtime: Runtime, channel: Channel) -> Outcome:
    """What the receiver makes of a message that says nothing."""
    message = Message(new_id("msg"), TRIAL, clock.now(), {"channel_id": channel.id})
    answer = await _sent(runtime, channel, message)
    return Outcome(answer.failure, answer.code, answer=answer.text)


async def _sent(runtime: Runtime, channel: Channel, message: Message) -> Answer:
    try:
        valid = keys.valid(runtime.cipher, channel, clock.now())
    except Unavailable:
        return Answer(failure="key")
    signing = [each.signing for each in valid if each.signing is not None]
    rules = Rules.of(runtime.settings)
    return await sending.send(rules, channel.url or "", signing, message)


async def _data(runtime: Runtime, outgoing: Outgoing) -> dict[str, Any]:
    return {
        "channel_id": outgoing.channel.id,
        "conversation_id": outgoing.conversation_id,
        "seq": outgoing.seq,
        "sender": outgoing.sender,
        "author": outgoing.author,
        "text": outgoing.text,
        "images": [
            {
                "media_type": "image/jpeg",
                "width": each.width,
                "height": each.height,
                "data": base64.b64encode(data).decode(),
            }
            for each in outgoing.pictures
            if (data := await picture(runtime, outgoing, each.name)) is not None
        ],
    }


async def picture(runtime: Runtime, outgoing: Outgoing, name: str) -> bytes | None:
    """A picture of the message; None where it was erased meanwhile."""
    shop_id = outgoing.channel.shop_id
    try:
        return await images.read(runtime.blobs, shop_id, outgoing.conversation_id, name)
    except NotFound:
        return None
