"""An item carried from its first step to its works.

Its row says what is finished, not steps of the workflow: begun again, on whichever machine, it
goes on after the last step whose files are in the blobs. Who carries it holds a lease, and what two
carry at once (one was thought dead) is written by the one whose lease it is. Each run works in a
folder of its own, so that what a killed process was writing is nobody's.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import structlog
from obstore.exceptions import BaseError as ObstoreError
from sqlalchemy import select
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.ext.asyncio import AsyncSession

from zhanggui.base import clock, events, workflows
from zhanggui.base.blobs import Blobs
from zhanggui.base.ids import new_id
from zhanggui.base.runtime import Runtime
from zhanggui.studio import cuts, keeping
from zhanggui.studio.batches import batch_store, child, finishing, generating
from zhanggui.studio.batches.child import FINISH, Answer, Task
from zhanggui.studio.batches.files import write
from zhanggui.studio.batches.workshop import Workshop
from zhanggui.studio.events import ItemFailed
from zhanggui.studio.making.drawn import STEP
from zhanggui.studio.making.folder import digest
from zhanggui.studio.manifest import Manifest
from zhanggui.studio.models import Item

log = structlog.get_logger(__name__)

_AGAIN_S = 5.0
"""Seconds until a database or store that is away is tried again."""
_TRIES = 3
"""How often a defect of ours may break an item off before it has failed."""
_TO_MAKE = ("waiting", "queued", "running")
"""States in which an item is taken on; `waiting` where it was quicker than who put it in line."""
_FRAMES = "frames"
_MADE = "made"


@workflows.workflow(name="studio.make_item")
async def make_item(shop_id: str, item_id: str, attempt: int) -> None:
    """Make a product's things. It never ends with an error, for it would not be begun again."""
    await _make(shop_id, item_id, attempt)


@workflows.step(name="studio.carry_item")
async def _make(shop_id: str, item_id: str, attempt: int) -> None:
    runtime = workflows.current_runtime()
    workshop = runtime.service(Workshop)
    task = asyncio.ensure_future(_patiently(runtime, workshop, shop_id, item_id, attempt))
    workshop.carried.add(task)
    try:
        await task
    finally:
        workshop.carried.discard(task)


async def _patiently(
    runtime: Runtime, workshop: Workshop, shop_id: str, item_id: str, attempt: int
) -> None:
    """A database or store that is away is waited for; what breaks again and again ends the item."""
    broke = 0
    while True:
        carrier = Carrier(runtime, workshop, shop_id, item_id)
        try:
            if broke < _TRIES:
                await carrier.carry(attempt)
            else:
                await carrier.give_up(attempt)
            return
        except Exception as error:
            log.exception("studio_item_broke_off", shop=shop_id, item=item_id)
            if not await _is_away(runtime, shop_id, error):
                broke += 1
            await asyncio.sleep(_AGAIN_S)


async def _is_away(runtime: Runtime, shop_id: str, error: Exception) -> bool:
    """Whether database or store could not be reached: one that answers has refused what it was
    told, and will again."""
    if not isinstance(error, DBAPIError) or isinstance(error, OperationalError):
        return isinstance(error, DBAPIError | OSError | ObstoreError)
    try:
        async with runtime.db.reading(shop_id) as session:
            await session.execute(select(1))
    except (DBAPIError, OSError):
        return True
    return False


@dataclass(frozen=True, slots=True)
class _Held:
    """An item that is ours to carry on, as it stood when we took it."""

    row: Item
    files: dict[str, str]


class StoppedError(Exception):
    """The item is no longer ours, or its batch was paused or cancelled."""


class FailedError(Exception):
    """A step said why it cannot be done."""

    def __init__(self, step: str, answer: Answer) -> None:
        super().__init__(step)
        self.step = step
        self.answer = answer


class Carrier:
    """Carries one item under one lease."""

    def __init__(self, runtime: Runtime, workshop: Workshop, shop_id: str, item_id: str) -> None:
        self._db, self._blobs = runtime.db, runtime.blobs
        self._worker = runtime.settings.worker
        self._runtime = runtime
        self._workshop = workshop
        self._shop_id = shop_id
        self._item_id = item_id
        self._lease = new_id("run")

    async def carry(self, attempt: int) -> None:
        """Do what is left of the item, unless it is not to be made now."""
        held = await self._take(attempt)
        if held is None:
            return
        try:
            async with self._workshop.folder(self._lease) as folder:
                await self._restore(held, folder)
                await self._steps(held, folder)
                await self._finish(held, folder)
        except StoppedError:
            return
        except FailedError as error:
            await self._fail(error)

    async def _take(self, attempt: int) -> _Held | None:
        async with self._db.transaction(self._shop_id) as session:
            row = await batch_store.held_item(
                session, self._shop_id, self._item_id, with_files=True
            )
            if row is None or row.attempt != attempt or row.state not in _TO_MAKE:
                return None
            if not await self._goes_on(session, row):
                return None
            row.state, row.lease, row.worker = "running", self._lease, self._worker
            row.started_at = row.started_at or clock.now()
            return _Held(row, dict(row.files))

    async def _goes_on(self, session: AsyncSession, row: Item) -> bool:
        """Whether the batch is running; else the item is laid aside. The caller holds it."""
        batch = await batch_store.batch(session, self._shop_id, row.batch_id)
        if batch is None or batch.state == "cancelled":
            row.state, row.lease, row.ended_at = "cancelled", None, clock.now()
        elif batch.state == "paused":
            row.state, row.lease, row.step = "waiting", None, None
        else:
            return True
        return False

    async def _restore(self, held: _Held, folder: Path) -> None:
        """Put frames, people's masks and what finished steps left into the folder."""
        frames: Mapping[str, str] = held.row.frames
        for name, sha256 in frames.items():
            path = folder / _FRAMES / name
            await write(path, await keeping.get(self._blobs, self._shop_id, sha256))
        made = folder / _MADE
        for name, sha256 in held.files.items():
            await write(made / name, await self._blobs.get(self._step_key(sha256)))
        if not held.files:
            async with self._db.reading(self._shop_id) as session:
                corrected = await cuts.corrected(session, self._shop_id, frames)
            for stem, mask in corrected.items():
                data = await keeping.get(self._blobs, self._shop_id, mask)
                await write(made / cuts.FOLDER / f"{stem}.png", data)
                await write(made / cuts.FOLDER / f"{stem}.corrected", b"")
        await asyncio.to_thread(made.mkdir, parents=True, exist_ok=True)

    def _step_key(self, sha256: str) -> str:
        return Blobs.key(self._shop_id, keeping.STEPS, f"{self._item_id}", sha256)

    async def _steps(self, held: _Held, folder: Path) -> None:
        known = dict(held.files)
        for step in held.row.planned:
            if step in held.row.steps:
                continue
            await self._say(step)
            answer = await self._workshop.work(self._task(held, folder, step))
            if answer.made is None:
                raise FailedError(step, answer)
            cost = await self._drawn(step, folder / _MADE)
            former, known = known, await self._upload(folder / _MADE, known)
            changed = {name for name, sha256 in known.items() if former.get(name) != sha256}
            await self._done(held, folder, step, answer, known, changed, cost)

    async def _drawn(self, step: str, made: Path) -> int:
        """What a model drew after the step that asks for it, in millionths of a yuan."""
        if step != STEP:
            return 0
        return await generating.draw(self._runtime, self._shop_id, self._item_id, made)

    def _task(self, held: _Held, folder: Path, step: str) -> Task:
        row = held.row
        frames = tuple(folder / _FRAMES / name for name in row.frames)
        return Task(
            self._workshop.maker,
            step,
            folder / _MADE,
            finishing.name_of(row),
            frames,
            row.facts,
            row.plan,
        )

    async def _say(self, step: str) -> None:
        """Say which step is begun, if the item is still to be made."""
        async with self._db.transaction(self._shop_id) as session:
            row = await self._mine(session)
            stays = await self._goes_on(session, row)
            if stays:
                row.step = step
        if not stays:
            raise StoppedError

    async def _mine(self, session: AsyncSession, *, with_files: bool = False) -> Item:
        row = await batch_store.held_item(
            session, self._shop_id, self._item_id, with_files=with_files
        )
        if row is None or row.lease != self._lease:
            raise StoppedError
        return row

    async def _upload(self, made: Path, known: dict[str, str]) -> dict[str, str]:
        """Keep what is new in the folder; returns all that is there."""
        found = await asyncio.to_thread(_digests, made)
        for name, sha256 in found.items():
            if known.get(name) != sha256:
                data = await asyncio.to_thread((made / name).read_bytes)
                await self._blobs.put(self._step_key(sha256), data)
        return found

    async def _done(
        self,
        held: _Held,
        folder: Path,
        step: str,
        answer: Answer,
        files: dict[str, str],
        changed: set[str],
        cost_micro: int,
    ) -> None:
        seen = await asyncio.to_thread(cuts.seen, folder / _MADE, held.row.frames, changed)
        for each in seen:
            await keeping.put(self._blobs, self._shop_id, each.data)
        async with self._db.transaction(self._shop_id) as session:
            row = await self._mine(session, with_files=True)
            row.steps = {
                **row.steps, step: {"cpu_ms": answer.cpu_ms, "wall_ms": answer.wall_ms}
            }  # fmt: skip
            row.files = files
            row.cpu_ms += answer.cpu_ms
            row.wall_ms += answer.wall_ms
            row.cost_micro += cost_micro
            row.step = None
            await cuts.record(session, row, seen)
            waits = await cuts.waits_for_review(session, row) if seen else False
            if waits:
                row.state, row.lease = "review", None
        if waits:
            raise StoppedError

    async def _finish(self, held: _Held, folder: Path) -> None:
        answer = await self._workshop.work(self._task(held, folder, FINISH))
        if answer.made is None:
            raise FailedError(FINISH, answer)
        manifest = Manifest.model_validate(answer.made)
        sizes = {}
        for each in manifest.deliverables:
            data = await asyncio.to_thread((folder / _MADE / each.path).read_bytes)
            await keeping.put(self._blobs, self._shop_id, data)
            sizes[each.path] = len(data)
        async with self._db.transaction(self._shop_id) as session:
            row = await self._mine(session)
            row.cpu_ms += answer.cpu_ms
            row.wall_ms += answer.wall_ms
            await finishing.finish(session, row, manifest, sizes)
        await self._forget_steps()

    async def _forget_steps(self) -> None:
        """What lay between the steps is needed no more."""
        folder = Blobs.key(self._shop_id, keeping.STEPS, self._item_id)
        for key in await self._blobs.list(f"{folder}/"):
            await self._blobs.delete(key)

    async def give_up(self, attempt: int) -> None:
        """End an item that breaks whoever carries it on; the log says why."""
        held = await self._take(attempt)
        if held is not None:
            step = held.row.step or held.row.planned[0]
            await self._fail(FailedError(step, child.broken(step)))

    async def _fail(self, error: FailedError) -> None:
        said = error.answer
        log.warning(
            "studio_item_failed", shop=self._shop_id, item=self._item_id, step=error.step,
            trace=said.trace,
        )  # fmt: skip
        async with self._db.transaction(self._shop_id) as session:
            row = await batch_store.held_item(session, self._shop_id, self._item_id)
            if row is None or row.lease != self._lease:
                return
            row.state, row.lease, row.ended_at = "failed", None, clock.now()
            row.step, row.error = error.step, said.error
            row.cpu_ms += said.cpu_ms
            row.wall_ms += said.wall_ms
            await events.append(session, ItemFailed(step=error.step, **finishing.figures_of(row)))
            await finishing.end_batch(session, self._shop_id, row.batch_id)


def _digests(folder: Path) -> dict[str, str]:
    """All whole files of a folder, by their paths in it."""
    return {
        path.relative_to(folder).as_posix(): digest(path.read_bytes())
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.name.endswith(".part")
    }
