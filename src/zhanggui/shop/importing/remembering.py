"""How a person once said a file's columns are to be read, for the next file like it."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from zhanggui.base import clock
from zhanggui.shop.files import Column, Mapping, Source
from zhanggui.shop.importing.cleaning import cleaned
from zhanggui.shop.importing.models import ColumnMappingRow


async def keep(session: AsyncSession, shop_id: str, fingerprint: str, mapping: Mapping) -> None:
    """Remember a correction for files whose headers have this fingerprint."""
    row = await session.get(ColumnMappingRow, (shop_id, fingerprint))
    if row is None:
        row = ColumnMappingRow(shop_id=shop_id, fingerprint=fingerprint)
        session.add(row)
    row.mapping, row.updated_at = cleaned(mapping.to_json()), clock.now()


async def with_remembered(session: AsyncSession, shop_id: str, source: Source) -> Source:
    """The source read as a person once corrected files with these headers, if one did.

    A correction of the same headers in another order serves as well; so does one of a file with
    other columns besides, where this one could not be read without it.
    """
    if source.header_fingerprint is None or source.mapping is None:
        return source
    row = await session.get(ColumnMappingRow, (shop_id, source.header_fingerprint))
    if row is not None:
        return source.remap(Mapping.from_json(row.mapping))
    if not source.header_row:
        return source
    query = select(ColumnMappingRow).where(ColumnMappingRow.shop_id == shop_id)
    rows = await session.scalars(query.order_by(ColumnMappingRow.updated_at.desc()))
    for mapping in [Mapping.from_json(row.mapping) for row in rows]:
        moved = _moved(mapping, source.mapping, may_differ=source.error is not None)
        if moved is not None and source.remap(moved).error is None:
            return source.remap(moved)
    return source


def _moved(mapping: Mapping, onto: Mapping, *, may_differ: bool) -> Mapping | None:
    """`mapping` for a file with the columns of `onto`, found by their headers; None if those are
    not the same, or (where they may differ) not all that it reads are there."""
    known = _by_header(mapping)
    there = _by_header(onto)
    read = {header for header, column in known.items() if column.field}
    if known.keys() != there.keys() and not (may_differ and read and read <= there.keys()):
        return None
    moved = onto
    for header, column in there.items():
        if header in known:
            moved = moved.assign(column.index, known[header].field)
    return replace(moved, kind=mapping.kind, missing=mapping.missing)


def _by_header(mapping: Mapping) -> dict[tuple[str, int], Column]:
    """Columns by their header and how often it has occurred before."""
    found: dict[tuple[str, int], Column] = {}
    seen: dict[str, int] = {}
    for column in mapping.columns:
        seen[column.header] = count = seen.get(column.header, -1) + 1
        if column.header:
            found[column.header, count] = column
    return found
