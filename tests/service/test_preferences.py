"""A shop's choice, kept for a little while."""

import pytest

from zhanggui.base import clock as base_clock
from zhanggui.base.errors import Invalid
from zhanggui.service import weighing
from zhanggui.service.answering import CEILING, CEILINGS
from zhanggui.service.models import ServiceSettings
from zhanggui.service.preferences import FRESH, check, preferences


async def choose(runtime, shop, ceiling):
    async with runtime.db.transaction(shop) as session:
        await session.merge(
            ServiceSettings(
                shop_id=shop, ceiling=ceiling, updated_at=base_clock.now(), updated_by="u"
            )
        )


async def ceiling(runtime, shop):
    async with runtime.db.reading(shop) as session:
        return await preferences(runtime).ceiling(session, shop)


@pytest.mark.db
async def test_who_has_chosen_nothing_has_the_usual(runtime, shop):
    assert await ceiling(runtime, shop) == CEILING


@pytest.mark.db
async def test_another_processs_choice_is_seen_before_long(runtime, shop, clock):
    assert await ceiling(runtime, shop) == CEILING
    await choose(runtime, shop, 0.01)
    assert await ceiling(runtime, shop) == CEILING
    clock.move(seconds=FRESH.total_seconds())
    assert await ceiling(runtime, shop) == 0.01


@pytest.mark.db
async def test_what_was_forgotten_is_read_again(runtime, shop, clock):
    assert await ceiling(runtime, shop) == CEILING
    await choose(runtime, shop, 0.02)
    preferences(runtime).forget(shop)
    assert await ceiling(runtime, shop) == 0.02


@pytest.mark.db
async def test_a_turn_asks_the_database_once_in_a_while(runtime, shop, clock, monkeypatch):
    async with runtime.db.reading(shop) as session:
        await preferences(runtime).ceiling(session, shop)
        monkeypatch.setattr(session, "get", None)
        assert await preferences(runtime).ceiling(session, shop) == CEILING


@pytest.mark.parametrize("share", CEILINGS)
def test_what_there_is_to_choose_has_a_confidence_of_its_own(share):
    check(share)
    for has_meaning in (True, False):
        learnt = weighing.learnt(has_meaning)
        assert list(learnt.ceilings) == list(CEILINGS)
        assert learnt.sure_from(share) <= 1


@pytest.mark.parametrize("share", [0.0, 0.04, 0.1, 1.0, -0.01, float("nan")])
def test_no_other_share_may_be_chosen(share):
    with pytest.raises(Invalid) as refused:
        check(share)
    assert refused.value.where == "ceiling"
