"""A message from beginning to end: read, search, gather, decide."""

from __future__ import annotations

import asyncio
from collections.abc import Set
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from sqlalchemy.ext.asyncio import AsyncSession

from zhanggui.base import clock
from zhanggui.knowledge import Search, ShopIndex, Way
from zhanggui.service import answering
from zhanggui.service.answering import Decision
from zhanggui.service.context import Asked, Context, load
from zhanggui.service.proposals import Proposal
from zhanggui.service.reading import Reading

Part = Literal["vectors", "letters", "structure", "computation", "calibrator"]
"""What an ablation may leave out."""
_WAYS: dict[Part, Way] = {"vectors": "characters", "letters": "vectors"}


@dataclass
class Gathered:
    """A message with all that is needed to decide on it. `shift` is what sets the shop apart
    (:mod:`zhanggui.service.calibration`), `ceiling` the share of wrong answers it allows."""

    reading: Reading
    context: Context
    search: Search
    index: ShopIndex
    shift: float = 0.0
    ceiling: float = answering.CEILING
    without: Set[Part] = frozenset()

    @cached_property
    def proposals(self) -> list[Proposal]:
        """Everything that could be said."""
        found = answering.proposals(self.reading, self.context, self.search, self.index)
        if "structure" in self.without:
            found = [each for each in found if each.kind in ("faq", "policy")]
        return found

    def decide(self, floor: float | None = None) -> Decision:
        """The decision; `floor` as in :func:`zhanggui.service.answering.decide`."""
        return answering.decide(
            self.reading,
            self.context,
            self.proposals,
            self.search,
            shift=0.0 if "calibrator" in self.without else self.shift,
            ceiling=self.ceiling,
            floor=0.5 if "calibrator" in self.without and floor is None else floor,
        )


async def gather(
    session: AsyncSession,
    shop_id: str,
    index: ShopIndex,
    asked: Asked,
    *,
    shift: float = 0.0,
    ceiling: float = answering.CEILING,
    without: Set[Part] = frozenset(),
) -> Gathered:
    """Search the index and load the records that bear on the message."""
    reading = Reading(
        asked,
        clock.local(clock.now()),
        computes="computation" not in without,
        spelt=index.retriever.speller.correct,
        is_asked=index.retriever.is_asked,
    )
    way: Way = next((_WAYS[part] for part in without if part in _WAYS), "fused")
    search = await asyncio.to_thread(index.retriever.search, reading.text, reading.earlier, way=way)
    context = await load(session, shop_id, asked, search.products)
    return Gathered(reading, context, search, index, shift, ceiling, without)
