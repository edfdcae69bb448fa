"""What of a request may leave, and how the answer becomes whole again."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from zhanggui.ai.masking import Masks, held_back
from zhanggui.ai.protocols import ChatMessage, ChatReply, ChatRequest, ToolCall
from zhanggui.ai.roster import Sent


def masked(request: ChatRequest) -> tuple[ChatRequest, Masks, Sent]:
    """The request without private values, their marks, and how much of what it sends."""
    masks = Masks(request.private)
    messages = [_masked(message, masks) for message in request.messages]
    if masks.counts:
        messages = [_everywhere(message, masks) for message in messages]
    characters = sum(
        len(message.text) + sum(len(call.arguments) for call in message.calls)
        for message in messages
    )
    pictures = sum(len(message.images) for message in messages)
    sent = Sent(characters, pictures, dict(masks.counts))
    return replace(request, messages=messages, private=()), masks, sent


def restored(reply: ChatReply, request: ChatRequest, masks: Masks) -> ChatReply:
    """The reply with the private values that it speaks of."""
    return replace(
        reply,
        text=masks.restore(reply.text, is_json=request.json_schema is not None),
        calls=tuple(
            replace(call, arguments=masks.restore(call.arguments, is_json=True))
            for call in reply.calls
        ),
    )


class Restoring:
    """Restores a text that comes in parts: what may be the beginning of a mark waits for its
    end."""

    def __init__(self, masks: Masks, request: ChatRequest) -> None:
        self._masks = masks
        self._is_json = request.json_schema is not None
        self._held = ""

    def add(self, part: str) -> str:
        """What can be shown by now."""
        text = self._held + part
        whole = held_back(text)
        self._held = text[whole:]
        return self._masks.restore(text[:whole], is_json=self._is_json)

    def rest(self) -> str:
        """What was held back to the end."""
        text, self._held = self._held, ""
        return self._masks.restore(text, is_json=self._is_json)


def _masked(message: ChatMessage, masks: Masks) -> ChatMessage:
    calls = tuple(_masked_call(call, masks) for call in message.calls)
    if message.role == "system":
        return replace(message, text=masks.mask(message.text, is_ours=True), calls=calls)
    return replace(message, text=_text(message.text, masks), calls=calls)


def _everywhere(message: ChatMessage, masks: Masks) -> ChatMessage:
    """What was found in one place masked in every other too, where nothing tells what it is."""
    calls = tuple(
        replace(call, arguments=masks.everywhere(call.arguments)) for call in message.calls
    )
    return replace(message, text=masks.everywhere(message.text), calls=calls)


def _masked_call(call: ToolCall, masks: Masks) -> ToolCall:
    return replace(call, arguments=_text(call.arguments, masks))


def _text(text: str, masks: Masks) -> str:
    """A text masked; of a JSON value each string by itself, for what stands around it there (a
    quotation mark, another field) is no part of what was written."""
    if text[:1] not in ("{", "["):
        return masks.mask(text)
    try:
        value = json.loads(text)
        masked = _value(value, masks)
    except (ValueError, RecursionError):
        return masks.mask(text)
    return text if masked == value else json.dumps(masked, ensure_ascii=False, indent=1)


def _value(value: Any, masks: Masks) -> Any:
    if isinstance(value, str):
        return masks.mask(value)
    if isinstance(value, int | float) and not isinstance(value, bool):
        masked = masks.mask(str(value))
        return value if masked == str(value) else masked
    if isinstance(value, list):
        return [_value(each, masks) for each in value]
    if isinstance(value, dict):
        return {masks.mask(name): _value(each, masks) for name, each in value.items()}
    return value
