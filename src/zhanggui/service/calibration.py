"""What sets a shop apart from those the weigher learnt on: how far its odds must be moved.

The weigher's odds hold for the trades it was taught on. A shop whose entries are all alike is
harder, one with few and different ones easier. Each known question is asked twice: once with that
one wording hidden (its entry can still be found by its others: was it?), once with the whole entry
hidden (whatever comes first is wrong). The log odds are moved by what makes them fit (Platt 1999
with the slope kept), drawn towards what the training shops needed. Statements without questions (a
clause) are asked for by a part of themselves, so that a shop with no FAQ is calibrated too.
"""

from __future__ import annotations

import asyncio
import secrets
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from random import Random

import numpy as np
import orjson
import structlog
from numpy.typing import NDArray

import zhanggui
from zhanggui.base import clock
from zhanggui.base.runtime import Runtime
from zhanggui.knowledge import Retriever, Search, ShopIndex, Signals
from zhanggui.service import told, weighing
from zhanggui.service.context import Asked, Context
from zhanggui.service.reading import Reading

log = structlog.get_logger(__name__)

SAMPLE = 80
"""Questions asked at most, each twice; the standard error of a share is then below 4%."""
USUAL = 0.0
"""The move that the training shops needed on average."""
SPREAD = 0.7
"""How much it differed between them (a standard deviation, in log odds)."""
CAUTIOUS = USUAL - SPREAD
"""What serves while a shop is measured for the first time: more is handed over."""
PATIENCE_S = 4.0
"""How long a shopper's question waits for the measuring."""
_FILE = "calibration.json"
_SHORTEST = 6
_SEED = 20260101
Floats = NDArray[np.float64]


class Calibrations:
    """The shifts of the shops of a process: a service of the runtime. What was measured belongs to
    an index and is measured again when that changes; it is kept beside the index in `folder`, so
    that a program that starts again knows it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._known: dict[str, tuple[ShopIndex, float]] = {}
        self._measuring: dict[str, tuple[ShopIndex, asyncio.Task[float]]] = {}

    async def current(
        self, shop_id: str, index: ShopIndex, *, patience_s: float | None = None
    ) -> float:
        """The shift for an index of a shop. The first call for each takes seconds, or on a busy
        machine a minute; who has less patience is given the shift of the index before at once, and
        where there is none a cautious one in the end, while it goes on being measured."""
        known = self._known.get(shop_id)
        if known is not None and known[0] is index:
            return known[1]
        measuring = self._started(shop_id, index)
        if known is not None and patience_s is not None:
            return known[1]  # It hardly differs: an entry more or less.
        done, _ = await asyncio.wait({measuring}, timeout=patience_s)
        if done:
            return measuring.result()
        return CAUTIOUS

    def _started(self, shop_id: str, index: ShopIndex) -> asyncio.Task[float]:
        found = self._measuring.get(shop_id)
        if found is not None and found[0] is index and not found[1].cancelled():
            return found[1]
        task = asyncio.create_task(self._measure(shop_id, index, found[1] if found else None))
        self._measuring[shop_id] = index, task
        return task

    async def _measure(
        self, shop_id: str, index: ShopIndex, before: asyncio.Task[float] | None
    ) -> float:
        if before is not None:
            # One at a time for a shop; a thread cannot be stopped.
            await asyncio.wait({before})
        now = clock.local(clock.now())
        chance = Random(_SEED)  # noqa: S311 - not for secrets
        kept = _Kept(self._folder / shop_id / _FILE, _state(index))
        try:
            found = await asyncio.to_thread(kept.read)
            if found is None:
                found = await asyncio.to_thread(shift, index.retriever, now, chance)
                await asyncio.to_thread(kept.write, found)
            self._known[shop_id] = index, found
        finally:
            # What failed is tried again by the next who asks; an index is not kept alive by it.
            if self._measuring.get(shop_id, (None,))[0] is index:
                del self._measuring[shop_id]
        return found


@dataclass(frozen=True, slots=True)
class _Kept:
    """The shift on disk, of one state of what it was measured on. A file that cannot be read or
    written costs the measuring."""

    path: Path
    state: str

    def read(self) -> float | None:
        """The shift; None where it was measured in another state, or never."""
        try:
            kept = orjson.loads(self.path.read_bytes())
            return float(kept["shift"]) if kept["state"] == self.state else None
        except (OSError, ValueError, TypeError, KeyError):
            return None

    def write(self, found: float) -> None:
        """Keep the shift in place of the one before."""
        draft = self.path.with_suffix(f".{secrets.token_hex(4)}")
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            draft.write_bytes(orjson.dumps({"state": self.state, "shift": found}))
            draft.replace(self.path)
        except OSError as error:
            log.warning("calibration_not_kept", error=type(error).__name__)


def _state(index: ShopIndex) -> str:
    """All that a shift depends on: what the shop knows, how much of it can be compared, the program
    and what it has learnt."""
    has_vectors = index.retriever.has_vectors
    told = (zhanggui.__version__, weighing.digest(has_vectors), index.is_whole, *index.mark)
    return " ".join(map(str, told))


def calibrations(runtime: Runtime) -> Calibrations:
    """The runtime's, made at the first call."""
    folder = runtime.settings.data / "index"
    found: Calibrations = runtime.services.setdefault(Calibrations, Calibrations(folder))
    return found


def shift(retriever: Retriever, now: datetime, random: Random) -> float:
    """What to add to the log odds of what this shop has written down."""
    odds, right = trials(retriever, now, random)
    return fitted(odds, right) - USUAL if len(odds) else 0.0


def trials(retriever: Retriever, now: datetime, random: Random) -> tuple[Floats, NDArray[np.bool_]]:
    """The log odds of the surest proposal of each trial, and whether it was the right entry."""
    rows = list(range(len(retriever.asked)))
    random.shuffle(rows)
    counts = np.bincount(retriever.wordings.owners, minlength=len(retriever.entries))
    odds: list[float] = []
    right: list[bool] = []
    for row in rows:
        wording = retriever.asked[row]
        entry = retriever.entries[wording.owner]
        if entry.kind not in ("faq", "policy"):
            continue
        is_question = wording.role == "query"
        if is_question and counts[wording.owner] < 3:
            continue
        if not is_question and entry.questions:
            continue
        text, vector, signals = _ask(retriever, row, random)
        hidden = retriever.wordings.owners == wording.owner
        only = np.zeros_like(hidden)
        only[row] = is_question
        for hide, may_be_right in ((only, True), (hidden, False)):
            found = retriever.rank(signals.without(hide), limit=16)
            reading, context = Reading(Asked(text), now), Context(now)
            search = Search(text, found, [], {}, vector)
            proposals = told.propose(reading, context, search, None)
            if not proposals:
                continue
            likely = weighing.weigh(reading, context, proposals, search).chances
            best = int(likely.argmax())
            chance = float(np.clip(likely[best], 1e-6, 1 - 1e-6))
            odds.append(float(np.log(chance / (1 - chance))))
            right.append(may_be_right and proposals[best].sources[0].id == entry.id)
        if len(odds) >= 2 * SAMPLE:
            break
    return np.array(odds), np.array(right, np.bool_)


def fitted(odds: Floats, right: NDArray[np.bool_]) -> float:
    """The move that fits, by Newton's method, with a normal prior around the usual one."""
    move = USUAL
    for _ in range(20):
        chance = 1 / (1 + np.exp(-(odds + move)))
        gradient = float((right - chance).sum()) - (move - USUAL) / SPREAD**2
        curvature = float((chance * (1 - chance)).sum()) + 1 / SPREAD**2
        step = gradient / curvature
        move += step
        if abs(step) < 1e-6:
            break
    return float(move)


def _ask(
    retriever: Retriever, row: int, random: Random
) -> tuple[str, NDArray[np.float32] | None, Signals]:
    """A question for wording `row`, its vector and its signals."""
    wording = retriever.asked[row]
    text = wording.text
    if wording.role == "query":
        vectors = retriever.wordings.vectors
        vector = None if vectors is None else vectors[row]
    else:
        length = max(_SHORTEST, len(text) // 3)
        start = random.randrange(max(len(text) - length, 0) + 1)
        text = text[start : start + length]
        vector = retriever.embed(text)
    return text, vector, retriever.wordings.signals(text, vector)
