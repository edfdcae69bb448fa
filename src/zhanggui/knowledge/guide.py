"""The knowledge's step of the guide, and what it shows."""

from __future__ import annotations

from pydantic import BaseModel

from zhanggui.base import guide
from zhanggui.base.principals import STAFF
from zhanggui.base.tools import Call, Nothing, Output, tool
from zhanggui.base.words import Text
from zhanggui.knowledge import store, versions
from zhanggui.knowledge.topics import Topic


@guide.step("check")
async def has_checked(call: Call) -> bool:
    """Whether something is written on all that every shop is asked about."""
    covered = await store.topics_covered(call.session, call.shop_id, versions.today())
    return all(covered.values())


class TopicView(BaseModel):
    """Something that every shop is asked about; `id` is also its starter policy's."""

    id: Topic
    is_covered: bool


class TopicList(Output):
    """The most asked about first."""

    items: list[TopicView]


@tool(
    "knowledge.list_topics",
    purpose=Text("查看常见问题有没有写", "What is written on the usual topics"),
    risk="read",
    roles=STAFF,
)
async def list_topics(call: Call, given: Nothing) -> TopicList:
    """Whether any answer, policy or document is on each topic. One that is may still say too
    little; of one that is not, shoppers are handed over."""
    covered = await store.topics_covered(call.session, call.shop_id, versions.today())
    items = [TopicView(id=topic, is_covered=is_covered) for topic, is_covered in covered.items()]
    return TopicList(items=items)
