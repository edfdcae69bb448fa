"""What was made once is found again, while it is young enough and by whom it may be."""

from __future__ import annotations

from datetime import timedelta

import pytest

from zhanggui.ai.cache import FOLDER, HOUSE, LONGEST, Cache, Keep, digest
from zhanggui.base.blobs import open_blobs

HOUR, DAY = Keep(timedelta(hours=1)), Keep(timedelta(days=1))
PICTURE = b"\x89PNG picture"


@pytest.fixture
def blobs(settings):
    return open_blobs(settings)


@pytest.fixture
def cache(blobs):
    return Cache(blobs)


def test_a_key_is_of_all_that_decides_and_of_nothing_else():
    one = digest(model="m", prompt="杯子", images=[PICTURE], size=(1024, 1024), seed=None)
    assert one == digest(seed=None, size=[1024, 1024], images=(PICTURE,), prompt="杯子", model="m")
    others = [
        digest(model="n", prompt="杯子", images=[PICTURE], size=(1024, 1024), seed=None),
        digest(model="m", prompt="杯", images=[PICTURE], size=(1024, 1024), seed=None),
        digest(model="m", prompt="杯子", images=[PICTURE, PICTURE], size=(1024, 1024), seed=None),
        digest(model="m", prompt="杯子", images=[PICTURE + b"x"], size=(1024, 1024), seed=None),
        digest(model="m", prompt="杯子", images=[PICTURE], size=(1024, 1024), seed=0),
    ]
    assert len({one, *others}) == len(others) + 1


async def test_it_is_there_until_it_is_too_old(cache, clock):
    await cache.put("shop", "k", PICTURE, HOUR)
    assert await cache.get("shop", "k", HOUR) == PICTURE
    assert await cache.get("shop", "other", HOUR) is None
    clock.stand_at(clock.now + timedelta(hours=2))
    assert await cache.get("shop", "k", HOUR) is None
    assert await cache.get("shop", "k", DAY) == PICTURE


async def test_a_shops_is_no_other_shops_but_the_houses_is_everybodys(cache):
    everybody = Keep(timedelta(hours=1), "house")
    await cache.put("shop", "mine", PICTURE, HOUR)
    await cache.put("shop", "ours", PICTURE, everybody)
    assert await cache.get("other", "mine", HOUR) is None
    assert await cache.get("other", "mine", everybody) is None
    assert await cache.get("other", "ours", everybody) == PICTURE


async def test_what_is_no_file_of_it_is_nothing(cache, blobs):
    await blobs.put(f"shop/{FOLDER}/k", b"half")
    assert await cache.get("shop", "k", HOUR) is None


async def test_what_is_old_is_swept_and_what_is_not_stays(cache, blobs, clock):
    await cache.put("shop", "old", PICTURE, HOUR)
    await blobs.put(f"shop/{FOLDER}/broken", b"half")
    clock.stand_at(clock.now + timedelta(hours=2))
    await cache.put("shop", "young", PICTURE, HOUR)
    await cache.put("shop", "x", PICTURE, Keep(timedelta(hours=1), "house"))
    assert await cache.sweep("shop", timedelta(hours=1)) == 2
    assert await blobs.list(f"shop/{FOLDER}/") == [f"shop/{FOLDER}/young"]
    assert await blobs.list(f"{HOUSE}/{FOLDER}/") == [f"{HOUSE}/{FOLDER}/x"]


async def test_a_days_first_removes_what_is_too_old_for_anybody(cache, blobs, clock):
    await cache.put("shop", "old", PICTURE, DAY)
    clock.stand_at(clock.now + LONGEST + timedelta(days=1))
    await cache.put("shop", "young", PICTURE, DAY)
    assert await blobs.list(f"shop/{FOLDER}/") == [f"shop/{FOLDER}/young"]


async def test_what_cannot_be_kept_is_no_fault_of_who_asked(cache, blobs, monkeypatch):
    async def full(*given):
        raise OSError("full")

    monkeypatch.setattr(blobs, "put", full)
    await cache.put("shop", "k", PICTURE, HOUR)
    assert await cache.get("shop", "k", HOUR) is None
