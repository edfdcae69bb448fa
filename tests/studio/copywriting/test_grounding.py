"""A text says only what the facts say."""

from __future__ import annotations

import pytest

from tests.studio.copywriting._goods import BARE, DRESS, MUG, facts
from zhanggui.studio.copywriting import grounded
from zhanggui.studio.facts import Facts


def words(text: str, known: Facts) -> list[str]:
    return [claim.word for claim in grounded(text, known)]


@pytest.mark.parametrize(
    "text",
    [
        "粗陶烧的马克杯，容量380ml。",
        "陶瓷杯，微波炉可以进。",
        "不能进烤箱，明火上不能用。",
        "产地江西景德镇，59元。",
        "不是给人看的，是拿来用的。",
        "坐下来喝一杯，不着急。",
    ],
)
def test_what_the_facts_say_holds(text: str) -> None:
    assert words(text, MUG) == []


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        ("骨瓷马克杯", "骨瓷"),
        ("保温马克杯", "保温"),
        ("烤箱也能进", "烤箱"),
        ("不能进微波炉", "微波炉"),
        ("食品级釉料", "食品级"),
        ("德国进口", "德国"),
        ("容量400ml", "400ml"),
        ("容量380L", "380L"),
        ("质保三年", "三年"),
        ("只要49元", "49元"),
        ("爆款热销", "爆款"),
        ("全场包邮", "包邮"),
        ("手绘的花纹", "手绘"),
        ("买二送一", "买二送一"),
        ("限时7折", "7折"),
        ("月销10000件", "10000件"),
        ("环保无毒的釉", "无毒"),
        ("假一赔十", "假一赔"),
    ],
)
def test_what_no_fact_says_is_found(text: str, claim: str) -> None:
    assert claim in words(text, MUG)


def test_a_fact_that_says_no_is_no_ground_for_a_yes() -> None:
    coat = facts("风衣", "外套", 防水="不防水，吸水快干")
    assert "防水" in words("防水面料", coat)
    assert words("说到防水，不防水，吸水快干。", coat) == []


def test_a_yarn_implies_its_cloth_and_no_other() -> None:
    assert words("纯棉的裙子", DRESS) == []
    assert words("真丝的裙子", DRESS) == ["真丝"]


def test_nothing_stands_on_nothing() -> None:
    assert words("不含酒精的配方，温和低敏", BARE) == ["温和", "低敏"]


def test_a_claim_knows_its_place() -> None:
    (claim,) = grounded("这只杯子保温", MUG)
    assert (claim.start, claim.end, claim.kind) == (4, 6, "functions")
