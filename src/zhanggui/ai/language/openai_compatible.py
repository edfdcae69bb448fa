"""A server that speaks OpenAI's chat completions: DashScope's compatible mode, vLLM, Ollama,
llama.cpp.

The SDK does the protocol and is told to try nothing again: that is decided in one place for all
(:mod:`~zhanggui.ai.patience`).
"""

from __future__ import annotations

import asyncio
import base64
import contextlib
from collections.abc import AsyncIterator, Iterator
from email.utils import parsedate_to_datetime
from importlib import import_module
from typing import TYPE_CHECKING, Any

import orjson

from zhanggui.ai.configuration import Model, Provider
from zhanggui.ai.faults import Kind, ModelFault
from zhanggui.ai.protocols import NOTHING, ChatMessage, ChatReply, ChatRequest, ToolCall, Used
from zhanggui.base import clock

if TYPE_CHECKING:
    import openai

_CONNECT_S = 10.0
_NO_KEY = "none"
"""What is sent where the server asks for no key: the SDK wants one."""


def load() -> None:
    """Import the SDK, which takes a second or two: in a thread and before anybody is asked, so that
    nobody is kept waiting meanwhile."""
    global _is_loaded
    for module in (
        "httpx2", "openai.resources.chat.completions", "zhanggui.ai.language.transport",
    ):  # fmt: skip
        import_module(module)
    _is_loaded = True


_is_loaded = False


async def _loaded() -> None:
    if not _is_loaded:  # A model came while the program ran.
        await asyncio.to_thread(load)


class OpenAICompatible:
    """A model of such a server; a :class:`~zhanggui.ai.protocols.Chat`."""

    def __init__(self, name: str, model: Model, provider: Provider) -> None:
        self.name = name
        self._model = model
        self._provider = provider
        self._client: openai.AsyncOpenAI | None = None

    async def reply(self, request: ChatRequest) -> ChatReply:
        """The next message; raises ModelFault."""
        await _loaded()
        with _told():
            answer = await self._opened().chat.completions.create(**self._body(request))
            if not answer.choices:
                raise ModelFault("broken")
            choice, used = answer.choices[0], _used(answer.usage)
            _must_be_whole(choice.finish_reason, used)
            text = choice.message.content or ""
            calls = tuple(
                ToolCall(each.id, each.function.name, each.function.arguments or "{}")
                for each in choice.message.tool_calls or ()
                if each.type == "function"
            )
            if not text.strip() and not calls:
                raise ModelFault("broken", used=used)
            return ChatReply(text=text, by=self.name, used=used, calls=calls)

    async def stream(self, request: ChatRequest) -> AsyncIterator[str | ChatReply]:
        """The text in parts as it comes, and at last the whole reply; raises ModelFault, also after
        some parts: then they are not an answer."""
        await _loaded()
        with _told():
            parts: list[str] = []
            usage, ended = None, None
            async with await self._opened().chat.completions.create(
                **self._body(request), stream=True, stream_options={"include_usage": True}
            ) as chunks:
                async for chunk in chunks:
                    usage = chunk.usage or usage
                    if not chunk.choices:
                        continue
                    choice = chunk.choices[0]
                    ended = choice.finish_reason or ended
                    if choice.delta.content:
                        parts.append(choice.delta.content)
                        yield choice.delta.content
            text, used = "".join(parts), _used(usage)
            _must_be_whole(ended, used)
            if not text.strip():
                raise ModelFault("broken", used=used)
            yield ChatReply(text=text, by=self.name, used=used, calls=())

    async def close(self) -> None:
        """Let go of the connections."""
        if self._client is not None:
            await self._client.close()
            self._client = None

    def _opened(self) -> openai.AsyncOpenAI:
        if self._client is None:
            import httpx2
            import openai

            from zhanggui.ai.language import transport

            key = self._provider.key
            self._client = openai.AsyncOpenAI(
                base_url=self._provider.base_url,
                api_key=key.get_secret_value() if key else _NO_KEY,
                default_headers=self._provider.headers,
                max_retries=0,
                http_client=transport.client(is_near=self._provider.is_near),
                timeout=httpx2.Timeout(self._model.timeout_s, connect=_CONNECT_S),
            )
        return self._client

    def _body(self, request: ChatRequest) -> dict[str, Any]:
        model = self._model
        most = min(request.most_tokens or model.most_tokens, model.most_tokens)
        messages = [_message(each) for each in request.messages]
        body: dict[str, Any] = {"model": model.model, "messages": messages, "max_tokens": most}
        more = dict(model.extra)
        if request.json_schema is not None:
            body |= _form(model, messages, request.json_schema)
        if request.tools:
            body["tools"] = [
                {
                    "type": "function",
                    "function": {
                        "name": each.name,
                        "description": each.purpose,
                        "parameters": each.schema,
                    },
                }
                for each in request.tools
            ]
        if model.thinks == "enable_thinking":
            more["enable_thinking"] = request.thinking_tokens > 0
            if request.thinking_tokens:
                more["thinking_budget"] = request.thinking_tokens
        elif model.thinks == "reasoning_effort":
            body["reasoning_effort"] = "medium" if request.thinking_tokens else "minimal"
        if more:
            body["extra_body"] = more
        return body


def _must_be_whole(ended: str | None, used: Used) -> None:
    """Raise ModelFault for what was cut off: it is never shown as whole, and has to be paid for."""
    if ended == "content_filter":
        raise ModelFault("refused", used=used)
    if ended == "length":
        raise ModelFault("long", used=used)
    if ended not in ("stop", "tool_calls"):
        raise ModelFault("broken", used=used)


def _form(model: Model, messages: list[dict[str, Any]], schema: dict[str, Any]) -> dict[str, Any]:
    if model.schema_as == "json_schema":
        shape = {"name": "reply", "schema": schema, "strict": True}
        return {"response_format": {"type": "json_schema", "json_schema": shape}}
    asked = f"只输出一个符合这个 JSON Schema 的 JSON 值：{orjson.dumps(schema).decode()}"
    messages.insert(0, {"role": "system", "content": asked})
    return {"response_format": {"type": "json_object"}} if model.schema_as == "json_object" else {}


def _message(message: ChatMessage) -> dict[str, Any]:
    if message.role == "tool":
        return {"role": "tool", "tool_call_id": message.answers, "content": message.text}
    content: Any = message.text
    if message.images:
        content = [
            *(
                {"type": "image_url", "image_url": {"url": data_url(image)}}
                for image in message.images
            ),
            {"type": "text", "text": message.text},
        ]
    written: dict[str, Any] = {"role": message.role, "content": content}
    if message.calls:
        written["tool_calls"] = [
            {
                "id": each.id,
                "type": "function",
                "function": {"name": each.name, "arguments": each.arguments},
            }
            for each in message.calls
        ]
    return written


_SIGNATURES = {b"\x89PNG": "png", b"\xff\xd8\xff": "jpeg", b"RIFF": "webp"}


def data_url(image: bytes) -> str:
    kind = next((kind for sign, kind in _SIGNATURES.items() if image.startswith(sign)), "jpeg")
    return f"data:image/{kind};base64,{base64.b64encode(image).decode()}"


def _used(usage: Any) -> Used:
    if usage is None:
        return NOTHING
    return Used(_count(usage.prompt_tokens), _count(usage.completion_tokens))


def _count(told: object) -> int:
    """A count as some servers tell it, which the SDK hands on unchecked; 0 for what is none."""
    try:
        return max(0, int(told)) if isinstance(told, int | float | str) else 0
    except (ValueError, OverflowError):
        return 0


@contextlib.contextmanager
def _told() -> Iterator[None]:
    """Tell the SDK's errors in our words, without what was asked or answered."""
    import httpx2
    import openai

    try:
        yield
    except openai.APITimeoutError:
        raise ModelFault("slow") from None
    except openai.APIConnectionError:
        raise ModelFault("down") from None
    except openai.APIStatusError as error:
        kind = _kind(error.status_code, error.code)
        after = retry_after_s(error.response.headers.get("retry-after"))
        raise ModelFault(kind, status=error.status_code, after_s=after) from None
    except httpx2.TimeoutException:  # While a stream is read.
        raise ModelFault("slow") from None
    except httpx2.HTTPError:
        raise ModelFault("broken") from None
    except (openai.OpenAIError, ValueError, TypeError, AttributeError, KeyError, IndexError):
        raise ModelFault("broken") from None


def _kind(status: int, code: object) -> Kind:
    if status in (401, 403):
        return "quota" if "quota" in str(code).lower() else "key"
    # DashScope's Throttling.RateQuota and AllocationQuota are limits of a minute.
    if status == 402 or (status == 429 and "insufficient_quota" in str(code).lower()):
        return "quota"
    if status in (408, 504):
        return "slow"
    if status in (409, 425, 429):
        return "busy"
    return "down" if status >= 500 else "refused"


def retry_after_s(told: str | None) -> float | None:
    """Seconds of a Retry-After (RFC 9110, 10.2.3): a number, or a date."""
    if told is None:
        return None
    if told.strip().isdecimal():
        return float(told)
    try:
        return max(0.0, (parsedate_to_datetime(told) - clock.now()).total_seconds())
    except (ValueError, TypeError):
        return None
