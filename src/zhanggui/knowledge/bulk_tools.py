"""What is done to many answers at a time, and taken back whole."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Literal

from pydantic import BaseModel, Field

from zhanggui.base import events
from zhanggui.base.errors import Invalid, not_found
from zhanggui.base.principals import OWNERS
from zhanggui.base.tools import Call, Input, Output, tool
from zhanggui.base.words import Text
from zhanggui.knowledge import store
from zhanggui.knowledge.events import FaqRemoved, FaqSaved
from zhanggui.knowledge.models import Faq

FAQ = Text("问答", "answered question")
MOST = 500
"""Answers at a time."""


class FaqsInput(Input):
    """Which answered questions."""

    ids: list[str] = Field(min_length=1, max_length=MOST)


class FaqWhole(BaseModel):
    """An answered question with all that is kept of it."""

    id: str = Field(min_length=1, max_length=64)
    question: str = Field(max_length=2000)
    similar: list[str] = Field(max_length=500)
    answer: str = Field(min_length=1, max_length=20_000)
    category: str | None = Field(max_length=200)
    is_phrase: bool
    valid_from: date | None
    valid_until: date | None


class FormerFaqs(Output):
    """Answered questions as they were before the call, to be put back whole."""

    items: list[FaqWhole]


def _whole(row: Faq) -> FaqWhole:
    return FaqWhole(**{name: getattr(row, name) for name in FaqWhole.model_fields})


async def _rows(call: Call, ids: Sequence[str]) -> list[Faq]:
    """All of them, once each; raises NotFound for the first that is not there."""
    found = {row.id: row for row in await store.faqs_of(call.session, call.shop_id, ids)}
    for faq_id in ids:
        if faq_id not in found:
            raise not_found(FAQ, faq_id)
    return [found[faq_id] for faq_id in dict.fromkeys(ids)]


@tool(
    "knowledge.remove_faqs",
    purpose=Text("批量删除问答", "Remove many answers"),
    risk="act",
    roles=OWNERS,
)
async def remove_faqs(call: Call, given: FaqsInput) -> FormerFaqs:
    """Take answered questions away, all or none. Raises NotFound."""
    rows = await _rows(call, given.ids)
    former = [_whole(row) for row in rows]
    for row in rows:
        await call.session.delete(row)
    await call.session.flush()
    for each in former:
        await events.append(call.session, FaqRemoved(id=each.id))
    return FormerFaqs(items=former)


class ChangeInput(FaqsInput):
    """What to change of many: only what `sets` names, to the value given, null included."""

    sets: list[Literal["category", "days"]] = Field(min_length=1, max_length=2)
    category: str | None = Field(None, max_length=200)
    valid_from: date | None = Field(None, description="The first day on which they are told.")
    valid_until: date | None = Field(None, description="The last day on which they are told.")


@tool(
    "knowledge.change_faqs",
    purpose=Text("批量修改问答", "Change many answers"),
    risk="act",
    roles=OWNERS,
)
async def change_faqs(call: Call, given: ChangeInput) -> FormerFaqs:
    """Give answered questions a category, or the days on which they are told, all or none. Raises
    NotFound, and Invalid for days the wrong way round."""
    if given.valid_from and given.valid_until and given.valid_until < given.valid_from:
        raise days_turned()
    rows = await _rows(call, given.ids)
    former = [_whole(row) for row in rows]
    for row in rows:
        if "category" in given.sets:
            row.category = given.category or None
        if "days" in given.sets:
            row.valid_from, row.valid_until = given.valid_from, given.valid_until
        row.written_by = None
    await call.session.flush()
    for row in rows:
        await events.append(call.session, FaqSaved(id=row.id, made=False))
    return FormerFaqs(items=former)


def days_turned() -> Invalid:
    """For a last day that is before the first."""
    return Invalid(
        Text("结束日期早于开始日期", "The last day is before the first"),
        hint=Text("请改正日期。", "Correct the days."),
        where="valid_until",
    )


class RestoreInput(Input):
    """Answered questions as they were."""

    items: list[FaqWhole] = Field(min_length=1, max_length=MOST)


class Restored(Output):
    """What was put back."""

    ids: list[str]


@tool(
    "knowledge.restore_faqs",
    purpose=Text("恢复问答", "Put answers back"),
    risk="act",
    roles=OWNERS,
)
async def restore_faqs(call: Call, given: RestoreInput) -> Restored:
    """Put answered questions back whole, as `remove_faqs` and `change_faqs` gave them."""
    ids = [each.id for each in given.items]
    there = {row.id: row for row in await store.faqs_of(call.session, call.shop_id, ids)}
    for each in given.items:
        row = there.get(each.id)
        made = row is None
        if row is None:
            row = there[each.id] = Faq(shop_id=call.shop_id, id=each.id)
            call.session.add(row)
        for name, value in each.model_dump(exclude={"id"}).items():
            setattr(row, name, value)
        row.written_by = None
        await events.append(call.session, FaqSaved(id=each.id, made=made))
    await call.session.flush()
    return Restored(ids=ids)
