"""Playing all of a shop's cases, as durable work: interrupted, it goes on with the next case."""

from __future__ import annotations

from collections.abc import Sequence

import structlog
from sqlalchemy.ext.asyncio import AsyncSession

from zhanggui.base import clock, events, masking, workflows
from zhanggui.base.db import hold
from zhanggui.base.errors import Invalid, ZhangguiError, not_found
from zhanggui.base.ids import new_id
from zhanggui.base.runtime import Runtime
from zhanggui.base.words import Text
from zhanggui.knowledge import Indexes, ShopIndex
from zhanggui.service import cases, store, wishing
from zhanggui.service.asking import gather
from zhanggui.service.calibration import calibrations
from zhanggui.service.events import EvaluationFinished, EvaluationStarted
from zhanggui.service.models import ServiceCase, ServiceEvaluation, ServiceOutcome
from zhanggui.service.scoring import Case, score
from zhanggui.shop import counting

log = structlog.get_logger(__name__)

EVALUATION = Text("评测", "evaluation")
BATCH = 20
"""Cases that are written down together; at most so many are played again after a crash."""


async def queue(session: AsyncSession, shop_id: str, *, ceiling: float, by: str) -> str:
    """Let an evaluation go and return its id; one that has not ended is returned in its place.

    Raises Invalid in a shop without cases.
    """
    await hold(session, f"{shop_id}/evaluation")
    unfinished = await store.unfinished_evaluation(session, shop_id)
    if unfinished is not None:
        return unfinished.id
    total = await store.case_count(session, shop_id)
    if total == 0:
        raise Invalid(
            Text("还没有评测对话", "There are no cases to play"),
            hint=Text(
                "先在“试问”里把对话存为评测，或导入 cases.jsonl。",
                "Keep conversations from “Try asking” first, or import a cases.jsonl.",
            ),
        )
    row = ServiceEvaluation(
        shop_id=shop_id,
        id=new_id("eval"),
        state="queued",
        ceiling=ceiling,
        total=total,
        done=0,
        made_at=clock.now(),
        made_by=by,
    )
    session.add(row)
    await session.flush()
    await events.append(session, EvaluationStarted(id=row.id, cases=total))
    return row.id


def workflow_id(shop_id: str, evaluation_id: str) -> str:
    """The durable workflow of an evaluation."""
    return f"{shop_id}:{evaluation_id}"


async def get(session: AsyncSession, shop_id: str, evaluation_id: str) -> ServiceEvaluation:
    """The evaluation; raises NotFound."""
    row = await session.get(ServiceEvaluation, (shop_id, evaluation_id))
    if row is None:
        raise not_found(EVALUATION, evaluation_id)
    return row


@workflows.workflow(name="service.play_cases")
async def play_cases(shop_id: str, evaluation_id: str) -> None:
    """Play every case that was kept when the evaluation was let go."""
    try:
        await _play_all(shop_id, evaluation_id)
        await _finish(shop_id, evaluation_id)
    except Exception as error:
        log.exception("evaluation_failed", shop=shop_id, evaluation=evaluation_id)
        await _fail(shop_id, evaluation_id, error)
        raise


@workflows.step(name="service.play_all_cases")
async def _play_all(shop_id: str, evaluation_id: str) -> None:
    runtime = workflows.current_runtime()
    async with runtime.db.transaction(shop_id) as session:
        row = await get(session, shop_id, evaluation_id)
        row.state = "running"
        row.started_at = row.started_at or clock.now()
        ceiling, made_at = row.ceiling, row.made_at
    index = await runtime.service(Indexes).whole(shop_id)
    shift = await calibrations(runtime).current(shop_id, index)
    while True:
        async with runtime.db.reading(shop_id) as session:
            rows = await store.unplayed_cases(session, shop_id, evaluation_id, made_at, BATCH)
            outcomes = await _play(session, index, rows, shift=shift, ceiling=ceiling)
        if not rows:
            return
        async with runtime.db.transaction(shop_id) as session:
            # A case that was removed meanwhile, or forgotten with a buyer, leaves no words here.
            there = await store.held_cases(session, shop_id, [each.case_id for each in outcomes])
            kept = [outcome for outcome in outcomes if outcome.case_id in there]
            for outcome in kept:
                outcome.evaluation_id = evaluation_id
                session.add(outcome)
            row = await get(session, shop_id, evaluation_id)
            row.done += len(kept)


async def _play(
    session: AsyncSession,
    index: ShopIndex,
    rows: Sequence[ServiceCase],
    *,
    shift: float,
    ceiling: float,
) -> list[ServiceOutcome]:
    if not rows:
        return []
    shop_id = rows[0].shop_id
    nicks = await store.nicks(session, shop_id, [row.buyer_id for row in rows if row.buyer_id])
    found = []
    for case in (cases.of(row, nicks) for row in rows):
        asked = cases.asked(case)
        gathered = await gather(session, shop_id, index, asked, shift=shift, ceiling=ceiling)
        decision = gathered.decide()
        wish = wishing.wish(gathered, decision)
        if wish is not None:
            decision = wish.answered(decision, is_filed=False)
        sources = [source.id for source in decision.sources]
        found.append(
            _outcome(shop_id, case, decision.decision, decision.reply, sources, decision.confidence)
        )
    return found


def _outcome(
    shop_id: str, case: Case, decision: str, reply: str, sources: list[str], confidence: float
) -> ServiceOutcome:
    reply = masking.scrub(reply)
    judged = score(case.expect, decision, reply, sources)
    return ServiceOutcome(
        shop_id=shop_id,
        case_id=case.id,
        kind=case.kind,
        question=case.turns[-1].text,
        expected=case.expect.decisions,
        decision=decision,
        reply=reply,
        sources=sources,
        confidence=round(confidence, 4),
        is_right=judged.right,
        is_wrong=judged.wrong,
    )


@workflows.step(name="service.finish_evaluation")
async def _finish(shop_id: str, evaluation_id: str) -> None:
    async with workflows.current_runtime().db.transaction(shop_id) as session:
        row = await get(session, shop_id, evaluation_id)
        if row.state == "done":
            return
        outcomes = await store.outcomes(session, shop_id, evaluation_id)
        row.state, row.finished_at = "done", clock.now()
        row.total = row.done = len(outcomes)
        await events.append(
            session,
            EvaluationFinished(
                id=row.id,
                cases=len(outcomes),
                right=sum(outcome.is_right for outcome in outcomes),
                wrong=sum(outcome.is_wrong for outcome in outcomes),
            ),
        )


async def _fail(shop_id: str, evaluation_id: str, error: Exception) -> None:
    said = (
        error.what
        if isinstance(error, ZhangguiError)
        else Text("评测意外中断", "The evaluation broke off")
    )
    async with workflows.current_runtime().db.transaction(shop_id) as session:
        row = await get(session, shop_id, evaluation_id)
        row.state, row.finished_at = "failed", clock.now()
        row.error = {"zh": said.zh, "en": said.en}


async def resume(runtime: Runtime) -> None:
    """Start what was let go when the process died between committing and starting it."""
    for shop_id in await counting.shop_ids(runtime.db):
        async with runtime.db.reading(shop_id) as session:
            row = await store.unfinished_evaluation(session, shop_id)
        if row is not None:
            await workflows.start(workflow_id(shop_id, row.id), play_cases, shop_id, row.id)
