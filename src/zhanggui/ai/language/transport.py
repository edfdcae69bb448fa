"""How a server is reached: at the address that the file says and no other, and for no more than it
can reasonably say. Imported late, as the SDK is."""

from __future__ import annotations

from collections.abc import AsyncIterator

import httpx2
import openai

MOST_BYTES = 32 * 2**20
"""Of an answer, streamed or whole."""


class _Bounded(httpx2.AsyncByteStream):
    def __init__(self, stream: httpx2.AsyncByteStream) -> None:
        self._stream = stream

    async def __aiter__(self) -> AsyncIterator[bytes]:
        come = 0
        async for chunk in self._stream:
            come += len(chunk)
            if come > MOST_BYTES:
                raise httpx2.RemoteProtocolError("the answer is too long")
            yield chunk

    async def aclose(self) -> None:
        await self._stream.aclose()


async def _bound(response: httpx2.Response) -> None:
    if isinstance(response.stream, httpx2.AsyncByteStream):
        response.stream = _Bounded(response.stream)


def client(*, is_near: bool) -> httpx2.AsyncClient:
    """A client that is sent nowhere else: what is asked, and the key, go to the address that was
    written or not at all. Only for servers outside of the house a proxy of the environment
    counts."""
    return openai.DefaultAsyncHttpxClient(
        follow_redirects=False, event_hooks={"response": [_bound]}, trust_env=not is_near
    )
