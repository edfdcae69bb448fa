"""Servers of models are looked for: on this machine, or at an address that was given.

Each is asked for nothing but OpenAI's list of models, follows nobody elsewhere, and is believed no
more than a list of names.
"""

from __future__ import annotations

import asyncio
import json
import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import httpx
from pydantic import SecretStr

from zhanggui.ai.configuration import Provider, Role
from zhanggui.base.tools import Output
from zhanggui.base.words import Text


@dataclass(frozen=True, slots=True)
class Known:
    """A program that serves models, and the port it usually has."""

    name: str
    title: str
    port: int


KNOWN = (
    Known("ollama", "Ollama", 11434),
    Known("llamacpp", "llama.cpp", 8080),
    Known("vllm", "vLLM", 8000),
    Known("lmstudio", "LM Studio", 1234),
)
_TIMEOUT = httpx.Timeout(2.0, connect=0.6)
_FAR = httpx.Timeout(8.0, connect=4.0)
_MOST_BYTES = 2**20
_MOST_MODELS = 300
_MOST_NAME = 200
_NO_TALK = re.compile(r"embed|rerank|bge|tts|whisper|asr|image|video", re.IGNORECASE)
_SEES = re.compile(r"\bvl\b|\d+vl\b|vision|omni|llava|ocr", re.IGNORECASE)


class FoundServer(Output):
    """A server that was found: by what name it would be kept, its address, what models it has, and
    which of them would do for what. `why` says why it could not be asked for its models, and
    `hint` what to do."""

    name: str
    title: str
    address: str
    is_near: bool
    models: list[str]
    suggested: dict[Role, str]
    why: str | None = None
    hint: str | None = None


async def on_this_machine() -> list[FoundServer]:
    """The servers that answer on the usual ports of this machine, asked all at once."""
    async with _client(_TIMEOUT) as client:
        asked = await asyncio.gather(
            *(_listed(client, f"http://127.0.0.1:{each.port}/v1", None) for each in KNOWN)
        )
    return [
        _found(known.name, known.title, f"http://127.0.0.1:{known.port}/v1", listed)
        for known, listed in zip(KNOWN, asked, strict=True)
        if not isinstance(listed, Text)
    ]


async def at(address: str, key: SecretStr | None) -> FoundServer:
    """The server at an address, with or without ``/v1``; whether it could be asked is in `why`."""
    parts = urlsplit(address)
    tries = [address] if parts.path.strip("/") else [f"{address}/v1", address]
    name = name_of(address)
    first: Text | None = None
    async with _client(_FAR) as client:
        for base_url in tries:
            listed = await _listed(client, base_url, key)
            if not isinstance(listed, Text):
                return _found(name, parts.netloc, base_url, listed)
            first = first or listed
            if listed is _DOWN:
                break
    found = _found(name, parts.netloc, tries[0], [])
    hint = _HINTS[first or _STRANGE]
    return found.model_copy(update={"why": str(first), "hint": str(hint)})


def name_of(address: str) -> str:
    """By what name a server would be kept."""
    parts = urlsplit(address)
    for known in KNOWN:
        if parts.hostname in ("127.0.0.1", "localhost", "::1") and parts.port == known.port:
            return known.name
    host = re.sub(r"[^a-z0-9]+", "-", (parts.hostname or "").lower()).strip("-")
    return (f"{host}-{parts.port}" if parts.port else host)[:32].strip("-") or "server"


def _client(timeout: httpx.Timeout) -> httpx.AsyncClient:
    # No proxy: it would be asked for what stands on this machine, and see the key.
    return httpx.AsyncClient(timeout=timeout, trust_env=False, follow_redirects=False)


_DOWN = Text("连不上", "It is not reached")
_KEY = Text("它要密钥，或密钥不对", "It asks for a key, or the key is wrong")
_ELSEWHERE = Text("它让人去别的地址，没有跟去", "It sends elsewhere, where nobody went")
_STRANGE = Text("它说的不是 OpenAI 的协议", "What it says is not OpenAI's protocol")
_HINTS = {
    _DOWN: Text(
        "看看服务器开着没有、网址和端口对不对。", "See whether it is up, and its address and port."
    ),
    _KEY: Text("填上密钥再找一次。", "Give its key and look again."),
    _ELSEWHERE: Text("填它最后的网址，https 不要写成 http。", "Give the address it sends to."),
    _STRANGE: Text(
        "网址一般以 /v1 结尾；它若不列出模型，也可以自己写模型名。",
        "Most addresses end in /v1. Where a server lists no models, write a model's name yourself.",
    ),
}


async def _listed(
    client: httpx.AsyncClient, base_url: str, key: SecretStr | None
) -> list[str] | Text:
    """The models of a server, or why it could not be asked for them."""
    headers = {"Authorization": f"Bearer {key.get_secret_value()}"} if key else {}
    try:
        # A server that drips does not hold the others up.
        async with asyncio.timeout(10):
            async with client.stream("GET", f"{base_url}/models", headers=headers) as answer:
                if answer.status_code in (401, 403):
                    return _KEY
                if answer.is_redirect:
                    return _ELSEWHERE
                if answer.status_code != 200:
                    return _STRANGE
                body = bytearray()
                async for chunk in answer.aiter_bytes():
                    body += chunk
                    if len(body) > _MOST_BYTES:
                        return _STRANGE
        return _names(json.loads(body))
    except (httpx.ConnectError, httpx.TimeoutException, TimeoutError):
        return _DOWN
    except (httpx.HTTPError, httpx.InvalidURL, ValueError, TypeError, KeyError, RecursionError):
        return _STRANGE


def _names(said: Any) -> list[str]:
    """The names in a list of models; raises ValueError and its like for anything else."""
    if not isinstance(said["data"], list):
        raise ValueError("no list")
    names = [each["id"] for each in said["data"][:_MOST_MODELS]]
    if not all(isinstance(name, str) and name.isprintable() for name in names):
        raise ValueError("no names")
    return sorted({name for name in names if 0 < len(name) <= _MOST_NAME})


def _found(name: str, title: str, address: str, models: list[str]) -> FoundServer:
    return FoundServer(
        name=name,
        title=title,
        address=address,
        is_near=Provider(base_url=address).is_near,
        models=models,
        suggested=_suggested(models),
    )


def _suggested(models: list[str]) -> dict[Role, str]:
    """What would do for words and thought, and to see, as far as names tell."""
    found: dict[Role, str] = {}
    talking = [name for name in models if not _NO_TALK.search(name)]
    plain = [name for name in talking if not _SEES.search(name)] or talking
    if plain:
        found["fast"] = found["thinking"] = plain[0]
    seeing = next((name for name in talking if _SEES.search(name)), None)
    if seeing is not None:
        found["vision"] = seeing
    return found
