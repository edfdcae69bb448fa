"""``/api/chat/{key}``: the shopper's side of a conversation, open to whoever holds a shop's key.

A conversation is held by a token; a page begins one when something is to be sent. What is sent is
kept before it is answered, so that whatever breaks off afterwards loses nothing; what comes is read
from a stream that goes on from any message.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator, Awaitable, Callable
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter, Depends, File, Path, Query, Request, UploadFile
from fastapi.responses import Response, StreamingResponse
from limits import parse
from pydantic import BaseModel, Field
from sqlalchemy.ext.asyncio import AsyncSession

from zhanggui.base import clock, events
from zhanggui.base.complaints import refuse_unstorable
from zhanggui.base.errors import not_found
from zhanggui.base.http.callers import address_of, bearer, runtime_of
from zhanggui.base.limiting import RateLimits
from zhanggui.base.runtime import Runtime
from zhanggui.base.tools import Input
from zhanggui.base.waking import Waking
from zhanggui.service.chat import conversations, doors, images, shown, store, streaming, visitors
from zhanggui.service.chat.answerer import Answering
from zhanggui.service.chat.asked_most import asked_most
from zhanggui.service.chat.doors import Door
from zhanggui.service.chat.models import Conversation, Message, Widget
from zhanggui.service.chat.shown import MessageView
from zhanggui.service.chat.streaming import typing_topic
from zhanggui.service.events import WidgetSeen
from zhanggui.shop import pictures

router = APIRouter(prefix="/api/chat/{key}", tags=["chat"])

START_ADDRESS = parse("120 per minute")
START_KEY = parse("1200 per minute")
SEND = parse("30 per minute")
"""Messages and pictures of one conversation."""
READ = parse("120 per minute")
"""Streams opened for one conversation, and other calls."""
LOOK = parse("600 per minute")
"""Looks at a door from one address."""
_PICTURE_KEPT = {"cache-control": "public, max-age=86400, immutable"}
_PRIVATE_PICTURE_KEPT = {"cache-control": "private, max-age=86400, immutable"}


async def door(request: Request, key: Annotated[str, Path(max_length=120)]) -> Door:
    """The door the key opens; raises NotFound."""
    runtime = runtime_of(request)
    runtime.service(RateLimits).hit(LOOK, "chat", address_of(request))
    return await doors.doors(runtime).opened(key)


AtDoor = Annotated[Door, Depends(door)]


@dataclass(frozen=True, slots=True)
class Visit:
    """A shopper who holds a conversation's token."""

    runtime: Runtime
    door: Door
    conversation_id: str
    visitor_id: str
    at: str
    """The path below which the conversation's pictures are read."""

    def hit(self, rule: Any, what: str) -> None:
        """Count a try; raises TooMany."""
        self.runtime.service(RateLimits).hit(rule, what, self.conversation_id)

    async def read(self, session: AsyncSession) -> Conversation:
        """The conversation; raises Unauthenticated where the token no longer reads it."""
        row = await store.conversation(session, self.door.shop_id, self.conversation_id)
        return self.checked(row)

    def checked(self, row: Conversation | None) -> Conversation:
        """The conversation, if the token is of its visitor still."""
        if row is None or row.visitor_id != self.visitor_id:
            raise visitors.nobody()
        return row

    async def change(
        self, work: Callable[[AsyncSession, Conversation], Awaitable[Message | None]]
    ) -> MessageView | None:
        """Do something to the held conversation, and give the message that came of it."""
        shop_id, cipher = self.door.shop_id, self.runtime.cipher
        async with self.runtime.db.transaction(shop_id) as session:
            row = await store.conversation(session, shop_id, self.conversation_id, held=True)
            message = await work(session, self.checked(row))
            view = None
            if message is not None:
                (view,) = await shown.messages(
                    session, cipher, [message], at=self.at, pages=self.door.pages
                )
        waking = self.runtime.service(Waking)
        waking.wake(self.conversation_id)
        waking.wake(streaming.desk_topic(shop_id))
        return view

    async def say(
        self, work: Callable[[AsyncSession, Conversation], Awaitable[Message]]
    ) -> MessageView:
        """Keep a message of the shopper, and let it be answered."""
        view = await self.change(work)
        assert view is not None  # noqa: S101 # A message was kept.
        answerer = self.runtime.services.get(Answering)
        if answerer is not None:
            answerer.wake()
        return view


async def visit(request: Request, found: AtDoor, key: str) -> Visit:
    """The holder of the token; raises Unauthenticated."""
    runtime = runtime_of(request)
    conversation_id, visitor_id = visitors.read(runtime.cipher, found.shop_id, bearer(request))
    return Visit(runtime, found, conversation_id, visitor_id, f"/api/chat/{key}")


Visiting = Annotated[Visit, Depends(visit)]


class DoorView(BaseModel):
    """How the chat presents itself."""

    shop: str
    color: str | None
    greeting: str | None
    quick_replies: list[str]
    opens: str | None
    closes: str | None


@router.get("", operation_id="chat.look")
async def look(request: Request, found: AtDoor) -> DoorView:
    """What a page shows before anything is written. The shop is read meanwhile, if it has not been
    since this process started."""
    answerer = runtime_of(request).services.get(Answering)
    if answerer is not None:
        answerer.expect(found.shop_id)
    hours = found.hours
    return DoorView(
        shop=found.shop,
        color=found.color,
        greeting=found.greeting,
        quick_replies=list(await asked_most(runtime_of(request)).questions(found.shop_id)),
        opens=f"{hours.opens:%H:%M}" if hours else None,
        closes=f"{hours.closes:%H:%M}" if hours else None,
    )


class BuyerInput(Input):
    """Who the shop's own server says the shopper is."""

    nick: str = Field(min_length=1, max_length=200)
    at: int = Field(description="When that was signed, in Unix seconds.")
    signature: str = Field(max_length=64)


class StartInput(Input):
    """Where a conversation begins."""

    page: str | None = Field(None, max_length=2000)
    product_id: str | None = Field(None, max_length=64)
    order_id: str | None = Field(None, max_length=64)
    buyer: BuyerInput | None = None


class Started(BaseModel):
    """What reads and writes the conversation from now on."""

    token: str


@router.post("/conversations", status_code=201, operation_id="chat.start")
async def start(request: Request, found: AtDoor, given: StartInput) -> Started:
    """Begin a conversation. An order is only taken from a buyer the shop vouches for."""
    runtime = runtime_of(request)
    refuse_unstorable(given.model_dump())
    limits = runtime.service(RateLimits)
    limits.hit(START_ADDRESS, "chat-start", address_of(request))
    limits.hit(START_KEY, "chat-start-key", found.shop_id)
    buyer = None
    if given.buyer is not None:
        said = given.buyer
        buyer = doors.proven_buyer(runtime.cipher, found, said.nick, said.at, said.signature)
    origin = request.headers.get("origin")
    async with runtime.db.transaction(found.shop_id) as session:
        row = await conversations.start(
            session, found.shop_id, channel="widget", buyer_id=buyer,
            product_id=given.product_id, order_id=given.order_id if buyer else None,
        )  # fmt: skip
        if not found.was_seen and origin is not None and found.admits(origin):
            await _seen(session, found.shop_id, origin)
    if not found.was_seen:
        doors.doors(runtime).forget(found.shop_id)
    return Started(token=visitors.token_of(runtime.cipher, row))


async def _seen(session: AsyncSession, shop_id: str, origin: str) -> None:
    """The first time that a page of the shop's own carries the chat."""
    widget: Widget | None = await store.widget(session, shop_id, held=True)
    if widget is not None and widget.seen_at is None:
        widget.seen_at, widget.seen_on = clock.now(), origin[:300]
        await events.append(session, WidgetSeen())


ClientId = Annotated[str, Field(min_length=1, max_length=64)]


class SayInput(Input):
    """A message; `client_id` is the sender's own, and the same again is the same message."""

    client_id: ClientId
    text: str = Field(min_length=1, max_length=2000)
    product_id: str | None = Field(None, max_length=64)
    order_id: str | None = Field(None, max_length=64)


@router.post("/messages", operation_id="chat.say")
async def say(visiting: Visiting, given: SayInput) -> MessageView:
    """Keep what the shopper writes."""
    visiting.hit(SEND, "chat-say")
    refuse_unstorable(given.model_dump())

    async def keep(session: AsyncSession, row: Conversation) -> Message:
        if given.product_id is not None:
            row.product_id = given.product_id
        if given.order_id is not None and row.buyer_id is not None:
            row.order_id = given.order_id
        return await conversations.receive(
            session, visiting.runtime.cipher, row, client_id=given.client_id, text=given.text
        )

    return await visiting.say(keep)


@router.post("/images", operation_id="chat.show", tags=["picture"])
async def show(
    visiting: Visiting,
    file: Annotated[UploadFile, File(description="JPEG, PNG or WebP")],
    client_id: Annotated[str, Query(min_length=1, max_length=64)],
) -> MessageView:
    """Keep a picture the shopper sends."""
    visiting.hit(SEND, "chat-say")
    runtime, door_ = visiting.runtime, visiting.door
    async with runtime.db.reading(door_.shop_id) as session:
        await visiting.read(session)
    data = await file.read(images.LARGEST + 1)  # One more than is taken, and so refused.
    picture = await images.rewritten(data)

    async def keep(session: AsyncSession, row: Conversation) -> Message:
        kept = await images.keep(runtime.blobs, door_.shop_id, row.id, picture)
        return await conversations.receive(
            session, runtime.cipher, row, client_id=client_id, text="", attached=[kept]
        )

    return await visiting.say(keep)


@router.get(
    "/stream",
    operation_id="chat.stream",
    response_class=StreamingResponse,
    responses=streaming.DOCUMENTED,
)
async def stream(
    visiting: Visiting, after: Annotated[int, Query(ge=0, description="The last message seen.")] = 0
) -> StreamingResponse:
    """What is written from now on, and where the conversation stands, as server-sent events."""
    visiting.hit(READ, "chat-read")
    runtime = visiting.runtime
    async with runtime.db.reading(visiting.door.shop_id) as session:
        await visiting.read(session)
    streams = streaming.streams(runtime)
    streams.admit(visiting.conversation_id)
    headers = {"cache-control": "no-store", "x-accel-buffering": "no"}
    return StreamingResponse(
        streaming.sent(_steps(visiting, after), streams, visiting.conversation_id),
        media_type="text/event-stream",
        headers=headers,
    )


async def _steps(visiting: Visit, after: int) -> AsyncGenerator[bytes]:
    runtime, shop_id = visiting.runtime, visiting.door.shop_id
    waking = runtime.service(Waking)
    last, typed = None, streaming.Typed()
    with (
        waking.listening(visiting.conversation_id) as signal,
        waking.listening(typing_topic(visiting.conversation_id)) as typing,
    ):
        ends = streaming.end()
        while not waking.is_closed and clock.now() < ends:
            signal.clear()
            typed.look(typing)
            async with runtime.db.reading(shop_id) as session:
                row = await store.conversation(session, shop_id, visiting.conversation_id)
                if row is None or row.visitor_id != visiting.visitor_id:
                    return  # Whoever begins anew is told why.
                found = await store.messages(
                    session, shop_id, row.id, after=after, limit=streaming.MOST
                )
                views = await shown.messages(
                    session, runtime.cipher, found, at=visiting.at, pages=visiting.door.pages
                )
            for view in views:
                yield streaming.event("message", view, number=view.seq)
            after = found[-1].seq if found else after
            state = shown.state(row, is_typing=typed.is_so)
            if state != last:
                yield streaming.event("state", state)
                last = state
            if len(found) == streaming.MOST:
                continue
            for _ in range(streaming.SILENCES):
                if await streaming.woken(signal, typing, typed):
                    break
                yield streaming.STILL_HERE


@router.get("/images/{name}", operation_id="chat.image", response_class=Response)
async def image(visiting: Visiting, name: str) -> Response:
    """A picture of the conversation."""
    visiting.hit(READ, "chat-image")
    runtime, shop_id = visiting.runtime, visiting.door.shop_id
    async with runtime.db.reading(shop_id) as session:
        await visiting.read(session)
    data = await images.read(runtime.blobs, shop_id, visiting.conversation_id, name)
    return Response(data, media_type="image/jpeg", headers=_PRIVATE_PICTURE_KEPT)


@router.get("/pictures/{name}", operation_id="chat.picture", response_class=Response)
async def picture(request: Request, found: AtDoor, name: str) -> Response:
    """A picture of the shop's goods, for a card."""
    kind = pictures.media_type(name)
    if kind is None or not name.replace(".", "").isalnum():
        raise not_found(images.PICTURE, name)
    blobs = runtime_of(request).blobs
    data = await blobs.get(blobs.key(found.shop_id, "pictures", name))
    return Response(data, media_type=kind, headers=_PICTURE_KEPT)


@router.post("/typing", status_code=204, operation_id="chat.type")
async def type_(visiting: Visiting) -> None:
    """Say that the shopper is writing."""
    visiting.hit(READ, "chat-type")
    visiting.runtime.service(Waking).wake(streaming.writing_topic(visiting.conversation_id))


class RatingInput(Input):
    """How content the shopper is, from 1 to 5."""

    rating: int = Field(ge=1, le=5)
    words: str = Field("", max_length=500)


@router.put("/rating", status_code=204, operation_id="chat.rate")
async def rate(visiting: Visiting, given: RatingInput) -> None:
    """Keep how content the shopper is."""
    visiting.hit(READ, "chat-rate")
    refuse_unstorable(given.model_dump())

    async def keep(session: AsyncSession, row: Conversation) -> None:
        await conversations.rate(
            session, visiting.runtime.cipher, row, rating=given.rating, words=given.words
        )

    await visiting.change(keep)
