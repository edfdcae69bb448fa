"""Words that people at the desk say often."""

import pytest

from zhanggui.base.errors import Forbidden, Invalid, NotFound
from zhanggui.base.principals import Principal
from zhanggui.base.tools import call
from zhanggui.service.chat import phrase_tools

pytestmark = pytest.mark.db
OWNER, WANG, LI = Principal("o", "owner"), Principal("w", "agent"), Principal("l", "agent")


@pytest.fixture
def does(runtime, shop):
    async def does(who, name, **given):
        outcome = await call(runtime, f"service.{name}", given, shop_id=shop, principal=who)
        return outcome.output

    return does


async def test_everybody_has_the_shops_and_their_own(does):
    await does(OWNER, "save_phrase", title="包邮", text="满99元包邮。", is_shared=True)
    await does(WANG, "save_phrase", title="自我介绍", text="我是小王。")
    seen = [(each.title, each.is_shared) for each in (await does(WANG, "list_phrases")).items]
    assert seen == [("自我介绍", False), ("包邮", True)]
    assert [each.title for each in (await does(LI, "list_phrases")).items] == ["包邮"]


async def test_one_is_changed_and_removed_by_whose_it_is(does):
    (mine,) = (await does(WANG, "save_phrase", title=" 在 ", text="在的")).items
    (changed,) = (await does(WANG, "save_phrase", id=mine.id, title="在", text="在的，您说")).items
    assert (changed.id, changed.title, changed.text) == (mine.id, "在", "在的，您说")
    for name, given in (("save_phrase", {"title": "我", "text": "我"}), ("remove_phrase", {})):
        with pytest.raises(NotFound):
            await does(LI, name, id=mine.id, **given)
    assert (await does(WANG, "remove_phrase", id=mine.id)).items == []


async def test_the_shops_are_the_owners_to_change(does):
    (shared,) = (
        await does(OWNER, "save_phrase", title="包邮", text="满99元包邮。", is_shared=True)
    ).items
    with pytest.raises(Forbidden):
        await does(WANG, "save_phrase", title="亲", text="亲", is_shared=True)
    with pytest.raises(Forbidden):
        await does(WANG, "save_phrase", id=shared.id, title="包邮", text="不包邮")
    with pytest.raises(Forbidden):
        await does(WANG, "remove_phrase", id=shared.id)
    with pytest.raises(Forbidden):
        await does(Principal("v", "viewer"), "save_phrase", title="亲", text="亲")


async def test_there_are_not_too_many(does, monkeypatch):
    monkeypatch.setattr(phrase_tools, "MOST", 1)
    (one,) = (await does(WANG, "save_phrase", title="一", text="一")).items
    with pytest.raises(Invalid):
        await does(WANG, "save_phrase", title="二", text="二")
    await does(WANG, "save_phrase", id=one.id, title="一", text="壹")
