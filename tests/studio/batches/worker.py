"""A process that works on a shop's batches, for tests that kill it: ``python -m … <shop>`` goes on
until the batch is finished, ``… <shop> start`` starts it first."""

from __future__ import annotations

import asyncio
import sys
from datetime import timedelta

from tests.studio.conftest import Studio, making
from zhanggui import rooms
from zhanggui.base import workflows
from zhanggui.base.runtime import opened
from zhanggui.base.settings import Settings
from zhanggui.studio.batches import feeding

workflows.HEARTBEAT, workflows.SILENT = timedelta(seconds=0.2), timedelta(seconds=2)
feeding.QUEUE_PERIOD_S = 0.05


async def main(shop_id: str, *given: str) -> None:
    rooms.load_tools()
    async with opened(Settings()) as runtime, making(runtime):
        studio = Studio(runtime, shop_id)
        if "start" in given:
            await studio.start()
        (batch,) = (await studio.call("list_batches")).items
        await studio.until(batch.id, "finished")


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
