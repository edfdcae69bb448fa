"""What may leave for models is chosen here, and what left is seen."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import Literal

from pydantic import BaseModel, Field

from zhanggui.ai import store
from zhanggui.ai.events import ModelSharingChanged
from zhanggui.ai.ledger import room_words
from zhanggui.ai.models import ModelCall, ModelSharing
from zhanggui.ai.opening import roster_of
from zhanggui.ai.sharing import Asks
from zhanggui.base import clock, events
from zhanggui.base.choosing import Choosing
from zhanggui.base.principals import OWNERS, STAFF
from zhanggui.base.tools import Call, Input, Nothing, Output, tool
from zhanggui.base.words import Text


class SharingView(Output):
    """What may leave: which servers are asked (all, those in the shop's own house, or none), and
    whether what shoppers wrote and pictures may go to others than its own."""

    asks: Asks
    shoppers_words: bool
    pictures: bool


@tool(
    "ai.sharing",
    purpose=Text("查看什么可以外发给模型", "Show what may leave for models"),
    risk="read",
    roles=STAFF,
)
async def sharing(call: Call, given: Nothing) -> SharingView:
    """The shop's choice; without one, all may leave, with private values masked as ever."""
    return _view(await store.sharing(call.session, call.shop_id))


Choice = Literal["asks", "shoppers_words", "pictures"]


class SharingInput(Choosing[Choice]):
    """What to choose."""

    asks: Asks = "anywhere"
    shoppers_words: bool = True
    pictures: bool = True


@tool(
    "ai.save_sharing",
    purpose=Text("设置什么可以外发给模型", "Choose what may leave for models"),
    risk="act",
    roles=OWNERS,
)
async def save_sharing(call: Call, given: SharingInput) -> SharingView:
    """Choose what may leave. The next call is held to it; what may not leave is done in the
    embedded way."""
    session = call.session
    row = await store.sharing(session, call.shop_id)
    if row is None:
        chosen = SharingInput()
        row = ModelSharing(
            shop_id=call.shop_id,
            asks=chosen.asks,
            shoppers_words=chosen.shoppers_words,
            pictures=chosen.pictures,
        )
        session.add(row)
    for name in given.sets:
        setattr(row, name, getattr(given, name))
    row.changed_at, row.changed_by = clock.now(), call.principal.id
    await events.append(
        session,
        ModelSharingChanged(
            asks=row.asks, shoppers_words=row.shoppers_words, pictures=row.pictures
        ),
    )
    call.after_commit(partial(roster_of(call.runtime).limits_changed, call.shop_id))
    return _view(row)


class CallView(BaseModel):
    """A call to a model: for what, to which server, which `is_near` in the shop's own house, how
    many characters and pictures went there and how many private values stayed, by kind; how it
    ended, and what it cost in millionths of a yuan. What was asked and answered is not kept."""

    id: str
    at: datetime
    room: str
    room_name: str
    what: str
    who: str | None
    role: str
    model: str
    server: str
    is_near: bool
    outcome: str
    sent_characters: int
    sent_pictures: int
    masked: dict[str, int]
    cost_micro: int
    ms: int


class CallList(Output):
    """A page of calls, the newest first, and how many there are in all."""

    items: list[CallView]
    total: int
    page: int
    size: int


class CallFilter(Input):
    """Which calls: all, those that were not answered, or those that left for a server which is not
    the shop's own."""

    which: Literal["all", "failed", "left"] = "all"
    page: int = Field(1, ge=1, le=1000)
    size: int = Field(50, ge=1, le=200)


@tool(
    "ai.calls",
    purpose=Text("查看问过模型什么、发出去多少", "Show what models were asked and what left"),
    risk="read",
    roles=STAFF,
)
async def calls(call: Call, given: CallFilter) -> CallList:
    """The record of what left, and of what failed."""
    found = await store.calls(
        call.session, call.shop_id, which=given.which, page=given.page, size=given.size
    )
    return CallList(
        items=[_call(row) for row in found.rows],
        total=found.total,
        page=given.page,
        size=given.size,
    )


def _view(row: ModelSharing | None) -> SharingView:
    if row is None:
        chosen = SharingInput()
        return SharingView(
            asks=chosen.asks, shoppers_words=chosen.shoppers_words, pictures=chosen.pictures
        )
    return SharingView.model_validate(row, from_attributes=True)


def _call(row: ModelCall) -> CallView:
    names = CallView.model_fields.keys() - {"room_name"}
    values = {name: getattr(row, name) for name in names}
    return CallView(room_name=str(room_words(row.room)), **values)
