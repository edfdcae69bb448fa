"""The bytes of a file, wherever they lie: on disk or in a zip, whole or cut off.

Nothing is ever extracted to disk, so a member's name can do no harm; it is for showing only.
"""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import BinaryIO, Protocol, cast

from zhanggui.base.words import Text
from zhanggui.shop.files.cells import CHINA

MAX_MEMBERS = 5_000
MAX_UNPACKED = 16 << 30
MAX_RATIO = 300
"""Unpacked to packed, for a member of more than 32 MiB: text of reports stays far below."""
_RATIO_FREE = 32 << 20


class Unreadable(Exception):
    """A container that cannot be opened, and why."""

    def __init__(self, reason: Text) -> None:
        super().__init__(reason.en)
        self.reason = reason


DAMAGED = Text(
    "压缩包已损坏，里面的内容解不开。请重新下载后再导入。",
    "The zip is damaged and its content cannot be unpacked. Download it again.",
)
_PIECE = 1 << 16


def take(file: BinaryIO, size: int) -> tuple[bytes, bool]:
    """Up to `size` bytes, and whether the file broke off in them; what comes before is kept."""
    parts: list[bytes] = []
    while size > 0:
        try:
            part = file.read(min(size, _PIECE))
        except Unreadable:
            return b"".join(parts), True
        if not part:
            break
        parts.append(part)
        size -= len(part)
    return b"".join(parts), False


class Blob(Protocol):
    """A named run of bytes that can be opened any number of times."""

    @property
    def name(self) -> str: ...
    @property
    def size(self) -> int: ...
    @property
    def modified(self) -> datetime | None: ...
    @property
    def cut_off(self) -> bool:
        """Whether bytes are known to be missing from its end."""
        ...

    def open(self) -> BinaryIO: ...


@dataclass(frozen=True)
class DiskBlob:
    """A file on disk."""

    path: Path
    name: str
    cut_off: bool = False

    @property
    def size(self) -> int:
        return self.path.stat().st_size

    @property
    def modified(self) -> datetime | None:
        stamp = self.path.stat().st_mtime
        return datetime.fromtimestamp(stamp, CHINA) if stamp > 0 else None  # 0: nobody knows.

    def open(self) -> BinaryIO:
        return self.path.open("rb")


@dataclass(frozen=True)
class MemberBlob:
    """A member of a zip."""

    archive: Blob
    info: zipfile.ZipInfo
    name: str
    cut_off: bool = False

    @property
    def size(self) -> int:
        return self.info.file_size

    @property
    def modified(self) -> datetime | None:
        try:
            return datetime(*self.info.date_time, tzinfo=CHINA)
        except ValueError:
            return None

    def open(self) -> BinaryIO:
        try:
            return cast(BinaryIO, _Member(self.archive, self.info))
        except (
            zipfile.BadZipFile,
            RuntimeError,
            NotImplementedError,
            OSError,
            ValueError,
        ) as error:
            raise Unreadable(
                Text(
                    f"压缩包里的 {self.name} 打不开（{type(error).__name__}）。"
                    "请重新压缩或直接导入这个文件。",
                    f"{self.name} in the zip cannot be opened ({type(error).__name__}). "
                    "Zip it again or import the file itself.",
                )
            ) from None


class _Member(io.BufferedIOBase):
    """A zip member that keeps its archive open for as long as it is open itself."""

    def __init__(self, archive: Blob, info: zipfile.ZipInfo) -> None:
        with ExitStack() as opened:
            file = opened.enter_context(archive.open())
            members = opened.enter_context(zipfile.ZipFile(file))
            self._member = opened.enter_context(members.open(info))
            self._opened = opened.pop_all()

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def read(self, size: int | None = -1, /) -> bytes:
        try:
            return self._member.read(-1 if size is None else size)
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError):
            raise Unreadable(DAMAGED) from None

    def seek(self, offset: int, whence: int = 0, /) -> int:
        try:
            return self._member.seek(offset, whence)
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError):
            raise Unreadable(DAMAGED) from None

    def tell(self) -> int:
        return self._member.tell()

    def close(self) -> None:
        if not self.closed:
            self._opened.close()
        super().close()


@dataclass(frozen=True)
class SalvagedBlob:
    """What is left of a member in a zip whose end is missing."""

    archive: Blob
    start: int
    method: int
    name: str
    size: int
    cut_off: bool
    modified: datetime | None = None

    def open(self) -> BinaryIO:
        return cast(BinaryIO, io.BufferedReader(_Inflated(self)))


class _Inflated(io.RawIOBase):
    """A raw deflate stream, or stored bytes, up to where it ends or breaks."""

    def __init__(self, blob: SalvagedBlob) -> None:
        self._blob = blob
        self._file = blob.archive.open()
        self._rewind()

    def _rewind(self) -> None:
        self._file.seek(self._blob.start)
        self._inflater = zlib.decompressobj(-15) if self._blob.method == 8 else None
        self._position = 0
        self._ended = False

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = 0, /) -> int:
        if whence == 1:
            offset += self._position
        elif whence == 2:
            offset += self._blob.size
        if offset < self._position:
            self._rewind()
        while self._position < offset and self._take(min(1 << 16, offset - self._position)):
            pass
        return self._position

    def tell(self) -> int:
        return self._position

    def readinto(self, buffer: object, /) -> int:
        view = memoryview(cast(bytearray, buffer)).cast("B")
        data = self._take(len(view))
        view[: len(data)] = data
        return len(data)

    def _take(self, size: int) -> bytes:
        size = min(size, self._blob.size - self._position)
        data = b""
        while size > 0 and not data and not self._ended:
            if self._inflater is None:
                data = self._file.read(size)
                self._ended = not data
                continue
            packed = self._inflater.unconsumed_tail or self._file.read(1 << 16)
            try:
                data = self._inflater.decompress(packed, size)
            except zlib.error:
                self._ended = True
            self._ended = self._ended or self._inflater.eof or (not packed and not data)
        self._position += len(data)
        return data

    def close(self) -> None:
        if not self.closed:
            self._file.close()
        super().close()


@dataclass
class Archive:
    """A zip's members, and what was wrong with it."""

    members: list[Blob] = field(default_factory=list)
    refused: list[tuple[str, Text]] = field(default_factory=list)
    cut_off: bool = False


def open_zip(blob: Blob) -> Archive:
    """The members of a zip, of a broken one those that are left.

    Raises Unreadable for one that is no zip, has too many members or unpacks to too much.
    """
    try:
        with blob.open() as file, zipfile.ZipFile(file) as archive:
            infos = archive.infolist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError, struct.error, EOFError, OSError):
        return _salvage(blob)
    if len(infos) > MAX_MEMBERS:
        raise Unreadable(
            Text(
                f"压缩包里有 {len(infos)} 个文件，超过 {MAX_MEMBERS} 个。请分成几个压缩包导入。",
                f"The zip has {len(infos)} members, more than {MAX_MEMBERS}. Split it.",
            )
        )
    found = Archive()
    total = 0
    for info in infos:
        name = _shown_name(info)
        if info.is_dir() or _is_clutter(name):
            continue
        total += info.file_size
        bomb = info.file_size > _RATIO_FREE and info.file_size > MAX_RATIO * max(
            info.compress_size, 1
        )
        if bomb or total > MAX_UNPACKED:
            raise Unreadable(
                Text(
                    "压缩包解开后大得不合理，像是“压缩炸弹”，没有解开。请确认来源，或解压后直接导入文件。",
                    "The zip unpacks to an absurd size, as a zip bomb does, and was left closed. "
                    "Check where it comes from, or unpack it and import the files.",
                )
            )
        if info.flag_bits & 1:
            found.refused.append((name, PASSWORD))
            continue
        found.members.append(MemberBlob(blob, info, name))
    return found


PASSWORD = Text(
    "文件有密码，打不开。请在表格软件或压缩软件里去掉密码，另存后再导入。",
    "The file is protected by a password. Remove the password, save it, and import again.",
)


def _shown_name(info: zipfile.ZipInfo) -> str:
    name = info.filename
    if not info.flag_bits & 0x800:  # Not marked as UTF-8: Chinese Windows writes GBK.
        try:
            raw = name.encode("cp437")
        except UnicodeEncodeError:
            raw = b""
        for encoding in ("utf-8", "gb18030"):
            try:
                name = raw.decode(encoding) if raw else name
                break
            except UnicodeDecodeError:
                continue
    return safe_name(name)


def safe_name(name: str) -> str:
    """A member's name for showing: no drive, no way up, no control characters."""
    parts = re.split(r"[/\\]+", "".join(c for c in name if c.isprintable()))
    kept = [part for part in parts if part not in ("", ".", "..") and not part.endswith(":")]
    return "/".join(kept)[:255] or "?"


def _is_clutter(name: str) -> bool:
    last = name.rsplit("/", 1)[-1]
    return name.startswith("__MACOSX/") or last.startswith((".", "~$")) or last == "Thumbs.db"


_LOCAL = struct.Struct("<4s5H3I2H")


def _salvage(blob: Blob) -> Archive:
    """Members found by their local headers, for a zip whose directory at the end is missing."""
    found = Archive(cut_off=True)
    total = blob.size
    offset = 0
    with blob.open() as file:
        while len(found.members) < MAX_MEMBERS:
            file.seek(offset)
            head = file.read(_LOCAL.size)
            if len(head) < _LOCAL.size or head[:4] != b"PK\x03\x04":
                break
            _, _, flags, method, _, _, _, packed, unpacked, name_size, extra = _LOCAL.unpack(head)
            raw = file.read(name_size)
            start = offset + _LOCAL.size + name_size + extra
            if flags & 1 or method not in (0, 8) or start >= total:
                break
            if flags & 8 or not packed:
                length, unpacked, whole = _measure(file, start, method)
            else:
                length, whole = packed, start + packed <= total
            info = zipfile.ZipInfo(raw.decode("utf-8" if flags & 0x800 else "cp437", "replace"))
            info.flag_bits = flags
            name = _shown_name(info)
            if unpacked and not name.endswith("/") and not _is_clutter(name):
                found.members.append(
                    SalvagedBlob(blob, start, method, name, min(unpacked, MAX_UNPACKED), not whole)
                )
            if not whole:
                break
            offset = start + length
            file.seek(offset)
            tail = file.read(16)  # The data descriptor that follows a streamed member.
            if flags & 8:
                offset += 16 if tail[:4] == b"PK\x07\x08" else 12
    if not found.members:
        raise Unreadable(
            Text(
                "压缩包不完整或已损坏，里面的文件一个也读不出来。请重新下载后再导入。",
                "The zip is cut off or damaged and no file in it can be read. Download it again.",
            )
        )
    return found


def _measure(file: BinaryIO, start: int, method: int) -> tuple[int, int, bool]:
    """Packed length, unpacked length and whether a streamed member is whole."""
    if method != 8:
        return 0, 0, False
    file.seek(start)
    inflater = zlib.decompressobj(-15)
    read = unpacked = 0
    while not inflater.eof and unpacked < MAX_UNPACKED:
        packed = inflater.unconsumed_tail or file.read(1 << 16)
        if not packed:
            break
        read += 0 if inflater.unconsumed_tail else len(packed)
        try:
            unpacked += len(inflater.decompress(packed, 1 << 20))
        except zlib.error:
            break
    return read - len(inflater.unused_data), unpacked, inflater.eof
