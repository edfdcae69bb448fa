"""A model is asked, and asked again where that may help: the one loop for every kind of model."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Awaitable, Callable
from typing import Literal, Protocol, TypeVar

from zhanggui.ai.configuration import Role
from zhanggui.ai.faults import ModelFault
from zhanggui.ai.patience import wait_s
from zhanggui.ai.protocols import NOTHING, Used
from zhanggui.ai.roster import Player, Purpose, Roster, Sent


class Paid(Protocol):
    """What a model made, and says what it is to be paid for."""

    @property
    def used(self) -> Used: ...


Made = TypeVar("Made", bound=Paid)


class Retrying:
    """Asks again after a wait; `rng` spreads the waits."""

    def __init__(
        self,
        rng: random.Random | None = None,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._rng = rng or random.Random()  # noqa: S311 # It spreads tries, and guards nothing.
        self._sleep = sleep

    async def ask(
        self,
        roster: Roster,
        role: Role | Literal["trial"],
        player: Player,
        purpose: Purpose,
        sent: Sent,
        make: Callable[[], Awaitable[Made]],
        *,
        until: float | None = None,
        expected: Used = NOTHING,
    ) -> Made:
        """What `make` gets of a model, each try entered; until a moment of the loop's clock, if one
        is given. `expected` is entered for one that nobody waited for. Raises ModelFault, and
        Unavailable where nothing may be spent."""
        tries = 0
        while True:
            tries += 1
            try:
                async with roster.call(role, player, purpose, sent, until=until) as entry:
                    entry.expected = expected
                    made = await make()
                    entry.used = made.used
                    return made
            except ModelFault as fault:
                if not player.door.is_open or not await self.again(fault, tries, until):
                    raise

    async def again(self, fault: ModelFault, tries: int, until: float | None = None) -> bool:
        """Wait before the same is tried again, after so many tries; returns False at once where it
        is not worth it, or the wait would last until a moment of the loop's clock."""
        wait = wait_s(fault, tries, self._rng)
        if wait is None:
            return False
        if until is not None and asyncio.get_running_loop().time() + wait >= until:
            return False
        await self._sleep(wait)
        return True
