"""Batches from beginning to end, with steps that cost nothing."""

from __future__ import annotations

import pytest

from tests.studio.conftest import making


@pytest.mark.db
async def test_a_batch_makes_everything_of_every_product(studio, engine):
    await studio.goods("马克杯", "碗", "盘")
    async with making(studio.runtime):
        batch = await studio.made(name="秋季")
    assert (batch.name, batch.done, batch.failed, batch.left) == ("秋季", 3, 0, 0)
    assert (batch.share, batch.seconds_left) == (1.0, 0.0)
    assert [(step.name, step.done, step.total) for step in batch.steps] == [
        ("prepare", 3, 3), ("copy", 3, 3), ("scene", 3, 3),
    ]  # fmt: skip
    works = await studio.works()
    assert len(works) == 9
    assert {(each.kind, each.slot, each.version) for each in works} == {
        ("scene", "scenes/01", 1), ("scene", "scenes/02", 1), ("copy", "copy", 1),
    }  # fmt: skip
    told = [kind for kind, _ in await studio.told()]
    assert told.count("item_made") == 3
    assert told[-1] == "batch_finished"
