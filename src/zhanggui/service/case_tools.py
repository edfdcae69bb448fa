"""What may be asked of the cases by which a shop judges its service, and done with them."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from pydantic import BaseModel, Field

from zhanggui.base import events
from zhanggui.base.errors import not_found
from zhanggui.base.principals import STAFF, WORKERS
from zhanggui.base.tools import Call, Input, Output, tool
from zhanggui.base.words import Text
from zhanggui.service import cases, store
from zhanggui.service.events import CaseRemoved, CaseSaved, CasesImported
from zhanggui.service.models import ServiceCase, ServiceOutcome
from zhanggui.service.scoring import Case, CaseTurn, Expectation

CASE = Text("评测对话", "case")
Decision = Literal["answer", "clarify", "handoff", "decline"]


class TurnView(BaseModel):
    """A message of a case."""

    role: str
    text: str


class CaseView(BaseModel):
    """A case: what was said, the question last, and what is expected. `kind` is `kept` for one that
    a person kept."""

    id: str
    kind: str
    question: str
    earlier: list[TurnView]
    product_id: str | None
    order_id: str | None
    decisions: list[str]
    sources: list[str]
    made_at: datetime


class CasePage(Output):
    """Cases of a page."""

    items: list[CaseView]
    total: int
    page: int
    size: int


class CaseList(Input):
    """Which cases."""

    page: int = Field(1, ge=1, le=100_000)
    size: int = Field(50, ge=1, le=500)


@tool(
    "service.list_cases",
    purpose=Text("列出评测对话", "List cases"),
    risk="read",
    roles=STAFF,
)
async def list_cases(call: Call, given: CaseList) -> CasePage:
    """The newest first."""
    found = await store.cases_page(call.session, call.shop_id, page=given.page, size=given.size)
    return CasePage(
        items=[_view(row) for row in found.rows],
        total=found.total,
        page=given.page,
        size=given.size,
    )


class CaseTurnInput(Input):
    """An earlier message of the conversation."""

    role: Literal["shopper", "shop"]
    text: str = Field(max_length=2000)


class SaveCase(Input):
    """A question as it was asked, and what has to become of it: a decision and, of an answer, one
    of the records it may rest on."""

    text: str = Field(min_length=1, max_length=2000)
    turns: list[CaseTurnInput] = Field(default_factory=list, max_length=50)
    buyer: str | None = Field(None, max_length=200, description="The buyer's nick.")
    order_id: str | None = Field(None, max_length=64)
    product_id: str | None = Field(None, max_length=64)
    decision: Decision
    sources: list[str] = Field(default_factory=list, max_length=20)


@tool(
    "service.save_case",
    purpose=Text("存为评测对话", "Keep a case"),
    risk="draft",
    roles=WORKERS,
)
async def save_case(call: Call, given: SaveCase) -> CaseView:
    """Keep a conversation; the same question asked from the same place is one case, of which the
    last expectation holds. What names or locates a person is not kept."""
    said = [*given.turns, CaseTurnInput(role="shopper", text=given.text)]
    case = Case(
        id="",
        kind=cases.BY_HAND,
        buyer=given.buyer,
        product_id=given.product_id,
        order_id=given.order_id,
        turns=[CaseTurn(role=turn.role, text=turn.text) for turn in said],
        expect=Expectation(
            decisions=[given.decision],
            sources=given.sources if given.decision == "answer" else [],
        ),
    )
    case.id = cases.id_of(case)
    row = await cases.keep(call.session, call.shop_id, case, by=call.principal.id)
    await events.append(call.session, CaseSaved(id=row.id, decisions=[given.decision]))
    return _view(row)


class CaseInput(Input):
    """Which case."""

    id: str = Field(min_length=1, max_length=64)


class RemovedCase(Output):
    """It is gone."""

    id: str


@tool(
    "service.remove_case",
    purpose=Text("删除评测对话", "Remove a case"),
    risk="draft",
    roles=WORKERS,
)
async def remove_case(call: Call, given: CaseInput) -> RemovedCase:
    """Keep a case no longer; evaluations that played it keep how it was judged, without what was
    said."""
    row = await call.session.get(ServiceCase, (call.shop_id, given.id))
    if row is None:
        raise not_found(CASE, given.id)
    await call.session.delete(row)
    await call.session.flush()
    await store.empty_outcomes(call.session, call.shop_id, ServiceOutcome.case_id == given.id)
    await events.append(call.session, CaseRemoved(id=given.id))
    return RemovedCase(id=given.id)


class ImportCases(Input):
    """The text of a shop pack's ``cases.jsonl``."""

    text: str = Field(min_length=1, max_length=1_500_000)


class ImportedCases(Output):
    """How many cases were brought in."""

    cases: int


@tool(
    "service.import_cases",
    purpose=Text("导入评测对话", "Import cases"),
    risk="draft",
    roles=WORKERS,
)
async def import_cases(call: Call, given: ImportCases) -> ImportedCases:
    """Keep the cases of a file, each in place of the one of its id. All of them or none."""
    count = 0
    for case in cases.read_lines(given.text):
        await cases.keep(call.session, call.shop_id, case, by=call.principal.id)
        count += 1
    await events.append(call.session, CasesImported(cases=count))
    return ImportedCases(cases=count)


def _view(row: ServiceCase) -> CaseView:
    expect = Expectation.model_validate(row.expect)
    turns = [TurnView.model_validate(turn) for turn in row.turns]
    return CaseView(
        id=row.id,
        kind=row.kind,
        question=turns[-1].text,
        earlier=turns[:-1],
        product_id=row.product_id,
        order_id=row.order_id,
        decisions=expect.decisions,
        sources=expect.sources,
        made_at=row.made_at,
    )
