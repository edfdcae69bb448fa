"""Checking a text: what it says is read without its disguises and held against what may not be."""

from __future__ import annotations

import re
from bisect import bisect
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from zhanggui.base import clock
from zhanggui.rules import context, former_prices, implied, law, trades
from zhanggui.rules.claims import Claim, claims, composed
from zhanggui.rules.findings import Finding, Kind, Price, Report
from zhanggui.rules.folding import Folded, fold

_TOLD_SOURCE = re.compile(
    r"(?:数据来源|来源[:于自]|出处|据[^,。;]{2,24}(?:数据|统计|报告|榜单|监测|发布|显示)|(?:榜单|报告|数据)[:为见])"
)
_TOLD_TIME = re.compile(r"(?:19|20)\d{2}")
_CLAUSE_ENDS = ",，。.!！?？;；:：\n"
_CLAUSE_END = re.compile(f"[{_CLAUSE_ENDS}]")


@dataclass(frozen=True, slots=True)
class _Found:
    """A claim at its place in folded text."""

    start: int
    end: int
    kind: Kind
    article: str
    advice: str
    whole: bool = True
    """Whether the advice stands for the clause, not for the words alone."""


def check(
    text: str,
    *,
    trade: str | None = None,
    now: datetime | None = None,
    prices: Sequence[Price] | None = None,
    platform: str | None = None,
    by_words_alone: bool = False,
) -> Report:
    """What in `text` may not be said by a shop of a `trade` (any name for it, see `trades`).

    `prices` are what the goods cost and since when; without them former prices are not judged.
    `now` is when the text is shown, by default the clock's. With a `platform` (``淘宝``) its rules
    are held too. `by_words_alone` leaves out what sentences imply without a word for it, which
    takes fifty times as long: for lines that a program puts together from facts.
    """
    folded = fold(text)
    found = [*_claimed(folded.text, trades.trade_of(trade), not by_words_alone)]
    if prices is not None:
        found += _compared(_with_commas(text, folded), prices, now or clock.now())
    cited = [_finding(text, folded, each) for each in _apart(found)]
    if platform:
        cited += _against_platform(text, folded, platform)
    cited.sort(key=lambda each: (each.start, each.end))
    return Report(text=text, findings=cited, rewritten=rewritten(text, cited))


def _claimed(text: str, trade: str | None, asks_meaning: bool) -> Iterator[_Found]:
    """What is claimed in a trade, in words and, if asked, by what it means."""
    told = trade or trades.guessed(text)
    sourced = bool(_TOLD_SOURCE.search(text) and _TOLD_TIME.search(text))
    direct: list[_Found] = []
    for claim in claims():
        if not claim.holds_in(trade, told):
            continue
        if sourced and claim.kind in ("absolute", "authority"):
            continue
        direct += _said(claim, text)
    if asks_meaning:
        direct += _meant(text, direct)
    yield from direct
    for claim in claims():
        if claim.follows and claim.holds_in(trade, told):
            for each in direct:
                if each.kind in claim.follows:
                    yield _Found(each.start, each.end, claim.kind, claim.article, claim.advice)


def _meant(text: str, said: Sequence[_Found]) -> Iterator[_Found]:
    """What sentences imply in which no words were found."""
    for each in implied.implied(text):
        if any(other.start < each.end and each.start < other.end for other in said):
            continue
        claim = _of_kind()[each.kind]
        yield _Found(each.start, each.end, each.kind, claim.article, claim.advice)


@cache
def _of_kind() -> dict[Kind, Claim]:
    """The claim that stands for its kind: the last of the file's plain ones."""
    return {each.kind: each for each in claims() if "\\" not in each.advice}


def _said(claim: Claim, text: str) -> Iterator[_Found]:
    if claim.says is None:
        return
    lawful = [each.span() for each in claim.unless.finditer(text)] if claim.unless else []
    for match in claim.says.finditer(text):
        start, end = match.span()
        if start == end or any(one < end and start < other for one, other in lawful):
            continue
        if claim.deniable and context.denied(text, start):
            continue
        if context.harmless(text, start, end):
            continue
        advice = match.expand(claim.advice) if "\\" in claim.advice else claim.advice
        whole = claim.kind != "absolute"
        yield _Found(start, end, claim.kind, claim.article, advice, whole)


def _compared(text: str, prices: Sequence[Price], now: datetime) -> Iterator[_Found]:
    """Former prices that were not charged."""
    allowed = former_prices.lowest_before(prices, now, former_prices.now_price(text))
    for each in former_prices.compared(text):
        if allowed is None or each.fen > allowed:
            advice = "" if allowed is None else f"活动前七日最低价{allowed / 100:g}元"
            yield _Found(each.start, each.end, "former_price", "price-14", advice, whole=False)


def _with_commas(text: str, folded: Folded) -> str:
    """Folded text in which a Chinese comma does not group the digits of an amount."""
    pairs = zip(folded.text, folded.starts, strict=True)
    return "".join("，" if text[start] == "，" else letter for letter, start in pairs)


def _apart(found: Iterable[_Found]) -> list[_Found]:
    """Findings of one kind do not overlap: the longest stands."""
    taken: dict[Kind, _Apart] = defaultdict(_Apart)
    return [
        each
        for each in sorted(found, key=lambda one: (one.start - one.end, one.start))
        if taken[each.kind].take(each.start, each.end)
    ]


class _Apart:
    """Spans that do not overlap, in order: of a hostile text there are thousands."""

    def __init__(self) -> None:
        self._spans: list[tuple[int, int]] = []

    def take(self, start: int, end: int) -> bool:
        """Take a span among them unless one that is there overlaps it."""
        place = bisect(self._spans, (start, end))
        before, after = self._spans[max(0, place - 1) : place], self._spans[place : place + 1]
        if any(start < other[1] and other[0] < end for other in (*before, *after)):
            return False
        self._spans.insert(place, (start, end))
        return True


def _finding(text: str, folded: Folded, found: _Found) -> Finding:
    start, end = folded.origin(found.start, found.end)
    article = law.articles()[found.article]
    return Finding(
        span=text[start:end],
        start=start,
        end=end,
        kind=found.kind,
        law=article.name,
        version=article.version,
        reason_zh=article.zh,
        reason_en=article.en,
        advice=found.advice,
        replaces=_clause(text, start, end) if found.whole else (start, end),
    )


def _clause(text: str, start: int, end: int) -> tuple[int, int]:
    """The clauses that a span stands in, without the marks around them."""
    before = max(text.rfind(mark, 0, start) for mark in _CLAUSE_ENDS)
    after = _CLAUSE_END.search(text, end)
    return before + 1, (after.start() if after else len(text))


def _against_platform(text: str, folded: Folded, platform: str) -> Iterator[Finding]:
    for rule, says in _platform_patterns():
        if rule.platform != platform:
            continue
        for match in says.finditer(folded.text):
            if context.denied(folded.text, match.start()):
                continue
            start, end = folded.origin(*match.span())
            yield Finding(
                span=text[start:end],
                start=start,
                end=end,
                kind="platform",
                law=f"{rule.platform}规则",
                version=rule.as_of,
                reason_zh=rule.zh,
                reason_en=rule.en,
                advice=rule.advice,
                replaces=_clause(text, start, end),
            )


@cache
def _platform_patterns() -> tuple[tuple[law.Platform, re.Pattern[str]], ...]:
    return tuple((rule, re.compile("|".join(map(composed, rule.says)))) for rule in law.platforms())


def rewritten(text: str, findings: Sequence[Finding]) -> str:
    """`text` with the advice of each finding in its place; of those that overlap the longest."""
    longest = sorted(findings, key=lambda one: (one.replaces[0] - one.replaces[1], one.start))
    apart = _Apart()
    taken = [each for each in longest if apart.take(*each.replaces)]
    parts, at = [], 0
    for each in sorted(taken, key=lambda one: one.replaces):
        start, end = each.replaces
        parts += [text[at:start], each.advice]
        at = end
    return "".join([*parts, text[at:]])
