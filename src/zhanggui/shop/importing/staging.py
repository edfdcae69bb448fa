"""Where an import's files lie until they are in: a folder of the import's own.

The files hold personal data in the clear, so they are removed when the import has ended. With an
object store configured they are kept there as well, so that another machine can go on.
"""

from __future__ import annotations

import asyncio
import hashlib
import os
import shutil
from collections.abc import AsyncIterator, Container, Iterable
from datetime import datetime
from pathlib import Path, PurePosixPath

from zhanggui.base import filenames
from zhanggui.base.errors import Invalid, TooLarge
from zhanggui.base.runtime import Runtime
from zhanggui.base.settings import Settings
from zhanggui.base.words import Text
from zhanggui.shop.files import Source, discover

_CHUNK = 2**20
_DEEPEST = 12


class Staging:
    """The staged files of one import."""

    def __init__(self, runtime: Runtime, shop_id: str, import_id: str) -> None:
        self._runtime = runtime
        self._shop_id = shop_id
        self._import_id = import_id
        self.folder = runtime.settings.data / "imports" / shop_id / import_id

    async def add_stream(
        self, name: str, chunks: AsyncIterator[bytes], modified: datetime | None = None
    ) -> None:
        """Write an uploaded file; `name` may hold folders, and cannot leave the import's. Without
        `modified` (when it was written where it comes from) its time says nothing."""
        target = self._target(name)
        limit, size = self._runtime.settings.max_upload_bytes, 0
        with target.open("wb") as file:
            async for chunk in chunks:
                size += len(chunk)
                if size > limit:
                    raise TooLarge(
                        Text(f"文件太大：{name}", f"The file is too large: {name}"),
                        hint=Text(
                            f"单个文件最多 {limit // 2**20} MB，请拆分后再上传。",
                            f"A file may have {limit // 2**20} MB; split it and try again.",
                        ),
                        where=name,
                    )
                await asyncio.to_thread(file.write, chunk)
        stamp = modified.timestamp() if modified else 0.0
        os.utime(target, (stamp, stamp))

    async def add_path(self, path: Path) -> None:
        """Copy a local file, or a folder with all that is in it."""
        await asyncio.to_thread(self._copy, path)

    def _copy(self, path: Path) -> None:
        if path.is_dir():
            shutil.copytree(path, self._target(path.resolve().name), ignore=self._not_data)
        elif path.is_file():
            shutil.copy2(path, self._target(path.name))
        else:
            raise Invalid(
                Text(f"没有这个文件或文件夹：{path}", f"No such file or folder: {path}"),
                hint=Text("请检查路径。", "Check the path."),
                where=str(path),
            )

    def _not_data(self, folder: str, names: list[str]) -> set[str]:
        """What of a folder is not copied: links, pipes and the like, and our own data."""
        data = self._runtime.settings.data.resolve()
        paths = [(name, Path(folder, name)) for name in names]
        return {
            name
            for name, path in paths
            if path.is_symlink() or not (path.is_file() or path.is_dir()) or path.resolve() == data
        }

    def _target(self, name: str) -> Path:
        """Where a file of this name goes: inside the import's folder, whatever the name, and
        beside a file that has the name already."""
        parts = [filenames.short(part) for part in PurePosixPath(name.replace("\\", "/")).parts]
        parts = [part for part in parts if part.strip(". /") and not part.endswith(":")]
        target = self.folder
        for part in parts[-_DEEPEST:] or ["file"]:
            if target.is_file():
                target = _another(target)
            target /= part
        target.parent.mkdir(parents=True, exist_ok=True)
        return _another(target)

    async def publish(self) -> None:
        """Keep the files in the object store too, when one is configured."""
        if self._runtime.settings.blobs_url is None:
            return
        for path in self._files():
            await self._runtime.blobs.put_stream(self._key(path), _chunks(path))

    async def fetch(self) -> None:
        """Bring the files here when another machine staged them."""
        if self.folder.exists() or self._runtime.settings.blobs_url is None:
            return
        prefix = self._runtime.blobs.key(self._shop_id, "imports", self._import_id) + "/"
        for key in await self._runtime.blobs.list(prefix):
            target = self.folder / key.removeprefix(prefix)
            target.parent.mkdir(parents=True, exist_ok=True)
            await self._runtime.blobs.download(key, target)

    async def sources(self) -> list[Source]:
        """What the files are, in the order to read them in."""
        await self.fetch()
        found = await asyncio.to_thread(discover, self.folder) if self.folder.exists() else []
        # A folder without one importable file is told of as itself, and is no file.
        return [source for source in found if getattr(source.blob, "path", None) != self.folder]

    def folder_of(self, source: Source) -> Path | None:
        """The folder of the shop pack a source belongs to; None for one in a zip or in none."""
        if source.pack is None or "!" in source.pack:
            return None
        return self.folder / source.pack

    async def remove(self) -> None:
        """Delete the files."""
        if self._runtime.settings.blobs_url is not None:
            prefix = self._runtime.blobs.key(self._shop_id, "imports", self._import_id) + "/"
            for key in await self._runtime.blobs.list(prefix):
                await self._runtime.blobs.delete(key)
        await asyncio.to_thread(shutil.rmtree, self.folder, ignore_errors=True)

    async def digest(self) -> str:
        """One digest of what every file is called and holds."""
        return await asyncio.to_thread(self._digest)

    def _digest(self) -> str:
        total = hashlib.sha256()
        for path in self._files():
            name = path.relative_to(self.folder).as_posix()
            with path.open("rb") as file:
                said = f"{name}\x00{hashlib.file_digest(file, 'sha256').hexdigest()}\n"
            total.update(os.fsencode(said))
        return total.hexdigest()

    def _files(self) -> Iterable[Path]:
        return sorted(path for path in self.folder.rglob("*") if path.is_file())

    def _key(self, path: Path) -> str:
        parts = path.relative_to(self.folder).parts
        return self._runtime.blobs.key(self._shop_id, "imports", self._import_id, *parts)


def sweep(settings: Settings, waiting: Container[tuple[str, str]]) -> None:
    """Remove the files of imports that are not among `waiting`, by shop and import: a process
    that was killed has left them. Nothing may be staged meanwhile."""
    for folder in (settings.data / "imports").glob("*/*"):
        if (folder.parent.name, folder.name) not in waiting:
            shutil.rmtree(folder, ignore_errors=True)


def _another(path: Path) -> Path:
    """The path, or one beside it that is free."""
    number, free = 1, path
    while free.exists():
        number += 1
        free = path.with_name(f"{path.stem} ({number}){path.suffix}")
    return free


async def _chunks(path: Path) -> AsyncIterator[bytes]:
    with path.open("rb") as file:
        while chunk := await asyncio.to_thread(file.read, _CHUNK):
            yield chunk
