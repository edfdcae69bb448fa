"""A message from beginning to end: read, search, gather, decide.

A turn may lean on those before it or begin something new, and one cannot always tell. It is read
among them first; where that comes to nothing sure and the turn names no turn before it, it is read
again by itself, and what is sure then is what counts.
"""

from __future__ import annotations

import asyncio
from collections.abc import Set
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal

from sqlalchemy.ext.asyncio import AsyncSession

from zhanggui.base import clock
from zhanggui.knowledge import Search, ShopIndex, Way
from zhanggui.service import answering, request_reading
from zhanggui.service.answering import Decision
from zhanggui.service.context import Asked, Context, load
from zhanggui.service.proposals import Proposal
from zhanggui.service.reading import Reading

Part = Literal["vectors", "letters", "structure", "computation", "calibrator"]
"""What an ablation may leave out."""
_ALONE = ("faq", "policy", "document")
"""What may answer a turn that is read by itself: what the shop has written down for anybody."""
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

    @cached_property
    def decision(self) -> Decision:
        """The decision at the share of wrong answers that the shop allows."""
        return self._decide(None)

    def decide(self, floor: float | None = None) -> Decision:
        """The decision; `floor` as in :func:`zhanggui.service.answering.decide`."""
        return self.decision if floor is None else self._decide(floor)

    def _decide(self, floor: float | None) -> Decision:
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
    """Search the index and load the records that bear on the message: among the turns before it, or
    without them where only that answers."""

    async def gathered(asked: Asked) -> Gathered:
        return await gather_once(
            session, shop_id, index, asked, shift=shift, ceiling=ceiling, without=without
        )

    found = await gathered(asked)
    reading = found.reading
    if (
        reading.names_earlier
        or found.decision.cause != "unsure"
        or request_reading.goes_on(reading)
    ):
        return found
    alone = await gathered(replace(asked, turns=()))
    return alone if _answers(alone) else found


def _answers(alone: Gathered) -> bool:
    """Whether a turn that was read by itself is answered, and as anybody would be."""
    decision = alone.decision
    told = {source.id.split(":")[0] for source in decision.sources}
    return decision.decision == "answer" and told <= set(_ALONE)


async def gather_once(
    session: AsyncSession,
    shop_id: str,
    index: ShopIndex,
    asked: Asked,
    *,
    shift: float = 0.0,
    ceiling: float = answering.CEILING,
    without: Set[Part] = frozenset(),
) -> Gathered:
    """The same for the message as it stands; nothing is decided yet."""
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
