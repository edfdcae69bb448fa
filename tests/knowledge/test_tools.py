"""The room's tools, through the one call."""

from datetime import date

import pytest

from tests.knowledge.conftest import OWNER
from tests.knowledge.test_sinks import CHATS
from tests.loading import load
from zhanggui.base import tools
from zhanggui.base.errors import Conflict, Forbidden, Invalid, NotFound
from zhanggui.base.principals import SYSTEM, Principal
from zhanggui.knowledge.learning import MOST_WORDINGS
from zhanggui.knowledge.tools import FaqPage
from zhanggui.shop.files import FaqRecord

pytestmark = pytest.mark.db


async def test_an_answer_is_written_changed_found_and_removed(call):
    made = await call("save_faq", question="能开票吗", similar=["有票吗", "有票吗"], answer="可以")
    assert made.similar == ["有票吗"]
    await call("save_faq", id=made.id, question="能开发票吗", answer="可以开电子的")
    page = await call("list_faqs", q="电子")
    assert (page.total, page.items[0].question, page.items[0].similar) == (1, "能开发票吗", [])
    assert (await call("list_faqs", q="100%")).total == 0
    await call("remove_faq", id=made.id)
    assert (await call("list_faqs")).total == 0
    with pytest.raises(NotFound):
        await call("remove_faq", id=made.id)
    with pytest.raises(NotFound):
        await call("save_faq", id="nobody", question="能开票吗", answer="可以")


async def test_an_answer_has_the_days_on_which_it_is_told(call, clock):
    days = {"valid_from": "2026-06-02", "valid_until": "2026-06-03"}
    made = await call("save_faq", question="大促几点开始", answer="晚上八点", **days)
    assert (made.valid_from, made.valid_until) == (date(2026, 6, 2), date(2026, 6, 3))
    assert not made.is_told
    clock.move(days=1)
    assert (await call("list_faqs")).items[0].is_told
    clock.move(days=2)
    assert not (await call("list_faqs")).items[0].is_told
    for_good = await call("save_faq", id=made.id, question="大促几点开始", answer="晚上八点")
    assert for_good.is_told
    assert for_good.valid_until is None
    wrong = {"valid_from": "2026-06-03", "valid_until": "2026-06-02"}
    with pytest.raises(Invalid) as told:
        await call("save_faq", question="大促几点开始", answer="晚上八点", **wrong)
    assert told.value.where == "valid_until"


async def test_another_wording_is_added_to_an_answer_once(call):
    made = await call("save_faq", question="能开票吗", similar=["有票吗"], answer="可以")
    for wording in ("给开票不", "给开票不", "能开票吗"):
        await call("add_wording", id=made.id, wording=wording)
    whole = await call("get_faq", id=made.id)
    assert (whole.similar, whole.answer) == (["有票吗", "给开票不"], "可以")
    with pytest.raises(NotFound):
        await call("add_wording", id="nobody", wording="有票吗")
    with pytest.raises(NotFound):
        await call("get_faq", id="nobody")


async def test_an_answer_has_room_for_so_many_wordings(call):
    similar = [f"第{n}种问法" for n in range(MOST_WORDINGS)]
    made = await call("save_faq", question="能开票吗", similar=similar, answer="可以")
    with pytest.raises(Invalid) as refused:
        await call("add_wording", id=made.id, wording="给开票不")
    assert refused.value.where == "wording"
    assert (await call("add_wording", id=made.id, wording=similar[0])).similar == similar


async def test_only_who_may_change_answers_changes_them(call):
    viewer = Principal("u2", "viewer")
    assert (await call("list_faqs", viewer)).total == 0
    for name, given in (
        ("save_faq", {"question": "能开票吗", "answer": "可以"}),
        ("add_wording", {"id": "x", "wording": "有票吗"}),
        ("decide_proposals", {"ids": ["x"], "accept": True}),
        ("adopt_starter_policies", {}),
    ):
        with pytest.raises(Forbidden):
            await call(name, viewer, **given)
    with pytest.raises(Forbidden):
        await call("list_faqs", Principal("b1", "shopper", buyer_id="b1"))


async def test_an_accepted_proposal_becomes_an_answer(call, runtime, shop):
    await load(runtime, shop, CHATS)
    page = await call("list_proposals")
    assert (page.total, page.conversations, page.usual_minutes) == (1, 3, 3.0)
    proposal = page.items[0]
    decided = await call("decide_proposals", ids=[proposal.id], accept=True)
    faq = (await call("list_faqs")).items[0]
    assert decided.faq_ids == [faq.id]
    assert (faq.question, faq.answer) == (proposal.question, proposal.answer)
    assert (await call("list_proposals")).total == 0
    assert (await call("list_proposals", status="accepted")).total == 1
    with pytest.raises(Conflict):
        await call("decide_proposals", ids=[proposal.id], accept=False)
    with pytest.raises(NotFound):
        await call("decide_proposals", ids=["nothing"], accept=True)


async def test_a_declined_proposal_is_no_answer(call, runtime, shop):
    await load(runtime, shop, CHATS)
    proposal = (await call("list_proposals")).items[0]
    await call("decide_proposals", SYSTEM, ids=[proposal.id], accept=False)
    assert (await call("list_faqs")).total == 0
    assert (await call("list_proposals", status="declined")).total == 1


async def test_one_shop_knows_nothing_of_another(call, runtime, shop, other_shop_id):
    await load(runtime, shop, [FaqRecord(1, "怎么退货", "七天", "F1")])
    outcome = await tools.call(
        runtime, "knowledge.list_faqs", {}, shop_id=other_shop_id, principal=OWNER
    )
    assert isinstance(outcome.output, FaqPage)
    assert outcome.output.total == 0
