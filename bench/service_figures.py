"""The service report over a month of a busy shop: what it takes, and whether it is what a plain
count of the same events says, to the last digit.

    python -m bench.service_figures [--conversations 4000] [--events 60000]
"""

from __future__ import annotations

import argparse
import asyncio
import json
import resource
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import insert

from tests.insight import naive
from tests.insight.histories import Bought, bought, busy
from tests.insight.writing import write_bought
from zhanggui import rooms
from zhanggui.base import clock, schema, tools
from zhanggui.base.events import EventRow
from zhanggui.base.principals import SYSTEM
from zhanggui.base.runtime import Runtime, opened
from zhanggui.base.settings import Settings
from zhanggui.insight.periods import period
from zhanggui.shop.opening import open_shop

DAYS = 30
SEED = 6
SHOP = "demo"


async def main(conversations: int, events: int) -> dict[str, Any]:
    rooms.load_tools()
    start = datetime(2026, 5, 1, tzinfo=UTC)
    wait = int((2 * DAYS + 2) * 86_400 / events)
    history = busy(start, SEED, conversations=conversations, events=events, seconds=wait)
    now, sold = history[-1].at, bought(history, SEED)
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(data=Path(folder) / "data")
        settings.data.mkdir(parents=True)
        schema.upgrade(settings)
        async with opened(settings) as runtime:
            await open_shop(runtime, SHOP, "示例")
            await _write(runtime, history, sold)
            with clock.at(now):
                return await _compared(runtime, history, sold, now)


async def _write(runtime: Runtime, history: list[Any], sold: Bought) -> None:
    rows = [{"shop_id": SHOP, "type": e.type, "at": e.at, "data": e.data} for e in history]
    async with runtime.db.transaction(SHOP) as session:
        await session.execute(insert(EventRow), rows)
        await write_bought(session, SHOP, sold, history[0].at)


async def _compared(
    runtime: Runtime, history: list[Any], sold: Bought, now: datetime
) -> dict[str, Any]:
    last = clock.local(now).date()
    given = {"since": last - timedelta(days=DAYS - 1), "until": last}
    took: list[float] = []
    report: Any = None
    for _ in range(3):
        began = time.process_time()
        outcome = await tools.call(
            runtime, "insight.service_report", given, shop_id=SHOP, principal=SYSTEM
        )
        took.append(time.process_time() - began)
        report = outcome.output
    print("counting the same by hand", file=sys.stderr)
    chosen = period(given["since"], given["until"], now)
    plain, earlier = (
        naive.count(history, each.start, each.end, now)
        | {
            "conversion": naive.converted(
                history, sold.conversations, sold.orders, each.start, each.end, now
            )
        }
        for each in (chosen, chosen.before())
    )
    compared = [figure for figure in report.figures if figure.key in plain]
    wrong = [
        figure.key
        for figure in compared
        if (figure.value, figure.before) != (plain[figure.key], earlier[figure.key])
    ]
    return {
        "figures_compared": 2 * len(compared),
        "figures_that_differ": wrong,
        "sessions": plain["conversations"],
        "conversion": plain["conversion"],
        "report_cpu_s": round(min(took), 3),
        "events": len(history),
        "days": DAYS,
        "seed": SEED,
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--conversations", type=int, default=4000)
    parser.add_argument("--events", type=int, default=60_000)
    chosen = parser.parse_args()
    result = asyncio.run(main(chosen.conversations, chosen.events))
    print(json.dumps(result, indent=2))
    sys.exit(bool(result["figures_that_differ"]))
