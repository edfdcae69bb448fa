"""The console's built files: from the wheel, else from the repository."""

from __future__ import annotations

import asyncio
import gzip
import os
from functools import lru_cache
from pathlib import Path

from fastapi import APIRouter, Request
from fastapi.responses import FileResponse, HTMLResponse, Response
from starlette.exceptions import HTTPException

_PACKAGE = Path(__file__).parents[1]
_IMMUTABLE = {"cache-control": "public, max-age=31536000, immutable"}
_FRESH = {"cache-control": "no-cache"}
_NOT_BUILT = """<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>掌柜</title>
<h1>控制台还没有构建</h1>
<p>在源码目录运行 <code>make console</code>，然后刷新本页。接口已经可用。</p>
<h1 lang="en">The console has not been built</h1>
<p lang="en">Run <code>make console</code> in the source tree and reload. The API works already.</p>
"""


def folder() -> Path | None:
    """Where the built console is; None when it has not been built."""
    for place in (_PACKAGE / "_console", _PACKAGE.parents[1] / "console" / "dist"):
        if (place / "index.html").is_file():
            return place
    return None


_COMPRESSED = {".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml"}
"""What is sent compressed. Only our own files are: an answer of the API may hold a secret beside
something the caller chose, and its compressed length would tell of it."""

router = APIRouter(include_in_schema=False)


async def _gzipped(file: Path, headers: dict[str, str]) -> Response:
    body = await asyncio.to_thread(lambda: _compress(file, file.stat().st_mtime_ns))
    more = {"content-encoding": "gzip", "vary": "accept-encoding"}
    return Response(body, media_type=_COMPRESSED[file.suffix], headers={**headers, **more})


@lru_cache(maxsize=256)
def _compress(file: Path, changed: int) -> bytes:
    """The file gzipped, once for each version of it."""
    return gzip.compress(file.read_bytes(), 9, mtime=0)


def _is_file(path: Path) -> bool:
    # Unlike Path.is_file, this takes a name too long for the disk for a file that is not there.
    return os.path.isfile(path)  # noqa: PTH113


@router.api_route("/{path:path}", methods=["GET", "HEAD"])
async def page(request: Request, path: str) -> Response:
    """A file of the console, or its page for one of the console's own addresses."""
    if path == "api" or path.startswith("api/"):
        raise HTTPException(404)
    root = folder()
    if root is None:
        return HTMLResponse(_NOT_BUILT, 503)
    if "\x00" in path:
        raise HTTPException(404)
    wanted = (root / path).resolve()
    if path and wanted.is_relative_to(root.resolve()) and _is_file(wanted):
        # Vite puts a hash of the content into the names of what lies in assets/.
        headers = _IMMUTABLE if path.startswith("assets/") else _FRESH
        if wanted.suffix in _COMPRESSED and "gzip" in request.headers.get("accept-encoding", ""):
            return await _gzipped(wanted, headers)
        return FileResponse(wanted, headers=headers)
    if path.startswith("assets/") or "." in path.rpartition("/")[2]:
        raise HTTPException(404)
    return FileResponse(root / "index.html", headers=_FRESH)
