"""Which questions that nobody could answer the shop's knowledge answers by now.

The program is asked each again as a shopper would ask it who is nobody in particular. What it would
say belongs to a state of what the shop knows, and is remembered for that; the question is not.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any

from zhanggui.base.runtime import Runtime
from zhanggui.knowledge import ShopIndex
from zhanggui.service.asking import gather_once
from zhanggui.service.calibration import PATIENCE_S, calibrations
from zhanggui.service.context import Asked
from zhanggui.service.preferences import preferences

MOST = 24
"""Questions that are asked again at a time, some 50 ms each: who looks next goes on."""
REMEMBERED = 8_000
"""Questions of all shops of which it is remembered whether they are answered."""


@dataclass(frozen=True, slots=True)
class Rechecked:
    """Which of some questions are `answered` by now; `is_whole` says that all of them were asked
    again."""

    answered: frozenset[str]
    is_whole: bool


class Rechecker:
    """Asks again, and remembers what was said of a state of knowledge."""

    def __init__(self, runtime: Runtime) -> None:
        self._runtime = runtime
        self._known: OrderedDict[tuple[Any, ...], bool] = OrderedDict()

    async def among(self, shop_id: str, index: ShopIndex, texts: Iterable[str]) -> Rechecked:
        """Which of some questions are answered; the first ones are asked first."""
        runtime, asked = self._runtime, list(dict.fromkeys(texts))
        if not asked:
            return Rechecked(frozenset(), is_whole=True)
        async with runtime.db.reading(shop_id) as session:
            ceiling = await preferences(runtime).ceiling(session, shop_id)
        shift = await calibrations(runtime).current(shop_id, index, patience_s=PATIENCE_S)
        state = (shop_id, index.mark, index.is_whole, ceiling)
        left, answered, is_whole = MOST, set(), True
        for text in asked:
            key = (*state, blake2b(text.encode(), digest_size=16).digest())
            if key not in self._known:
                if not left:
                    is_whole = False
                    continue
                left -= 1
                self._known[key] = await self._is_answered(shop_id, index, text, shift, ceiling)
            self._known.move_to_end(key)
            if self._known[key]:
                answered.add(text)
        while len(self._known) > REMEMBERED:
            self._known.popitem(last=False)
        return Rechecked(frozenset(answered), is_whole)

    async def _is_answered(
        self, shop_id: str, index: ShopIndex, text: str, shift: float, ceiling: float
    ) -> bool:
        async with self._runtime.db.reading(shop_id) as session:
            gathered = await gather_once(
                session, shop_id, index, Asked(text), shift=shift, ceiling=ceiling
            )
        decision = await asyncio.to_thread(lambda: gathered.decision)
        return decision.decision in ("answer", "decline")
