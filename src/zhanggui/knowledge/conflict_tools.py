"""What may be asked of entries that do not go together, and what is done about them."""

from __future__ import annotations

import asyncio
from typing import Literal

from pydantic import BaseModel, Field

from zhanggui.base import clock, events
from zhanggui.base.principals import STAFF, WORKERS
from zhanggui.base.runtime import Runtime
from zhanggui.base.tools import Call, Input, Output, tool
from zhanggui.base.words import Text
from zhanggui.knowledge import conflicts, store
from zhanggui.knowledge.conflicts import Conflict, Found
from zhanggui.knowledge.corpus import Entry
from zhanggui.knowledge.events import ConflictJudged
from zhanggui.knowledge.indexes import Indexes, ShopIndex
from zhanggui.knowledge.models import DismissedConflict


class Finder:
    """The conflicts of the shops of a process: a service of the runtime. They belong to an index
    and are looked for again when that changes."""

    def __init__(self) -> None:
        self._known: dict[str, tuple[ShopIndex, Found]] = {}
        self._locks: dict[str, asyncio.Lock] = {}

    async def current(self, shop_id: str, index: ShopIndex) -> Found:
        """The conflicts of an index of a shop; the first call for each takes seconds."""
        async with self._locks.setdefault(shop_id, asyncio.Lock()):
            known = self._known.get(shop_id)
            if known is None or known[0] is not index:
                known = index, await asyncio.to_thread(conflicts.find, index.retriever)
                self._known[shop_id] = known
            return known[1]


def _finder(runtime: Runtime) -> Finder:
    found: Finder = runtime.services.setdefault(Finder, Finder())
    return found


class ConflictInput(Input):
    """Which conflicts."""

    dismissed: bool = Field(False, description="Those that a person said are none, instead.")


class SideView(BaseModel):
    """One of two entries: how it is cited, what it is about (its question, or the title it stands
    under) and what it says."""

    id: str
    about: str
    text: str


class ConflictView(BaseModel):
    """Two entries that say the same twice or contradict each other, and why that is thought. The
    id changes with what they say."""

    id: str
    kind: Literal["duplicate", "contradiction"]
    reason: str
    first: SideView
    second: SideView


class ConflictList(Output):
    """Conflicts, contradictions first; `is_whole` says whether all that the shop knows had been
    read, before which only letters are compared, and `is_cut_off` that there may be more, since
    the shop has more to compare than can be or more conflicts than are given."""

    items: list[ConflictView]
    dismissed: int
    is_whole: bool
    is_cut_off: bool


@tool(
    "knowledge.find_conflicts",
    purpose=Text("找出重复和矛盾的内容", "Find what is said twice or contradicts itself"),
    risk="read",
    roles=STAFF,
    rate="60 per minute",
)
async def find_conflicts(call: Call, given: ConflictInput) -> ConflictList:
    """Pairs of answers and clauses, as they apply today, that do not go together."""
    index = await call.runtime.service(Indexes).current(call.session, call.shop_id)
    found = await _finder(call.runtime).current(call.shop_id, index)
    no_conflicts = await store.dismissed_conflicts(call.session, call.shop_id)
    told = [(each.id, each) for each in found.conflicts]
    return ConflictList(
        items=[_view(key, each) for key, each in told if (key in no_conflicts) == given.dismissed],
        dismissed=sum(key in no_conflicts for key, _ in told),
        is_whole=index.is_whole,
        is_cut_off=found.is_cut_off,
    )


def _view(conflict_id: str, conflict: Conflict) -> ConflictView:
    return ConflictView(
        id=conflict_id,
        kind=conflict.kind,
        reason=str(conflict.reason),
        first=_side(conflict.first),
        second=_side(conflict.second),
    )


def _side(entry: Entry) -> SideView:
    about = entry.questions[0] if entry.questions else entry.words
    return SideView(id=entry.id, about=about, text=entry.text)


class JudgedInput(Input):
    """A conflict, and whether it is one."""

    id: str = Field(pattern="^[0-9a-f]{40}$")
    is_conflict: bool


class Judged(Output):
    """What was said of a conflict."""

    id: str
    is_conflict: bool


@tool(
    "knowledge.judge_conflict",
    purpose=Text("说明两条内容是否冲突", "Say whether two entries are in conflict"),
    risk="act",
    roles=WORKERS,
)
async def judge_conflict(call: Call, given: JudgedInput) -> Judged:
    """Remember that two entries, as they are written, go together after all; or forget it."""
    row = await store.dismissed_conflict(call.session, call.shop_id, given.id)
    if given.is_conflict and row is not None:
        await call.session.delete(row)
    if not given.is_conflict and row is None:
        call.session.add(
            DismissedConflict(
                shop_id=call.shop_id,
                id=given.id,
                dismissed_at=clock.now(),
                dismissed_by=call.principal.id,
            )
        )
    await events.append(call.session, ConflictJudged(id=given.id, is_conflict=given.is_conflict))
    return Judged(id=given.id, is_conflict=given.is_conflict)
