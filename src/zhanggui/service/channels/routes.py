"""``/api/channels/{key}``: where other systems bring what shoppers write to them.

Whoever calls proves who they are by a signature over what they send; no cookie counts here.
"""

from __future__ import annotations

import base64
import binascii
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Path, Query, Request
from fastapi.responses import PlainTextResponse, Response
from limits import parse
from pydantic import BaseModel, Field, ValidationError

from zhanggui.base import clock, complaints
from zhanggui.base.complaints import refuse_unstorable
from zhanggui.base.errors import Invalid, Unauthenticated, not_found
from zhanggui.base.http.callers import address_of, runtime_of
from zhanggui.base.limiting import RateLimits
from zhanggui.base.runtime import Runtime
from zhanggui.base.tools import Input
from zhanggui.base.waking import Waking
from zhanggui.base.webhooks import signing
from zhanggui.base.words import Text
from zhanggui.service.channels import arrivals, keys, relay, store, wecom_crypto, wecom_pulling
from zhanggui.service.channels.arrivals import CHANNEL, Arrival
from zhanggui.service.channels.models import Channel
from zhanggui.service.chat import images
from zhanggui.service.chat.images import Picture
from zhanggui.shop.buyers import buyer_id

PREFIX = "/api/channels"
router = APIRouter(prefix=PREFIX + "/{key}", tags=["channel"])

CALLS = parse("3000 per minute")
"""Calls from one address: a channel's other side may stand for very many shoppers."""
MESSAGES = parse("1200 per minute")
"""Messages of one channel."""
FROM_ONE = parse("60 per minute")
"""Messages of one sender."""
_LARGEST_CALLBACK = 64 * 2**10

Key = Annotated[str, Path(max_length=64, description="The channel's id")]


class ImageInput(Input):
    """A picture: JPEG, PNG or WebP, in Base64."""

    data: str = Field(min_length=1)


class MessageInput(Input):
    """What a shopper wrote. `sender` is their id in the channel, `message_id` the message's: the
    same again is the same message. `buyer` is the nick by which the shop's orders name them, where
    the sender of this vouches for it; only then `order_id` counts."""

    sender: str = Field(min_length=1, max_length=200)
    message_id: str = Field(min_length=1, max_length=200)
    text: str = Field("", max_length=2000)
    images: list[ImageInput] = Field(default_factory=list, max_length=4)
    product_id: str | None = Field(None, max_length=64)
    order_id: str | None = Field(None, max_length=64)
    buyer: str | None = Field(None, min_length=1, max_length=200)


class Came(Input):
    """A message on its way in."""

    type: Literal["message"]
    data: MessageInput


class Kept(BaseModel):
    """Where the message is kept: in which conversation, as the how manieth of its messages."""

    conversation_id: str
    seq: int


_BODY: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {"application/json": {"schema": {"type": "object"}}},
    }
}


@router.post("", operation_id="channel.receive", tags=["picture"], openapi_extra=_BODY)
async def receive(request: Request, key: Key) -> Kept:
    """Keep what a shopper wrote through a channel of the shop's own, signed as Standard Webhooks
    say."""
    runtime = runtime_of(request)
    channel = await _channel(request, key, "webhook")
    body = await request.body()
    valid = [each.signing for each in keys.valid(runtime.cipher, channel, clock.now())]
    secrets = [each for each in valid if each is not None]
    signing.check(secrets, request.headers, body, clock.now())
    given = _read(body)
    runtime.service(RateLimits).hit(MESSAGES, "channel", channel.id)
    runtime.service(RateLimits).hit(FROM_ONE, "channel-sender", channel.id, given.sender)
    arrival = Arrival(
        sender=given.sender,
        message_id=given.message_id,
        text=given.text,
        product_id=given.product_id,
        order_id=given.order_id,
        buyer_id=buyer_id(channel.shop_id, given.buyer) if given.buyer else None,
    )
    pictures = [await _picture(each) for each in given.images]
    message = await arrivals.receive(runtime, channel, arrival, pictures)
    arrivals.tell(runtime, channel.shop_id, message.conversation_id)
    return Kept(conversation_id=message.conversation_id, seq=message.seq)


Signature = Annotated[str, Query(max_length=64)]
Signed = Annotated[str, Query(max_length=64)]


_PLAIN: dict[int | str, dict[str, Any]] = {
    200: {"content": {"text/plain": {"schema": {"type": "string"}}}}
}


@router.get("/wecom", operation_id="channel.echo", response_class=Response, responses=_PLAIN)
async def echo(
    request: Request, key: Key, msg_signature: Signature, timestamp: Signed, nonce: Signed,
    echostr: Annotated[str, Query(max_length=2000)],
) -> PlainTextResponse:  # fmt: skip
    """Show WeCom that the address is ours: what it encrypted, in the open."""
    channel = await _channel(request, key, "wecom")
    plain = _opened(runtime_of(request), channel, msg_signature, timestamp, nonce, echostr)
    return PlainTextResponse(plain)


_XML: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {"text/xml": {"schema": {"type": "string"}}},
    }
}


@router.post(
    "/wecom",
    operation_id="channel.call",
    response_class=Response,
    responses=_PLAIN,
    openapi_extra=_XML,
)
async def call(
    request: Request, key: Key, msg_signature: Signature, timestamp: Signed, nonce: Signed
) -> PlainTextResponse:
    """Hear from WeCom that there is something to fetch. It is fetched afterwards: WeCom waits five
    seconds for an answer. The same call again only has it looked once more."""
    runtime = runtime_of(request)
    channel = await _channel(request, key, "wecom")
    body = (await request.body())[:_LARGEST_CALLBACK].decode("utf-8", "replace")
    encrypted = wecom_crypto.field(body, "Encrypt") or ""
    plain = _opened(runtime, channel, msg_signature, timestamp, nonce, encrypted)
    if wecom_crypto.field(plain, "Event") == "kf_msg_or_event":
        ticket = wecom_crypto.field(plain, "Token")
        account = wecom_crypto.field(plain, "OpenKfId")
        if account in (None, channel.open_kfid):
            await _have_pulled(runtime, channel, ticket)
    return PlainTextResponse("success")


async def _have_pulled(runtime: Runtime, channel: Channel, ticket: str | None) -> None:
    sealed = keys.seal_ticket(runtime.cipher, channel.shop_id, ticket) if ticket else None
    async with runtime.db.transaction(channel.shop_id) as session:
        row = await store.channel(session, channel.shop_id, channel.id, held=True)
        if row is not None:
            wecom_pulling.called(row, sealed, clock.now())
    runtime.service(Waking).wake(relay.TOPIC)


async def _channel(request: Request, key: str, kind: str) -> Channel:
    """The channel of this kind that is on; raises NotFound."""
    runtime = runtime_of(request)
    runtime.service(RateLimits).hit(CALLS, "channel-call", address_of(request))
    found = await store.found(runtime.db, key) if "\x00" not in key else None
    if found is None or not found.is_on or found.kind != kind:
        raise not_found(CHANNEL, key)
    return found


def _read(body: bytes) -> MessageInput:
    """What was brought; raises Invalid."""
    try:
        given = Came.model_validate_json(body).data
    except ValidationError as error:
        raise complaints.invalid(error.errors(), "channel.receive") from error
    refuse_unstorable(given.model_dump())
    if not given.text and not given.images:
        raise Invalid(
            Text("消息是空的", "The message is empty"),
            hint=Text("要有文字或图片。", "It takes a text or a picture."),
            where="text",
        )
    return given


async def _picture(given: ImageInput) -> Picture:
    try:
        data = base64.b64decode(given.data, validate=True)
    except (binascii.Error, ValueError):
        raise Invalid(
            Text("图片不是 Base64", "The picture is no Base64"),
            hint=Text("把图片的字节编码成 Base64。", "Encode the picture's bytes in Base64."),
            where="images",
        ) from None
    return await images.rewritten(data)


def _opened(
    runtime: Runtime, channel: Channel, signature: str, timestamp: str, nonce: str, encrypted: str
) -> str:
    """What WeCom encrypted; raises Unauthenticated for what is not WeCom's."""
    for each in keys.valid(runtime.cipher, channel, clock.now()):
        token, aes_key = each.token or "", each.aes_key or ""
        if token and wecom_crypto.is_signed(token, signature, timestamp, nonce, encrypted):
            return wecom_crypto.decrypted(aes_key, encrypted, channel.corp_id or "")
    raise Unauthenticated(
        Text("签名不对", "The signature is wrong"),
        hint=Text("请核对后台里的 Token。", "Check the Token in WeCom's console."),
        where="msg_signature",
    )
