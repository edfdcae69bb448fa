"""How the row of a task changes, each change in one transaction: what a process finds that takes
over a task is what was last committed here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

import structlog
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from zhanggui.ai.faults import ModelFault
from zhanggui.ai.ledger import BudgetSpent, DatabaseLedger
from zhanggui.ai.media import store
from zhanggui.ai.media.protocols import MakeRequest, Seen, Submitted
from zhanggui.ai.models import ModelTask
from zhanggui.ai.protocols import NOTHING, Used
from zhanggui.ai.roster import Asked, Player, Purpose, Sent
from zhanggui.base import clock, metrics
from zhanggui.base.db import Database
from zhanggui.base.errors import not_found
from zhanggui.base.words import Text

log = structlog.get_logger(__name__)

KIND = Text("任务", "task")


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of the tasks, and the ledger in which each request of theirs is entered once."""

    db: Database
    ledger: DatabaseLedger

    async def load(self, shop_id: str, task_id: str) -> ModelTask:
        """A task as it stands; raises NotFound."""
        async with self.db.reading(shop_id) as session:
            row = await store.task(session, shop_id, task_id)
        if row is None:
            raise not_found(KIND, task_id)
        return row

    async def begin(self, task: ModelTask, player: Player, request: MakeRequest) -> bool:
        """Say that a model is about to be asked, if it may be: what it will cost counts from now.
        Otherwise says why it is not; returns whether it is."""
        async with self.db.transaction(task.shop_id) as session:
            row = await store.task(session, task.shop_id, task.id, held=True)
            if row is None or row.state != "waiting":
                return False
            try:
                await self.ledger.check(
                    session, purpose_of(row), sent_of(row), is_near=player.is_near
                )
            except BudgetSpent:
                _end(row, "failed", "budget")
                return False
            except ModelFault as fault:
                _miss(row, player.name, fault.kind)
                return False
            row.state, row.attempt = "submitting", row.attempt + 1
            row.model, row.server = player.name, player.server
            row.their_id, row.found = None, []
            row.submitted_at = clock.now()
            row.expected_micro = player.model.cost_micro(player.engine.expected(request))
        self.ledger.forget(task.shop_id)
        return True

    async def pass_over(self, task: ModelTask, name: str, why: str) -> None:
        """Ask the model of this name no more."""
        async with self.db.transaction(task.shop_id) as session:
            row = await store.task(session, task.shop_id, task.id, held=True)
            if row is not None and row.state == "waiting":
                _miss(row, name, why)

    async def taken(self, task: ModelTask, submitted: Submitted) -> None:
        """Keep what the server said to the request."""
        try:
            async with self.db.transaction(task.shop_id) as session:
                row = await _mine(session, task, "submitting")
                if row is not None:
                    row.state, row.their_id = "running", submitted.their_id
                    if submitted.seen is not None:
                        row.found = list(submitted.seen.found)
                        row.used = asdict(submitted.seen.used)
                    await session.flush()
        except IntegrityError:  # Another took it on, which has the same prompt.
            log.warning("model_task_taken", task=task.id)

    async def adopt(self, task: ModelTask, their_id: str) -> bool:
        """Take on a server's task, whose id had been lost; returns whether nobody else has."""
        try:
            async with self.db.transaction(task.shop_id) as session:
                row = await _mine(session, task, "submitting")
                if row is not None:
                    row.state, row.their_id = "running", their_id
                    await session.flush()
        except IntegrityError:
            return False
        return True

    async def found(self, task: ModelTask, seen: Seen) -> None:
        """Keep where what was made lies, and what it costs."""
        async with self.db.transaction(task.shop_id) as session:
            row = await _mine(session, task, "running")
            if row is not None:
                row.found, row.used = list(seen.found), asdict(seen.used)

    async def missed(
        self, task: ModelTask, player: Player, fault: ModelFault, *, again: bool
    ) -> None:
        """Enter a request that came to nothing; with `again` the model is asked once more, else
        the next is."""
        async with self.db.transaction(task.shop_id) as session:
            row = await _mine(session, task, "submitting", "running")
            if row is None:
                return
            await self._enter(session, row, player, fault.kind, fault.used)
            row.state, row.their_id, row.found, row.used = "waiting", None, [], {}
            row.expected_micro = 0
            if again:
                row.tries += 1
            else:
                _miss(row, player.name, f"{fault.kind} {fault.code}" if fault.code else fault.kind)
        self.ledger.forget(task.shop_id)

    async def done(self, task: ModelTask, player: Player, results: Sequence[str]) -> None:
        """Enter a request that was answered, with what it made."""
        async with self.db.transaction(task.shop_id) as session:
            row = await _mine(session, task, "running")
            if row is None:
                return
            await self._enter(session, row, player, "answered", Used(**row.used))
            row.results = list(results)
            _end(row, "done", None)
        self.ledger.forget(task.shop_id)

    async def lost(self, task: ModelTask, player: Player | None, used: Used | None) -> None:
        """Enter a request that was paid, or may have been, and whose results cannot be had. Where
        its model is not configured any more, or nobody can say what was `used`, it is entered with
        what it was expected to cost."""
        async with self.db.transaction(task.shop_id) as session:
            row = await _mine(session, task, "submitting", "running")
            if row is None:
                return
            await self._enter(session, row, player, "lost", used)
            _end(row, "failed", "lost")
        self.ledger.forget(task.shop_id)

    async def give_up(self, task: ModelTask, failure: str) -> None:
        """End a task for which nobody is asked any more."""
        async with self.db.transaction(task.shop_id) as session:
            row = await store.task(session, task.shop_id, task.id, held=True)
            if row is not None and row.state not in store.ENDED:
                _end(row, "failed", failure)

    async def _enter(
        self,
        session: AsyncSession,
        row: ModelTask,
        player: Player | None,
        outcome: str,
        used: Used | None,
    ) -> None:
        name, server = str(row.model), str(row.server)
        seconds = (clock.now() - (row.submitted_at or clock.now())).total_seconds()
        metrics.MODEL_CALLS.labels(row.role, name, outcome).inc()
        metrics.MODEL_SECONDS.labels(row.role, name).observe(max(0.0, seconds))
        cost = row.expected_micro
        if player is not None and used is not None:
            cost = player.model.cost_micro(used)
        row.cost_micro += cost
        role: Any = row.role
        made = Asked(
            purpose_of(row), role, name, server, player is not None and player.is_near, outcome,
            sent_of(row), used or NOTHING, cost, round(seconds * 1000),
        )  # fmt: skip
        await self.ledger.enter_with(session, made, f"{row.id}.{row.attempt}")


async def _mine(session: AsyncSession, task: ModelTask, *states: str) -> ModelTask | None:
    """The row, held, if the request that `task` was loaded with is still the present one."""
    row = await store.task(session, task.shop_id, task.id, held=True)
    if row is None or row.attempt != task.attempt or row.state not in states:
        return None
    return row


def _miss(row: ModelTask, name: str, why: str) -> None:
    row.missed = [*row.missed, [name, why]]
    row.tries = 0


def _end(row: ModelTask, state: str, failure: str | None) -> None:
    row.state, row.failure, row.ended_at = state, failure, clock.now()
    row.expected_micro = 0


def purpose_of(row: ModelTask) -> Purpose:
    """On whose account it is made."""
    return Purpose(row.shop_id, row.room, row.what, row.who, row.has_shoppers_words)


def sent_of(row: ModelTask) -> Sent:
    """What goes to a server."""
    return Sent(row.sent_characters, row.sent_pictures, row.masked)


def used_of(row: ModelTask) -> Used:
    """What the present request is to be paid for, as far as is known."""
    return Used(**row.used) if row.used else NOTHING
