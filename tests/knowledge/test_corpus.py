"""Rows as entries."""

from datetime import date
from types import SimpleNamespace as Row

import pytest

from zhanggui.knowledge import corpus


def policy(policy_id, effective, *clauses):
    return Row(id=policy_id, title="退货", effective=effective, clauses=list(clauses))


def test_clauses_are_cited_by_number_and_said_to_be_of_their_policy():
    first, second = corpus.policy_entries(policy("r", date(2026, 1, 1), "甲", "乙"))
    assert (first.id, first.text, first.words) == ("policy:r#1", "甲", "退货")
    assert second.id == "policy:r#2"


def test_a_documents_clauses_are_policies_under_its_title_and_their_headings():
    document = Row(
        id="d",
        title="水壶手册",
        effective=date(2026, 1, 1),
        clauses=[{"heading": "保修 › 整机", "text": "一年"}, {"heading": "", "text": "乙"}],
    )
    first, second = corpus.document_entries(document)
    assert (first.id, first.kind, first.text) == ("document:d#1", "policy", "一年")
    assert first.words == "水壶手册 保修 › 整机"
    assert (second.id, second.words) == ("document:d#2", "水壶手册")


@pytest.mark.parametrize(
    ("since", "until", "told"),
    [(None, None, [1, 2, 3]), (2, None, [2, 3]), (None, 2, [1, 2]), (2, 2, [2])],
)
def test_an_answer_is_told_within_its_days_both_included(since, until, told):
    def day(number):
        return number and date(2026, 6, number)

    faq = Row(valid_from=day(since), valid_until=day(until))
    assert [n for n in (1, 2, 3) if corpus.told([faq], day(n))] == told


def test_an_empty_or_repeated_wording_is_none():
    faq = Row(id="1", question="", similar=["怎么退", "怎么退", " "], answer="七天内")
    assert corpus.faq_entry(faq).questions == ("怎么退",)


def test_the_version_that_applies_is_the_latest_that_has_begun():
    old = policy("r", date(2026, 1, 1), "七天")
    new = policy("r", date(2026, 6, 1), "十五天")
    other = policy("s", date(2026, 7, 1), "将来")
    versions = [new, old, other]
    assert corpus.in_force(versions, date(2026, 5, 31)) == [old]
    assert corpus.in_force(versions, date(2026, 6, 1)) == [new]
    assert corpus.in_force(versions, date(2025, 12, 31)) == []
    assert corpus.in_force(versions, date(2026, 8, 1)) == [new, other]


def test_a_product_is_found_by_what_its_skus_say():
    product = Row(id="P1", title="饭碗", category="餐具", description=None)
    skus = [
        Row(product_id="P1", attributes={"颜色": "白", "口径": "11cm"}),
        Row(product_id="P1", attributes={"颜色": "青", "口径": "11cm"}),
    ]
    entry = corpus.product_entry(product, skus)
    assert entry.text == "饭碗"
    assert entry.facts == ("颜色：白", "口径：11cm", "颜色：青")
    assert entry.words.count("口径：11cm") == 1
    assert "餐具" in entry.words


def test_a_coupon_is_found_by_its_rule_and_scope():
    coupon = Row(id="C1", name="六月满减券", rule="满199减20", scope="饭碗")
    entry = corpus.coupon_entry(coupon)
    assert (entry.id, entry.text, entry.words) == ("coupon:C1", "六月满减券：满199减20", "饭碗")


def test_entries_come_in_a_fixed_order():
    faqs = [Row(id=i, question=i, similar=[], answer=i) for i in ("b", "a")]
    coupons = [Row(id="c", name="满减券", rule=None, scope=None)]
    found = corpus.entries(faqs, [policy("r", date(2026, 1, 1), "甲")], [], {}, coupons)
    assert [entry.id for entry in found] == ["faq:a", "faq:b", "policy:r#1", "coupon:c"]
