"""What is written into what the shop knows, from gaps and from people's answers: whose words it may
have, and where it may go."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, StringConstraints

from zhanggui.base.errors import Invalid, not_found
from zhanggui.base.tools import Call
from zhanggui.base.words import Text
from zhanggui.knowledge import store as knowledge_store
from zhanggui.service.gaps import anybody

Wording = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2000)]


class LikeView(BaseModel):
    """An answer in force that says nearly what people said."""

    id: str
    question: str


def must_be_anybodys(*texts: str) -> None:
    """Raise Invalid for words that name a person, a place or a number."""
    for text in texts:
        if anybody.is_free(text):
            continue
        raise Invalid(
            Text("里面有姓名、电话、地址或单号", "It has a name, a phone, an address or a number"),
            hint=Text(
                "问答会告诉所有买家，请去掉这些内容。",
                "Every shopper may be told it; take these out.",
            ),
        )


async def must_be_there(call: Call, faq_id: str | None) -> None:
    """Raise NotFound for an answer that is named and not there."""
    if faq_id is not None and await knowledge_store.faq(call.session, call.shop_id, faq_id) is None:
        raise not_found(Text("问答", "answered question"), faq_id)
