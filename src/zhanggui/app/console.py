"""The console's built files: from the wheel, else from the repository."""

from __future__ import annotations

import asyncio
import gzip
import json
import os
from functools import lru_cache
from pathlib import Path, PurePath
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import FileResponse, HTMLResponse, RedirectResponse, Response
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


_gzips: dict[Path, tuple[int, bytes]] = {}
"""Files gzipped, with when they were changed last. A first page asks for twenty at once, so what is
here is sent without a thread."""


async def _sent(request: Request, file: Path, headers: dict[str, str]) -> Response:
    """The file, or that the browser has this version of it already."""
    is_packed = file.suffix in _COMPRESSED and "gzip" in request.headers.get("accept-encoding", "")
    tag = _tag(file, is_packed=is_packed)
    headers = {**headers, "etag": tag}
    if tag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    return await _gzipped(file, headers) if is_packed else FileResponse(file, headers=headers)


def _tag(file: Path, *, is_packed: bool) -> str:
    """Names the version of the file, and which of its two forms travels."""
    known = file.stat()
    return f'"{known.st_mtime_ns:x}-{known.st_size:x}{"-gzip" if is_packed else ""}"'


async def _gzipped(file: Path, headers: dict[str, str]) -> Response:
    changed = _changed(file)
    known = _gzips.get(file)
    if known is None or known[0] != changed:
        known = _gzips[file] = changed, await asyncio.to_thread(_compress, file)
    more = {"content-encoding": "gzip", "vary": "accept-encoding"}
    return Response(known[1], media_type=_COMPRESSED[file.suffix], headers={**headers, **more})


def _changed(file: Path) -> int:
    return file.stat().st_mtime_ns


def _compress(file: Path) -> bytes:
    return gzip.compress(file.read_bytes(), 9, mtime=0)


def _is_file(path: Path) -> bool:
    # Unlike Path.is_file, this takes a name too long for the disk for a file that is not there.
    return os.path.isfile(path)  # noqa: PTH113


@lru_cache(maxsize=256)
def _index(root: Path, path: str, changed: int) -> str:
    """The console's page, which tells the browser to fetch the screen of an address together with
    the program, not after it. A file in which no screen of such a name is known tells nothing."""
    page = (root / "index.html").read_text("utf-8")
    manifest = root / ".vite" / "manifest.json"
    if not manifest.is_file():
        return page
    known: dict[str, dict[str, Any]] = json.loads(manifest.read_bytes())
    wanted = _screens(path)
    needed: dict[str, None] = {}
    for name, chunk in known.items():
        if chunk.get("isDynamicEntry") and PurePath(name).stem.lower() in wanted:
            _gather(known, name, needed)
    hints = "".join(
        f'<link rel="{_HINTS[PurePath(file).suffix]}" href="/{file}">' for file in needed
    )
    return page.replace("</head>", f"{hints}</head>", 1)


_HINTS = {".js": "modulepreload", ".css": "stylesheet"}
_SHOP_PARTS = 3
"""An address within a shop has the shop's id between ``shops`` and the screen."""


def _screens(path: str) -> set[str]:
    """What the files of an address' screens are called, in small letters."""
    parts = path.split("/")
    if parts == [""]:
        return {"inshop", "overview"}
    if parts[0] != "shops":
        return {parts[0].replace("-", "")}
    return {"inshop", *(parts[2:_SHOP_PARTS])}


def _gather(known: dict[str, dict[str, Any]], name: str, needed: dict[str, None]) -> None:
    chunk = known[name]
    if chunk["file"] in needed:
        return
    needed[chunk["file"]] = None
    needed.update(dict.fromkeys(chunk.get("css", ())))
    for other in chunk.get("imports", ()):
        _gather(known, other, needed)


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
    if path and wanted.is_relative_to(root.resolve()) and _is_file(wanted / "index.html"):
        # A page of its own, like the demo shop's: what it loads is named from its folder.
        if not path.endswith("/"):
            return RedirectResponse(request.url.replace(path=f"/{path}/"))
        wanted /= "index.html"
    if path and wanted.is_relative_to(root.resolve()) and _is_file(wanted):
        # Vite puts a hash of the content into the names of what lies in assets/.
        headers = _IMMUTABLE if path.startswith("assets/") else _FRESH
        return await _sent(request, wanted, headers)
    if path.startswith("assets/") or "." in path.rpartition("/")[2]:
        raise HTTPException(404)
    made = await asyncio.to_thread(_index, root, path, _changed(root / "index.html"))
    return HTMLResponse(made, headers=_FRESH)
