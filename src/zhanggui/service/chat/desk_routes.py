"""The desk's live side: what changed, who has which conversation open, and pictures both ways."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from typing import Annotated

from fastapi import APIRouter, Depends, File, Path, Query, Request, UploadFile
from fastapi.responses import Response, StreamingResponse
from pydantic import BaseModel

from zhanggui.base import clock, tools
from zhanggui.base.http.callers import Caller, caller, runtime_of
from zhanggui.base.runtime import Runtime
from zhanggui.base.tools import Input
from zhanggui.base.waking import Waking
from zhanggui.service.channels import reaching
from zhanggui.service.chat import conversations, images, store, streaming
from zhanggui.service.chat.desk_views import LOOKS_FOR
from zhanggui.service.chat.models import DeskLook
from zhanggui.service.chat.streaming import desk_topic, typing_topic, writing_topic

router = APIRouter(prefix="/api/shops/{shop_id}/service", tags=["service"])

Called = Annotated[Caller, Depends(caller)]
ConversationId = Annotated[str, Path(min_length=1, max_length=40)]
_PRIVATE = {"cache-control": "private, max-age=86400, immutable"}


class DeskChanged(BaseModel):
    """Something happened in a conversation of the shop; look again."""

    is_writing: bool = False
    """Whether all that happened is that the shopper of the open conversation writes."""


@router.get(
    "/desk/stream",
    operation_id="service.desk_stream",
    response_class=StreamingResponse,
    responses=streaming.DOCUMENTED,
)
async def desk_stream(
    request: Request,
    found: Called,
    open: Annotated[  # noqa: A002 # What the console calls it.
        str | None, Query(max_length=40, description="The conversation that is open.")
    ] = None,
) -> StreamingResponse:
    """Says that something changed, as server-sent events; what, the tools tell."""
    tools.authorise(tools.REGISTRY["service.list_conversations"], found.principal)
    runtime = runtime_of(request)
    if open is not None:
        async with runtime.db.reading(found.shop_id) as session:
            if await store.conversation(session, found.shop_id, open) is None:
                raise conversations.unknown(open)
    streams = streaming.streams(runtime)
    whose = f"{found.shop_id}#{found.principal.id}"
    streams.admit(whose)
    return StreamingResponse(
        streaming.sent(_changes(runtime, found.shop_id, open), streams, whose),
        media_type="text/event-stream",
        headers={"cache-control": "no-store", "x-accel-buffering": "no"},
    )


async def _changes(runtime: Runtime, shop_id: str, opened: str | None) -> AsyncGenerator[bytes]:
    waking = runtime.service(Waking)
    written = writing_topic(opened) if opened else ""
    with waking.listening(desk_topic(shop_id)) as changed, waking.listening(written) as writing:
        yield streaming.event("changed", DeskChanged())
        ends = streaming.end()
        while not waking.is_closed and clock.now() < ends:
            if not await streaming.either(changed, writing):
                yield streaming.STILL_HERE
                continue
            is_writing = not changed.is_set()
            changed.clear()
            writing.clear()
            yield streaming.event("changed", DeskChanged(is_writing=is_writing))


class HereInput(Input):
    """What the person does there."""

    is_typing: bool = False


@router.post(
    "/conversations/{conversation_id}/here", status_code=204, operation_id="service.say_here"
)
async def say_here(
    request: Request, found: Called, conversation_id: ConversationId, given: HereInput
) -> None:
    """Say that one has the conversation open, and whether one writes; the others at the desk and
    the shopper see it for some seconds. Raises NotFound."""
    tools.authorise(tools.REGISTRY["service.send_message"], found.principal)
    runtime, shop_id, now = runtime_of(request), found.shop_id, clock.now()
    async with runtime.db.transaction(shop_id) as session:
        # Held, since two pages may say so at once.
        await conversations.held(session, shop_id, conversation_id)
        look = await session.get(DeskLook, (shop_id, conversation_id, found.principal.id))
        is_new = look is None or now - look.seen_at > LOOKS_FOR  # Who left and came back, too.
        if look is None:
            look = DeskLook(
                shop_id=shop_id, conversation_id=conversation_id, user_id=found.principal.id
            )
            session.add(look)
        look.seen_at = now
        if given.is_typing:
            look.typed_at = now
    waking = runtime.service(Waking)
    if given.is_typing:
        waking.wake(typing_topic(conversation_id))
    if is_new or given.is_typing:
        waking.wake(desk_topic(shop_id))


class ImageKept(BaseModel):
    """The message a picture was sent as."""

    seq: int


@router.post(
    "/conversations/{conversation_id}/images",
    operation_id="service.send_image",
    tags=["picture"],
)
async def send_image(
    request: Request,
    found: Called,
    conversation_id: ConversationId,
    file: Annotated[UploadFile, File(description="JPEG, PNG or WebP")],
    client_id: Annotated[str, Query(min_length=1, max_length=64)],
) -> ImageKept:
    """Send the shopper a picture; the program is silent from here on. Raises NotFound, Invalid for
    what is no picture, and Conflict where the shopper is not reached any more."""
    tools.authorise(tools.REGISTRY["service.send_message"], found.principal)
    runtime, shop_id = runtime_of(request), found.shop_id
    async with runtime.db.reading(shop_id) as session:
        if await store.conversation(session, shop_id, conversation_id) is None:
            raise conversations.unknown(conversation_id)
    data = await file.read(images.LARGEST + 1)  # One more than is taken, and so refused.
    picture = await images.rewritten(data)
    async with runtime.db.transaction(shop_id) as session:
        row = await conversations.held(session, shop_id, conversation_id)
        conversations.must_be_open(row)
        await reaching.must_reach(session, row)
        kept = await images.keep(runtime.blobs, shop_id, conversation_id, picture)
        message = await conversations.speak(
            session, runtime.cipher, row, text="", by=found.principal.id, client_id=client_id,
            attached=[kept],
        )  # fmt: skip
    waking = runtime.service(Waking)
    waking.wake(conversation_id)
    waking.wake(desk_topic(shop_id))
    return ImageKept(seq=message.seq)


@router.get(
    "/conversations/{conversation_id}/images/{name}",
    operation_id="service.image",
    response_class=Response,
)
async def image(
    request: Request, found: Called, conversation_id: ConversationId, name: str
) -> Response:
    """A picture of a conversation; not for viewers, since nobody knows what it shows."""
    tools.authorise(tools.REGISTRY["service.send_message"], found.principal)
    data = await images.read(runtime_of(request).blobs, found.shop_id, conversation_id, name)
    return Response(data, media_type="image/jpeg", headers=_PRIVATE)
