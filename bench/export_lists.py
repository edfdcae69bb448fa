"""What taking a long list away as a file costs.

    python -m bench.export_lists [ROWS]

A shop is filled with ROWS orders (100,000), each with a sealed receiver; they are written as csv
and as xlsx. Prints one JSON object: for each the CPU seconds, the file's MB and by how many MB the
process grew. Fails when a file has not every row.
"""

from __future__ import annotations

import asyncio
import json
import resource
import sys
import tempfile
import time
from pathlib import Path

from sqlalchemy import update

from bench.console_scroll import SHOP, fill
from zhanggui import rooms
from zhanggui.base import exports, tools
from zhanggui.base.principals import SYSTEM
from zhanggui.base.runtime import opened
from zhanggui.base.settings import Settings
from zhanggui.base.sheets import Encoding, Format
from zhanggui.shop import receivers
from zhanggui.shop.models import Order
from zhanggui.shop.receivers import Receiver

FORMS: tuple[tuple[Format, Encoding], ...] = (("csv", "utf-8"), ("xlsx", "utf-8"))


def _peak_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


async def measure(data: Path, rows: int) -> dict[str, object]:
    """Write the orders in each form."""
    found: dict[str, object] = {"rows": rows}
    await fill(data, rows)
    async with opened(Settings(data=data)) as runtime:
        receiver = Receiver("张小明", "13812345678", "浙江省杭州市西湖区文三路100号")
        sealed = receivers.seal(runtime.cipher, SHOP, receiver)
        async with runtime.db.transaction(SHOP) as session:
            whose = update(Order).where(Order.shop_id == SHOP)
            await session.execute(whose.values(receiver_sealed=sealed))
        export = exports.REGISTRY["orders"]
        given = tools.REGISTRY[export.tool].input()
        for form, encoding in FORMS:
            with tempfile.TemporaryFile() as file:
                cpu, peak = time.process_time(), _peak_mb()
                written = await exports.write(
                    runtime, export, given, file,
                    shop_id=SHOP, principal=SYSTEM, form=form, encoding=encoding,
                )  # fmt: skip
                if written.rows != rows:
                    raise AssertionError(f"{written.rows} of {rows} rows")
                found[form] = {
                    "cpu_s": round(time.process_time() - cpu, 1),
                    "mb": round(file.tell() / 2**20, 1),
                    "grew_mb": round(_peak_mb() - peak, 1),
                }
    return found


def main() -> None:
    """Measure with as many rows as are asked for."""
    rooms.load_tools()
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    with tempfile.TemporaryDirectory() as folder:
        print(json.dumps(asyncio.run(measure(Path(folder), rows))))


if __name__ == "__main__":
    main()
