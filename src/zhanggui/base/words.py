"""Bilingual words: every string a person reads exists in Simplified Chinese and in English."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Literal

Language = Literal["zh", "en"]

_language: ContextVar[Language] = ContextVar("zhanggui_language", default="zh")


@dataclass(frozen=True, slots=True)
class Text:
    """One message in both languages; ``{name}`` fields are filled by :meth:`format`."""

    zh: str
    en: str

    def format(self, **values: object) -> Text:
        """The same message with its fields filled."""
        return Text(self.zh.format(**values), self.en.format(**values))

    def __str__(self) -> str:
        return self.zh if _language.get() == "zh" else self.en


def language() -> Language:
    """The reader's language in this context."""
    return _language.get()


@contextmanager
def speaking(language: Language) -> Iterator[None]:
    """Write for a reader of `language` within the block."""
    token = _language.set(language)
    try:
        yield
    finally:
        _language.reset(token)


def preferred(accept_language: str | None) -> Language:
    """The language to use for an HTTP ``Accept-Language`` header: Chinese unless English leads."""
    for part in (accept_language or "").split(","):
        tag = part.split(";")[0].strip().lower()
        if tag.startswith("zh"):
            return "zh"
        if tag.startswith("en"):
            return "en"
    return "zh"
