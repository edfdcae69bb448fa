"""What may be asked of evaluations of the shop's own cases, and done with them."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from typing import Literal

from pydantic import BaseModel, Field

from zhanggui.base import clock, workflows
from zhanggui.base.principals import STAFF, WORKERS
from zhanggui.base.tools import Call, Input, Nothing, Output, tool
from zhanggui.base.words import Text, language
from zhanggui.service import comparing, evaluating, store
from zhanggui.service.comparing import CHANGES, Change
from zhanggui.service.models import ServiceEvaluation, ServiceOutcome
from zhanggui.service.preferences import preferences

_LISTED = 50

State = Literal["queued", "running", "done", "failed"]


class EvaluationItem(BaseModel):
    """An evaluation: `right` of `done` cases have an acceptable decision and nothing wrong, and
    `wrong` were answered wrongly. `ceiling` is the share of wrong answers that was allowed."""

    id: str
    state: State
    ceiling: float
    total: int
    done: int
    right: int
    wrong: int
    made_at: datetime
    finished_at: datetime | None


class EvaluationList(Output):
    """The newest first."""

    items: list[EvaluationItem]


@tool(
    "service.list_evaluations",
    purpose=Text("列出评测", "List evaluations"),
    risk="read",
    roles=STAFF,
)
async def list_evaluations(call: Call, given: Nothing) -> EvaluationList:
    """The newest evaluations."""
    rows = await store.evaluations(call.session, call.shop_id, _LISTED)
    return EvaluationList(items=[_item(*row) for row in rows])


class Reply(BaseModel):
    """What was decided on a case, and said."""

    decision: str
    reply: str
    is_right: bool


class OutcomeView(BaseModel):
    """What became of a case, and before: `before` is null where the other evaluation lacks it."""

    case_id: str
    kind: str
    question: str
    expected: list[str]
    change: Change
    now: Reply
    before: Reply | None
    sources: list[str]
    confidence: float
    is_wrong: bool


class EvaluationView(Output):
    """An evaluation and how far it has come, beside an earlier one. `items` are a page of its
    cases, what has become worse first."""

    evaluation: EvaluationItem
    seconds_left: float | None
    error: str | None
    against: EvaluationItem | None
    changes: dict[Change, int]
    items: list[OutcomeView]
    total: int
    page: int
    size: int


class EvaluationInput(Input):
    """Which evaluation, beside which (without one: the one that had ended before), and which of
    its cases."""

    id: str = Field(min_length=1, max_length=40)
    against: str | None = Field(None, max_length=40)
    change: Change | None = None
    page: int = Field(1, ge=1, le=100_000)
    size: int = Field(50, ge=1, le=500)


@tool(
    "service.get_evaluation",
    purpose=Text("查看评测", "Show an evaluation"),
    risk="read",
    roles=STAFF,
)
async def get_evaluation(call: Call, given: EvaluationInput) -> EvaluationView:
    """Its cases one by one, and what has become of each since the other evaluation."""
    session, shop_id = call.session, call.shop_id
    row = await evaluating.get(session, shop_id, given.id)
    if given.against is not None:
        other: ServiceEvaluation | None = await evaluating.get(session, shop_id, given.against)
    else:
        other = await store.evaluation_before(session, shop_id, row)
    outcomes = await store.outcomes(session, shop_id, row.id)
    earlier = await store.outcomes(session, shop_id, other.id) if other is not None else []
    before = {each.case_id: each for each in earlier}
    changes = comparing.changes(outcomes, before)
    shown = [each for each in outcomes if given.change in (None, changes[each.case_id])]
    shown.sort(key=lambda each: (CHANGES.index(changes[each.case_id]), each.is_right, each.case_id))
    start = (given.page - 1) * given.size
    counted = Counter(changes.values())
    return EvaluationView(
        evaluation=_counted(row, outcomes),
        seconds_left=_seconds_left(row),
        error=row.error[language()] if row.error else None,
        against=_counted(other, earlier) if other is not None else None,
        changes={change: counted[change] for change in CHANGES},
        items=[
            _outcome(each, changes[each.case_id], before.get(each.case_id))
            for each in shown[start : start + given.size]
        ],
        total=len(shown),
        page=given.page,
        size=given.size,
    )


def _seconds_left(row: ServiceEvaluation) -> float | None:
    if row.state != "running" or row.started_at is None or not row.done:
        return None
    spent = (clock.now() - row.started_at).total_seconds()
    return max(0.0, spent * (row.total - row.done) / row.done)


def _outcome(row: ServiceOutcome, change: Change, before: ServiceOutcome | None) -> OutcomeView:
    return OutcomeView(
        case_id=row.case_id,
        kind=row.kind,
        question=row.question,
        expected=row.expected,
        change=change,
        now=_reply(row),
        before=_reply(before) if before is not None else None,
        sources=row.sources,
        confidence=row.confidence,
        is_wrong=row.is_wrong,
    )


def _reply(row: ServiceOutcome) -> Reply:
    return Reply(decision=row.decision, reply=row.reply, is_right=row.is_right)


def _counted(row: ServiceEvaluation, outcomes: list[ServiceOutcome]) -> EvaluationItem:
    return _item(
        row, sum(each.is_right for each in outcomes), sum(each.is_wrong for each in outcomes)
    )


def _item(row: ServiceEvaluation, right: int, wrong: int) -> EvaluationItem:
    return EvaluationItem(
        id=row.id,
        state=row.state,  # type: ignore[arg-type] # Written by this room alone.
        ceiling=row.ceiling,
        total=row.total,
        done=row.done,
        right=right,
        wrong=wrong,
        made_at=row.made_at,
        finished_at=row.finished_at,
    )


class StartedEvaluation(Output):
    """The evaluation that runs."""

    id: str


@tool(
    "service.start_evaluation",
    purpose=Text("开始评测", "Start an evaluation"),
    risk="draft",
    roles=WORKERS,
)
async def start_evaluation(call: Call, given: Nothing) -> StartedEvaluation:
    """Play all cases where as many answers may be wrong as the shop allows now; while an evaluation
    runs, it is that one. Raises Invalid where there is no case."""
    ceiling = await preferences(call.runtime).ceiling(call.session, call.shop_id)
    evaluation_id = await evaluating.queue(
        call.session, call.shop_id, ceiling=ceiling, by=call.principal.id
    )
    workflow_id = evaluating.workflow_id(call.shop_id, evaluation_id)

    async def start() -> None:
        await workflows.start(workflow_id, evaluating.play_cases, call.shop_id, evaluation_id)

    call.after_commit(start)
    return StartedEvaluation(id=evaluation_id)
