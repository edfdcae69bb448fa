"""A table taken away as the route does it, read back."""

from __future__ import annotations

import csv
import io
from typing import Any

from zhanggui.base import exports, tools
from zhanggui.base.principals import SYSTEM, Principal
from zhanggui.base.runtime import Runtime


async def taken(
    runtime: Runtime, shop_id: str, table: str, by: Principal = SYSTEM, **filters: Any
) -> list[list[str]]:
    """The rows of a table's csv without its heading; the cells without the tab that keeps long
    numbers text."""
    export, file = exports.REGISTRY[table], io.BytesIO()
    written = await exports.write(
        runtime,
        export,
        tools.validate(tools.REGISTRY[export.tool], filters),
        file,
        shop_id=shop_id,
        principal=by,
        form="csv",
        encoding="utf-8",
    )
    text = io.StringIO(file.getvalue().decode("utf-8-sig"), newline="")
    heading, *rows = csv.reader(text)
    assert written.rows == len(rows)
    assert all(len(row) == len(heading) for row in rows)
    return [[cell.rstrip("\t") for cell in row] for row in rows]
