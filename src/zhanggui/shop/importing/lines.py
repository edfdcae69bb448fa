"""Which line of an order a file's line is.

Only 销售明细 numbers its lines. Elsewhere a line is known by what was bought: its place in the file
changes as soon as an export is sorted differently or leaves out lines (those not refunded, say),
and its place alone would then write one line's goods over another's.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from zhanggui.shop.importing.shapes import Row, shape_of
from zhanggui.shop.importing.writing import LOOKUP
from zhanggui.shop.models import OrderLine

MOST = 300
"""Lines after this place of an order, which no real order has, are known by their place alone:
all lines of an order are looked at for each one."""

_GOODS = ("product_id", "sku_id", "title", "attributes")
_CONTENT = (*_GOODS, "outer_id")
_KNOWN_BY = ("order_id", "position", "line_no", *_CONTENT)


async def place(session: AsyncSession, shop_id: str, rows: Sequence[Row]) -> None:
    """Give each row, whose `position` is its place in the file, the position of the line that it
    is, or a free one. Rows of one order that follow one another are different lines."""
    shape_of(OrderLine).fit(rows)  # As they will be kept, so that they compare equal.
    rows = [row for row in rows if row["position"] < MOST]
    known = await _known(session, shop_id, rows)
    order = ""
    open_lines: dict[int, Row] = {}
    for row in rows:
        lines = known.setdefault(row["order_id"], {})
        said = row["position"]
        if row["order_id"] != order or said == 0:
            order = row["order_id"]
            # Of a run that began in the batch before, the lines at former places are taken.
            open_lines = {p: line for p, line in lines.items() if p >= said}
        found = _same(row, open_lines)
        if found is None:
            found = said if said not in lines else max(lines) + 1
            lines[found] = row
        open_lines.pop(found, None)
        row["position"] = found


async def _known(
    session: AsyncSession, shop_id: str, rows: Sequence[Row]
) -> dict[str, dict[int, Row]]:
    """The lines that the shop has of these orders, by order and position."""
    found: dict[str, dict[int, Row]] = {}
    orders = list(dict.fromkeys(row["order_id"] for row in rows))
    columns = [OrderLine.__table__.c[name] for name in _KNOWN_BY]
    for start in range(0, len(orders), LOOKUP):
        query = select(*columns).where(
            OrderLine.shop_id == shop_id,
            OrderLine.order_id.in_(orders[start : start + LOOKUP]),
            OrderLine.position < 2 * MOST,
        )
        for line in (await session.execute(query)).mappings():
            found.setdefault(line["order_id"], {})[line["position"]] = dict(line)
    return found


def _same(row: Row, lines: dict[int, Row]) -> int | None:
    """The position of the line that `row` is: by its number, else by all that was bought, else
    by what both say of it; of several the one at the row's own place."""
    number = row["line_no"]
    if number is not None:
        for position, line in lines.items():
            if line["line_no"] == number:
                return position
        lines = {p: line for p, line in lines.items() if line["line_no"] is None}
    alike = [p for p, line in lines.items() if all(line[n] == row[n] for n in _CONTENT)]
    alike = alike or [p for p, line in lines.items() if _agree(row, line)]
    return row["position"] if row["position"] in alike else min(alike, default=None)


def _agree(row: Row, line: Row) -> bool:
    """Whether both name the goods, and none differently; a shop may have changed its own code."""
    for names in (_GOODS, ("outer_id",)):
        both = [n for n in names if row[n] is not None and line[n] is not None]
        if both:
            return all(row[n] == line[n] for n in both)
    return False
