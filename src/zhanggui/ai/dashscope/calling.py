"""How DashScope's server is spoken to: through the SDK's client, which is told to try nothing again
and is given every setting, so that no file of its own has a say; of the environment only a proxy
counts, and that not for a server in the house.

Of the SDK the client, its headers and its errors are used, and not what it has for each service:
that chooses a protocol by how a model's name begins, and sends files that a text happens to name
(`docs/decisions/0013-durable-model-tasks.md`). What was made lies on another server, which the key
is no business of: it is fetched without the SDK.
"""

from __future__ import annotations

import asyncio
import contextlib
import threading
from collections.abc import Iterator
from importlib import import_module
from typing import TYPE_CHECKING, Any

from zhanggui.ai.configuration import Model, Provider
from zhanggui.ai.dashscope.faults import kind_of, plain
from zhanggui.ai.faults import ModelFault
from zhanggui.ai.language.openai_compatible import retry_after_s
from zhanggui.ai.protocols import Used

if TYPE_CHECKING:
    import dashscope
    import httpx

_CONNECT_S = 10.0
_LONGEST_S = 900.0
"""For a file that is fetched, however slowly it comes."""
_NO_KEY = "none"
_TASK = {"X-DashScope-Async": "enable"}
MOST_BYTES = 512 * 2**20
"""Of a file that is fetched."""


_loading = threading.Lock()
_is_loaded = False


def load() -> None:
    """Import the SDK, which takes a second or two: in a thread and before anybody is asked. Two
    threads at once would find it half made, for its modules import each other."""
    global _is_loaded
    with _loading:
        for module in ("httpx", "dashscope", "dashscope.v2.errors"):
            import_module(module)
        _is_loaded = True


class Server:
    """A model's server."""

    def __init__(self, model: Model, provider: Provider) -> None:
        self._model = model
        self._provider = provider
        self._http: httpx.AsyncClient | None = None
        self._files: httpx.AsyncClient | None = None
        self._client: dashscope.AsyncClient | None = None

    async def open(self) -> None:
        """Have at hand what it takes to speak to the server."""
        if not _is_loaded:
            await asyncio.to_thread(load)

    async def post(self, path: str, body: dict[str, Any], *, task: bool = False) -> dict[str, Any]:
        """What the server answers; with `task` it is told to make a task of it. Raises
        ModelFault."""
        return await self._asked("POST", path, body=body, headers=_TASK if task else {})

    async def get(self, path: str, **given: Any) -> dict[str, Any]:
        """What the server answers; raises ModelFault."""
        return await self._asked("GET", path, params=given)

    async def download(self, address: str) -> bytes:
        """A file, whole as far as its length tells; raises ModelFault."""
        import httpx

        if self._files is None:
            self._files = httpx.AsyncClient(
                timeout=self._patience(),
                follow_redirects=False,
                trust_env=not self._provider.is_near,
            )
        parts: list[bytes] = []
        size = 0
        try:
            async with (
                asyncio.timeout(_LONGEST_S),
                self._files.stream("GET", address) as answer,
            ):
                if answer.is_error:
                    raise ModelFault(kind_of(None, answer.status_code), status=answer.status_code)
                async for part in answer.aiter_bytes():
                    size += len(part)
                    if size > MOST_BYTES:
                        raise ModelFault("broken")
                    parts.append(part)
        except (httpx.TimeoutException, TimeoutError):
            raise ModelFault("slow") from None
        except httpx.RemoteProtocolError:  # It broke off.
            raise ModelFault("broken") from None
        except (httpx.HTTPError, httpx.InvalidURL):
            raise ModelFault("down") from None
        return b"".join(parts)

    async def close(self) -> None:
        """Let go of the connections."""
        for each in (self._http, self._files):
            if each is not None:
                await each.aclose()
        self._http = self._files = self._client = None

    async def _asked(
        self,
        method: str,
        path: str,
        *,
        body: dict[str, Any] | None = None,
        params: dict[str, Any] | None = None,
        headers: dict[str, str] | None = None,
    ) -> dict[str, Any]:
        await self.open()
        with _told():
            answer = await self._opened().transport.request(
                method,
                self._url(path),
                json=body,
                params=params,
                headers={**self._provider.headers, **(headers or {})},
            )
        _must_be_well(answer)
        try:
            found = answer.json()
        except ValueError:
            found = None
        if not isinstance(found, dict):
            raise ModelFault("broken", may_be_taken=True)
        return found

    def _url(self, path: str) -> str:
        base = self._provider.base_url
        if path.startswith("/compatible"):
            return base.removesuffix("/api/v1") + path
        return base + path

    def _opened(self) -> dashscope.AsyncClient:
        if self._client is None:
            import dashscope
            import httpx

            key = self._provider.key
            written = key.get_secret_value() if key else _NO_KEY
            self._http = httpx.AsyncClient(
                headers={"Authorization": f"Bearer {written}"},
                timeout=self._patience(),
                trust_env=not self._provider.is_near,
            )
            self._client = dashscope.AsyncClient(
                api_key=written,
                base_url=self._provider.base_url,
                protocol="native",
                timeout=self._model.timeout_s,
                max_retries=0,
                http_client=self._http,
            )
        return self._client

    def _patience(self) -> httpx.Timeout:
        import httpx

        return httpx.Timeout(self._model.timeout_s, connect=_CONNECT_S)


@contextlib.contextmanager
def _told() -> Iterator[None]:
    """Tell the SDK's errors in our words, without what was asked or answered."""
    import httpx
    from dashscope.v2 import errors

    try:
        yield
    except errors.APIConnectionError as error:
        # Where no connection was had, the request never left.
        never_left = isinstance(
            error.__cause__, httpx.ConnectError | httpx.ConnectTimeout | httpx.PoolTimeout
        )
        is_slow = isinstance(error, errors.APITimeoutError)
        raise ModelFault("slow" if is_slow else "down", may_be_taken=not never_left) from None
    except errors.DashScopeError:
        raise ModelFault("broken", may_be_taken=True) from None


def _must_be_well(answer: httpx.Response) -> None:
    from dashscope.v2 import errors

    error = errors.response_error(answer)
    if error is None:
        return
    code, status = plain(error.code), answer.status_code
    raise ModelFault(
        kind_of(code, status),
        status=status,
        code=code,
        after_s=retry_after_s(answer.headers.get("retry-after")),
        # A gateway that gave up does not know what became of it behind.
        may_be_taken=status >= 500,
    )


def used_of(answer: dict[str, Any]) -> Used:
    """What an answer says is to be paid for; services name it differently."""
    usage = answer.get("usage")
    if not isinstance(usage, dict):
        return Used()
    read = _number(usage, "input_tokens")
    if not read:
        read = _number(usage, "total_tokens") - _number(usage, "output_tokens")
    seconds = _number(usage, "output_video_duration", "video_duration", "duration")
    return Used(
        read=int(read),
        written=int(_number(usage, "output_tokens")),
        pictures=int(_number(usage, "image_count")),
        seconds=seconds,
        characters=int(_number(usage, "characters")),
    )


def _number(usage: dict[str, Any], *names: str) -> float:
    for name in names:
        found = usage.get(name)
        if isinstance(found, int | float) and not isinstance(found, bool) and found > 0:
            return float(found)
    return 0.0
