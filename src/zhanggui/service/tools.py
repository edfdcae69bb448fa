"""What shoppers, and staff on their behalf, may ask."""

from __future__ import annotations

from zhanggui.base.principals import EVERYONE
from zhanggui.base.tools import Call, tool
from zhanggui.base.words import Text
from zhanggui.service import (
    case_tools,
    evaluation_tools,
    forgetting,
    goods_tools,
    guide,
    order_tools,
    request_tools,
    settings_tools,
    today_tools,
    work_tools,
)
from zhanggui.service.channels import channel_tools
from zhanggui.service.chat import assist_tools, desk_tools, draft_tools, phrase_tools, widget_tools
from zhanggui.service.gaps import gap_tools, lesson_tools, pointing_tools
from zhanggui.service.quality import tools as quality_tools
from zhanggui.service.replying import AnswerView, AskInput, tell, think

__all__ = [
    "assist_tools",
    "case_tools",
    "channel_tools",
    "desk_tools",
    "draft_tools",
    "evaluation_tools",
    "forgetting",
    "gap_tools",
    "goods_tools",
    "guide",
    "lesson_tools",
    "order_tools",
    "phrase_tools",
    "pointing_tools",
    "quality_tools",
    "request_tools",
    "settings_tools",
    "today_tools",
    "widget_tools",
    "work_tools",
]


@tool(
    "service.ask",
    purpose=Text("回答买家的问题", "Answer a shopper"),
    risk="draft",
    roles=EVERYONE,
    rate="120 per minute",
    prepare=think,
)
async def ask(call: Call, given: AskInput) -> AnswerView:
    """Decide on a shopper's message: answer, ask back, hand over or decline."""
    return await tell(call, given, call.prepared)
