"""Replies for shoppers who write elsewhere."""

import pytest
from sqlalchemy import func, select

from zhanggui.base.errors import Forbidden
from zhanggui.base.events import EventRow
from zhanggui.base.principals import Principal
from zhanggui.base.tools import call
from zhanggui.service import tools as service_tools
from zhanggui.service.models import Conversation, WorkItem

pytestmark = pytest.mark.db
__all__ = ["service_tools"]
AGENT = Principal("user_wang", "agent")


@pytest.fixture
def assists(runtime, shop, answerer):
    async def assists(by=AGENT, **given):
        return (await call(runtime, "service.assist", given, shop_id=shop, principal=by)).output

    return assists


async def test_the_programs_answer_is_the_draft(assists, runtime, shop):
    given = await assists(text="发票怎么开", buyer="tb_nobody")
    assert (given.decision, given.draft.text) == ("answer", given.reply)
    assert given.draft.text.startswith("可以开电子发票。")
    assert given.draft.sources[0].id == "faq:F1"
    async with runtime.db.reading(shop) as session:
        query = select(EventRow.data).where(
            EventRow.shop_id == shop, EventRow.type == "service.answered"
        )
        (told,) = await session.scalars(query)
    assert told["is_trial"] is False, "a shopper asked, though elsewhere"
    assert "发票怎么开" not in str(told)


async def test_what_is_handed_over_has_a_draft_for_the_person_who_answers(assists, runtime, shop):
    given = await assists(text="你们是骗子，我要投诉！")
    assert given.decision == "handoff"
    assert given.draft.is_form
    assert given.draft.text != given.reply
    async with runtime.db.reading(shop) as session:
        for table in (Conversation, WorkItem):
            count = select(func.count()).select_from(table).where(table.shop_id == shop)
            assert await session.scalar(count) == 0


async def test_it_follows_what_was_said_before(assists):
    turns = [
        {"role": "shopper", "text": "能进洗碗机吗"},
        {"role": "shop", "text": "可以进洗碗机。"},
    ]
    given = await assists(text="好的谢谢，那发票怎么开", turns=turns)
    assert given.draft.sources[0].id == "faq:F1"


async def test_viewers_answer_nobody(assists):
    with pytest.raises(Forbidden):
        await assists(Principal("v", "viewer"), text="在吗")
