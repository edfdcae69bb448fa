"""A message from beginning to end: search, gather, decide."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncSession

from zhanggui.knowledge import Candidate, ShopIndex, Way
from zhanggui.service.answering import Decision, decide
from zhanggui.service.context import Asked, Context, load


@dataclass(frozen=True, slots=True)
class Gathered:
    """A message with all that is needed to decide on it."""

    asked: Asked
    context: Context
    found: list[Candidate]
    index: ShopIndex

    def decide(self, floor: float | None = None) -> Decision:
        """The decision; `floor` as in :func:`zhanggui.service.answering.decide`."""
        calibrator = self.index.calibrator
        return decide(self.asked, self.context, self.found, calibrator, floor=floor)


async def gather(
    session: AsyncSession, shop_id: str, index: ShopIndex, asked: Asked, way: Way = "fused"
) -> Gathered:
    """Search the index and load the records that bear on the message."""
    found = await asyncio.to_thread(index.retriever.search, asked.whole, way=way)
    context = await load(session, shop_id, asked, found)
    return Gathered(asked, context, found, index)
