"""What a program reads of a model: checked against its form, mended once, or refused."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from zhanggui.ai.protocols import ChatMessage, ChatReply, ChatRequest
from zhanggui.base.errors import Unavailable
from zhanggui.base.words import Text

Speak = Callable[[ChatRequest], Awaitable[ChatReply]]
"""Asks whatever model is there, as :meth:`zhanggui.ai.Language.reply` does."""
Form = TypeVar("Form", bound=BaseModel)
_MOST_SHOWN = 4000
"""Characters of what is to be mended that are sent back: who wrote much more wrote at random."""
_MOST_TOLD = 5


class Unreadable(Unavailable):
    """A model wrote twice what is not of the form it was asked for."""

    code = "unreadable"


async def written(speak: Speak, request: ChatRequest, form: type[Form]) -> tuple[Form, ChatReply]:
    """What a model wrote, as a `form`, and the reply it stands in. One that does not fit its form
    is shown once to who wrote it, with what is wrong. Raises Unreadable, and what `speak` does.

    `request` says what form is asked for in its `json_schema`; without one that of `form` goes."""
    if request.json_schema is None:
        request = replace(request, json_schema=form.model_json_schema())
    reply = await speak(request)
    try:
        return form.model_validate_json(reply.text), reply
    except ValidationError as error:
        again = replace(request, messages=[*request.messages, *_shown(reply.text, error)])
    reply = await speak(again)
    try:
        return form.model_validate_json(reply.text), reply
    except ValidationError:
        raise Unreadable(
            Text("模型的输出不合要求的格式", "What the model wrote is not of the form asked for"),
            hint=Text(
                "换一个模型，或改它的 schema_as。", "Take another model, or change schema_as."
            ),
            where=reply.by,
        ) from None


def _shown(text: str, error: ValidationError) -> list[ChatMessage]:
    """What it wrote and what is wrong with it, without a word of what it wrote in the second."""
    wrong = error.errors(include_url=False, include_input=False, include_context=False)
    told = "；".join(
        f"{_place(each['loc'], each['type'])}：{each['type']}" for each in wrong[:_MOST_TOLD]
    )
    asked = f"上面的输出不合格式（{told}）。只输出一个改正后的 JSON 值，不要别的文字。"
    return [ChatMessage("assistant", text[:_MOST_SHOWN]), ChatMessage("user", asked)]


def _place(path: Sequence[str | int], kind: str) -> str:
    """Where in the form something is wrong; a field that has no place in it is the model's own
    word, and not repeated."""
    if kind == "extra_forbidden":
        path = path[:-1]
    return ".".join(map(str, path)) or "整体"
