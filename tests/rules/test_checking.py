"""What may not be said is found where it was written; what only looks like it is not."""

from __future__ import annotations

import time
from datetime import date, datetime

import pytest

from zhanggui.rules import Price, check
from zhanggui.rules.folding import fold
from zhanggui.rules.tools import LONGEST

_UNLAWFUL = [
    ("全网销量第一的保温杯", "absolute", "第一"),
    ("国.家.级品质", "absolute", "国.家.级"),
    ("这款面霜是顶jí护肤", "absolute", "顶jí"),
    ("這是最頂級的產品", "absolute", "頂級"),
    ("用三天，医院都不用去了", "medical", "医院"),
    ("擦完当晚就不咳了", "medical", "不咳"),
    ("孩子喝了个子蹭蹭长", "efficacy", "个子"),
    ("五星好评返现三元", "comment_reward", "好评返"),
    ("别家卖的都是假货", "comparison", "假货"),
    ("年化收益12%，保本", "finance", "保本"),
    ("人民大会堂特供酒", "national", "特供"),
    ("开光手串，戴上招财", "superstition", "开光"),
]
_LAWFUL = [
    "活动最后一天，今晚24点结束",
    "高级灰布艺沙发",
    "一级能效变频空调",
    "国家邮政局规定春节照常收寄",
    "最大尺寸40cm，最低温度-18℃",
    "第一次使用前请充满电",
    "本品不能代替药物",
    "请勿相信“全国第一”一类的宣传",
    "不满意七天内可以退货",
    "本店最受欢迎的三个颜色",
]


@pytest.mark.parametrize(("text", "kind", "part"), _UNLAWFUL)
def test_unlawful_claims_are_found_where_they_stand(text: str, kind: str, part: str) -> None:
    report = check(text)
    found = [each for each in report.findings if each.kind == kind]
    assert found
    assert any(set(part) & set(each.span) for each in found)
    for each in report.findings:
        assert text[each.start : each.end] == each.span


@pytest.mark.parametrize("text", _LAWFUL)
def test_lookalikes_are_lawful(text: str) -> None:
    assert check(text).findings == []


@pytest.mark.parametrize(("text", "kind", "part"), _UNLAWFUL)
def test_what_is_advised_is_lawful(text: str, kind: str, part: str) -> None:
    assert check(check(text).rewritten).ok


def test_findings_cite_the_version_they_were_judged_by() -> None:
    (found,) = check("每天都是最后一天清仓").findings
    assert found.law == "反不正当竞争法第九条"
    assert found.version == date(2025, 10, 15)


def test_a_trade_has_rules_of_its_own() -> None:
    kinds = {each.kind for each in check("喝了能降血糖", trade="食品").findings}
    assert kinds == {"medical", "food"}


def test_a_former_price_is_the_lowest_of_seven_days() -> None:
    now = datetime.fromisoformat("2026-03-12T10:00:00+08:00")
    text = "原价199元，今天只要99元"
    raised = [Price(date=date(2026, 2, 1), fen=9900), Price(date=date(2026, 3, 10), fen=19900)]
    true = [Price(date=date(2026, 2, 1), fen=19900)]
    assert [each.kind for each in check(text, now=now, prices=raised).findings] == ["former_price"]
    assert check(text, now=now, prices=true).ok
    assert check(text).ok
    assert not check(text, now=now, prices=[]).ok


@pytest.mark.parametrize(
    "part", ["1", "一", "千万", "最", "《第一", "好·", "·", "全网销量第一,", "1,000", "3天"]
)
def test_no_text_is_dear_to_check(part: str) -> None:
    check("好", by_words_alone=True)
    began = time.process_time()
    check(part * (LONGEST // len(part)), by_words_alone=True, platform="淘宝", prices=[])
    assert time.process_time() - began < 2


def test_a_text_is_not_much_longer_without_its_disguises() -> None:
    assert len(fold("\ufdfa" * 100).text) == 100
    assert fold("㍿㎏").text == "株式会社kg"


def test_of_findings_that_overlap_the_longest_stands() -> None:
    report = check("全网销量第一," * 200)
    spans = [each.replaces for each in report.findings]
    assert len(spans) == len(set(spans)) == 200
    assert check(report.rewritten).ok
