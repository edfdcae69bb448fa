"""Restoring a backup into an empty house, on the engine it came from or on the other."""

from __future__ import annotations

import hashlib
import os
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Any

import obstore
from alembic.script import ScriptDirectory
from obstore.store import ObjectStore
from pydantic import ValidationError
from sqlalchemy import Connection, create_engine, func, inspect, literal, select

from zhanggui.base import rowfiles, schema
from zhanggui.base.backup import FILES, FORMAT, KEY, MANIFEST, WORKFLOWS, Manifest, must_own
from zhanggui.base.blobs import open_store
from zhanggui.base.crypto import key_fingerprint
from zhanggui.base.db import Base
from zhanggui.base.errors import Conflict, Invalid
from zhanggui.base.settings import Settings
from zhanggui.base.words import Text

_BATCH = 2000


def restore(settings: Settings, path: Path, *, force: bool = False) -> Manifest:
    """Bring a backup back; the caller owns the data folder and has loaded every room's models.

    Raises Invalid for a file that is damaged, is no backup or comes from a newer program, and
    Conflict when the house is not empty (`force` empties it) or has another key. Rows go in by one
    transaction.
    """
    if not settings.is_sqlite:
        must_own(settings)
    settings.data.mkdir(mode=0o700, parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=settings.data, prefix=".zhanggui-restore-") as name:
        folder = Path(name)
        manifest = _unpacked(path, folder)
        _must_be_known(settings, manifest)
        with _key_of(settings, manifest, folder, force=force):
            store = open_store(settings)
            if not force and not _is_empty(settings, store):
                raise Conflict(
                    Text("目标里已经有数据", "There are data already where this would go"),
                    hint=Text(
                        "换一个空目录（--data），或用 --force 清空后恢复。",
                        "Choose an empty folder (--data), or empty it with --force.",
                    ),
                    where=str(settings.data),
                )
            if manifest.revision is not None:
                schema.upgrade(settings, manifest.revision if not _has_tables(settings) else "head")
            _load_rows(settings, manifest, folder)
        schema.upgrade(settings)
        _load_blobs(store, manifest, folder)
        if settings.is_sqlite:
            _bring_workflows(settings, folder)
        # Last: they may lie elsewhere, where nothing may be written.
        _bring_files(settings, folder)
    return manifest


def _unpacked(path: Path, folder: Path) -> Manifest:
    """The manifest of the file, whose parts now lie in `folder` and are as they were written."""
    try:
        with tarfile.open(path) as tar:
            tar.extractall(folder, filter="data")
        manifest = Manifest.model_validate_json((folder / MANIFEST).read_bytes())
    except FileNotFoundError as error:
        if not path.exists():
            raise Invalid(
                Text("没有这个备份文件", "There is no such backup file"), where=str(path)
            ) from error
        raise _damaged(path) from error
    except (tarfile.TarError, ValidationError, EOFError, OSError) as error:
        raise _damaged(path) from error
    if manifest.format != FORMAT:
        raise _too_new(manifest)
    for part in manifest.parts:
        member = folder / part.name
        if not member.is_file():
            raise _damaged(path, part.name)
        with member.open("rb") as file:
            if hashlib.file_digest(file, "sha256").hexdigest() != part.sha256:
                raise _damaged(path, part.name)
    return manifest


def _damaged(path: Path, part: str = "") -> Invalid:
    where = f"{path} ({part})" if part else str(path)
    return Invalid(
        Text("备份文件不完整或已损坏", "The backup is not whole, or is damaged"),
        hint=Text("请换一份备份。", "Use another copy or an older backup."),
        where=where,
    )


def _too_new(manifest: Manifest) -> Invalid:
    return Invalid(
        Text(
            f"备份来自更新的版本（{manifest.version}）",
            f"The backup comes from a newer version ({manifest.version})",
        ),
        hint=Text("请先升级掌柜。", "Upgrade Zhanggui first."),
    )


def _must_be_known(settings: Settings, manifest: Manifest) -> None:
    scripts = ScriptDirectory.from_config(schema.alembic_config(settings))
    known = {script.revision for script in scripts.walk_revisions()}
    if manifest.revision is not None and manifest.revision not in known:
        raise _too_new(manifest)


@contextmanager
def _key_of(settings: Settings, manifest: Manifest, folder: Path, *, force: bool) -> Iterator[None]:
    """The backup's key in place; the former one comes back when the rows do not go in, since those
    that are still here were sealed with it."""
    own = settings.data / KEY
    former = own.read_bytes() if own.exists() else None
    try:
        _bring_key(settings, manifest, folder, force=force)
        yield
    except BaseException:
        if former is not None:
            _write_key(own, former)
        raise


def _bring_key(settings: Settings, manifest: Manifest, folder: Path, *, force: bool) -> None:
    """Put the backup's key in place, or see that the right one is there."""
    own = settings.data / KEY
    if settings.secret_key is None and manifest.key.included and (force or not own.exists()):
        _write_key(own, (folder / KEY).read_bytes())
    missing = settings.secret_key is None and not own.exists()
    if missing or key_fingerprint(settings) != manifest.key.fingerprint:
        raise Conflict(
            Text("缺少这份备份的密钥", "The key of this backup is not here"),
            hint=Text(
                f"把原来的 secret.key 放到 {settings.data}，或设置 ZHANGGUI_SECRET_KEY。",
                f"Put the old secret.key into {settings.data}, or set ZHANGGUI_SECRET_KEY.",
            ),
            where=manifest.key.kept_in,
        )


def _write_key(path: Path, key: bytes) -> None:
    draft = path.with_suffix(".part")
    draft.unlink(missing_ok=True)
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(key)
    draft.replace(path)


def _is_empty(settings: Settings, store: ObjectStore) -> bool:
    if any(batch for batch in obstore.list(store)):
        return False
    engine = create_engine(schema.owner_url(settings))
    try:
        with engine.connect() as connection:
            names = set(inspect(connection).get_table_names())
            return not any(
                # What is here may be of an older version, and lack a column.
                connection.execute(select(literal(1)).select_from(table).limit(1)).first()
                for table in Base.metadata.sorted_tables
                if table.name in names
            )
    finally:
        engine.dispose()


def _has_tables(settings: Settings) -> bool:
    engine = create_engine(schema.owner_url(settings))
    try:
        with engine.connect() as connection:
            return bool(inspect(connection).get_table_names())
    finally:
        engine.dispose()


def _load_rows(settings: Settings, manifest: Manifest, folder: Path) -> None:
    engine = create_engine(schema.owner_url(settings))
    try:
        with engine.begin() as connection:
            names = set(inspect(connection).get_table_names())
            for table in reversed(Base.metadata.sorted_tables):
                if table.name in names:
                    connection.execute(table.delete())
            for name in manifest.tables:
                head, rows = rowfiles.read(folder / "rows" / f"{name}.jsonl.gz")
                target = rowfiles.target(name, head)
                for batch in _batches(rows):
                    connection.execute(target.insert(), batch)
            if connection.dialect.name == "postgresql":
                _advance_sequences(connection, names)
    finally:
        engine.dispose()


def _batches(rows: Iterator[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    while batch := list(islice(rows, _BATCH)):
        yield batch


def _advance_sequences(connection: Connection, names: set[str]) -> None:
    """Let numbers go on after those that were restored."""
    for table in Base.metadata.sorted_tables:
        counted = table.autoincrement_column
        if counted is None or table.name not in names:
            continue
        highest = connection.scalar(select(func.max(counted)))
        sequence = func.pg_get_serial_sequence(table.name, counted.name)
        if highest is not None and connection.scalar(select(sequence)) is not None:
            connection.execute(select(func.setval(sequence, highest)))


def _load_blobs(store: ObjectStore, manifest: Manifest, folder: Path) -> None:
    for batch in list(obstore.list(store)):
        for item in batch:
            obstore.delete(store, item["path"])
    for part in manifest.parts:
        if part.name.startswith("blobs/"):
            obstore.put(store, part.name.removeprefix("blobs/"), folder / part.name)


def _bring_files(settings: Settings, folder: Path) -> None:
    """Put the files of settings back; one that is there and says otherwise is kept as ``….bak``."""
    for name, place in FILES.items():
        kept = folder / "files" / name
        if not kept.is_file():
            continue
        path = place(settings)
        if path.is_file() and path.read_bytes() != kept.read_bytes():
            path.replace(path.with_name(f"{path.name}.bak"))
        path.parent.mkdir(parents=True, exist_ok=True)
        _write_key(path, kept.read_bytes())


def _bring_workflows(settings: Settings, folder: Path) -> None:
    for ending in ("", "-wal", "-shm"):
        (settings.data / f"{WORKFLOWS}{ending}").unlink(missing_ok=True)
    kept = folder / WORKFLOWS
    if kept.is_file():
        kept.replace(settings.data / WORKFLOWS)
