"""What every shop is asked about, and whether this one has written anything on it."""

import pytest

from tests.guiding import done
from tests.loading import load
from zhanggui.knowledge.topics import TOPICS
from zhanggui.shop.files import FaqRecord, PolicyRecord
from zhanggui.shop.opening import open_shop

pytestmark = pytest.mark.db


@pytest.fixture
def uncovered(call):
    async def uncovered():
        return {each.id for each in (await call("list_topics")).items if not each.is_covered}

    return uncovered


async def test_nothing_is_covered_at_first_and_all_is_by_the_starters(uncovered, call):
    assert await uncovered() == set(TOPICS)
    await call("adopt_starter_policies")
    assert await uncovered() == set()


@pytest.mark.parametrize("topic", sorted(TOPICS))
async def test_a_topic_is_covered_by_its_own_starter(uncovered, call, topic):
    await call("adopt_starter_policies", ids=[topic])
    assert topic not in await uncovered()


async def test_a_policy_covers_no_more_than_a_neighbour_of_its_topic(uncovered, call):
    """Clauses mention what others rule: nobody may believe it to be written for that."""
    for topic in sorted(TOPICS):
        for policy in (await call("list_policies")).items:
            await call("remove_policy_version", id=policy.id, effective=str(policy.effective))
        await call("adopt_starter_policies", ids=[topic])
        assert len(await uncovered()) >= len(TOPICS) - 2, topic


async def test_answers_documents_and_policies_cover_as_long_as_they_are_told(
    uncovered, call, runtime, shop, clock
):
    await load(
        runtime,
        shop,
        [
            FaqRecord(1, "能开发票吗", "能"),
            PolicyRecord(1, "house", "店规", ("签收后7天内可以退。", "付款后48小时内发货。")),
        ],
    )
    await call("save_faq", question="收到碎了怎么办", answer="拍照", valid_until="2026-06-30")
    assert await uncovered() == {"exchange", "orders"}
    clock.move(days=60)
    assert await uncovered() == {"exchange", "orders", "quality"}


async def test_a_policy_that_is_to_come_covers_nothing_yet(uncovered, call):
    given = {"id": "x", "title": "发票", "clauses": ["都开。"], "effective": "2099-01-01"}
    await call("save_policy", **given)
    assert "invoice" in await uncovered()


async def test_what_another_shop_has_written_covers_nothing(
    uncovered, runtime, other_shop_id, call
):
    await open_shop(runtime, other_shop_id, "隔壁")
    await load(runtime, other_shop_id, [FaqRecord(1, "能开发票吗", "能")])
    assert "invoice" in await uncovered()


async def test_the_step_is_done_when_all_is_covered(call, runtime, shop):
    assert "check" not in await done(runtime, shop)
    await call("adopt_starter_policies")
    assert "check" in await done(runtime, shop)
