"""Records of files as rows, and back."""

from datetime import date, timedelta

import pytest

from tests.knowledge.test_mining import ANSWER, START
from tests.loading import load, undo
from zhanggui.knowledge import store
from zhanggui.knowledge.models import ALWAYS
from zhanggui.shop.files import (
    ChatLogRecord,
    ChatMessage,
    FaqRecord,
    PolicyRecord,
    Speaker,
)

pytestmark = pytest.mark.db


def chat(number, question, answer=ANSWER, minutes=3):
    start = START + timedelta(days=number)
    messages = (
        ChatMessage(Speaker.BUYER, f"买家{number}", question, start),
        ChatMessage(Speaker.AGENT, "小禾", answer, start + timedelta(minutes=minutes)),
    )
    return ChatLogRecord(number, f"conv{number}", f"买家{number}", "小禾", messages)


CHATS = [chat(n, q) for n, q in enumerate(("能放洗碗机吗", "洗碗机能洗不", "可以用洗碗机洗吗"))]


async def rows(runtime, shop):
    """What the shop knows, as plain values."""
    async with runtime.db.reading(shop) as session:
        faqs = [(f.id, f.question, f.similar, f.answer) for f in await store.faqs(session, shop)]
        policies = [(p.id, p.effective, p.clauses) for p in await store.policies(session, shop)]
        proposals = [(p.status, p.answer, p.count) for p in await store.proposals(session, shop)]
    return faqs, policies, proposals


async def test_an_import_is_kept_and_importing_twice_changes_nothing(runtime, shop):
    records = [
        FaqRecord(1, "怎么退货", "七天内可以退", "F1", ("不想要了",)),
        FaqRecord(2, "能开票吗", "可以开电子发票"),
        PolicyRecord(1, "returns", "退货", ("七天", "运费您出"), date(2026, 1, 1)),
        PolicyRecord(1, "ship", "发货", ("当天发",)),
        *CHATS,
    ]
    await load(runtime, shop, records)
    first = await rows(runtime, shop)
    faqs, policies, proposals = first
    assert ("F1", "怎么退货", ["不想要了"], "七天内可以退") in faqs
    assert len(faqs) == 2
    assert policies == [
        ("returns", date(2026, 1, 1), ["七天", "运费您出"]),
        ("ship", ALWAYS, ["当天发"]),
    ]
    assert proposals == [("waiting", ANSWER, 3)]
    await load(runtime, shop, records, "imp_2")
    assert await rows(runtime, shop) == first


async def test_a_question_without_an_id_is_known_again_by_its_words(runtime, shop):
    await load(runtime, shop, [FaqRecord(1, "能开票吗？", "可以")])
    await load(runtime, shop, [FaqRecord(1, "能开票吗", "可以开电子的")], "imp_2")
    faqs, _, _ = await rows(runtime, shop)
    assert [each[3] for each in faqs] == ["可以开电子的"]


async def test_quick_phrases_of_one_group_are_kept_apart(runtime, shop):
    phrases = [FaqRecord(n, "问候", f"您好{n}号", is_phrase=True) for n in range(3)]
    await load(runtime, shop, phrases)
    faqs, _, _ = await rows(runtime, shop)
    assert len(faqs) == 3


async def test_a_policy_keeps_its_versions(runtime, shop):
    first = PolicyRecord(1, "returns", "退货", ("七天",), date(2026, 1, 1))
    second = PolicyRecord(1, "returns", "退货", ("十五天",), date(2026, 6, 1))
    await load(runtime, shop, [first])
    await load(runtime, shop, [second], "imp_2")
    _, policies, _ = await rows(runtime, shop)
    assert [(day, clauses) for _, day, clauses in policies] == [
        (date(2026, 1, 1), ["七天"]),
        (date(2026, 6, 1), ["十五天"]),
    ]


async def test_undoing_takes_everything_back(runtime, shop):
    await load(runtime, shop, [FaqRecord(1, "怎么退货", "七天", "F1")])
    before = await rows(runtime, shop)
    changed = FaqRecord(1, "怎么退货", "十五天", "F1")
    await load(runtime, shop, [changed, *CHATS], "imp_2")
    assert (await rows(runtime, shop))[2]
    await undo(runtime, shop, "imp_2")
    assert await rows(runtime, shop) == before


async def test_conversations_are_kept_without_who_it_was(runtime, shop):
    personal = chat(9, "我电话13812345678改一下", "好的已经帮您记下来了")
    await load(runtime, shop, [*CHATS, personal])
    async with runtime.db.reading(shop) as session:
        past = await store.past_conversations(session, shop, 100)
        figures = await store.conversation_figures(session, shop)
    assert figures == (4, 3.0)
    text = repr([(p.id, p.exchanges) for p in past])
    assert "买家" not in text
    assert "小禾" not in text
    assert "138" not in text


async def test_what_a_person_decided_stays_decided(runtime, shop):
    await load(runtime, shop, CHATS)
    async with runtime.db.transaction(shop) as session:
        (proposal,) = await store.proposals(session, shop)
        proposal.status = "declined"
    more = [chat(n, "能放洗碗机吗亲") for n in range(10, 15)]
    await load(runtime, shop, more, "imp_2")
    _, _, proposals = await rows(runtime, shop)
    assert [status for status, _, _ in proposals] == ["declined"]
