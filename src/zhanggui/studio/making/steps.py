"""The steps in which a product is made, each of which can be done again without harm."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from zhanggui.studio.cutting import weights
from zhanggui.studio.making import asking, filming, posting, preparing, setting
from zhanggui.studio.making.folder import Folder, Record, digest
from zhanggui.studio.making.plan import Plan
from zhanggui.studio.making.sources import Source
from zhanggui.studio.making.work import Work
from zhanggui.studio.manifest import Deliverable, Manifest

Made = tuple[Sequence[Deliverable], Sequence[str]]
Step = Callable[[Work], Made]

_FIRST = "prepare"
_STEPS: dict[str, Step] = {
    _FIRST: preparing.prepare,
    "copy": setting.copy,
    asking.STEP: asking.ask,
    "scene": asking.scenes,
    "poster": posting.make,
    "grid": setting.nine_grid,
    "white": setting.white_picture,
    "detail": setting.detail_page,
    "video": filming.make,
}


def names(plan: Plan) -> tuple[str, ...]:
    """The steps of a plan, in order."""
    return tuple(step for step in _STEPS if step in (_FIRST, *plan.kinds) or _asks(step, plan))


def _asks(step: str, plan: Plan) -> bool:
    return step == asking.STEP and plan.generated > 0 and "scene" in plan.kinds


def run(step: str, source: Source, plan: Plan, path: Path) -> Record:
    """Do one step in the product's folder, unless it was done: the steps before it must have been.

    Raises Invalid for pictures of which nothing can be made.
    """
    folder = open_folder(source, plan, path)
    done = folder.record(step)
    if done is not None:
        return done
    cpu, wall = time.process_time(), time.monotonic()
    deliverables, doubts = _STEPS[step](Work(source, plan, folder))
    record = Record(
        step=step,
        deliverables=tuple(deliverables),
        doubts=tuple(doubts),
        cpu_ms=round((time.process_time() - cpu) * 1000),
        wall_ms=round((time.monotonic() - wall) * 1000),
    )
    folder.keep(record)
    return record


def finish(source: Source, plan: Plan, path: Path) -> Manifest:
    """Write the manifest of what all steps left; raises LookupError while one has not been done."""
    folder = open_folder(source, plan, path)
    records = []
    for step in names(plan):
        record = folder.record(step)
        if record is None:
            raise LookupError(f"{source.sku}: {step} has not been done")
        records.append(record)
    views = Work(source, plan, folder).views
    manifest = Manifest(
        sku=source.sku,
        seed=plan.seed,
        made_from=made_from(source, plan),
        sources={each.name: digest(each.read_bytes()) for each in source.frames},
        files=preparing.files(views),
        deliverables=tuple(made for record in records for made in record.deliverables),
        doubts=tuple(doubt for record in records for doubt in record.doubts),
    )
    folder.finish(manifest, records)
    return manifest


def make(source: Source, plan: Plan, path: Path) -> Manifest:
    """Everything of one product, going on from what is there."""
    folder = Folder(path, made_from(source, plan))
    if folder.is_finished and (manifest := folder.manifest) is not None:
        return manifest
    for step in names(plan):
        run(step, source, plan, path)
    return finish(source, plan, path)


def made_from(source: Source, plan: Plan) -> str:
    """The digest of all that decides what comes out; with IS-Net's weights other masks do."""
    said = [plan.digest, source.digest, *(["isnet"] if weights.find() else [])]
    return hashlib.sha256("\n".join(said).encode()).hexdigest()


def open_folder(source: Source, plan: Plan, path: Path) -> Folder:
    """The product's folder, ready for its steps."""
    folder = Folder(path, made_from(source, plan))
    folder.open()
    return folder
