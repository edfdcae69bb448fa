"""How what the shop knows is shown."""

from __future__ import annotations

from datetime import date

from zhanggui.base.tools import Output
from zhanggui.knowledge import corpus, versions
from zhanggui.knowledge.models import Faq


class FaqView(Output):
    """An answered question; `is_told` says whether today is within its days."""

    id: str
    question: str
    similar: list[str]
    answer: str
    category: str | None
    is_phrase: bool
    valid_from: date | None
    valid_until: date | None
    is_told: bool


def faq_view(row: Faq) -> FaqView:
    """An answered question as it is shown today."""
    return FaqView(
        id=row.id,
        question=row.question,
        similar=row.similar,
        answer=row.answer,
        category=row.category,
        is_phrase=row.is_phrase,
        valid_from=row.valid_from,
        valid_until=row.valid_until,
        is_told=corpus.is_told(row, versions.today()),
    )
