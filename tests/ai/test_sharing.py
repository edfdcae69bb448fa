"""What may leave for models, and what left."""

from __future__ import annotations

import pytest

from tests.ai.language.server import Does
from zhanggui.ai import Purpose, language_of, roster_of, sharing_tools
from zhanggui.ai.faults import ModelFault
from zhanggui.ai.models import ModelSharing
from zhanggui.ai.protocols import ChatMessage, ChatRequest
from zhanggui.ai.roster import Sent
from zhanggui.ai.sharing import check
from zhanggui.base.errors import Forbidden, Unavailable
from zhanggui.base.principals import Principal

__all__ = ["sharing_tools"]

pytestmark = pytest.mark.usefixtures("configured")

WORDS = Purpose("s", "service", "wording", has_shoppers_words=True)
RECORDS = Purpose("s", "studio", "copy")
PICTURE = Sent(10, 1)


def chosen(asks="anywhere", shoppers_words=True, pictures=True):
    return ModelSharing(asks=asks, shoppers_words=shoppers_words, pictures=pictures)


@pytest.mark.parametrize(
    ("choice", "purpose", "sent", "is_near", "leaves"),
    [
        (None, WORDS, PICTURE, False, True),
        (chosen(), WORDS, PICTURE, False, True),
        (chosen("nowhere"), RECORDS, Sent(), True, False),
        (chosen("near"), WORDS, PICTURE, True, True),
        (chosen("near"), RECORDS, Sent(), False, False),
        (chosen(shoppers_words=False), WORDS, Sent(), False, False),
        (chosen(shoppers_words=False), WORDS, Sent(), True, True),
        (chosen(shoppers_words=False), RECORDS, PICTURE, False, True),
        (chosen(pictures=False), RECORDS, PICTURE, False, False),
        (chosen(pictures=False), RECORDS, PICTURE, True, True),
        (chosen(pictures=False), WORDS, Sent(10), False, True),
    ],
)
def test_what_leaves_is_what_the_shop_lets(choice, purpose, sent, is_near, leaves):
    if leaves:
        check(choice, purpose, sent, is_near=is_near)
        return
    with pytest.raises(ModelFault, match="kept"):
        check(choice, purpose, sent, is_near=is_near)


@pytest.fixture
def ask(runtime, shop_id):
    async def ask(text):
        purpose = Purpose(shop_id, "service", "wording", "conv_1", has_shoppers_words=True)
        request = ChatRequest([ChatMessage("user", text)], private=["小鱼儿"])
        try:
            return await language_of(runtime).reply("fast", request, purpose)
        finally:
            await roster_of(runtime).settle()

    return ask


@pytest.mark.db
async def test_what_left_is_recorded_and_what_was_private_did_not(call, ask, stub):
    stub.script.append(Does(text="小鱼儿就是〔隐私1〕，电话〔电话2〕"))
    reply = await ask("我是小鱼儿，电话13812345678")
    assert reply.text == "小鱼儿就是小鱼儿，电话13812345678"
    assert stub.asked[0]["messages"][0]["content"] == "我是〔隐私1〕，电话〔电话2〕"
    found = await call("ai.calls")
    assert found.total == 1
    (left,) = found.items
    assert (left.server, left.is_near, left.outcome, left.who) == (
        "local", True, "answered", "conv_1",
    )  # fmt: skip
    assert (left.sent_characters, left.sent_pictures) == (15, 0)
    assert left.masked == {"隐私": 1, "电话": 1}
    assert "13812345678" not in found.model_dump_json()
    assert (await call("ai.calls", which="failed")).total == 0
    assert (await call("ai.calls", which="left")).total == 0


async def test_a_shop_that_asks_nobody_is_answered_in_the_embedded_way(call, ask, stub):
    assert (await call("ai.sharing")).asks == "anywhere"
    saved = await call("ai.save_sharing", asks="nowhere")
    assert (saved.asks, saved.shoppers_words) == ("nowhere", True)
    assert (await call("ai.save_sharing", pictures=False)).asks == "nowhere"
    with pytest.raises(Unavailable, match="kept"):
        await ask("你好")
    assert stub.asked == []
    assert (await call("ai.calls")).total == 0


async def test_only_an_owner_chooses_and_shoppers_see_nothing(call):
    with pytest.raises(Forbidden):
        await call("ai.save_sharing", Principal("a", "agent"), asks="near")
    with pytest.raises(Forbidden):
        await call("ai.calls", Principal("b", "shopper", buyer_id="buy_1"))
