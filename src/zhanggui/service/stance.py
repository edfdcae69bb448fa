"""Whether two wordings say no to the same things, and yes to the same question.

Noes are counted, and each clause of a wording must have as many as the clause of the draft that it
is most alike; so none is lost, added or moved. Words that only look like one (不好意思, 没问题,
不锈钢) are taken out before.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from zhanggui.service.facts import plain
from zhanggui.service.vocabulary import PLAIN

_IDIOM = re.compile(
    r"不好意思|没问题|没关系|没事|不客气|不错|(不用|不必|别|请勿|勿)(担心|着急|客气|多虑)|不妨|差不多|不过|不锈钢"
    r"|不仅|不但|不管|不论|无论|非常|特别|无忧|不断|不止|未来|不一定"
    r"|不(?:少于|低于|小于|超过|大于|多于|足|到)(?=\d)"
    r"|(?P<verb>[是能有会要行好可])(?:不|没)(?P=verb)(?:以|有)?"
)
_NO = re.compile(
    r"没有|没|不|无|未|勿|别(?=[再要把给去让使])|禁止|拒绝|谢绝|避免|避开|切忌|谨防|慎(?=[用食入拍选重])|远离|非(?=本|质|人|原|指)"
)
_COURTESY = re.compile(
    r"^(?:[\s,，!！~。:：]|亲爱的|亲亲|亲|您好|你好|哈喽|嗯+|好的|是这样的?|很抱歉|非常抱歉|抱歉|不好意思|哦|呢|哈)+"
)
_LEAD = re.compile(
    r"^(不可以|不行|不能|不支持|没有|没|不是|不会|不用|不需要|不要|可以|能|支持|有|是|会|行|要|需要)"
    r"(?:的|哦|呢|啊|呀|哈|亲|噢|滴|啦|了)*[\s,，。!！~～;；]"
)
_CLAUSE = re.compile(r"[，。；！？,;!?\s]+")


@dataclass(frozen=True, slots=True)
class Clause:
    """What a clause is about, by its letters without those of grammar, and how often it says no."""

    letters: frozenset[str]
    noes: int


@dataclass(frozen=True, slots=True)
class Stance:
    """`lead` is a yes (True) or no that comes before the rest."""

    lead: bool | None
    clauses: tuple[Clause, ...]

    @property
    def noes(self) -> int:
        """Of all clauses."""
        return sum(clause.noes for clause in self.clauses)


def stance(text: str) -> Stance:
    """The noes of a text."""
    rest = _COURTESY.sub("", plain(text))
    found = _LEAD.match(rest)
    lead = None
    if found is not None:
        lead = not found[1].startswith(("不", "没"))
        rest = rest[found.end() :]
    return Stance(lead, tuple(_clause(part) for part in _CLAUSE.split(_IDIOM.sub("", rest))))


def agree(wording: str, draft: str) -> bool:
    """Whether a wording keeps every no of a draft, adds none, and leads with no other answer."""
    said, meant = stance(wording), stance(draft)
    if said.noes != meant.noes:
        return False
    if not all(_fits(clause, meant.clauses) for clause in said.clauses):
        return False
    if said.lead is None:
        # Where the leading no is left out, what follows it must say it.
        return meant.lead is not False or meant.noes > 0
    if meant.lead is not None:
        return said.lead == meant.lead
    return said.lead != (meant.noes > 0)


def _clause(text: str) -> Clause:
    return Clause(frozenset(_NO.sub("", text)) - frozenset(PLAIN), len(_NO.findall(text)))


def _fits(said: Clause, meant: tuple[Clause, ...]) -> bool:
    alike = [_likeness(said, each) for each in meant]
    best = max(alike)
    if not best:
        return True
    return any(
        each.noes == said.noes for each, much in zip(meant, alike, strict=True) if much == best
    )


def _likeness(one: Clause, other: Clause) -> float:
    """The share of all their letters that two clauses have in common."""
    return len(one.letters & other.letters) / max(len(one.letters | other.letters), 1)
