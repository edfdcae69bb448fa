"""What a check gives back."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal, get_args

from pydantic import BaseModel, ConfigDict, Field

from zhanggui.base.words import Text

Kind = Literal[
    "absolute", "medical", "efficacy", "former_price", "guarantee", "national", "superstition",
    "minors", "cosmetics", "food", "health_food", "finance", "fake_scarcity", "comparison",
    "authority", "comment_reward", "privacy", "platform",
]  # fmt: skip
KINDS: tuple[Kind, ...] = get_args(Kind)


class Price(BaseModel):
    """What was charged for the goods on a day, or from a moment on."""

    model_config = ConfigDict(frozen=True)

    date: datetime | date
    fen: int = Field(ge=0)


class Finding(BaseModel):
    """A claim that may not be made: `span` is ``text[start:end]`` as it was written, `law` names
    statute and article, `version` is the day of the version that was read. `advice` may stand in
    place of ``text[replaces[0]:replaces[1]]``, the span or its clause; an empty one says that it is
    best left out."""

    model_config = ConfigDict(frozen=True)

    span: str
    start: int
    end: int
    kind: Kind
    law: str
    version: date
    reason_zh: str
    reason_en: str
    advice: str
    replaces: tuple[int, int]

    @property
    def reason(self) -> Text:
        """Why it may not be said."""
        return Text(self.reason_zh, self.reason_en)


class Report(BaseModel):
    """What was found in a text, in the order of the text. `rewritten` is the text with every advice
    taken."""

    text: str
    findings: list[Finding]
    rewritten: str

    @property
    def ok(self) -> bool:
        """Whether nothing was found."""
        return not self.findings
