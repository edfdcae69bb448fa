"""The tables of imports: what was brought in, how it went, and how to take it back."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, Boolean, Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from zhanggui.base.db import Base, ShopScoped


class ImportRow(ShopScoped, Base):
    """One bringing-in of files.

    `state` goes staged → queued → running → done or failed, and done or failed → undoing → undone.
    """

    __tablename__ = "imports"
    __table_args__ = (Index("imports_by_time", "shop_id", "created_at"),)

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    state: Mapped[str] = mapped_column(String(16))
    attempt: Mapped[int] = mapped_column(Integer, default=0)
    created_at: Mapped[datetime]
    started_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]
    digest: Mapped[str] = mapped_column(String(64))
    """Of all its files, so that the same files brought again continue an unfinished import."""
    error: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    counts: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))


class ImportFileRow(ShopScoped, Base):
    """One source of an import, and how far it has been read."""

    __tablename__ = "import_files"

    import_id: Mapped[str] = mapped_column(String(40), primary_key=True)
    number: Mapped[int] = mapped_column(Integer, primary_key=True)
    path: Mapped[str] = mapped_column(Text)
    kind: Mapped[str] = mapped_column(String(24))
    encoding: Mapped[str | None] = mapped_column(String(24))
    bytes_total: Mapped[int] = mapped_column(BigInteger)
    bytes_done: Mapped[int] = mapped_column(BigInteger, default=0)
    accepted: Mapped[int] = mapped_column(Integer, default=0)
    rejected: Mapped[int] = mapped_column(Integer, default=0)
    problem_count: Mapped[int] = mapped_column(Integer, default=0)
    mapping: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    checkpoint: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    error: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    done: Mapped[bool] = mapped_column(Boolean, default=False)


class ImportProblemRow(ShopScoped, Base):
    """A row that was refused, or was odd. At most :data:`KEPT_PROBLEMS` a file are kept."""

    __tablename__ = "import_problems"

    import_id: Mapped[str] = mapped_column(String(40), primary_key=True)
    number: Mapped[int] = mapped_column(Integer, primary_key=True)
    position: Mapped[int] = mapped_column(Integer, primary_key=True)
    row: Mapped[int] = mapped_column(Integer)
    column: Mapped[str | None] = mapped_column(String(200))
    reason_zh: Mapped[str] = mapped_column(Text)
    reason_en: Mapped[str] = mapped_column(Text)
    refused: Mapped[bool] = mapped_column(Boolean)


KEPT_PROBLEMS = 10_000


class ImportUndoRow(ShopScoped, Base):
    """What a row was before an import wrote over it; `before_by` is the import it was written by.

    Rows an import made need no entry: they carry its id.
    """

    __tablename__ = "import_undo"
    __table_args__ = (Index("import_undo_by_writer", "shop_id", "before_by", "table_name"),)

    import_id: Mapped[str] = mapped_column(String(40), primary_key=True)
    table_name: Mapped[str] = mapped_column(String(40), primary_key=True)
    key: Mapped[str] = mapped_column(String(300), primary_key=True)
    before: Mapped[dict[str, Any]]
    before_by: Mapped[str | None] = mapped_column(String(40))


class ColumnMappingRow(ShopScoped, Base):
    """A person's correction of how a file's columns are read, remembered by its headers."""

    __tablename__ = "column_mappings"

    fingerprint: Mapped[str] = mapped_column(String(64), primary_key=True)
    mapping: Mapped[dict[str, Any]]
    updated_at: Mapped[datetime]
