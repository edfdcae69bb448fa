"""What is found to say the same twice or to contradict itself, over several trades."""

import time

import pytest

from zhanggui.knowledge import Entry, Retriever, conflicts, likeness
from zhanggui.knowledge.conflicts import MOST, find


def faq(faq_id, answer, *questions):
    return Entry(f"faq:{faq_id}", "faq", answer, questions)


def clause(clause_id, text, title):
    return Entry(f"policy:{clause_id}", "policy", text, words=title)


def product(product_id, title, *facts):
    return Entry(f"product:{product_id}", "product", title, facts=facts)


def found(*entries):
    return find(Retriever(entries, None)).conflicts


CONTRADICTIONS = {
    "bowls: how long it can be returned": (
        faq("1", "签收后7天内没用过可以退货。", "怎么退货"),
        faq("2", "签收后15天内没用过可以退货。", "想退货怎么弄"),
    ),
    "clothes: an answer against a clause": (
        faq("1", "签收后十五天内可以退货的哦。", "不合适可以退货吗"),
        clause("returns#1", "签收次日零点起7天内可以退货。", "退换"),
    ),
    "tea: the hour of sending": (
        faq("1", "每天16:00前付款的当天发货。", "今天发货吗"),
        clause("ship#1", "每天17点前付款的订单当天发出。", "发货"),
    ),
    "lamps: how soon it is sent": (
        clause("ship#1", "付款后48小时内发货。", "发货"),
        clause("terms#4", "付款后3天内发货。", "购买须知"),
    ),
    "snacks: postage": (
        faq("1", "全场包邮。", "包邮吗"),
        faq("2", "亲，我们不包邮哦。", "邮费谁出"),
    ),
    "shoes: from which sum postage is free": (
        faq("1", "满99元包邮。", "多少钱包邮"),
        clause("ship#3", "全场满88包邮。", "运费"),
    ),
    "appliances: the warranty": (
        faq("1", "保修两年。", "保修多久"),
        clause("warranty#1", "商品自签收起保修12个月。", "保修"),
    ),
    "yarn: what is left to the question": (
        faq("1", "签收后七天内都行。", "多久可以退货"),
        clause("returns#2", "签收后10天内可以退货。", "退换"),
    ),
    "sports: yes and no": (
        faq("1", "支持货到付款。", "能货到付款吗"),
        faq("2", "不支持货到付款。", "可以货到付款吗"),
    ),
    "books: the same question with another figure": (
        faq("1", "一次最多买5本。", "一次能买几本"),
        faq("2", "一次最多买10本。", "一次可以买几本呀"),
    ),
    "bags: clauses of two policies": (
        clause("gift#1", "每个订单送礼品袋2个。", "赠品"),
        clause("pack#2", "每个订单送礼品袋1个。", "包装"),
    ),
}

NO_CONTRADICTIONS = {
    "another region": (
        faq("1", "满99元包邮。", "多少钱包邮"),
        faq("2", "新疆满199元包邮。", "新疆多少钱包邮"),
    ),
    "a defect": (
        clause("returns#1", "签收后7天内可以退货。", "退换"),
        clause("quality#1", "质量问题签收后15天内可以退货。", "质量"),
    ),
    "opened or not": (
        faq("1", "没开封的签收后12天内可以退货。", "怎么退货"),
        clause("returns#3", "开封的签收后8天内可以退货。", "退换"),
    ),
    "a presale": (
        faq("1", "付款后48小时内发货。", "多久发货"),
        faq("2", "预售付款后15天内发货。", "预售多久发货"),
    ),
    "other goods": (
        product("P1", "厚釉砂锅"),
        product("P2", "青瓷茶壶"),
        faq("1", "保修2年。", "砂锅保修多久"),
        faq("2", "保修1年。", "茶壶保修多久"),
    ),
    "another size": (
        faq("1", "适合160厘米。", "s码适合多高"),
        faq("2", "适合170厘米。", "m码适合多高"),
    ),
    "other matters": (
        faq("1", "签收后7天内可以退货。", "怎么退货"),
        faq("2", "申请后2天内审核退货。", "退货审核多久"),
    ),
    "a returned parcel's postage": (
        faq("1", "全场包邮。", "包邮吗"),
        faq("2", "退货不包邮，运费您出。", "退货包邮吗"),
    ),
    "what changes on a day": (
        clause("returns#1", "2026年1月1日及以后付款的，签收后7天内可以退货。", "退换"),
        clause("old#1", "此前付款的，2026年2月1日前签收后15天内可以退货。", "旧规"),
    ),
    "hours and days that are the same": (
        clause("ship#1", "付款后48小时内发货。", "发货"),
        clause("terms#1", "付款后2天内发货。", "须知"),
    ),
    "a policy that qualifies itself": (
        clause("returns#1", "签收后7天内可以退货。", "退换"),
        clause("returns#2", "贵重的签收后3天内可以退货。", "退换"),
    ),
    "the opposite question": (
        faq("1", "不会的，放心用。", "会不会掉色"),
        faq("2", "会的，每件都检查。", "发货检查吗"),
    ),
    "a word that only looks like a no": (
        faq("1", "可以，锅是不锈钢的。", "能用电磁炉吗"),
        faq("2", "可以，锅是铁的。", "可以用电磁炉吗"),
    ),
}


@pytest.mark.parametrize("entries", CONTRADICTIONS.values(), ids=CONTRADICTIONS)
def test_what_cannot_both_be_so_is_found(entries):
    (conflict,) = found(*entries)
    assert conflict.kind == "contradiction"
    assert {conflict.first.id, conflict.second.id} == {each.id for each in entries}


@pytest.mark.parametrize("entries", NO_CONTRADICTIONS.values(), ids=NO_CONTRADICTIONS)
def test_what_holds_for_something_else_is_no_contradiction(entries):
    assert [each for each in found(*entries) if each.kind == "contradiction"] == []


@pytest.mark.parametrize(
    "entries",
    [
        (
            faq("1", "可以开电子发票，下单时填抬头。", "能开发票吗"),
            faq("2", "可以开电子发票的，下单时填好抬头。", "可以开发票吗"),
        ),
        (
            faq("1", "早上九点上班。", "几点上班", "客服几点在"),
            faq("2", "客服每天都有人。", "客服几点在？"),
        ),
        (
            clause("a#1", "退货请保留吊牌和包装，寄回前联系客服。", "退货"),
            clause("b#2", "退货请保留吊牌和包装，寄回之前联系客服。", "售后"),
        ),
    ],
)
def test_what_is_said_twice_is_found(entries):
    (conflict,) = found(*entries)
    assert conflict.kind == "duplicate"


@pytest.mark.parametrize(
    "entries",
    [
        (faq("1", "可以开电子发票。", "能开发票吗"), faq("2", "签收后开。", "发票什么时候开")),
        (faq("1", "纯棉的。", "面料是什么"), faq("2", "真丝的。", "裙子面料是什么")),
        (faq("1", "能。", "能开发票吗"), clause("a#1", "可以开电子发票。", "发票")),
    ],
)
def test_what_only_looks_alike_is_not_said_twice(entries):
    assert found(*entries) == []


def test_the_reason_names_both_figures():
    (conflict,) = found(*CONTRADICTIONS["tea: the hour of sending"])
    assert "16:00" in conflict.reason.zh
    assert "17:00" in conflict.reason.en


def test_a_conflict_is_another_once_one_side_is_changed():
    first, second = CONTRADICTIONS["snacks: postage"]
    (before,) = found(first, second)
    (turned,) = found(second, first)
    (after,) = found(first, faq("2", "亲，本店不包邮。", "邮费谁出"))
    assert before.id == turned.id != after.id


def test_a_thousand_entries_give_no_more_than_one_reads():
    many = [faq(str(n), f"满{n}元包邮。", f"第{n}问") for n in range(1, 1001)]
    told = find(Retriever(many, None))
    assert (len(told.conflicts), told.is_cut_off) == (MOST, True)


def test_what_is_not_compared_for_its_number_is_said_to_be_left_out(monkeypatch):
    texts = ["签收后{}天内没用过可以退货。", "每天{}点前付款的当天发货。"]
    few = [clause(f"{n}#1", text.format(n), "退") for text in texts for n in (7, 15)]
    few += [faq(str(n), f"满{n}元包邮。", "满多少包邮") for n in (50, 60)]
    assert not find(Retriever(few, None)).is_cut_off
    monkeypatch.setattr(likeness, "MOST_EFFORT", 1)
    assert find(Retriever(few, None)).is_cut_off
    monkeypatch.undo()
    monkeypatch.setattr(conflicts, "_MOST_WORDINGS", 1)
    assert find(Retriever(few, None)).is_cut_off


def test_clauses_that_are_all_alike_are_compared_within_bounds():
    text = "本条款由甲方与乙方共同遵守，如有争议由双方友好协商解决，协商不成时向所在地提起诉讼。"
    many = [clause(f"{n}#1", f"{text}另见附件{chr(0x4E00 + n)}。", "约定") for n in range(4000)]
    started = time.perf_counter()
    find(Retriever(many, None))
    assert time.perf_counter() - started < 30


def test_a_shop_that_knows_nothing_has_no_conflicts():
    assert found() == []
