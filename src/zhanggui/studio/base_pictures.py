"""Base pictures of products as they come in: files, zips of files, and the listing's own."""

from __future__ import annotations

import asyncio
import io
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from lzma import LZMAError
from pathlib import PurePosixPath
from typing import IO

from PIL import Image
from pydantic import BaseModel, Field

from zhanggui.base.blobs import Blobs
from zhanggui.base.errors import Invalid, NotFound, TooLarge
from zhanggui.base.words import Text
from zhanggui.shop import pictures as listing
from zhanggui.studio import keeping
from zhanggui.studio.pictures import (
    LARGEST_PIXELS,
    NO_PICTURE,
    SEND_PICTURE,
    SHRINK,
    TOO_MANY_PIXELS,
)

LARGEST = 40 * 2**20
"""Bytes of a base picture."""
_LARGEST_READ = 8 * 2**20
_PIECE = 2**20
MOST = 2_000
"""Pictures that are added at a time."""
_ENDINGS = {"JPEG": "jpg", "PNG": "png", "WEBP": "webp"}
_TOO_LARGE = Text("图片太大，最多 40 MB", "the picture is too large: at most 40 MB")
_TOO_MANY = Text("一次最多 2000 张图片", "at most 2,000 pictures at a time")
_BY_PARTS = Text("请分几次上传。", "Send them in several goes.")
_BROKEN_ZIP = Text("打不开这个 zip 文件", "this zip file cannot be opened")
_ZIP_AGAIN = Text("请重新打包，不要加密。", "Pack it anew, without a password.")


class KeptPicture(BaseModel):
    """A picture whose file is kept: what the tool that adds it is told."""

    name: str = Field(max_length=200, pattern=r"^[^/\\]+\.(jpg|png|webp)$")
    digest: str = Field(pattern="^[0-9a-f]{64}$")
    size: int = Field(ge=1, le=LARGEST)
    width: int = Field(ge=1, le=LARGEST_PIXELS)
    height: int = Field(ge=1, le=LARGEST_PIXELS)


@dataclass(frozen=True, slots=True)
class Sent:
    """A file as it was sent: its path within a zip or folder, and its bytes."""

    path: str
    data: bytes


class _Bounded:
    """A file for zipfile, which reads a zip's list of its files, however long, in one go."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self.seek, self.tell, self.seekable = file.seek, file.tell, file.seekable

    def read(self, size: int = -1, /) -> bytes:
        if size > _LARGEST_READ:
            raise zipfile.BadZipFile("it lists too many files")
        return self._file.read(size if size >= 0 else _LARGEST_READ)


def unpacked(name: str, file: IO[bytes]) -> Iterator[Sent]:
    """The pictures of a zip, one in memory at a time, or the file itself; raises Invalid and
    TooLarge."""
    if file.read(4) != b"PK\x03\x04":
        file.seek(0)
        yield Sent(name, file.read(LARGEST + 1))
        return
    try:
        with zipfile.ZipFile(_Bounded(file)) as packed:
            found = [each for each in packed.infolist() if _is_picture(each)]
            if len(found) > MOST:
                raise TooLarge(_TOO_MANY, hint=_BY_PARTS, where=name)
            for each in found:
                with packed.open(each) as entry:
                    yield Sent(_path(each), _read(entry))
    except (
        zipfile.BadZipFile, zlib.error, ValueError, RuntimeError, EOFError, OSError, LZMAError,
    ) as fault:  # fmt: skip
        raise Invalid(_BROKEN_ZIP, hint=_ZIP_AGAIN, where=name) from fault


def _read(entry: IO[bytes]) -> bytes:
    """A file of a zip, or so much of it that it is seen to be too large."""
    data = bytearray()
    while len(data) <= LARGEST and (piece := entry.read(_PIECE)):
        data += piece
    return bytes(data)


def _is_picture(entry: zipfile.ZipInfo) -> bool:
    path = PurePosixPath(entry.filename)
    hidden = any(part.startswith((".", "__MACOSX")) for part in path.parts)
    return not entry.is_dir() and not hidden and path.suffix.lower().lstrip(".") in (
        "jpg", "jpeg", "png", "webp",
    )  # fmt: skip


def _path(entry: zipfile.ZipInfo) -> str:
    """As it was called: Windows in China packs names in GBK and does not say so."""
    if entry.flag_bits & 0x800:
        return entry.filename
    try:
        return entry.filename.encode("cp437").decode("gbk")
    except UnicodeError:
        return entry.filename


def owner_of(path: str, ids: Mapping[str, tuple[str, str | None]]) -> tuple[str, str | None] | None:
    """Whose picture a path in a zip is: the nearest folder, else the beginning of the file's name
    (``1001_3.jpg``), that is a product's or SKU's id or merchant code; `ids` gives these."""
    *folders, name = PurePosixPath(path).parts or ("",)
    stem = PurePosixPath(name).stem
    for part in (*reversed(folders), stem, re.split(r"[_\s]|-(?=\d+$)", stem)[0]):
        if part.strip() in ids:
            return ids[part.strip()]
    return None


async def keep(blobs: Blobs, shop_id: str, sent: Sent) -> KeptPicture:
    """Keep a picture's file, as it is; raises Invalid for what is no picture, and TooLarge."""
    if len(sent.data) > LARGEST:
        raise TooLarge(_TOO_LARGE, hint=SHRINK, where=sent.path)
    ending, width, height = await keeping.in_turn(_looked_at, sent)
    stem = PurePosixPath(sent.path.replace("\\", "/")).stem[:180] or "picture"
    sha256 = await keeping.put(blobs, shop_id, sent.data)
    return KeptPicture(
        name=f"{stem}.{ending}", digest=sha256, size=len(sent.data), width=width, height=height
    )


def _looked_at(sent: Sent) -> tuple[str, int, int]:
    """A picture's ending and its size as it is seen, once all of it has been decoded."""
    try:
        with Image.open(io.BytesIO(sent.data), formats=tuple(_ENDINGS)) as opened:
            if opened.width * opened.height > LARGEST_PIXELS:
                raise TooLarge(TOO_MANY_PIXELS, hint=SHRINK, where=sent.path)
            opened.load()
            is_turned = opened.getexif().get(0x0112, 1) in (5, 6, 7, 8)
            width, height = opened.size[::-1] if is_turned else opened.size
            return _ENDINGS[str(opened.format)], width, height
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as fault:
        raise Invalid(NO_PICTURE, hint=SEND_PICTURE, where=sent.path) from fault


async def from_listing(blobs: Blobs, shop_id: str, urls: list[str]) -> list[KeptPicture]:
    """A product's listing pictures that lie in this shop's files, kept as base pictures; those that
    lie elsewhere or are no longer there are passed over."""
    found = []
    for number, url in enumerate(urls, 1):
        name = listing.name_in(url, shop_id)
        if name is None:
            continue
        try:
            data = await blobs.get(listing.key_of(blobs, shop_id, name))
            sent = Sent(f"{number:02}.{name.rpartition('.')[2]}", data)
            found.append(await keep(blobs, shop_id, sent))
        except (NotFound, Invalid, TooLarge):
            continue
        await asyncio.sleep(0)
    return found
