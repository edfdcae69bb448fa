"""How far a batch has come, what it took, and how long it is likely to take still."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from zhanggui.studio.batches.batch_store import LEFT
from zhanggui.studio.models import Item

Steps = Mapping[str, Mapping[str, Any]]
"""Finished steps by name, each with `cpu_ms` and `wall_ms`."""


@dataclass(frozen=True, slots=True)
class StepProgress:
    """A step of a batch: items that have it and are done with it, and what it takes on average."""

    name: str
    done: int
    total: int
    cpu_ms: int | None


@dataclass(frozen=True, slots=True)
class Progress:
    """A batch so far. `share` is of the work, by what steps took; seconds and shares are None
    until they can be judged."""

    states: Mapping[str, int]
    steps: tuple[StepProgress, ...]
    share: float
    seconds_left: float | None
    cpu_ms: int
    cost_micro: int
    cpu_ms_per_sku: int | None
    wall_ms_per_sku: int | None
    cost_micro_per_sku: int | None


def progress_of(items: Sequence[Item], late: Iterable[Steps], jobs: int) -> Progress:
    """How far some items have come. What a step takes is its mean over these items, before the
    first by `late`, the steps of what was made last; `jobs` are made at once.

    The time left is clock time: the mean of what the steps to come take by the clock, over the
    jobs that share them.
    """
    states: dict[str, int] = {}
    for item in items:
        states[item.state] = states.get(item.state, 0) + 1
    names = list(dict.fromkeys(name for item in items for name in item.planned))
    takes = _means([item.steps for item in items])
    usual = _means(late)
    done = [item for item in items if item.state == "done"]
    todo, made, known = 0.0, 0.0, True
    for item in items:
        for name in item.planned:
            mean = takes.get(name) or usual.get(name)
            if name in item.steps:
                made += item.steps[name]["wall_ms"]
            elif item.state in LEFT:
                todo += mean[1] if mean else 0
                known = known and mean is not None
    left = [item for item in items if item.state in LEFT]
    busy = max(1, min(jobs, len(left)))
    return Progress(
        states=states,
        steps=tuple(_step(name, items, takes) for name in names),
        share=_share(items, made, todo, known),
        seconds_left=(todo / busy / 1000 if known else None) if left else 0.0,
        cpu_ms=sum(item.cpu_ms for item in items),
        cost_micro=sum(item.cost_micro for item in items),
        cpu_ms_per_sku=_mean(item.cpu_ms for item in done),
        wall_ms_per_sku=_mean(item.wall_ms for item in done),
        cost_micro_per_sku=_mean(item.cost_micro for item in done),
    )


def _means(found: Iterable[Steps]) -> dict[str, tuple[float, float]]:
    """The mean CPU and clock milliseconds of each step."""
    sums: dict[str, tuple[int, int, int]] = {}
    for steps in found:
        for name, figures in steps.items():
            count, cpu, wall = sums.get(name, (0, 0, 0))
            sums[name] = count + 1, cpu + figures["cpu_ms"], wall + figures["wall_ms"]
    return {name: (cpu / count, wall / count) for name, (count, cpu, wall) in sums.items()}


def _share(items: Sequence[Item], made: float, todo: float, known: bool) -> float:
    """By what steps take where that is known, else by their number."""
    if known and made + todo > 0:
        return made / (made + todo)
    all_steps = sum(len(item.planned) for item in items if item.state in (*LEFT, "done"))
    finished = sum(len(item.steps) for item in items if item.state in (*LEFT, "done"))
    return finished / all_steps if all_steps else 1.0


def _step(
    name: str, items: Sequence[Item], takes: Mapping[str, tuple[float, float]]
) -> StepProgress:
    having = [item for item in items if name in item.planned]
    mean = takes.get(name)
    return StepProgress(
        name,
        sum(name in item.steps for item in having),
        len(having),
        round(mean[0]) if mean else None,
    )


def _mean(values: Iterable[int]) -> int | None:
    found = list(values)
    return round(sum(found) / len(found)) if found else None
