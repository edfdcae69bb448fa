"""What people answer, proposed, counted, taken over and taken back."""

from datetime import date

import pytest
from sqlalchemy.orm.attributes import flag_modified

from tests.loading import load
from zhanggui.base import tools
from zhanggui.base.errors import Conflict
from zhanggui.base.principals import Principal
from zhanggui.knowledge import learning, sinks, store
from zhanggui.knowledge import tools as knowledge_tools
from zhanggui.knowledge.learning import Taught
from zhanggui.knowledge.models import Faq
from zhanggui.shop.files import FaqRecord

__all__ = ["knowledge_tools"]

pytestmark = pytest.mark.db

QUESTION, ANSWER = "砂锅能用电磁炉吗", "平底的砂锅都可以用电磁炉，圆底的不行。"


@pytest.fixture
async def teach(runtime, shop):
    """Proposes an answer in a conversation."""
    await load(
        runtime, shop, [FaqRecord(1, "怎么开发票", "下单时备注抬头就可以开电子发票。", "F1")]
    )

    async def teach(question=QUESTION, answer=ANSWER, conversation="conv_1"):
        async with runtime.db.transaction(shop) as session:
            known = await learning.known(session, shop)
            placed = learning.place(known, [Taught(conversation, question, answer)])
            rows = await learning.propose(session, shop, placed)
            return rows[0].id if rows else None

    return teach


@pytest.fixture
def use(runtime, shop):
    async def use(name, **given):
        agent = Principal("u1", "agent")
        outcome = await tools.call(
            runtime, f"knowledge.{name}", given, shop_id=shop, principal=agent
        )
        return outcome.output

    return use


async def waiting(use):
    return (await use("list_proposals")).items


async def faq(runtime, shop, faq_id):
    async with runtime.db.reading(shop) as session:
        return await store.faq(session, shop, faq_id)


async def test_the_same_question_is_counted_and_not_doubled(teach, use):
    await teach()
    await teach()
    await teach("砂锅能用电磁炉吗？", "平底的可以。", "conv_2")
    (found,) = await waiting(use)
    assert (found.question, found.count, found.source) == (QUESTION, 2, "desk")
    assert (found.answer, found.evidence) == ("平底的可以。", ["conv_1", "conv_2"])


async def test_another_question_is_another_proposal(teach, use):
    await teach()
    await teach("发什么快递呀", "默认发中通快递，偏远地区发邮政。", "conv_1")
    assert len(await waiting(use)) == 2


async def test_what_was_turned_down_is_not_proposed_again(teach, use):
    proposal = await teach()
    await use("decide_proposals", ids=[proposal], accept=False)
    assert await teach(conversation="conv_2") is None
    assert await waiting(use) == []


async def test_nearly_the_same_answer_makes_it_another_wording(teach, use, runtime, shop):
    proposal = await teach("要报销凭证怎么弄", "下单时备注抬头就可以开电子发票哦。")
    (found,) = await waiting(use)
    assert (found.faq_id, found.faq_question) == ("F1", "怎么开发票")
    await use("decide_proposals", ids=[proposal], accept=True)
    row = await faq(runtime, shop, "F1")
    assert (row.similar, row.answer) == (["要报销凭证怎么弄"], "下单时备注抬头就可以开电子发票。")
    await use("reopen_proposals", ids=[proposal])
    assert (await faq(runtime, shop, "F1")).similar == []


async def test_what_was_taken_over_can_be_taken_back(teach, use, runtime, shop):
    proposal = await teach()
    made = await use("decide_proposals", ids=[proposal], accept=True)
    assert (await faq(runtime, shop, made.faq_ids[0])).answer == ANSWER
    await use("reopen_proposals", ids=[proposal])
    assert await faq(runtime, shop, made.faq_ids[0]) is None
    assert [each.id for each in await waiting(use)] == [proposal]


async def test_days_that_taking_it_over_took_away_come_back(teach, use, runtime, shop):
    june, july = date(2026, 6, 1), date(2026, 7, 31)
    proposal = await teach()
    async with runtime.db.transaction(shop) as session:
        session.add(
            Faq(
                shop_id=shop, id=sinks.faq_id(QUESTION), question=QUESTION, similar=[],
                answer="六七月有活动。", is_phrase=False, valid_from=june, valid_until=july,
            )
        )  # fmt: skip
    (faq_id,) = (await use("decide_proposals", ids=[proposal], accept=True)).faq_ids
    row = await faq(runtime, shop, faq_id)
    assert (row.answer, row.valid_from, row.valid_until) == (ANSWER, None, None)
    await use("reopen_proposals", ids=[proposal])
    row = await faq(runtime, shop, faq_id)
    assert (row.answer, row.valid_from, row.valid_until) == ("六七月有活动。", june, july)


async def test_what_an_earlier_release_took_over_can_be_taken_back(teach, use, runtime, shop):
    proposal = await teach("要报销凭证怎么弄", "下单时备注抬头就可以开电子发票哦。")
    await use("decide_proposals", ids=[proposal], accept=True)
    async with runtime.db.transaction(shop) as session:
        (row,) = await store.held_proposals(session, shop, [proposal])
        assert row.made is not None
        for state in (row.made["before"], row.made["after"]):
            del state["valid_from"], state["valid_until"]
        flag_modified(row, "made")
        (answer,) = await store.faqs_of(session, shop, ["F1"])
        answer.valid_until = date(2026, 12, 31)
    await use("reopen_proposals", ids=[proposal])
    row = await faq(runtime, shop, "F1")
    assert (row.similar, row.valid_until) == ([], date(2026, 12, 31))


async def test_what_is_taught_at_once_is_counted_together(teach, use, runtime, shop):
    async with runtime.db.transaction(shop) as session:
        known = await learning.known(session, shop)
        taught = [Taught("conv_1", QUESTION, ANSWER), Taught("conv_2", f"{QUESTION}？", "都行的。")]
        await learning.propose(session, shop, learning.place(known, taught))
    (found,) = await waiting(use)
    assert (found.count, found.answer) == (2, "都行的。")


async def test_what_was_decided_while_it_was_compared_stays_decided(teach, use, runtime, shop):
    proposal = await teach()
    async with runtime.db.reading(shop) as session:
        known = await learning.known(session, shop)
    placed = learning.place(known, [Taught("conv_2", QUESTION, "都行的。")])
    await use("decide_proposals", ids=[proposal], accept=False)
    async with runtime.db.transaction(shop) as session:
        assert await learning.propose(session, shop, placed) == []
    assert await waiting(use) == []


async def test_an_answer_that_was_changed_since_stays(teach, use, runtime, shop):
    proposal = await teach()
    made = await use("decide_proposals", ids=[proposal], accept=True)
    async with runtime.db.transaction(shop) as session:
        row = await store.faq(session, shop, made.faq_ids[0])
        assert row is not None
        row.answer = "都可以。"
    with pytest.raises(Conflict):
        await use("reopen_proposals", ids=[proposal])


async def test_what_one_conversation_gave_can_be_withdrawn(teach, use, runtime, shop):
    await teach()
    await teach("砂锅能用电磁炉么", "都可以的，放心。", "conv_2")
    async with runtime.db.transaction(shop) as session:
        await learning.withdraw(session, shop, ["conv_1"])
    (left,) = await waiting(use)
    assert (left.question, left.answer, left.similar) == (
        "砂锅能用电磁炉么",
        "都可以的，放心。",
        [],
    )
    async with runtime.db.transaction(shop) as session:
        await learning.withdraw(session, shop, ["conv_2"])
    assert await waiting(use) == []


async def test_reading_chat_files_again_leaves_the_desks_proposals(teach, use, runtime, shop):
    await teach()
    async with runtime.db.transaction(shop) as session:
        await sinks.propose(session, shop)
    assert len(await waiting(use)) == 1


async def test_what_was_decided_and_then_erased_stays_decided(teach, use, runtime, shop):
    proposal = await teach()
    await use("decide_proposals", ids=[proposal], accept=False)
    async with runtime.db.transaction(shop) as session:
        await learning.withdraw(session, shop, ["conv_1"])
    assert await teach(conversation="conv_2") is None
    with pytest.raises(Conflict):
        await use("reopen_proposals", ids=[proposal])
    assert await waiting(use) == []
