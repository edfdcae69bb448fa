"""Judging answers: a shop pack imported into a throw-away house, its cases played at its clock."""

from __future__ import annotations

import asyncio
import tempfile
import time
from collections import Counter
from collections.abc import AsyncIterator, Set
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import numpy as np
from pydantic import BaseModel

from zhanggui.ai import Speak
from zhanggui.base import clock, schema, workflows
from zhanggui.base.errors import Invalid
from zhanggui.base.runtime import Runtime, opened
from zhanggui.base.settings import Settings
from zhanggui.base.words import Text
from zhanggui.knowledge import ShopIndex, open_indexes
from zhanggui.knowledge import tools as knowledge_tools
from zhanggui.service import cases, preferences, wishing
from zhanggui.service.answering import CEILING, CEILINGS
from zhanggui.service.asking import Part, gather
from zhanggui.service.calibration import calibrations
from zhanggui.service.scoring import COMMON, Case, Point, Tried, curve, score
from zhanggui.service.wording import word
from zhanggui.shop import tools as shop_tools
from zhanggui.shop.importing import imports
from zhanggui.shop.opening import open_shop

__all__ = ["Evaluation", "KindFigures", "Outcome", "evaluate", "knowledge_tools", "shop_tools"]

_SHOP = "pack"


class Outcome(BaseModel):
    """What became of a case; `ms` is CPU time of the process, and `worded_by` says whose words the
    reply has, as :class:`~zhanggui.service.wording.Worded` does."""

    id: str
    decision: str
    reply: str
    sources: list[str]
    confidence: float
    resolved: bool
    wrong: bool
    ms: float
    worded_by: str = "embedded"


class KindFigures(BaseModel):
    """The cases of one kind. `right` have an acceptable decision and nothing wrong."""

    cases: int
    resolved: int
    wrong: int
    right: int
    decisions: dict[str, int]


class Evaluation(BaseModel):
    """How a pack was answered where `ceiling` of all answers might be wrong. `resolved_common` is a
    share of the common kinds, `wrong` of all cases; `p50_ms` and `p95_ms` are CPU milliseconds of a
    turn."""

    pack: str
    ceiling: float
    cases: int
    resolved_common: float
    wrong: float
    by_kind: dict[str, KindFigures]
    curve: list[Point]
    p50_ms: float
    p95_ms: float


@dataclass(slots=True)
class Stand:
    """A pack, imported and indexed, to be questioned as often as one likes."""

    pack: str
    runtime: Runtime
    index: ShopIndex
    cases: list[Case]
    now: datetime

    async def play(
        self,
        without: Set[Part] = frozenset(),
        ceiling: float = CEILING,
        speak: Speak | None = None,
    ) -> tuple[Evaluation, list[Outcome]]:
        """Play every case, each from a fresh state; `without` some parts of the engine, where
        `ceiling` of all answers may be wrong, in the words of whom `speak` asks."""
        outcomes: list[Outcome] = []
        tried: list[Tried] = []
        with clock.at(self.now):
            shift = await calibrations(self.runtime).current(_SHOP, self.index)
            for case in self.cases:
                outcome, trial = await self._play(case, shift, ceiling, without, speak)
                outcomes.append(outcome)
                tried.append(trial)
        return _summary(self.pack, ceiling, self.cases, outcomes, tried), outcomes

    async def _play(
        self,
        case: Case,
        shift: float,
        ceiling: float,
        without: Set[Part],
        speak: Speak | None,
    ) -> tuple[Outcome, Tried]:
        asked = cases.asked(case)
        started = time.process_time()
        async with self.runtime.db.reading(_SHOP) as session:
            gathered = await gather(
                session, _SHOP, self.index, asked, shift=shift, ceiling=ceiling, without=without
            )
        decision = gathered.decide()
        if wishing.wish(gathered, decision) is not None:
            speak = None  # As in a conversation: what is handed over is told in our own words.
        private = [asked.buyer] if asked.buyer else []
        worded = await word(speak, decision, asked.text, private=private)
        ms = (time.process_time() - started) * 1000
        sources = [source.id for source in decision.sources]
        judged = score(case.expect, decision.decision, worded.reply, sources)
        outcome = Outcome(
            id=case.id,
            decision=decision.decision,
            reply=worded.reply,
            sources=sources,
            confidence=round(decision.confidence, 4),
            resolved=judged.resolved,
            wrong=judged.wrong,
            ms=round(ms, 2),
            worded_by=worded.by,
        )
        eager = gathered.decide(floor=0.0)
        eager_score = score(
            case.expect, eager.decision, eager.reply, [source.id for source in eager.sources]
        )
        answers = eager.decision == "answer"
        trial = Tried(case.kind in COMMON, answers, eager.confidence, eager_score)
        return outcome, trial


async def evaluate(pack: Path, ceiling: float = CEILING) -> tuple[Evaluation, list[Outcome]]:
    """Judge a pack where `ceiling` of all answers may be wrong. Raises Invalid where `pack` is
    none, or `ceiling` is none to choose from."""
    preferences.check(ceiling)
    async with stand(pack) as ready:
        return await ready.play(ceiling=ceiling)


@asynccontextmanager
async def stand(pack: Path) -> AsyncIterator[Stand]:
    """Import a pack into a throw-away house and index it."""
    played, now, name = _read(pack)
    with tempfile.TemporaryDirectory(prefix="zhanggui-eval-") as folder:
        settings = Settings(data=Path(folder), database_url=None, database_owner_url=None)
        await asyncio.to_thread(schema.upgrade, settings)
        async with opened(settings) as runtime, workflows.running(runtime):
            await open_shop(runtime, _SHOP, pack.name)
            await _import(runtime, pack)
            indexes = open_indexes(runtime)
            try:
                with clock.at(now):
                    index = await indexes.whole(_SHOP)
                yield Stand(name, runtime, index, played, now)
            finally:
                await indexes.close()


async def _import(runtime: Runtime, pack: Path) -> None:
    import_id, staging = imports.new_import(runtime, _SHOP)
    await staging.add_path(pack)
    row = await imports.stage(runtime, _SHOP, staging, import_id)
    async with runtime.db.transaction(_SHOP) as session:
        row = await imports.get(session, _SHOP, row.id)
        workflow_id = await imports.queue(session, row)
    await workflows.start(workflow_id, imports.load_import, _SHOP, row.id)
    await workflows.wait(workflow_id)


def _read(pack: Path) -> tuple[list[Case], datetime, str]:
    try:
        now = datetime.fromisoformat((pack / "now.txt").read_text("utf-8").strip())
        found = list(cases.read_lines((pack / "cases.jsonl").read_text("utf-8")))
        return found, now, pack.resolve().name
    except (OSError, ValueError, Invalid) as error:
        raise Invalid(
            Text(f"这不是一个可以评测的店铺数据包：{pack}", f"Not a pack to judge by: {pack}"),
            hint=Text(
                "数据包要有 cases.jsonl 和 now.txt，格式见 docs。",
                "A pack has cases.jsonl and now.txt in the documented form.",
            ),
            where=str(pack),
        ) from error


def _summary(
    pack: str, ceiling: float, played: list[Case], outcomes: list[Outcome], tried: list[Tried]
) -> Evaluation:
    by_kind: dict[str, KindFigures] = {}
    for kind in dict.fromkeys(case.kind for case in played):
        mine = [
            (case, outcome)
            for case, outcome in zip(played, outcomes, strict=True)
            if case.kind == kind
        ]
        by_kind[kind] = KindFigures(
            cases=len(mine),
            resolved=sum(outcome.resolved for _, outcome in mine),
            wrong=sum(outcome.wrong for _, outcome in mine),
            right=sum(
                outcome.decision in case.expect.decisions and not outcome.wrong
                for case, outcome in mine
            ),
            decisions=dict(Counter(outcome.decision for _, outcome in mine)),
        )
    common = [o for c, o in zip(played, outcomes, strict=True) if c.kind in COMMON]
    times = [outcome.ms for outcome in outcomes] or [0.0]
    return Evaluation(
        pack=pack,
        ceiling=ceiling,
        cases=len(played),
        resolved_common=_share(sum(o.resolved for o in common), len(common)),
        wrong=_share(sum(o.wrong for o in outcomes), len(outcomes)),
        by_kind=by_kind,
        curve=curve(tried, CEILINGS),
        p50_ms=round(float(np.percentile(times, 50)), 1),
        p95_ms=round(float(np.percentile(times, 95)), 1),
    )


def _share(part: int, whole: int) -> float:
    return round(part / whole, 4) if whole else 0.0
