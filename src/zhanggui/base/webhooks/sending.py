"""One message sent to one webhook, and what came of it."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any, Literal

import httpx
import orjson

import zhanggui
from zhanggui.base import clock
from zhanggui.base.webhooks import guard, retrying, signing
from zhanggui.base.webhooks.guard import GuardedTransport, Rules
from zhanggui.base.words import Text

Failure = Literal[
    "answer", "redirect", "timeout", "unreachable", "broken", "tls", "unresolved", "refused", "key"
]
FAILURES: dict[Failure, Text] = {
    "answer": Text("对方回答了错误", "The receiver answered with an error"),
    "redirect": Text("对方要求转到别的网址，没有跟去", "The receiver redirects; not followed"),
    "timeout": Text("等了太久没有回答", "No answer in time"),
    "unreachable": Text("连不上对方", "The receiver cannot be reached"),
    "broken": Text("连接中断了", "The connection broke off"),
    "tls": Text("对方的证书有问题", "The receiver's certificate is not valid"),
    "unresolved": Text("找不到这个域名", "The host has no address"),
    "refused": Text("域名指向内网，没有发送", "The host is not on the public internet; not sent"),
    "key": Text("签名密钥解不开，没有发送", "The secret cannot be unsealed; not sent"),
}

TIMEOUT_SECONDS = 15.0
"""For the whole attempt, from looking up the host to the answer."""
_LARGEST_ANSWER = 2000
"""Bytes of an answer that are read; what it says is for a person who tries a webhook."""


@dataclass(frozen=True, slots=True)
class Message:
    """What is told: an event, as its type, its moment and its data."""

    id: str
    type: str
    at: datetime
    data: dict[str, Any]

    @property
    def body(self) -> bytes:
        """The JSON that is sent and signed: the same bytes at every attempt."""
        moment = self.at.isoformat().replace("+00:00", "Z")
        return orjson.dumps({"type": self.type, "timestamp": moment, "data": self.data})


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of an attempt: the status code where there was one, why it counts as failed, for
    how long the receiver wants to be left alone, and the beginning of what it said."""

    code: int | None = None
    failure: Failure | None = None
    held: timedelta | None = None
    text: str = ""


async def send(rules: Rules, url: str, secrets: Sequence[str], message: Message) -> Answer:
    """Send a message once. Never raises for what the receiver or the network does."""
    body = message.body
    headers = {
        "content-type": "application/json",
        "user-agent": f"Zhanggui/{zhanggui.__version__}",
        "accept-encoding": "identity",
        **signing.headers(secrets, message.id, clock.now(), body),
    }
    try:
        async with (
            asyncio.timeout(TIMEOUT_SECONDS),
            client(rules) as caller,
            caller.stream("POST", url, content=body, headers=headers) as response,
        ):
            return _answer(response, await _beginning(response))
    except (TimeoutError, httpx.TimeoutException):
        return Answer(failure="timeout")
    except guard.Unresolved:
        return Answer(failure="unresolved")
    except guard.Refused:
        return Answer(failure="refused")
    except httpx.ConnectError as error:
        return Answer(failure="tls" if _is_tls(error) else "unreachable")
    except (httpx.HTTPError, httpx.InvalidURL):
        return Answer(failure="broken")


def client(rules: Rules) -> httpx.AsyncClient:
    """What asks a machine outside: an address that `rules` allow, no proxy, no connection kept."""
    inner = httpx.AsyncHTTPTransport(
        verify=_trusted(), limits=httpx.Limits(max_keepalive_connections=0)
    )
    transport = GuardedTransport(inner, rules, guard.resolve)
    # A proxy of the environment would look the host up a second time.
    return httpx.AsyncClient(transport=transport, timeout=TIMEOUT_SECONDS, trust_env=False)


@lru_cache(maxsize=1)
def _trusted() -> ssl.SSLContext:
    """The certificates that are believed; read once, which takes a while."""
    return httpx.create_ssl_context()


def _answer(response: httpx.Response, text: str) -> Answer:
    code = response.status_code
    if 200 <= code < 300:
        return Answer(code, text=text)
    asked = retrying.held(code, response.headers.get("retry-after"), clock.now())
    return Answer(code, "redirect" if 300 <= code < 400 else "answer", asked, text)


async def _beginning(response: httpx.Response) -> str:
    """The first bytes of what the receiver says, as text; a status stands whatever follows it."""
    got = b""
    try:
        async for chunk in response.aiter_raw():
            got += chunk[: _LARGEST_ANSWER - len(got)]
            if len(got) >= _LARGEST_ANSWER:
                break
    except httpx.HTTPError:
        pass
    text = got.decode("utf-8", "replace")
    return "".join(each for each in text if each.isprintable() or each in "\n\t")


def _is_tls(error: BaseException) -> bool:
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, ssl.SSLError):
            return True
        cause = cause.__cause__ or cause.__context__
    return False
