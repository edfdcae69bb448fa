"""What the shop knows, to take away: answers, policies clause by clause, documents' files."""

from __future__ import annotations

from collections.abc import AsyncIterator

from zhanggui.base import exports
from zhanggui.base.enclosing import Enclosed, Files
from zhanggui.base.exports import Export
from zhanggui.base.sheets import Column, Row
from zhanggui.base.tools import Call
from zhanggui.base.words import Text
from zhanggui.knowledge import originals, store
from zhanggui.knowledge.policy_tools import PolicyInput, list_policies
from zhanggui.knowledge.tools import FaqListInput, faqs_asked
from zhanggui.knowledge.versions import day_shown
from zhanggui.shop.store import batches


async def answers(call: Call, given: FaqListInput) -> AsyncIterator[list[Row]]:
    """A row for each answered question and quick phrase; other wordings lie on lines of a cell."""
    async for batch in batches(call.session, faqs_asked(call, given)):
        yield [
            (
                faq.id,
                faq.question,
                faq.answer,
                "\n".join(faq.similar),
                faq.category,
                faq.valid_from,
                faq.valid_until,
            )
            for (faq,) in batch
        ]


async def clauses(call: Call, given: PolicyInput) -> AsyncIterator[list[Row]]:
    """A row for each clause of the policies that are shown."""
    yield [
        (clause.id, policy.title, clause.text, policy.effective)
        for policy in (await list_policies(call, given)).items
        for clause in policy.clauses
    ]


async def every_clause(call: Call, given: PolicyInput) -> AsyncIterator[list[Row]]:
    """A row for each clause of every version of every policy."""
    yield [
        (f"policy:{policy.id}#{number}", policy.title, clause, day_shown(policy.effective))
        for policy in await store.policies(call.session, call.shop_id)
        for number, clause in enumerate(policy.clauses, 1)
    ]


async def documents_files(call: Call) -> AsyncIterator[list[Enclosed]]:
    """The file that each version of a document was read from, with the day it applies from."""
    yield [
        Enclosed(
            originals.key_of(call.runtime, call.shop_id, digest),
            name,
            f"document:{id_}@{day}" if (day := day_shown(effective)) else f"document:{id_}",
        )
        for id_, effective, name, digest in await store.read_from_files(call.session, call.shop_id)
    ]


exports.register(
    Export(
        "answers",
        Text("问答", "Answers"),
        "knowledge.list_faqs",
        (
            Column(Text("编号", "Id")),
            Column(Text("问题", "Question")),
            Column(Text("答案", "Answer")),
            Column(Text("相似问", "Other wordings")),
            Column(Text("分类", "Category")),
            Column(Text("从哪天起", "First day"), "day"),
            Column(Text("到哪天为止", "Last day"), "day"),
        ),
        answers,
    )
)
exports.register(
    Export(
        "policies",
        Text("规则条款", "Policy clauses"),
        "knowledge.list_policies",
        (
            Column(Text("条款编号", "Clause id")),
            Column(Text("规则", "Policy")),
            Column(Text("条款", "Clause")),
            Column(Text("从哪天起", "Applies from"), "day"),
        ),
        clauses,
        whole=every_clause,
    )
)
exports.register_files(Files("documents", "knowledge.list_documents", documents_files))
