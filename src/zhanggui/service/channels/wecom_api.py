"""WeCom's server API as 微信客服 uses it.

《获取access_token》 (…/document/path/91039), 《接收消息和事件》 (…/94670), 《发送消息》 (…/94677),
《分配客服会话》 (…/94669), 《上传临时素材》 (…/90253), 《获取临时素材》 (…/90254), 《全局错误码》
(…/90313), all of https://developer.work.weixin.qq.com.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import httpx
import orjson

from zhanggui.base import clock
from zhanggui.base.runtime import Runtime
from zhanggui.base.webhooks import guard, sending
from zhanggui.base.webhooks.guard import Rules
from zhanggui.service.channels.failing import REFUSED, Outcome
from zhanggui.service.channels.models import Channel

ADDRESS = "https://qyapi.weixin.qq.com"
EXPIRED = (40014, 42001)
"""The error codes of an access token that is none any more."""
BUSY = (-1, 45009, 45033)
"""The error codes of a WeCom that has too much to do, or was asked too often."""
SETUP = (40001, 40013, *EXPIRED, 48002, 60020, 95000)
"""The error codes of an account that is not set up rightly: a person has to mend it."""
_TIMEOUT_SECONDS = 15.0
_MARGIN = timedelta(minutes=5)
"""How long before it ends a token is not used any more."""
_LARGEST = 16 * 2**20
"""Bytes of an answer: pictures have at most 10 MB."""
_BROKEN = 500


class Failed(Exception):
    """A call that came to nothing: WeCom's own `errcode`, or why it was not reached."""

    def __init__(self, failure: str, code: int | None = None) -> None:
        super().__init__(f"{failure} {code}")
        self.failure = failure
        self.code = code

    @property
    def passes(self) -> bool:
        """Whether the same call may succeed later."""
        return self.failure != REFUSED or self.code in BUSY + SETUP

    @property
    def is_setup(self) -> bool:
        """Whether a person has to mend something first."""
        return self.failure == REFUSED and self.code in SETUP

    def outcome(self, again: timedelta | None = None) -> Outcome:
        """It as what came of an attempt."""
        return Outcome(self.failure, self.code, again)


@dataclass(frozen=True, slots=True)
class _Answer:
    """What was answered, whole."""

    media_type: str
    content: bytes


@dataclass(slots=True)
class _Token:
    text: str = ""
    until: datetime | None = None
    asked: asyncio.Lock = field(default_factory=asyncio.Lock)


class Wecom:
    """The API as this process calls it, with the access tokens it has: a service of the runtime.
    `address` is another one for tests alone."""

    def __init__(self, runtime: Runtime, address: str = ADDRESS) -> None:
        self._rules = Rules.of(runtime.settings)
        self._address = address
        self._tokens: dict[tuple[str, str], _Token] = {}

    async def call(
        self, channel: Channel, secret: str, path: str, given: dict[str, Any]
    ) -> dict[str, Any]:
        """POST JSON to a path below ``/cgi-bin/``; raises Failed for any `errcode` but 0."""
        body = orjson.dumps(given)
        headers = {"content-type": "application/json"}
        return _read(await self._with_token(channel, secret, "POST", path, {}, body, headers))

    async def fetch(self, channel: Channel, secret: str, media_id: str) -> bytes:
        """A file that somebody sent; raises Failed."""
        params = {"media_id": media_id}
        answer = await self._with_token(channel, secret, "GET", "media/get", params, None, {})
        if "json" in answer.media_type:
            _read(answer)
        return answer.content

    async def upload(self, channel: Channel, secret: str, picture: bytes) -> str:
        """Give a picture to send; gives its `media_id`, which holds for three days."""
        edge = "----zhanggui"
        head = (
            f"--{edge}\r\ncontent-disposition: form-data; "
            'name="media"; filename="picture.jpg"\r\ncontent-type: image/jpeg\r\n\r\n'
        )
        body = head.encode() + picture + f"\r\n--{edge}--\r\n".encode()
        headers = {"content-type": f"multipart/form-data; boundary={edge}"}
        params = {"type": "image"}
        answer = await self._with_token(
            channel, secret, "POST", "media/upload", params, body, headers
        )
        return str(_read(answer).get("media_id", ""))

    async def robot(self, key: str, given: dict[str, Any]) -> None:
        """Have a group's robot say something; raises Failed."""
        headers = {"content-type": "application/json"}
        _read(await self._asked(
            "POST", "webhook/send", {"key": key}, orjson.dumps(given), headers
        ))  # fmt: skip

    async def is_let_in(self, channel: Channel, secret: str) -> None:
        """Raise Failed unless the corp id and the secret are right."""
        self._token_of(channel, secret).until = None
        await self._token(channel, secret)

    async def _with_token(
        self, channel: Channel, secret: str, method: str, path: str,
        params: dict[str, str], body: bytes | None, headers: dict[str, str],
    ) -> _Answer:  # fmt: skip
        token = await self._token(channel, secret)
        answer = await self._asked(method, path, {"access_token": token, **params}, body, headers)
        if _code(answer) not in EXPIRED:
            return answer
        # WeCom may end a token before its time; with a new one it is asked once more.
        known = self._token_of(channel, secret)
        if known.text == token:
            known.until = None
        token = await self._token(channel, secret)
        return await self._asked(method, path, {"access_token": token, **params}, body, headers)

    def _token_of(self, channel: Channel, secret: str) -> _Token:
        return self._tokens.setdefault((channel.corp_id or "", secret), _Token())

    async def _token(self, channel: Channel, secret: str) -> str:
        known = self._token_of(channel, secret)
        async with known.asked:  # Whoever asks too often is not let in any more.
            if known.until is None or clock.now() >= known.until:
                params = {"corpid": channel.corp_id or "", "corpsecret": secret}
                told = _read(await self._asked("GET", "gettoken", params, None, {}))
                known.text = str(told.get("access_token", ""))
                lasts = timedelta(seconds=int(told.get("expires_in", 0)))
                known.until = clock.now() + max(lasts - _MARGIN, timedelta())
            return known.text

    async def _asked(
        self, method: str, path: str, params: dict[str, str], body: bytes | None,
        headers: dict[str, str],
    ) -> _Answer:  # fmt: skip
        url = f"{self._address}/cgi-bin/{path}"
        try:
            async with (
                asyncio.timeout(_TIMEOUT_SECONDS),
                sending.client(self._rules) as client,
                client.stream(method, url, params=params, content=body, headers=headers) as answer,
            ):
                got = b""
                async for chunk in answer.aiter_bytes():
                    got += chunk
                    if len(got) > _LARGEST:
                        raise Failed("broken")
                if answer.status_code >= _BROKEN:
                    raise Failed("answer", answer.status_code)
                return _Answer(answer.headers.get("content-type", ""), got)
        except (TimeoutError, httpx.TimeoutException):
            raise Failed("timeout") from None
        except guard.Unresolved:
            raise Failed("unresolved") from None
        except guard.Refused:
            raise Failed("refused") from None
        except httpx.ConnectError:
            raise Failed("unreachable") from None
        except (httpx.HTTPError, httpx.InvalidURL):
            raise Failed("broken") from None


def wecom(runtime: Runtime) -> Wecom:
    """The runtime's, made at the first call."""
    found: Wecom = runtime.services.setdefault(Wecom, Wecom(runtime))
    return found


def _code(answer: _Answer) -> int:
    if "json" not in answer.media_type:
        return 0
    return int(_json(answer).get("errcode", 0))


def _json(answer: _Answer) -> dict[str, Any]:
    try:
        told = orjson.loads(answer.content)
    except orjson.JSONDecodeError:
        return {}
    return told if isinstance(told, dict) else {}


def _read(answer: _Answer) -> dict[str, Any]:
    """What was answered; raises Failed for an error, and for what is no answer of WeCom's."""
    told = _json(answer)
    if not told:
        raise Failed("broken")
    code = int(told.get("errcode", 0))
    if code:
        raise Failed(REFUSED, code)
    return told
