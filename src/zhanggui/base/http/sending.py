"""Sending a file that is made for one answer: whole before the first byte, and gone with the last.

A failure while it is made is an answer like any other, and since it has no name on the disk nothing
of it stays behind, whatever happens.
"""

from __future__ import annotations

import asyncio
import io
import tempfile
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import IO, cast

from fastapi.responses import StreamingResponse

_CHUNK = 2**18


@asynccontextmanager
async def unnamed() -> AsyncIterator[IO[bytes]]:
    """A file to write whole, which stays open for whoever sends it if that succeeds."""
    file = cast("IO[bytes]", tempfile.TemporaryFile())  # noqa: SIM115 # Closed once it is sent.
    try:
        yield file
    except BaseException:
        file.close()
        raise


def attached(file: IO[bytes], name: str, kind: str, more: Mapping[str, str]) -> StreamingResponse:
    """The file as an attachment; it is closed once it is sent."""
    length = file.seek(0, io.SEEK_END)
    file.seek(0)
    return StreamingResponse(
        _chunks(file),
        media_type=kind,
        headers={
            "Content-Disposition": f'attachment; filename="{name}"',
            "Content-Length": str(length),
            **more,
        },
    )


async def _chunks(file: IO[bytes]) -> AsyncIterator[bytes]:
    with file:
        while chunk := await asyncio.to_thread(file.read, _CHUNK):
            yield chunk
