"""A worker that is killed loses nothing, makes nothing twice and leaves nothing half written."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest
from sqlalchemy import select

from tests.conftest import ROOT
from tests.studio.batches.cheap_steps import BEGUN, SLOW
from tests.studio.conftest import making
from zhanggui.base.settings import Settings
from zhanggui.studio import keeping
from zhanggui.studio.making.folder import digest
from zhanggui.studio.models import Item, Work

PRODUCTS = 4
STEPS = 3
PATIENCE_S = 120

pytestmark = pytest.mark.timeout(300)


class Worker:
    """A worker in a process of its own."""

    def __init__(self, settings: Settings, begun: Path, shop_id: str, *given: str, name="local"):
        environment = {
            **os.environ,
            "ZHANGGUI_DATA": str(settings.data),
            "ZHANGGUI_WORKER": name,
            "ZHANGGUI_LOG_LEVEL": "error",
            BEGUN: str(begun),
            SLOW: "0.02",
        }
        if settings.database_url is not None:
            environment["ZHANGGUI_DATABASE_URL"] = settings.database_url
        command = [sys.executable, "-m", "tests.studio.batches.worker", shop_id, *given]
        self.process = subprocess.Popen(command, env=environment, cwd=ROOT)

    def kill_once(self, begun: Path, steps: int, delay_s: float) -> None:
        """Kill it a moment after so many steps have been begun in all, if it lives till then."""
        deadline = time.monotonic() + PATIENCE_S
        try:
            while self.process.poll() is None and len(lines(begun)) < steps:
                assert time.monotonic() < deadline
                time.sleep(0.005)
            time.sleep(delay_s)
        finally:
            self.kill()

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()

    def finish(self) -> None:
        try:
            assert self.process.wait(PATIENCE_S) == 0
        finally:
            self.kill()


def lines(path: Path) -> list[str]:
    return path.read_text().splitlines() if path.exists() else []


async def works_of(studio) -> dict[tuple[str, str, int], str]:
    async with studio.runtime.db.reading(studio.shop_id) as session:
        query = select(Work).where(Work.shop_id == studio.shop_id)
        return {
            (row.product_id, row.slot, row.version): row.digest
            for row in await session.scalars(query)
        }


@pytest.mark.db
@pytest.mark.parametrize("seed", [1])
async def test_killed_again_and_again_it_ends_as_if_left_alone(
    studio, other_studio, settings, tmp_path, engine, seed
):
    for each in (studio, other_studio):
        await each.goods(*(f"商品{number}" for number in range(PRODUCTS)))
    async with making(other_studio.runtime):
        await other_studio.made()
    chance, begun, kills = random.Random(seed), tmp_path / "begun", 2
    moments = sorted(chance.sample(range(1, PRODUCTS * STEPS), kills))
    for number, steps in enumerate(moments):
        given = ("start",) if number == 0 else ()
        worker = Worker(settings, begun, studio.shop_id, *given)
        worker.kill_once(begun, steps + number, chance.uniform(0, 0.05))
    Worker(settings, begun, studio.shop_id).finish()

    found = await works_of(studio)
    assert found == await works_of(other_studio)
    assert {version for _, _, version in found} == {1}
    for sha256 in found.values():
        assert digest(await keeping.get(studio.runtime.blobs, studio.shop_id, sha256)) == sha256
    # A kill costs the step that was under way and one that was being kept, and no other is done
    # again.
    assert PRODUCTS * STEPS <= len(lines(begun)) <= PRODUCTS * STEPS + 2 * kills
    async with studio.runtime.db.reading(studio.shop_id) as session:
        query = select(Item.state).where(Item.shop_id == studio.shop_id)
        assert set(await session.scalars(query)) == {"done"}


@pytest.mark.parametrize("engine", ["postgresql"], indirect=True)
async def test_another_worker_takes_over_what_a_dead_one_was_at(studio, settings, tmp_path, engine):
    await studio.goods(*(f"商品{number}" for number in range(PRODUCTS)))
    begun = tmp_path / "begun"
    one = Worker(settings, begun, studio.shop_id, "start", name="one")
    one.kill_once(begun, 5, 0.0)
    Worker(settings, begun, studio.shop_id, name="two").finish()
    found = await works_of(studio)
    assert len(found) == PRODUCTS * STEPS
    assert {version for _, _, version in found} == {1}
