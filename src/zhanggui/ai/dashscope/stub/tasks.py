"""The stub's tasks, what they would have cost, and the faults that wait to happen."""

from __future__ import annotations

import uuid
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal, get_args

from zhanggui.base import clock

Fault = Literal[
    "throttled", "error", "hangs", "failed", "rejected", "endless", "expired", "truncated", "slow"
]
"""``throttled``: 429 with Retry-After; ``error``: 500; ``hangs``: a request is taken and never
answered; ``failed``: a task fails; ``rejected``: by content inspection; ``endless``: it never ends;
``expired``: the address of a result does not hold; ``truncated``: a file is cut off; ``slow``: a
file or an answer comes in drops."""
FAULTS: tuple[Fault, ...] = get_args(Fault)
TASK_FAULTS: frozenset[Fault] = frozenset({"failed", "rejected", "endless"})


@dataclass
class Task:
    """A task: of which service and model, with which prompt, and what it makes."""

    unique_key: str
    model: str
    prompt: str
    kind: Literal["picture", "film"]
    count: int
    seconds: float
    size: tuple[int, int]
    made_at: datetime
    in_messages: bool
    fault: str | None = None
    id: str = field(default_factory=lambda: str(uuid.uuid4()))
    is_cancelled: bool = False


class State:
    """Everything that the stub remembers, until it ends."""

    def __init__(self, queue_s: float = 0.2, run_s: float = 0.8) -> None:
        self.queue_s = queue_s
        self.run_s = run_s
        self.tasks: dict[str, Task] = {}
        self.faults: Counter[str] = Counter()
        self.asked: list[tuple[str, dict[str, Any]]] = []
        """The paths and bodies of what was asked for."""
        self.calls: Counter[str] = Counter()
        self.leaked_keys = 0
        """How often a key came along to where files lie."""

    def strikes(self, *faults: Fault) -> Fault | None:
        """The first of some faults that waits to happen; it has happened once more then."""
        for fault in faults:
            if self.faults[fault] > 0:
                self.faults[fault] -= 1
                return fault
        return None

    def status(self, task: Task) -> str:
        """How a task stands by now."""
        if task.is_cancelled:
            return "CANCELED"
        age = (clock.now() - task.made_at).total_seconds()
        if age < self.queue_s:
            return "PENDING"
        if age < self.queue_s + self.run_s or task.fault == "endless":
            return "RUNNING"
        return "FAILED" if task.fault in ("failed", "rejected") else "SUCCEEDED"

    def bill(self) -> dict[str, Any]:
        """The tasks that succeeded, which are paid then, and the other calls by model."""
        paid = [each for each in self.tasks.values() if self.status(each) == "SUCCEEDED"]
        return {
            "tasks": [
                {
                    "task_id": each.id,
                    "model": each.model,
                    "pictures": each.count if each.kind == "picture" else 0,
                    "seconds": each.seconds if each.kind == "film" else 0,
                }
                for each in paid
            ],
            "pictures": sum(each.count for each in paid if each.kind == "picture"),
            "seconds": sum(each.seconds for each in paid if each.kind == "film"),
            "calls": dict(self.calls),
            "submitted": len(self.tasks),
            "leaked_keys": self.leaked_keys,
        }
