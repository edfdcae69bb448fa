"""What may be asked of the rules: what a text says that it may not, and what there is to break."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from datetime import date
from typing import Annotated

from pydantic import BaseModel, Field, StringConstraints

from zhanggui.base.principals import STAFF
from zhanggui.base.tools import Call, Input, Nothing, Output, tool
from zhanggui.base.words import Text
from zhanggui.rules import law
from zhanggui.rules.checking import check
from zhanggui.rules.findings import Finding, Kind

CHECK = "rules.check"
LONGEST = 3_000
"""Characters of a text to check: a question travels in the address, where a Chinese character
takes nine bytes."""
_slots = asyncio.Semaphore(2)
"""Texts that are checked at a time: a long one keeps a core, and a thread, for seconds."""


class FindingView(BaseModel):
    """A claim that may not be made, where it stands in code points, and why. `advice` may stand in
    place of what `replaces` spans, the claim or its clause; an empty one says that it is best left
    out."""

    span: str
    start: int
    end: int
    kind: Kind
    law: str = Field(description="Statute and article, as 广告法第九条.")
    version: date = Field(description="The day of the version of the law that was read.")
    reason: str
    advice: str
    replaces: tuple[int, int]


class CheckInput(Input):
    """A text, the trade in any words for it, and a platform whose rules are held too."""

    text: Annotated[
        str,
        # Spaces at its ends count: findings are places in the text as it was sent.
        StringConstraints(strip_whitespace=False, min_length=1, max_length=LONGEST),
    ]
    trade: str | None = Field(None, max_length=40)
    platform: str | None = Field(None, max_length=40)


class CheckReport(Output):
    """Findings in the order of the text; `rewritten` is the text with every advice taken."""

    ok: bool
    findings: list[FindingView]
    rewritten: str


class RuleView(BaseModel):
    """An article of a statute, or a rule of a platform, as of a day, and the kinds of findings that
    cite it."""

    id: str
    name: str = Field(description="Statute and article, or the platform.")
    version: date
    kinds: list[Kind]
    says: str


class RuleList(Output):
    """The articles that findings cite, then the platforms' rules, then what is exempt."""

    items: list[RuleView]
    exemptions: list[RuleView]


def finding_view(finding: Finding) -> FindingView:
    """A finding in the reader's language."""
    told = finding.model_dump(exclude={"reason_zh", "reason_en"})
    return FindingView(**told, reason=str(finding.reason))


@tool(
    CHECK,
    purpose=Text(
        "检查一段文字有没有法律或平台不允许的说法，给出条款、原因和合法的改写",
        "Find what a text may not say by law or platform: article, reason, a lawful rewrite",
    ),
    risk="read",
    roles=STAFF,
)
async def check_text(call: Call, given: CheckInput) -> CheckReport:
    """By rules, with no model: nothing is kept and nothing leaves the house."""
    async with _slots:
        report = await asyncio.to_thread(
            lambda: check(given.text, trade=given.trade, platform=given.platform)
        )
    return CheckReport(
        ok=report.ok,
        findings=[finding_view(each) for each in report.findings],
        rewritten=report.rewritten,
    )


@tool(
    "rules.list_rules",
    purpose=Text("列出检查所依据的法律条款和平台规则", "List the articles and platforms' rules"),
    risk="read",
    roles=STAFF,
)
async def list_rules(call: Call, given: Nothing) -> RuleList:
    """Each in the version that was read last."""
    return RuleList(
        items=[*_articles(), *_platforms()],
        exemptions=[
            RuleView(
                id=each.id, name=each.source + each.article, version=each.version,
                kinds=["absolute"], says=str(Text(each.zh, each.en)),
            )
            for each in law.exemptions()
        ],
    )  # fmt: skip


def _articles() -> Iterator[RuleView]:
    for each in law.articles().values():
        yield RuleView(
            id=each.id, name=each.name, version=each.version, kinds=list(each.kinds),
            says=str(Text(each.zh, each.en)),
        )  # fmt: skip


def _platforms() -> Iterator[RuleView]:
    for each in law.platforms():
        yield RuleView(
            id=each.id, name=each.platform, version=each.as_of, kinds=["platform"],
            says=str(Text(each.zh, each.en)),
        )  # fmt: skip
