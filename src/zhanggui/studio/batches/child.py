"""What runs in a process beside the server: one step of one product.

It answers in plain values: an error of ours does not survive being pickled, and a module that is
imported here is not imported by the server.
"""

from __future__ import annotations

import os
import signal
import threading
import time
import traceback
from dataclasses import dataclass
from importlib import import_module
from multiprocessing import connection, parent_process
from pathlib import Path
from typing import Any

from zhanggui.base.errors import ZhangguiError
from zhanggui.base.words import Text
from zhanggui.studio.facts import Facts
from zhanggui.studio.making.plan import Plan
from zhanggui.studio.making.sources import Source

FINISH = "finish"
"""The step that writes the manifest, after all others."""
_NICE = 10
_THREADS = (
    "OMP_NUM_THREADS",
    "OPENBLAS_NUM_THREADS",
    "OPENCV_FOR_THREADS_NUM",
)
_BROKEN = Text("“{step}”这一步出错了", "the step “{step}” broke")
_TELL = Text("请重试；仍不行，把日志发给我们", "Try again; if it stays so, send us the log")


@dataclass(frozen=True, slots=True)
class Task:
    """A step of a product in a folder: `maker` names the module that has ``run`` and ``finish``;
    frames are paths."""

    maker: str
    step: str
    folder: Path
    sku: str
    frames: tuple[Path, ...]
    facts: dict[str, Any]
    plan: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of a step: its record or manifest as JSON, or why there is none (code, and what was
    wrong and what to do in both languages); CPU and clock milliseconds, and for the log a trace."""

    cpu_ms: int
    wall_ms: int
    made: dict[str, Any] | None = None
    error: dict[str, Any] | None = None
    trace: str = ""


def begin() -> None:
    """Ready a new process: behind all who are waited for, on one thread, and gone with the server
    however that ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Of a Ctrl-C the server alone decides.
    if hasattr(os, "nice"):
        os.nice(_NICE)
    for name in _THREADS:
        os.environ[name] = "1"
    threading.Thread(target=_follow_the_parent, daemon=True).start()


def _follow_the_parent() -> None:
    """A pool's process would wait for its next task for ever where its parent was killed."""
    parent = parent_process()
    if parent is not None:
        connection.wait([parent.sentinel])
        os._exit(1)


def work(task: Task) -> Answer:
    """Do a step."""
    cpu, wall = time.process_time(), time.monotonic()
    made, error, trace = None, None, ""
    try:
        made = _made(task)
    except ZhangguiError as fault:
        error = {"code": fault.code, **_both("", fault.what), **_both("hint_", fault.hint)}
    except Exception:
        error, trace = broken(task.step).error, traceback.format_exc()
    return Answer(
        round((time.process_time() - cpu) * 1000),
        round((time.monotonic() - wall) * 1000),
        made,
        error,
        trace,
    )


def broken(step: str) -> Answer:
    """Of a step that a defect of ours broke off."""
    said = {**_both("", _BROKEN.format(step=step)), **_both("hint_", _TELL)}
    return Answer(0, 0, error={"code": "broken", **said})


def _made(task: Task) -> dict[str, Any]:
    maker = import_module(task.maker)
    source = Source(task.sku, task.frames, Facts.model_validate(task.facts))
    plan = Plan.model_validate(task.plan)
    if task.step == FINISH:
        made = maker.finish(source, plan, task.folder)
    else:
        made = maker.run(task.step, source, plan, task.folder)
    answer: dict[str, Any] = made.model_dump(mode="json")
    return answer


def _both(prefix: str, words: Text | None) -> dict[str, str | None]:
    zh, en = (words.zh, words.en) if words is not None else (None, None)
    return {f"{prefix}zh": zh, f"{prefix}en": en}
