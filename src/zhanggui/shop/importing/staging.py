"""Where an import's files lie until they are in: a folder of the import's own.

The files hold personal data in the clear, so they are removed when the import has ended. With an
object store configured they are kept there as well, so that another machine can go on.
"""

from __future__ import annotations

import asyncio
import hashlib
import shutil
from collections.abc import AsyncIterator, Iterable
from pathlib import Path, PurePosixPath

from zhanggui.base.errors import Invalid, TooLarge
from zhanggui.base.runtime import Runtime
from zhanggui.base.words import Text
from zhanggui.shop.files import Source, discover

_CHUNK = 2**20


class Staging:
    """The staged files of one import."""

    def __init__(self, runtime: Runtime, shop_id: str, import_id: str) -> None:
        self._runtime = runtime
        self._shop_id = shop_id
        self._import_id = import_id
        self.folder = runtime.settings.data / "imports" / shop_id / import_id

    async def add_stream(self, name: str, chunks: AsyncIterator[bytes]) -> None:
        """Write an uploaded file; `name` may hold folders, and cannot leave the import's."""
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

    async def add_path(self, path: Path) -> None:
        """Copy a local file, or a folder with all that is in it."""
        await asyncio.to_thread(self._copy, path)

    def _copy(self, path: Path) -> None:
        if path.is_dir():
            shutil.copytree(path, self._target(path.resolve().name), dirs_exist_ok=True)
        elif path.exists():
            shutil.copy2(path, self._target(path.name))
        else:
            raise Invalid(
                Text(f"没有这个文件或文件夹：{path}", f"No such file or folder: {path}"),
                hint=Text("请检查路径。", "Check the path."),
                where=str(path),
            )

    def _target(self, name: str) -> Path:
        parts = [
            part
            for part in PurePosixPath(name.replace("\\", "/")).parts
            if part not in ("", "/", "..", ".") and not part.endswith(":")
        ]
        target = self.folder.joinpath(*parts) if parts else self.folder / "file"
        target.parent.mkdir(parents=True, exist_ok=True)
        return target

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
            await self._runtime.blobs.download(key, self._target(key.removeprefix(prefix)))

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

    def _files(self) -> Iterable[Path]:
        return sorted(path for path in self.folder.rglob("*") if path.is_file())

    def _key(self, path: Path) -> str:
        parts = path.relative_to(self.folder).parts
        return self._runtime.blobs.key(self._shop_id, "imports", self._import_id, *parts)


def digest(sources: Iterable[Source]) -> str:
    """One digest of what every source is and holds; blocking."""
    total = hashlib.sha256()
    for source in sources:
        total.update(f"{source.path}\x00{source.kind}\x00{source.digest()}\n".encode())
    return total.hexdigest()


async def _chunks(path: Path) -> AsyncIterator[bytes]:
    with path.open("rb") as file:
        while chunk := await asyncio.to_thread(file.read, _CHUNK):
            yield chunk
