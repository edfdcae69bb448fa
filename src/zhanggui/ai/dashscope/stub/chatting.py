"""The stub's compatible mode: a canned reply in OpenAI's chat completions."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

SAID = "亲，您好，欢迎光临！"
_HEAD = {"id": "chatcmpl-stub", "created": 0}


def said(body: dict[str, Any]) -> str:
    """A greeting; to who asks for a draft in other words, the draft with a word before it."""
    for message in body.get("messages", ()):
        try:
            draft = json.loads(str(message.get("content")))["草稿"]
        except (ValueError, TypeError, KeyError):
            continue
        return json.dumps({"reply": f"亲，{draft}"}, ensure_ascii=False)
    return SAID


def reply(body: dict[str, Any]) -> dict[str, Any]:
    """The reply, whole."""
    message = {"role": "assistant", "content": said(body)}
    return {
        **_HEAD,
        "object": "chat.completion",
        "model": body["model"],
        "choices": [{"index": 0, "message": message, "finish_reason": "stop"}],
        "usage": _usage(body),
    }


async def parts(body: dict[str, Any], wait_s: float) -> AsyncIterator[str]:
    """The reply a character at a time, as server-sent events."""
    for character in said(body):
        yield _event(body, [{"index": 0, "delta": {"content": character}, "finish_reason": None}])
        await asyncio.sleep(wait_s)
    yield _event(body, [{"index": 0, "delta": {}, "finish_reason": "stop"}])
    if (body.get("stream_options") or {}).get("include_usage"):
        yield _event(body, [], usage=_usage(body))
    yield "data: [DONE]\n\n"


def _event(body: dict[str, Any], choices: list[dict[str, Any]], **more: Any) -> str:
    chunk = {**_HEAD, "object": "chat.completion.chunk", "model": body["model"],
             "choices": choices, **more}  # fmt: skip
    return f"data: {json.dumps(chunk, ensure_ascii=False)}\n\n"


def _usage(body: dict[str, Any]) -> dict[str, int]:
    read = sum(len(str(each.get("content", ""))) for each in body.get("messages", ()))
    return {
        "prompt_tokens": read,
        "completion_tokens": len(said(body)),
        "total_tokens": read + len(said(body)),
    }
