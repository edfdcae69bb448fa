"""Whether another wording says what the draft says: the checks a language model's reply must pass.

A wording is held against the draft it rewords and the records that the draft rests on. Every check
errs towards refusing, since the draft itself can always be sent. Figures are held against figures
(`facts`), noes against noes (`stance`), and the rest goes by words of the language (`vocabulary`):
of promises, of deeds, of days. None knows a trade.

What this cannot catch: one told word put for another inside a clause, with no figure, no "no" and
no listed word among them; a true figure of a record told of another thing in that record when the
draft does not state it; a clause left out that names no condition; a name cut short; a tone that
misleads; and a draft that is wrong itself.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from zhanggui.service import stance, vocabulary
from zhanggui.service.evidence import LONGEST, Evidence
from zhanggui.service.facts import Fact, facts

Check = Literal[
    "empty", "length", "markup", "contact", "code", "figure", "bound", "omission", "mixture", "day",
    "promise", "deed", "negation", "hedge", "condition", "payer", "question", "invention",
]  # fmt: skip
"""What a wording may fail, in the order in which it is tried."""

_CLAUSE = re.compile(r"[，。；！？、,;!?\n]+")
_TOKEN = re.compile(r"[\u4e00-\u9fff]|[a-z]+|\d+(?:\.\d+)?")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_FEW_KEPT = 0.6
"""Of a condition's characters the share that a wording must keep."""


@dataclass(frozen=True)
class Held:
    """A wording beside the draft it rewords and what the records say."""

    wording: str
    draft: str
    records: str

    @cached_property
    def known(self) -> str:
        """All that may be told."""
        return f"{self.draft}\n{self.records}"

    @cached_property
    def said(self) -> list[Fact]:
        """The facts of the wording."""
        return list(facts(self.wording).found)

    @cached_property
    def meant(self) -> list[Fact]:
        """The facts of the draft."""
        return list(facts(self.draft).found)

    @cached_property
    def recorded(self) -> list[Fact]:
        """The facts of the records."""
        return list(facts(self.records).found)


def fault(wording: str, draft: str, evidence: Sequence[Evidence]) -> Check | None:
    """The first check that `wording` fails as a reply in place of `draft`; None where it may be
    sent."""
    records = "\n".join(each.text for each in evidence)
    held = Held(wording, draft, records)
    if len(wording) > LONGEST:
        return "length"
    return next((name for name, fails in _CHECKS.items() if fails(held)), None)


def _is_empty(held: Held) -> bool:
    return not any(letter.isalnum() for letter in held.wording)


def _has_markup(held: Held) -> bool:
    marks = set("<>{}[]|\\`*#_^=")
    odd = {c for c in held.wording if c in marks or (not c.isprintable() and c != "\n")}
    return not odd <= set(held.known)


def _has_contact(held: Held) -> bool:
    return not vocabulary.found(vocabulary.CONTACTS, held.wording) <= vocabulary.found(
        vocabulary.CONTACTS, held.known
    )


def _has_code(held: Held) -> bool:
    said = _codes(held.said)
    return not (said <= _codes(held.meant) | _codes(held.recorded) and said >= _codes(held.meant))


def _codes(found: Sequence[Fact]) -> set[str]:
    return {fact.value for fact in found if fact.kind == "code"}


def _has_figure(held: Held) -> bool:
    """Another number, unit, date, time or rate than is told, or a vague number."""
    known = [*held.meant, *held.recorded]
    foreign = any(not any(_same(fact, each) for each in known) for fact in _counted(held.said))
    numbers = vocabulary.found(vocabulary.VAGUE, facts(held.wording).rest)
    vague = numbers - vocabulary.found(vocabulary.VAGUE, facts(held.known).rest)
    counted = vocabulary.rates(held.wording.lower()) - vocabulary.rates(held.known.lower())
    return foreign or bool(vague or counted)


def _counted(found: Sequence[Fact]) -> list[Fact]:
    return [fact for fact in found if fact.kind != "code"]


def _same(said: Fact, known: Fact) -> bool:
    """Whether a fact is told by another; a date may leave its year out, and none may be added."""
    if (said.kind, said.value) != (known.kind, known.value):
        return False
    return said.unit == known.unit or (said.kind == "date" and not said.unit)


def _moves_bound(held: Held) -> bool:
    """At most made at least, or a bound dropped or added."""
    for fact in _counted(held.said):
        told = [each for each in held.meant if _same(fact, each)] or [
            each for each in held.recorded if _same(fact, each)
        ]
        if all(each.bound != fact.bound for each in told):
            return True
    limits = {fact.bound for fact in held.meant}
    return any(
        limit.search(held.wording) and not limit.search(held.draft) and bound not in limits
        for bound, limit in vocabulary.LIMITS.items()
    )


def _omits(held: Held) -> bool:
    """A figure of the draft that is left out, whether once or altogether."""
    return any(not any(_same(fact, each) or _same(each, fact) for each in held.said)
               for fact in _counted(held.meant))  # fmt: skip


def _mixes(held: Held) -> bool:
    """What two clauses say that has changed places, or two figures of one unit that have."""
    return _crosses(held) or _swaps(held)


def _crosses(held: Held) -> bool:
    """A clause of the wording with something that one clause of the draft alone says and something
    that another alone says, and all of neither."""
    told = [_content(clause) for clause in _CLAUSE.split(facts(held.draft).text)]
    alone = [own - set().union(*told[:n], *told[n + 1 :]) for n, own in enumerate(told)]
    for clause in _CLAUSE.split(facts(held.wording).text):
        said = _content(clause)
        if sum(bool(own & said) and not own <= said for own in alone) > 1:
            return True
    return False


def _content(clause: str) -> set[str]:
    return set(_TOKEN.findall(clause)) - set(vocabulary.PLAIN)


def _swaps(held: Held) -> bool:
    """A figure of the wording that stands in words which in the draft stand around another."""
    mine, its = _labels(held.draft), _labels(held.wording)
    for (unit, value), label in its.items():
        rivals = {other: text for (u, other), text in mine.items() if u == unit}
        if value not in rivals or len(rivals) < 2:
            continue
        overlaps = {other: len(label & text) for other, text in rivals.items()}
        if overlaps[value] < max(overlaps.values()):
            return True
    return False


def _labels(text: str) -> dict[tuple[str, str], set[str]]:
    """The letters around each figure: those of its clause since the figure of the same unit before
    it, figures of other units among them; and the other figures of the clause."""
    whole = facts(text)
    found = _counted(whole.found)
    ends = [match.end() for match in _CLAUSE.finditer(whole.text)]
    starts = [match.start() for match in _CLAUSE.finditer(whole.text)]
    labels: dict[tuple[str, str], set[str]] = {}
    for fact in found:
        start = max((end for end in ends if end <= fact.start), default=0)
        stop = min((begin for begin in starts if begin >= fact.end), default=len(whole.text))
        kin = [o for o in found if (o.kind, o.unit) == (fact.kind, fact.unit) and o is not fact]
        inside = [o for o in kin if start <= o.start < stop and o.start != fact.start]
        start = max([start, *(o.end for o in inside if o.end <= fact.start)])
        if inside:
            stop = fact.start
        words = whole.text[start : fact.start] + whole.text[fact.end : max(stop, fact.end)]
        key = (f"{fact.kind} {fact.unit}" if fact.kind == "number" else fact.kind, fact.value)
        letters = set(words) - set(vocabulary.PLAIN) - set(" ") | {each.value for each in inside}
        labels[key] = labels.get(key, set()) | letters
    return labels


def _changes_day(held: Held) -> bool:
    """A day or a part of one (今天, 周五, 下午) that only one of the two has."""
    return vocabulary.days(facts(held.wording).rest) != vocabulary.days(facts(held.draft).rest)


def _promises(held: Held) -> bool:
    said = facts(held.wording).text
    told = vocabulary.found(vocabulary.PROMISES, facts(held.known).text)
    states = vocabulary.found(vocabulary.STATES, said)
    return not (
        vocabulary.found(vocabulary.PROMISES, said) <= told
        and states <= vocabulary.found(vocabulary.STATES, facts(held.draft).text)
    )


def _claims_deed(held: Held) -> bool:
    """Something done, or offered to be done, that the draft does not say; a thing done told as to
    be done, or the other way round."""
    said, meant = vocabulary.deeds(held.wording), vocabulary.deeds(held.draft)
    if any(deed not in meant for deed in said):
        return True
    was, is_ = ({deed for deed in said if "done" in ways[deed]} for ways in (meant, said))
    return was != is_ or any(said[deed] - meant[deed] for deed in said)


def _turns(held: Held) -> bool:
    return not stance.agree(held.wording, held.draft)


def _drops_hedge(held: Held) -> bool:
    return not vocabulary.hedges(held.draft) <= vocabulary.hedges(held.wording)


def _drops_condition(held: Held) -> bool:
    kept = set(facts(held.wording).text)
    for clause in _CLAUSE.split(facts(held.draft).text):
        if not vocabulary.CONDITIONS.search(clause):
            continue
        letters = set("".join(_HAN.findall(clause))) - set(vocabulary.PLAIN)
        if len(letters & kept) < _FEW_KEPT * len(letters):
            return True
    return False


def _changes_payer(held: Held) -> bool:
    return vocabulary.payers(held.wording) != vocabulary.payers(held.draft)


def _loses_question(held: Held) -> bool:
    asks = re.compile(r"[?？]")
    return asks.search(held.draft) is not None and asks.search(held.wording) is None


def _invents(held: Held) -> bool:
    """A letter outside of figures that is neither told nor courtesy."""
    said = facts(held.wording)
    words, place = "", 0
    for fact in said.found:
        words, place = words + said.text[place : fact.start], max(place, fact.end)
    words += said.text[place:]
    return not set(_HAN.findall(words)) <= set(facts(held.known).text) | set(vocabulary.PLAIN)


_CHECKS: dict[Check, Callable[[Held], bool]] = {
    "empty": _is_empty,
    "markup": _has_markup,
    "contact": _has_contact,
    "code": _has_code,
    "figure": _has_figure,
    "omission": _omits,
    "bound": _moves_bound,
    "mixture": _mixes,
    "day": _changes_day,
    "promise": _promises,
    "deed": _claims_deed,
    "negation": _turns,
    "hedge": _drops_hedge,
    "condition": _drops_condition,
    "payer": _changes_payer,
    "question": _loses_question,
    "invention": _invents,
}
