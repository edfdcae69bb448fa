"""Words that people at the desk say often: the shop's, and each person's own."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, Field, StringConstraints

from zhanggui.base import clock
from zhanggui.base.errors import Forbidden, Invalid, not_found
from zhanggui.base.ids import new_id
from zhanggui.base.principals import STAFF, WORKERS
from zhanggui.base.tools import Call, Input, Nothing, Output, tool
from zhanggui.base.words import Text
from zhanggui.service.chat import desk_store
from zhanggui.service.chat.models import QuickPhrase

PHRASE = Text("快捷短语", "quick phrase")
MOST = 300
"""Phrases of a shop, and of a person."""
_Title = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=30)]
_Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2000)]


class PhraseView(BaseModel):
    """Words that are said often. Everybody at the desk has those that are shared; the others are
    the caller's own."""

    id: str
    title: str
    text: str
    is_shared: bool


class PhraseList(Output):
    """The caller's own phrases, then the shop's, each by title."""

    items: list[PhraseView]


class PhraseInput(Input):
    """What to keep; with an id, the one to change."""

    id: str | None = Field(None, min_length=1, max_length=40)
    title: _Title = Field(description="By which it is found.")
    text: _Words
    is_shared: bool = False


class PhraseChoice(Input):
    """Which phrase."""

    id: str = Field(min_length=1, max_length=40)


@tool(
    "service.list_phrases",
    purpose=Text("列出快捷短语", "List quick phrases"),
    risk="read",
    roles=STAFF,
)
async def list_phrases(call: Call, given: Nothing) -> PhraseList:
    """The phrases the caller may use."""
    return await _listed(call)


@tool(
    "service.save_phrase",
    purpose=Text("保存快捷短语", "Save a quick phrase"),
    risk="act",
    roles=WORKERS,
)
async def save_phrase(call: Call, given: PhraseInput) -> PhraseList:
    """Keep a phrase, or change one. The shop's are the owners' to change. Raises NotFound,
    Forbidden, and Invalid where there are too many."""
    session, shop_id, me = call.session, call.shop_id, call.principal.id
    user_id = None if given.is_shared else me
    row = await _mine(call, given.id) if given.id is not None else None
    if given.is_shared:
        _must_own(call)
    is_another = row is None or row.user_id != user_id
    if is_another and await desk_store.count_phrases(session, shop_id, user_id) >= MOST:
        raise Invalid(
            Text(f"最多 {MOST} 条快捷短语", f"At most {MOST} quick phrases"),
            hint=Text("先删掉几条不用的。", "Remove some that nobody uses."),
            where="title",
        )
    if row is None:
        row = QuickPhrase(shop_id=shop_id, id=new_id("phrase"))
        session.add(row)
    row.user_id, row.title, row.text = user_id, given.title, given.text
    row.updated_at, row.updated_by = clock.now(), me
    await session.flush()
    return await _listed(call)


@tool(
    "service.remove_phrase",
    purpose=Text("删除快捷短语", "Remove a quick phrase"),
    risk="act",
    roles=WORKERS,
)
async def remove_phrase(call: Call, given: PhraseChoice) -> PhraseList:
    """Take a phrase away. Raises NotFound, and Forbidden for the shop's where one is no owner."""
    await call.session.delete(await _mine(call, given.id))
    await call.session.flush()
    return await _listed(call)


async def _mine(call: Call, phrase_id: str) -> QuickPhrase:
    """The phrase that the caller may change; of another's own nobody learns that it is there."""
    row = await desk_store.phrase(call.session, call.shop_id, phrase_id)
    if row is None or row.user_id not in (None, call.principal.id):
        raise not_found(PHRASE, phrase_id)
    if row.user_id is None:
        _must_own(call)
    return row


def _must_own(call: Call) -> None:
    if call.principal.role != "owner":
        raise Forbidden(
            Text("共用的快捷短语由店主来改", "The shop's phrases are the owners' to change"),
            hint=Text("可以存成自己的。", "Keep it as your own."),
            where="is_shared",
        )


async def _listed(call: Call) -> PhraseList:
    rows = await desk_store.phrases(call.session, call.shop_id, call.principal.id)
    return PhraseList(
        items=[
            PhraseView(id=row.id, title=row.title, text=row.text, is_shared=row.user_id is None)
            for row in sorted(rows, key=lambda row: (row.user_id is None, row.title, row.id))
        ]
    )
