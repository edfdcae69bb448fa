"""What a room may ask of a picture: what is on it, what is written on it, how two differ.

The role ``vision`` is asked; what comes back is of a form, and a guess: who acts on it shows it to
somebody or holds it against something. There is no embedded engine: a room asks `can` first.
"""

from __future__ import annotations

from functools import partial
from typing import TypeVar

from pydantic import BaseModel, ConfigDict, Field

from zhanggui.ai import prompts
from zhanggui.ai.language.asking import Language
from zhanggui.ai.language.structured import written
from zhanggui.ai.prompts import Prompt
from zhanggui.ai.roster import Purpose

DESCRIBE = prompts.load("ai", "describe")
READ = prompts.load("ai", "read")
COMPARE = prompts.load("ai", "compare")
LONGEST = 500


class _Form(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


Form = TypeVar("Form", bound=_Form)


class Described(_Form):
    """What is on a picture, in a sentence or two, and each thing by its name."""

    text: str = Field(max_length=LONGEST)
    things: list[str] = Field(max_length=30)


class Read(_Form):
    """What is written on a picture, line by line from the top; empty where nothing is."""

    lines: list[str] = Field(max_length=100)


class Compared(_Form):
    """Whether two pictures show the same product, and how they differ."""

    is_same: bool
    differences: list[str] = Field(max_length=30)


async def describe(language: Language, picture: bytes, purpose: Purpose) -> Described:
    """What is on a picture (JPEG, PNG or WebP). Raises Unavailable where no model sees it, and
    Unreadable where one does not say it in the form."""
    return await _asked(language, DESCRIBE, (picture,), purpose, Described)


async def read(language: Language, picture: bytes, purpose: Purpose) -> Read:
    """What is written on a picture; raises as `describe` does."""
    return await _asked(language, READ, (picture,), purpose, Read)


async def compare(language: Language, one: bytes, other: bytes, purpose: Purpose) -> Compared:
    """How two pictures of a product differ; raises as `describe` does."""
    return await _asked(language, COMPARE, (one, other), purpose, Compared)


async def _asked(
    language: Language,
    prompt: Prompt,
    pictures: tuple[bytes, ...],
    purpose: Purpose,
    form: type[Form],
) -> Form:
    speak = partial(language.reply, "vision", purpose=purpose)
    answer, _ = await written(speak, prompt.request({}, images=pictures), form)
    return answer
