"""The room's tools: a text checked as it was sent, and what there is to break."""

from __future__ import annotations

from tests.app.conftest import ok, refused, tool
from zhanggui.rules.tools import LONGEST

LOUD = "  🎉这口锅全国第一\n"


async def test_a_finding_stands_where_it_was_written(owner, shop):
    params = {"text": LOUD, "trade": "家居"}
    told = await ok(owner.get(tool(shop, "rules.check"), params=params))
    assert not told["ok"]
    (finding,) = told["findings"]
    assert finding["span"] == LOUD[finding["start"] : finding["end"]]
    assert (finding["kind"], finding["law"]) == ("absolute", "广告法第九条")
    assert told["rewritten"] != LOUD


async def test_the_reason_is_in_the_readers_language(owner, shop):
    params = {"text": LOUD}
    said = [
        (await ok(owner.get(tool(shop, "rules.check"), params=params, headers=headers)))["findings"]
        for headers in ({"Accept-Language": "en"}, {"Accept-Language": "zh"})
    ]
    assert "Advertising Law" in said[0][0]["reason"]
    assert "广告" in said[1][0]["reason"]


async def test_what_is_lawful_is_left_alone(owner, shop):
    text = "今天是活动最后一天，二级能效，雾灰色"
    told = await ok(owner.get(tool(shop, "rules.check"), params={"text": text}))
    assert told == {"ok": True, "findings": [], "rewritten": text}


async def test_a_text_that_is_too_long_for_an_address_is_refused(owner, shop):
    params = {"text": "好" * (LONGEST + 1)}
    await refused(owner.get(tool(shop, "rules.check"), params=params), 422, "invalid")


async def test_rules_are_listed_with_their_version(owner, shop):
    told = await ok(owner.get(tool(shop, "rules.list_rules")))
    names = {each["name"]: each for each in told["items"]}
    assert "absolute" in {
        kind for each in told["items"] if each["name"] == "广告法第九条" for kind in each["kinds"]
    }
    assert names["广告法第九条"]["version"] == "2021-04-29"
    assert any(each["kinds"] == ["platform"] for each in told["items"])
    assert told["exemptions"]
    ids = [each["id"] for each in told["items"] + told["exemptions"]]
    assert len(ids) == len(set(ids))
