"""What rooms call for pictures, films and a voice: a role is asked, and the first of its models
that can, does it.

A room says for which shop, in which room and for what purpose it asks. A picture or film is begun
and waited for apart: it is made whether or not anybody waits, also after the process has ended.
"""

from __future__ import annotations

import asyncio
import random
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any, cast

import structlog

from zhanggui.ai.cache import LONGEST, Cache, Keep, digest
from zhanggui.ai.configuration import Role
from zhanggui.ai.faults import ModelFault
from zhanggui.ai.ledger import DatabaseLedger
from zhanggui.ai.media import keeping, secrecy, store
from zhanggui.ai.media.carrying import Carrying, player_of
from zhanggui.ai.media.pacing import Pace
from zhanggui.ai.media.protocols import (
    DrawRequest,
    FilmRequest,
    MakeRequest,
    Sound,
    SpeechRequest,
)
from zhanggui.ai.media.rows import KIND, Rows
from zhanggui.ai.media.speaking import PATIENCE_S, Speaker
from zhanggui.ai.models import ModelTask
from zhanggui.ai.protocols import NOTHING
from zhanggui.ai.retrying import Retrying
from zhanggui.ai.roster import TRIAL, Asked, Player, Purpose, Roster, Sent, configured, nobody
from zhanggui.ai.speech.speaking import Speech
from zhanggui.base import clock
from zhanggui.base.blobs import Blobs
from zhanggui.base.db import Database
from zhanggui.base.errors import Conflict, NotFound, Unavailable, not_found
from zhanggui.base.ids import new_id
from zhanggui.base.words import Text

log = structlog.get_logger(__name__)

_FIRST_LOOK_S, _LONGEST_LOOK_S = 0.1, 2.0
_TRIES = 5
_AGAIN_S, _LONGEST_AGAIN_S = 2.0, 60.0

Begin = Callable[[str, str], Awaitable[None]]
"""Has a task of a shop carried, beside whoever asks."""


class Lost(Unavailable):
    """What was made is paid, or may be, and cannot be had."""

    code = "paid_and_lost"


@dataclass(frozen=True, slots=True)
class Made:
    """What was made: the keys of the files, by which model, what it cost in millionths of a yuan,
    and which models did not make it and why."""

    task_id: str
    keys: tuple[str, ...]
    by: str
    cost_micro: int
    missed: tuple[str, ...]


class Media:
    """The models of a process that make pictures, films and a voice: a service of the runtime.
    `begin` has a task carried beside whoever asks; `speech` is the engine in the program."""

    def __init__(
        self,
        roster: Roster,
        ledger: DatabaseLedger,
        db: Database,
        blobs: Blobs,
        begin: Begin,
        *,
        speech: Callable[[], Speech] | None = None,
        pace: Pace | None = None,
        rng: random.Random | None = None,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._roster = roster
        self._db = db
        self._blobs = blobs
        self._ledger = ledger
        self._rows = Rows(db, ledger)
        self._begin = begin
        self._rng = rng or random.Random()  # noqa: S311 # It spreads tries, and guards nothing.
        self._sleep = sleep
        self._carrying = Carrying(roster, self._rows, blobs, pace=pace, rng=self._rng, sleep=sleep)
        self._speaker = Speaker(roster, Cache(blobs), speech, Retrying(self._rng, sleep))
        self._carried: set[asyncio.Task[None]] = set()

    def follow(self, roster: Roster) -> None:
        """Ask by another roster from now on."""
        self._roster = self._carrying.roster = self._speaker.roster = roster

    def can(self, role: Role) -> bool:
        """Whether a model plays the role, with its key where it needs one."""
        return self._roster.can(role)

    async def draw(
        self, request: DrawRequest, purpose: Purpose, request_id: str, *, keep: Keep | None = None
    ) -> Made:
        """Pictures; raises what `begin` and `wait` do."""
        task_id = await self.begin(request, purpose, request_id, keep=keep)
        return await self.wait(purpose.shop_id, task_id)

    async def film(
        self, request: FilmRequest, purpose: Purpose, request_id: str, *, keep: Keep | None = None
    ) -> Made:
        """A film, which takes minutes; raises what `begin` and `wait` do."""
        task_id = await self.begin(request, purpose, request_id, keep=keep)
        return await self.wait(purpose.shop_id, task_id)

    async def begin(
        self,
        request: MakeRequest,
        purpose: Purpose,
        request_id: str,
        *,
        only: str | None = None,
        keep: Keep | None = None,
    ) -> str:
        """Have something made, and return the task's id. The same `request_id` of a shop makes one
        task, however often it is begun; with `only` the model of that name is tried out. What was
        made of the same before is taken again where `keep` says how old it may be.

        Raises Unavailable where no model plays the role, nothing may be spent or the shop lets
        nothing of this leave, Conflict where the request's id was used for something else, and
        KeyError.
        """
        role: Role = "draw" if isinstance(request, DrawRequest) else "film"
        as_role = role if only is None else TRIAL
        request, sent = secrecy.masked(request)
        same = keeping.digest(f"{as_role}:{only or ''}", request)
        players = self._players(role, only)
        async with self._db.reading(purpose.shop_id) as session:
            known = await store.by_request(session, purpose.shop_id, request_id)
        if known is None:
            if not any(player.engine.takes(request) for player in players):
                raise nobody(role, [])
            by = configured(players)
            asked = _Asked(purpose, request_id, same, digest(same=same, by=by), as_role, only, keep)
            before = await self._before(asked, [player.name for player in players])
            if before is not None:
                known = await self._taken_again(asked, before)
            if known is None:
                await self._check(role, players, purpose, sent)
                known = await self._added(asked, request, sent)
        if known.digest != same:
            raise Conflict(
                Text("这个请求编号已经用过了", "This request's id was used for something else"),
                where=request_id,
            )
        if known.state not in store.ENDED:
            await self._begin(purpose.shop_id, known.id)
        return known.id

    async def wait(self, shop_id: str, task_id: str) -> Made:
        """What a task made, when it has ended. Raises NotFound; Unavailable where no model made
        it, and Lost where it is paid, or may be, and cannot be had."""
        wait = _FIRST_LOOK_S
        while (task := await self._rows.load(shop_id, task_id)).state not in store.ENDED:
            await asyncio.sleep(wait)
            wait = min(wait * 1.5, _LONGEST_LOOK_S)
        return made(task)

    async def carry(self, shop_id: str, task_id: str) -> None:
        """Carry a task to its end, whatever happens to the process or the database meanwhile; one
        that the program itself does not get on with is ended too. Raises nothing: a workflow that
        ended with an error would never be begun again."""
        current = asyncio.current_task()
        if current is not None:
            self._carried.add(current)
        try:
            stood: tuple[object, ...] | None = None
            tries = broken = 0
            while True:
                try:
                    await self._carrying.carry(shop_id, task_id)
                    return
                except Exception:
                    log.exception("model_task_broke", task=task_id, tries=tries)
                try:
                    task = await self._rows.load(shop_id, task_id)
                    if _stands(task) != stood:  # It got on: what broke is another thing.
                        stood, tries, broken = _stands(task), 0, 0
                    tries += 1
                    if tries >= _TRIES and await self._carrying.drop(task):
                        return
                except NotFound:  # Its shop is gone.
                    return
                except Exception:
                    log.exception("model_task_not_ended", task=task_id)
                broken += 1
                await self._sleep(min(_AGAIN_S * 2 ** min(broken - 1, 5), _LONGEST_AGAIN_S))
        finally:
            if current is not None:
                self._carried.discard(current)

    async def task(self, shop_id: str, task_id: str) -> ModelTask:
        """A task as it stands; raises NotFound."""
        return await self._rows.load(shop_id, task_id)

    async def file(self, shop_id: str, key: str) -> bytes:
        """A file that was made for a shop; raises NotFound, also for one of another shop."""
        if not keeping.is_of(shop_id, key):
            raise not_found(KIND, key)
        return await self._blobs.get(key)

    async def resume(self) -> None:
        """Have carried what was begun when a process died."""
        for task in await store.unfinished(self._db):
            await self._begin(task.shop_id, task.id)

    async def close(self) -> None:
        """Leave what is being carried to the next process."""
        for task in tuple(self._carried):
            task.cancel()

    async def speak(
        self,
        request: SpeechRequest,
        purpose: Purpose,
        *,
        patience_s: float = PATIENCE_S,
        keep: Keep | None = None,
    ) -> Sound:
        """A text spoken; as :meth:`~zhanggui.ai.media.speaking.Speaker.speak`."""
        return await self._speaker.speak(request, purpose, patience_s=patience_s, keep=keep)

    async def _check(
        self, role: Role, players: Sequence[Player], purpose: Purpose, sent: Sent
    ) -> None:
        """Raise Unavailable where nothing may be spent, or this may not leave."""
        # With the nearest, for what may not leave at all is told at once.
        is_near = any(player.is_near for player in players)
        async with self._db.reading(purpose.shop_id) as session:
            try:
                await self._ledger.check(session, purpose, sent, is_near=is_near)
            except ModelFault as fault:
                raise nobody(role, [fault.kind]) from None

    def _players(self, role: Role, only: str | None) -> list[Player]:
        return list(self._roster.of_role(role)) if only is None else [self._roster.player(only)]

    async def _before(self, asked: _Asked, models: Sequence[str]) -> ModelTask | None:
        """What was made of the same, and is there still."""
        if asked.keep is None:
            return None
        since = clock.now() - min(asked.keep.age, LONGEST)
        shared = asked.keep.scope == "house"
        found = await store.made_before(
            self._db, asked.purpose.shop_id, asked.result, models, since, shared=shared
        )
        if found is None or not all([await self._blobs.has(key) for key in found.results]):
            return None
        return found

    async def _taken_again(self, asked: _Asked, before: ModelTask) -> ModelTask | None:
        """A task that is done at once, with copies of what was made before; None where that has
        been deleted meanwhile."""
        row = asked.row("done")
        row.model, row.server, row.ended_at = before.model, before.server, clock.now()
        shop_id = asked.purpose.shop_id
        known: ModelTask | None = None
        try:
            for number, key in enumerate(before.results):
                mine = keeping.result_key(shop_id, row.id, number, key.rpartition(".")[2])
                await self._blobs.put(mine, await self._blobs.get(key))
                row.results = [*row.results, mine]
            async with self._db.transaction(shop_id) as session:
                await store.add(session, row)
                known = await store.by_request(session, shop_id, asked.request_id)
        except NotFound:
            return None
        finally:
            if known is None or known.id != row.id:
                for mine in row.results:
                    await self._blobs.delete(mine)
        if known is not None and known.id == row.id:
            player = player_of(self._roster, row)
            purpose, role = asked.purpose, cast(Any, asked.role)
            name, server, is_near = player.name, player.server, player.is_near
            self._ledger.enter(
                Asked(purpose, role, name, server, is_near, "cached", Sent(), NOTHING, 0, 0)
            )
        return known

    async def _added(self, asked: _Asked, request: MakeRequest, sent: Sent) -> ModelTask:
        row = asked.row("waiting", sent)
        shop_id = asked.purpose.shop_id
        # Before the row: who carries it on needs what was asked.
        await keeping.keep(self._blobs, shop_id, row.id, request)
        async with self._db.transaction(shop_id) as session:
            await store.add(session, row)
            known = await store.by_request(session, shop_id, asked.request_id)
        if known is None:
            raise not_found(KIND, asked.request_id)
        if known.id != row.id:
            await keeping.forget(self._blobs, shop_id, row.id)
        return known


@dataclass(frozen=True, slots=True)
class _Asked:
    """What is asked for the first time under a request's id."""

    purpose: Purpose
    request_id: str
    digest: str
    result: str
    role: str
    only: str | None
    keep: Keep | None

    def row(self, state: str, sent: Sent | None = None) -> ModelTask:
        """Its task."""
        purpose, sent = self.purpose, sent or Sent()
        return ModelTask(
            shop_id=purpose.shop_id, id=new_id("mt"), request=self.request_id, digest=self.digest,
            result=self.result,
            is_shared=self.keep is not None and self.keep.scope == "house",
            made_at=clock.now(), room=purpose.room, what=purpose.what, who=purpose.who,
            has_shoppers_words=purpose.has_shoppers_words, role=self.role, only=self.only,
            sent_characters=sent.characters, sent_pictures=sent.pictures,
            masked=dict(sent.masked), state=state, attempt=0, tries=0,
            found=[], missed=[], results=[], used={}, expected_micro=0, cost_micro=0,
        )  # fmt: skip


def _stands(task: ModelTask) -> tuple[object, ...]:
    """What is otherwise once a task has got on."""
    return task.state, task.attempt, task.tries, len(task.missed), task.their_id


def made(task: ModelTask) -> Made:
    """What a task that has ended made; raises as `Media.wait` does."""
    missed = [f"{name}: {why}" for name, why in task.missed]
    if task.state == "done":
        keys = tuple(task.results)
        return Made(task.id, keys, str(task.model), task.cost_micro, tuple(missed))
    if task.failure == "lost":
        raise Lost(
            Text(
                f"{task.model} 可能已经收了费，但做好的结果取不回来",
                f"{task.model} may have been paid, but what it made cannot be had",
            ),
            hint=Text(
                "到服务商的账单里核对；要重做请另外再要一次。",
                "Compare with the provider's bill; to have it made again, ask anew.",
            ),
            where=task.id,
        )
    if task.failure == "budget":
        raise Unavailable(
            Text("模型预算用完了", "The models' budget is spent"),
            hint=Text("在“模型”页调高，或等下一天。", "Raise it on the page Models, or wait."),
            where=task.id,
        )
    raise nobody(cast(Any, task.role), missed)
