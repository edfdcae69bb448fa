"""A picture or film is carried from being asked for to being kept, by whichever process there is.

Each pass looks at the row and does the next thing, so that a process that takes over from one that
died goes on where that was. Before a request leaves, the row says so. One that finds it so does not
know whether the request arrived: it waits until no task can come into the server's list any more
and those that nobody has claimed have ended. It takes on the one with the same prompt, where no
other can be meant, and asks again where there is none. What cannot be known is told as ``lost``,
and never asked for again by itself: it may have been paid. Nobody is given another's picture.
"""

from __future__ import annotations

import asyncio
import random
from collections.abc import Awaitable, Callable, Sequence
from datetime import timedelta

import structlog

from zhanggui.ai.faults import PASSING, Kind, ModelFault
from zhanggui.ai.media import keeping, store, whole
from zhanggui.ai.media.pacing import Pace, began
from zhanggui.ai.media.protocols import FilmRequest, MakeRequest, Making, Seen, Submitted
from zhanggui.ai.media.rows import Rows, used_of
from zhanggui.ai.media.tracing import Tracing, shows_pictures
from zhanggui.ai.models import ModelTask
from zhanggui.ai.patience import wait_s
from zhanggui.ai.protocols import NOTHING
from zhanggui.ai.roster import TRIAL, Player, Roster
from zhanggui.base import clock
from zhanggui.base.blobs import Blobs

_AWAY: frozenset[Kind] = frozenset({"busy", "down", "slow"})
"""How a server of files fails that may give the same file later."""
_KEPT = timedelta(hours=24)
"""How long a server keeps what it made."""

_TRYING = timedelta(hours=1)
"""How long a model that is not configured is left to who tries it out."""

log = structlog.get_logger(__name__)

_UNKNOWN = 6
_GONE = (403, 404)
"""What a server of files answers to an address that does not hold any more."""


class Carrying:
    """What carries tasks on, for one process."""

    def __init__(
        self,
        roster: Roster,
        rows: Rows,
        blobs: Blobs,
        *,
        pace: Pace | None = None,
        rng: random.Random | None = None,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self.roster = roster
        self._rows = rows
        self._blobs = blobs
        self._pace = pace or Pace()
        self._rng = rng or random.Random()  # noqa: S311 # It spreads tries, and guards nothing.
        self._sleep = sleep
        self._tracing = Tracing(rows, blobs, self._pace)

    async def carry(self, shop_id: str, task_id: str) -> None:
        """Carry a task to its end. Raises NotFound."""
        task = await self._rows.load(shop_id, task_id)
        if task.state not in store.ENDED:
            request = await keeping.kept(self._blobs, shop_id, task_id)
            while task.state not in store.ENDED:
                await self._step(task, request)
                task = await self._rows.load(shop_id, task_id)
        await keeping.forget(self._blobs, shop_id, task_id)

    async def drop(self, task: ModelTask) -> bool:
        """End a task that the program does not get on with, if it may be: what may be paid is
        waited for until its deadline, and is lost then. Returns whether it has ended."""
        if task.state == "waiting":
            await self._rows.give_up(task, "broken")
        elif task.state not in store.ENDED:
            try:
                player = player_of(self.roster, task)
            except KeyError:
                player = None
            if player is not None:
                ends = began(task) + timedelta(seconds=player.model.deadline_s)
                if clock.now() < ends:
                    return False
            await self._rows.lost(task, player, used_of(task) if task.used else None)
        await keeping.forget(self._blobs, task.shop_id, task.id)
        return True

    async def _step(self, task: ModelTask, request: MakeRequest) -> None:
        if self._is_elsewheres(task):
            await self._sleep(self._pace.longest_s)
            return
        if task.state == "waiting":
            await self._ask(task, request)
            return
        try:
            player = player_of(self.roster, task)
        except KeyError:  # It has been taken out of the configuration meanwhile.
            log.warning("model_task_without_model", task=task.id, model=task.model)
            await self._rows.lost(task, None, None)
            return
        if task.state == "submitting":
            await self._find(task, player, request)
        else:
            await self._fetch(task, player, request)

    def _is_elsewheres(self, task: ModelTask) -> bool:
        """Whether a model is tried out that only another process knows, which has a setup that is
        not in the files yet: it is left to that for a while."""
        if task.only is None or clock.now() >= task.made_at + _TRYING:
            return False
        try:
            self.roster.player(task.only)
        except KeyError:
            return True
        return False

    async def _ask(self, task: ModelTask, request: MakeRequest) -> None:
        """Have the next model make it; without one the task has failed."""
        player = self._next(task, request)
        if player is None:
            await self._rows.give_up(task, "nobody")
            return
        engine: Making = player.engine
        await engine.open()
        begun: ModelTask | None = None
        try:
            # The row says that the request is about to leave, and then it leaves: whoever takes
            # over counts on it that it has arrived after the model's time, or never does.
            async with player.door.through():
                if not await self._rows.begin(task, player, request):
                    return
                begun = await self._rows.load(task.shop_id, task.id)
                submitted = await _in_time(engine.submit(request), player.model.timeout_s)
        except ModelFault as fault:
            if begun is None:
                await self._rows.pass_over(task, player.name, "left alone")
            elif fault.may_be_taken:
                await self._find(begun, player, request, fault)
            else:
                await self._missed(begun, player, fault)
        else:
            await self._rows.taken(begun, submitted)

    def _next(self, task: ModelTask, request: MakeRequest) -> Player | None:
        """The first model of the role that does what is asked and has not been passed over."""
        passed = {name for name, _ in task.missed}
        if task.role == TRIAL:
            try:
                players = [self.roster.player(str(task.only))]
            except KeyError:
                return None
        else:
            players = list(self.roster.of_role(task.role))  # type: ignore[arg-type]
        fit = (each for each in players if each.name not in passed)
        return next((each for each in fit if each.engine.takes(request)), None)

    async def _missed(self, task: ModelTask, player: Player, fault: ModelFault) -> None:
        """Try the same again where that may help, else the next."""
        log.warning("model_fault", model=player.name, kind=fault.kind, code=fault.code)
        wait = None if task.role == TRIAL else wait_s(fault, task.tries + 1, self._rng)
        await self._rows.missed(task, player, fault, again=wait is not None)
        if wait is not None:
            await self._sleep(wait)

    async def _find(
        self,
        task: ModelTask,
        player: Player,
        request: MakeRequest,
        fault: ModelFault | None = None,
    ) -> None:
        """Look for the task of a request that may have arrived, and take it on, or have it made
        anew where it did not."""
        engine: Making = player.engine
        if not engine.has_tasks:
            await self._rows.lost(task, player, engine.expected(request))
            return
        # Until then the request may arrive, from a process that was thought dead.
        latest = began(task) + timedelta(seconds=player.model.timeout_s)
        if fault is not None and fault.status is not None:
            latest = min(latest, clock.now())  # It was answered.
        arrives = latest + timedelta(seconds=self._pace.settle_s)
        unread = clock.now() + timedelta(seconds=self._pace.unread_s)
        ends = began(task) + timedelta(seconds=player.model.deadline_s)
        may_be_told = not shows_pictures(request)
        while True:
            player = self._now(task, player)
            is_last = clock.now() >= arrives
            try:
                near = await self._tracing.near(task, player, request, latest)
            except ModelFault as error:
                if error.kind not in PASSING or clock.now() >= unread:
                    break
            else:
                if is_last and not near.waiting:
                    if near.is_none:
                        await self._missed(task, player, fault or ModelFault("down"))
                        return
                    if not near.is_one or not may_be_told:
                        break
                    twins = await self._tracing.twins(task, player, request, latest)
                    if twins == "lost":
                        break
                    if twins is None and await self._rows.adopt(task, near.ours[0]):
                        return
            if is_last and clock.now() >= ends:
                break
            await self._sleep(self._pace.first_s)
        await self._rows.lost(task, player, engine.expected(request))

    async def _fetch(self, task: ModelTask, player: Player, request: MakeRequest) -> None:
        """Wait until it is made, and keep it."""
        for _ in range(self._pace.addresses):
            found = tuple(task.found)
            if task.their_id is not None:  # Who answers at once said where it lies.
                seen = await self._looked(task, player, request)
                if seen is None or not await self._is_made(task, player, request, seen):
                    return
                found = seen.found
                await self._rows.found(task, seen)
            try:
                results = await self._kept(task, player, found, request)
            except ModelFault as fault:
                log.warning("model_file", model=player.name, kind=fault.kind, status=fault.status)
                if task.their_id is None:
                    break
            else:
                await self._rows.done(task, player, results)
                return
        paid = used_of(await self._rows.load(task.shop_id, task.id))
        await self._rows.lost(task, player, paid)

    async def _looked(self, task: ModelTask, player: Player, request: MakeRequest) -> Seen | None:
        """How the task ended; None where it was given up, which is entered."""
        wait = self._pace.first_s
        ends = began(task) + timedelta(seconds=player.model.deadline_s)
        # A server may know a task only a moment after it took it.
        known = began(task) + timedelta(seconds=self._pace.settle_s * _UNKNOWN)
        unread = clock.now() + timedelta(seconds=self._pace.unread_s)
        while True:
            player = self._now(task, player)
            engine: Making = player.engine
            try:
                async with player.door.through():
                    seen = await engine.look(str(task.their_id))
            except ModelFault as fault:
                # It is paid in any case: whatever may pass is waited for, also by a process that
                # begins after the deadline.
                again = max(wait, fault.after_s or 0.0)
                if clock.now() >= max(ends, unread):
                    await self._rows.lost(task, player, engine.expected(request))
                    return None
            else:
                if seen.state != "waiting" and (seen.state != "gone" or clock.now() >= known):
                    return seen
                again = wait
                unread = clock.now() + timedelta(seconds=self._pace.unread_s)
                if seen.state == "waiting" and clock.now() >= ends:
                    await self._give_up(task, player, request)
                    return None
            await self._sleep(again)
            wait = min(wait * self._pace.grows, self._pace.longest_s)

    def _now(self, task: ModelTask, player: Player) -> Player:
        """The task's model as it is configured by now, perhaps with another key."""
        try:
            return player_of(self.roster, task)
        except KeyError:
            return player

    async def _is_made(
        self, task: ModelTask, player: Player, request: MakeRequest, seen: Seen
    ) -> bool:
        """Whether it was made; what else became of it is entered."""
        engine: Making = player.engine
        if seen.state == "gone":
            await self._rows.lost(task, player, engine.expected(request))
        elif seen.state == "failed":
            await self._missed(task, player, seen.fault or ModelFault("down"))
        return seen.state == "done"

    async def _give_up(self, task: ModelTask, player: Player, request: MakeRequest) -> None:
        """Give up what takes too long; where the server goes on with it, it may be paid yet."""
        engine: Making = player.engine
        try:
            async with player.door.through():
                is_off = await engine.cancel(str(task.their_id))
        except ModelFault:
            is_off = False
        paid = NOTHING if is_off else engine.expected(request)
        log.warning("model_task_given_up", model=player.name, task=task.id, is_off=is_off)
        await self._rows.missed(task, player, ModelFault("slow", used=paid), again=False)

    async def _kept(
        self, task: ModelTask, player: Player, found: Sequence[str], request: MakeRequest
    ) -> list[str]:
        """The keys of the files, each whole; raises ModelFault."""
        kind_of = whole.kind_of_film if isinstance(request, FilmRequest) else whole.kind_of_picture
        results = []
        for number, address in enumerate(found, 1):
            data, ending = await self._whole(address, task, player, kind_of)
            key = keeping.result_key(task.shop_id, task.id, number, ending)
            await self._blobs.put(key, data)
            results.append(key)
        return results

    async def _whole(
        self, address: str, task: ModelTask, player: Player, kind_of: Callable[[bytes], str]
    ) -> tuple[bytes, str]:
        """A file and its ending, fetched again where it is cut off, and for as long as it is kept
        where its server is away; raises ModelFault."""
        kept = began(task) + _KEPT
        broken, tries, wait = 0, 0, self._pace.first_s
        while True:
            engine: Making = self._now(task, player).engine
            tries += 1
            try:
                data = await engine.download(address)
                return data, await asyncio.to_thread(kind_of, data)
            except ModelFault as error:
                fault = error
            except ValueError:
                fault = ModelFault("broken")
            if fault.status in _GONE:
                raise fault
            if fault.kind in _AWAY:
                if clock.now() >= kept and tries >= self._pace.fetches:
                    raise fault
            else:
                broken += 1
                if broken >= self._pace.fetches:
                    raise fault
            await self._sleep(max(wait, fault.after_s or 0.0))
            wait = min(wait * self._pace.grows, self._pace.away_s)


async def _in_time(submitting: Awaitable[Submitted], seconds: float) -> Submitted:
    try:
        async with asyncio.timeout(seconds):
            return await submitting
    except TimeoutError:
        raise ModelFault("slow", may_be_taken=True) from None


def player_of(roster: Roster, task: ModelTask) -> Player:
    """The model that a task was given to; raises KeyError."""
    name = str(task.model)
    if task.role != TRIAL:  # Who was brought to the role is not configured.
        for player in roster.of_role(task.role):  # type: ignore[arg-type]
            if (player.name, player.server) == (name, task.server):
                return player
    return roster.player(name)
