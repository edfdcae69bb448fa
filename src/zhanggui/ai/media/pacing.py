"""How long is waited for what servers make, and from when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from zhanggui.ai.models import ModelTask


@dataclass(frozen=True, slots=True)
class Pace:
    """How long is waited: between two looks at a task (growing from the first to the longest), for
    a task to be in the list after its request can have arrived no more, for a server that cannot be
    read, and how much clocks may differ; at most between two tries at a server of files that is
    away. How often a broken file is fetched, and its address asked for."""

    first_s: float = 2.0
    longest_s: float = 15.0
    grows: float = 1.4
    settle_s: float = 5.0
    unread_s: float = 300.0
    skew_s: float = 30.0
    away_s: float = 60.0
    fetches: int = 3
    addresses: int = 2


def began(task: ModelTask) -> datetime:
    """When the present request was about to leave."""
    return task.submitted_at or task.made_at
