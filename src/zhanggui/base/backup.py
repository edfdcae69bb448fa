"""A backup: one file with everything that cannot be made again.

A tar of ``rows/<table>.jsonl.gz`` (see :mod:`zhanggui.base.rowfiles`), ``blobs/<key>``,
``files/<name>`` for files of settings that a room carries along, ``workflows.db`` where SQLite
keeps it, and last ``manifest.json`` with counts and checksums. The
rows are one moment's: SQLite's online backup, or a repeatable-read transaction of PostgreSQL's
owning role. A server may go on running meanwhile. The same file restores on either engine.

The key that personal data is sealed with stays out unless asked for; the manifest says where it
is kept and has a fingerprint by which a restore knows it again.
"""

from __future__ import annotations

import hashlib
import sqlite3
import tarfile
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

import obstore
from alembic.runtime.migration import MigrationContext
from pydantic import BaseModel
from sqlalchemy import Connection, Table, create_engine, func, select

import zhanggui
from zhanggui.base import clock, rowfiles, schema
from zhanggui.base.blobs import open_store
from zhanggui.base.crypto import key_fingerprint
from zhanggui.base.db import Base, sqlite_path
from zhanggui.base.errors import Conflict, Invalid
from zhanggui.base.events import CursorRow, EventRow
from zhanggui.base.settings import Settings
from zhanggui.base.webhooks.models import DeliveryRow
from zhanggui.base.words import Text

FORMAT = 1
MANIFEST = "manifest.json"
WORKFLOWS = "workflows.db"
KEY = "secret.key"
FILES: dict[str, Callable[[Settings], Path]] = {}
"""By name where a file lies that goes along and is put back."""


def carry(name: str, place: Callable[[Settings], Path]) -> None:
    """Have a file of settings, where it is there, in every backup."""
    FILES[name] = place


class Part(BaseModel):
    """A member of the file."""

    name: str
    sha256: str
    bytes: int
    rows: int | None = None


class Key(BaseModel):
    """The key of the sealed data."""

    kept_in: Literal["secret.key in the data folder", "the environment (ZHANGGUI_SECRET_KEY)"]
    included: bool
    fingerprint: str


class Manifest(BaseModel):
    """What a backup holds."""

    format: int = FORMAT
    version: str
    revision: str | None
    """Of the schema."""
    engine: Literal["sqlite", "postgresql"]
    created_at: datetime
    key: Key
    tables: list[str]
    """In an order in which each table comes after those it refers to."""
    parts: list[Part]

    @property
    def rows(self) -> int:
        """Rows in all tables."""
        return sum(part.rows or 0 for part in self.parts)

    @property
    def blobs(self) -> int:
        """Files of shops."""
        return sum(part.name.startswith("blobs/") for part in self.parts)


def make(settings: Settings, path: Path, *, with_key: bool = False) -> Manifest:
    """Write a backup to `path`, which must not exist; the caller has loaded every room's models.

    Raises Conflict when the file exists, and Invalid when the settings do not allow a backup. The
    file appears when it is whole.
    """
    if path.exists():
        raise Conflict(
            Text("备份文件已存在", "The backup file exists already"),
            hint=Text("换一个文件名。", "Choose another name."),
            where=str(path),
        )
    path.parent.mkdir(parents=True, exist_ok=True)
    # Nobody else may look into this folder: the draft may hold the key.
    with tempfile.TemporaryDirectory(dir=path.parent, prefix=".zhanggui-backup-") as name:
        folder = Path(name)
        draft = folder / "draft.tar"
        with tarfile.open(draft, "w") as tar:
            manifest = _fill(_Tar(tar, folder), settings, with_key=with_key)
        draft.chmod(0o600)
        draft.replace(path)
    return manifest


class _Tar:
    """The tar being written, and what is in it."""

    def __init__(self, tar: tarfile.TarFile, folder: Path) -> None:
        self._tar = tar
        self.folder = folder
        self.parts: list[Part] = []

    def add(self, name: str, path: Path, rows: int | None = None) -> None:
        """Take in a file and remove it."""
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        self.parts.append(Part(name=name, sha256=digest, bytes=path.stat().st_size, rows=rows))
        self._put(name, path)

    def close(self, manifest: Manifest) -> None:
        """Write the manifest, last of all."""
        path = self.folder / MANIFEST
        path.write_text(manifest.model_dump_json(indent=1), encoding="utf-8")
        self._put(MANIFEST, path)

    def _put(self, name: str, path: Path) -> None:
        info = tarfile.TarInfo(name)
        info.size, info.mode, info.mtime = path.stat().st_size, 0o600, 0
        with path.open("rb") as file:
            self._tar.addfile(info, file)
        path.unlink()


def _fill(tar: _Tar, settings: Settings, *, with_key: bool) -> Manifest:
    # Workflows before rows: a step that ran in between runs again, which steps allow for, while
    # one that counts as done must not lack its rows. Files last: rows name only older ones.
    tables = list(Base.metadata.sorted_tables)
    if settings.is_sqlite and (settings.data / WORKFLOWS).is_file():
        copy = tar.folder / WORKFLOWS
        _copy_sqlite(settings.data / WORKFLOWS, copy)
        tar.add(WORKFLOWS, copy)
    with _snapshot(settings, tar.folder) as connection:
        revision = MigrationContext.configure(connection).get_current_revision()
        for table in tables:
            path = tar.folder / "rows"
            count = rowfiles.write(path, rowfiles.head_of(table), _rows(connection, table))
            tar.add(f"rows/{table.name}.jsonl.gz", path, count)
    _add_blobs(tar, settings)
    for name, place in FILES.items():
        if place(settings).is_file():
            copy = tar.folder / name
            copy.write_bytes(place(settings).read_bytes())
            tar.add(f"files/{name}", copy)
    fingerprint = key_fingerprint(settings)  # Makes the key where there is none yet.
    in_environment = settings.secret_key is not None
    if with_key and not in_environment:
        path = tar.folder / KEY
        path.write_bytes((settings.data / KEY).read_bytes())
        tar.add(KEY, path)
    manifest = Manifest(
        version=zhanggui.__version__,
        revision=revision,
        engine="sqlite" if settings.is_sqlite else "postgresql",
        created_at=clock.now(),
        key=Key(
            kept_in="the environment (ZHANGGUI_SECRET_KEY)"
            if in_environment
            else "secret.key in the data folder",
            included=with_key and not in_environment,
            fingerprint=fingerprint,
        ),
        tables=[table.name for table in tables],
        parts=tar.parts,
    )
    tar.close(manifest)
    return manifest


@contextmanager
def _snapshot(settings: Settings, folder: Path) -> Iterator[Connection]:
    """A connection that sees every shop as it was at one moment."""
    if settings.is_sqlite:
        source, copy = Path(sqlite_path(settings)), folder / "records.db"
        if not source.is_file():
            raise Invalid(
                Text("没有可以备份的数据", "There is nothing to back up"), where=str(source)
            )
        _copy_sqlite(source, copy)
        engine = create_engine(f"sqlite:///{copy}")
    else:
        must_own(settings)
        engine = create_engine(schema.owner_url(settings), isolation_level="REPEATABLE READ")
    try:
        with engine.connect() as connection:
            yield connection
    finally:
        engine.dispose()
        (folder / "records.db").unlink(missing_ok=True)


def must_own(settings: Settings) -> None:
    """Raise Invalid unless a role that sees every shop is named."""
    if settings.database_owner_url is None:
        raise Invalid(
            Text(
                "PostgreSQL 的备份和恢复需要数据库所有者的连接",
                "On PostgreSQL a backup or restore needs the owning role",
            ),
            hint=Text("请设置 ZHANGGUI_DATABASE_OWNER_URL。", "Set ZHANGGUI_DATABASE_OWNER_URL."),
        )


def _copy_sqlite(source: Path, copy: Path) -> None:
    with closing(sqlite3.connect(source)) as old, closing(sqlite3.connect(copy)) as new:
        old.backup(new)
        # A copy in WAL mode would grow files beside it as soon as it is read.
        new.execute("PRAGMA journal_mode=DELETE")


def _rows(connection: Connection, table: Table) -> Iterator[tuple[Any, ...]]:
    if table is EventRow.__table__:
        return _events(connection, table)
    if table is CursorRow.__table__:
        return _cursors(connection, table)
    if table is DeliveryRow.__table__:
        return _deliveries(connection, table)
    return _stream(connection, select(table).order_by(*table.primary_key.columns))


def _stream(connection: Connection, query: Any) -> Iterator[tuple[Any, ...]]:
    result = connection.execution_options(stream_results=True, yield_per=2000).execute(query)
    for row in result:
        yield tuple(row)


# A transaction id of one PostgreSQL cluster means nothing in another, where it may lie in the
# future for years. So the log leaves in the order of (xid, seq) with every xid 0: the events take
# the same sequence numbers, dealt out in that order, and cursors and deliveries follow.


def _events(connection: Connection, table: Table) -> Iterator[tuple[Any, ...]]:
    numbers = _stream(connection, select(table.c.seq).order_by(table.c.seq))
    rows = _stream(connection, select(table).order_by(table.c.xid, table.c.seq))
    names = [column.name for column in table.columns]
    for (number,), row in zip(numbers, rows, strict=True):
        yield tuple((dict(zip(names, row, strict=True)) | {"seq": number, "xid": 0}).values())


def _cursors(connection: Connection, table: Table) -> Iterator[tuple[Any, ...]]:
    log: Table = EventRow.__table__  # type: ignore[assignment]
    names = [column.name for column in table.columns]
    for row in connection.execute(select(table).order_by(table.c.consumer)):
        cursor = dict(zip(names, row, strict=True))
        if cursor["xid"]:
            before = (log.c.xid < cursor["xid"]) | (
                (log.c.xid == cursor["xid"]) & (log.c.seq <= cursor["seq"])
            )
            read = connection.scalar(select(func.count()).select_from(log).where(before)) or 0
            place = select(log.c.seq).order_by(log.c.seq).offset(max(read - 1, 0)).limit(1)
            cursor["seq"] = (connection.scalar(place) or 0) if read else 0
            cursor["xid"] = 0
        yield tuple(cursor.values())


def _deliveries(connection: Connection, table: Table) -> Iterator[tuple[Any, ...]]:
    log: Table = EventRow.__table__  # type: ignore[assignment]
    by_number = select(
        log.c.seq, func.row_number().over(order_by=log.c.seq).label("nth")
    ).subquery()
    by_place = select(
        log.c.seq, func.row_number().over(order_by=(log.c.xid, log.c.seq)).label("nth")
    ).subquery()
    columns = [by_number.c.seq if c is table.c.event_seq else c for c in table.columns]
    query = (
        select(*columns)
        .join(by_place, by_place.c.seq == table.c.event_seq)
        .join(by_number, by_number.c.nth == by_place.c.nth)
    )
    return _stream(connection, query.order_by(*table.primary_key.columns))


def _add_blobs(tar: _Tar, settings: Settings) -> None:
    store = open_store(settings)
    for batch in obstore.list(store):
        for item in batch:
            path = tar.folder / "blob"
            try:
                stream = obstore.get(store, item["path"]).stream(min_chunk_size=4 * 2**20)
            except FileNotFoundError:
                continue  # Removed since it was listed.
            with path.open("wb") as file:
                for chunk in stream:
                    file.write(chunk)
            tar.add(f"blobs/{item['path']}", path)
