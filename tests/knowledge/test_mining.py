"""Proposals from past conversations."""

from datetime import datetime, timedelta
from random import Random

import pytest

from zhanggui.base.clock import SHANGHAI
from zhanggui.knowledge import mining
from zhanggui.knowledge.mining import Exchange
from zhanggui.shop.files import ChatLogRecord, ChatMessage, Speaker

START = datetime(2026, 5, 1, 10, 0, tzinfo=SHANGHAI)
ANSWER = "可以的，洗碗机洗没问题，别和铁锅碰着就行。"


def log(*said, nick="小鱼爱吃草", agent="小禾"):
    """A conversation of (speaker, text) a minute apart."""
    names = {Speaker.BUYER: nick, Speaker.AGENT: agent, Speaker.ROBOT: "小檐", Speaker.SYSTEM: "系"}
    messages = tuple(
        ChatMessage(speaker, names[speaker], text, START + timedelta(minutes=n))
        for n, (speaker, text) in enumerate(said)
    )
    return ChatLogRecord(1, "c1", nick, agent, messages)


B, A, R, S = Speaker.BUYER, Speaker.AGENT, Speaker.ROBOT, Speaker.SYSTEM


def test_messages_in_a_row_are_one_question_and_one_answer():
    conversation = log(
        (B, "你好在吗"), (B, "这个能放洗碗机吗"), (A, "能放的亲"), (A, ANSWER),
        (B, "那烤箱呢可以吗"),        (S, "客服已转接"), (A, "烤箱不可以放，会裂的。"),
    )  # fmt: skip
    assert mining.exchanges(conversation) == [
        {"question": "这个能放洗碗机吗", "answer": f"能放的亲 {ANSWER}"},
        {"question": "那烤箱呢可以吗", "answer": "烤箱不可以放，会裂的。"},
    ]


def test_what_a_robot_said_is_no_persons_answer():
    assert mining.exchanges(log((B, "能放洗碗机吗"), (R, ANSWER))) == []


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("我电话13812345678改一下", "好的已经帮您记下来了"),
        ("能放洗碗机吗", "发您邮箱 a.b@example.com 了，查收一下"),
        ("订单4123087651230081246到哪了", "已经到杭州了，明天派送"),
        ("快递单号是多少", "中通的，单号ZT900012345678"),
        ("寄到浙江省杭州市文一路12号3单元可以吗", "可以的，给您改好了"),
        ("能放洗碗机吗", "小鱼爱吃草您好，可以放的"),
        ("能放洗碗机吗", "我是小禾，这个可以放洗碗机"),
        ("手机138****5678改一下", "好的已经帮您记下来了"),
        ("嗯", ANSWER),
        ("能放洗碗机吗", "可以"),
    ],
)
def test_what_is_about_one_person_or_too_little_is_left_out(question, answer):
    assert mining.exchanges(log((B, question), (A, answer))) == []


def test_minutes_run_from_the_first_message_to_the_last():
    assert mining.minutes(log((B, "在吗"), (A, "在的"), (B, "好"))) == 2
    assert mining.minutes(log((B, "在吗"))) is None


def asked(*pairs):
    return [Exchange(f"c{n}", q, a) for n, (q, a) in enumerate(pairs)]


DISHWASHER = [
    ("这个能放洗碗机吗", ANSWER), ("可以用洗碗机洗吗", ANSWER), ("洗碗机能洗不", ANSWER + "亲"),
    ("能放洗碗机吗", ANSWER), ("这个能放洗碗机吗", "洗碗机可以洗，放心。"),
]  # fmt: skip
SHIPPING = [
    (f"{word}能发货", "下午四点前付款的当天就发。") for word in ("几点", "今天", "啥时候", "多久")
]


def test_a_question_asked_often_is_proposed_with_its_wordings_and_usual_answer():
    found = mining.mine(asked(*DISHWASHER, *SHIPPING, ("老板贵姓呀", "免贵姓王，叫我小王")), [])
    assert [each.count for each in found] == [5, 4]
    first = found[0]
    assert first.answer == ANSWER
    assert {first.question, *first.similar} == {question for question, _ in DISHWASHER}
    assert first.evidence == ("c0", "c1", "c2", "c3", "c4")


def test_a_question_asked_seldom_is_not():
    assert mining.mine(asked(*DISHWASHER[:2]), []) == []
    twice = [Exchange("c1", "能放洗碗机吗", ANSWER)] * 5
    assert mining.mine(twice, []) == [], "five times in one conversation is once"


def test_what_is_answered_already_is_not_proposed_again():
    found = mining.mine(
        asked(*DISHWASHER, *SHIPPING), [mining.mine(asked(*DISHWASHER), [])[0].question]
    )
    assert [each.count for each in found] == [4]


def test_the_order_of_conversations_does_not_matter():
    exchanges = asked(*DISHWASHER, *SHIPPING)
    expected = [(m.id, m.question, m.similar, m.answer) for m in mining.mine(exchanges, [])]
    for seed in range(5):
        Random(seed).shuffle(exchanges)
        found = [(m.id, m.question, m.similar, m.answer) for m in mining.mine(exchanges, [])]
        assert found == expected


def test_nothing_to_read():
    assert mining.mine([], []) == []
