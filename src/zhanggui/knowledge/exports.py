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

_LONGEST_CODE = 30


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


async def phrases(call: Call, given: FaqListInput) -> AsyncIterator[list[Row]]:
    """A row for each answer that is told today, in the columns of 千牛's quick phrases (快捷短语).

    No real 千牛 has read such a file yet, and there is no public description of its import. All
    that is known: programs beside 千牛 that read the csv it writes know it by a first line of just
    these three names: the code by which a phrase is called up, the phrase, and its group. Whether
    it takes a workbook too, in which encoding it reads a csv, and how long a code or a phrase may
    be, is not known; hence the forms the console offers. Ours alone is that the code is the
    question, since one looks for that, at most :data:`_LONGEST_CODE` characters and each once, and
    that an answer of several lines stays one cell. Numbers and such codes as begin like a formula
    come as :mod:`zhanggui.base.sheets` writes them.
    """
    codes: dict[str, int] = {}
    told = given.model_copy(update={"validity": "told"})
    async for batch in batches(call.session, faqs_asked(call, told)):
        yield [(_code(faq.question, codes), faq.answer, faq.category) for (faq,) in batch]


def _code(question: str, taken: dict[str, int]) -> str:
    """A question as a code that no other has; without one where a phrase has no question."""
    code = " ".join(question.split())[:_LONGEST_CODE]
    if not code:
        return ""
    taken[code] = number = taken.get(code, 0) + 1
    return code if number == 1 else f"{code}{number}"


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
        "phrases",
        Text("快捷短语", "Quick phrases"),
        "knowledge.list_faqs",
        tuple(Column(Text(each, each)) for each in ("快捷短语编码", "快捷短语", "快捷短语分组")),
        phrases,
        is_form=True,
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
