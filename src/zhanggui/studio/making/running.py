"""Many products on every core: each in a process of its own, one failing without the others."""

from __future__ import annotations

import multiprocessing
import os
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from pathlib import Path

from zhanggui.base.errors import Unavailable, ZhangguiError
from zhanggui.base.words import Text
from zhanggui.studio.making.plan import Plan
from zhanggui.studio.making.sources import Source
from zhanggui.studio.manifest import Manifest

_THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")
_DIED = Unavailable(
    Text("制作进程中途退出了", "the process that made it ended unexpectedly"),
    hint=Text(
        "可能是内存不足或图片损坏：换一张底图，或减少 --jobs 后再试",
        "there may be too little memory or a damaged picture: use another, or fewer --jobs",
    ),
)


@dataclass(frozen=True)
class Failure:
    """An error as it comes out of another process."""

    code: str
    what: Text
    hint: Text | None
    where: str | None

    @classmethod
    def of(cls, error: ZhangguiError) -> Failure:
        """What the error says."""
        return cls(error.code, error.what, error.hint, error.where)


@dataclass(frozen=True)
class Result:
    """What became of one product: its manifest or its failure, and the CPU seconds that were spent
    on it now."""

    sku: str
    manifest: Manifest | None = None
    failure: Failure | None = None
    cpu_seconds: float = 0.0


def make_all(
    sources: Sequence[Source],
    plan: Plan,
    out: Path,
    *,
    jobs: int,
    done: Callable[[Result], None] = lambda _: None,
) -> list[Result]:
    """Make every product in a folder of its name under `out`; calls `done` for each as it ends.

    What is finished there by the same plan is left as it is, what is half made is gone on with.
    """
    out.mkdir(parents=True, exist_ok=True)
    # What cannot be made at all goes to no process.
    found = [_told(make_one(each, plan, out), done) for each in sources if each.fault]
    whole = [each for each in sources if each.fault is None]
    if jobs == 1 or len(whole) <= 1:
        alone()
        found += [_told(make_one(each, plan, out), done) for each in whole]
    else:
        found += [_told(each, done) for each in _in_processes(whole, plan, out, jobs)]
    order = {source.sku: place for place, source in enumerate(sources)}
    return sorted(found, key=lambda each: order[each.sku])


def _told(result: Result, done: Callable[[Result], None]) -> Result:
    done(result)
    return result


def alone() -> None:
    """Let this process use one core: there are as many processes as cores, and threads that race
    for them only make each slower."""
    for name in _THREADS:
        os.environ[name] = "1"
    import cv2

    cv2.setNumThreads(1)


def make_one(source: Source, plan: Plan, out: Path) -> Result:
    """One product; whatever goes wrong with it is its result."""
    from zhanggui.studio.making import steps

    if source.fault is not None:
        return Result(source.sku, None, Failure.of(source.fault))
    started = time.process_time()
    try:
        manifest = steps.make(source, plan, out / source.sku)
    except ZhangguiError as error:
        return Result(source.sku, None, Failure.of(error), time.process_time() - started)
    return Result(source.sku, manifest, None, time.process_time() - started)


def _in_processes(sources: Sequence[Source], plan: Plan, out: Path, jobs: int) -> Iterator[Result]:
    """By a pool. When a process dies under its work (too little memory, a broken library), nobody
    knows on which product: those then under way are made again one by one, and who dies alone is
    the one."""
    waiting = list(sources)
    while waiting:
        ended: set[str] = set()
        suspects: list[Source] = []
        with _pool(min(jobs, len(waiting))) as pool:
            futures = {pool.submit(make_one, each, plan, out): each for each in waiting}
            for future, source in _as_they_end(futures):
                try:
                    result = future.result()
                except BrokenProcessPool:
                    suspects.append(source)
                    continue
                ended.add(source.sku)
                yield result
        for source in [each for each in waiting if each in suspects][:jobs]:
            ended.add(source.sku)
            yield _by_itself(source, plan, out)
        waiting = [each for each in waiting if each.sku not in ended]


def _as_they_end(
    futures: Mapping[Future[Result], Source],
) -> Iterator[tuple[Future[Result], Source]]:
    left = set(futures)
    while left:
        finished, left = wait(left, return_when=FIRST_COMPLETED)
        for future in sorted(finished, key=lambda each: futures[each].sku):
            yield future, futures[future]


def _by_itself(source: Source, plan: Plan, out: Path) -> Result:
    with _pool(1) as pool:
        try:
            return pool.submit(make_one, source, plan, out).result()
        except BrokenProcessPool:
            return Result(source.sku, None, Failure.of(_DIED))


def _pool(size: int) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(
        size, mp_context=multiprocessing.get_context("spawn"), initializer=alone
    )
