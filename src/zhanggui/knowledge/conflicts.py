"""Entries that say the same twice, and entries that contradict each other.

Nothing is reported on likeness alone: of two entries that are asked for alike, the figures, the
noes and what they hold for decide, read as :mod:`zhanggui.knowledge.claims` does. What is left out
for want of certainty is never seen, what is reported wrongly costs a merchant's trust.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, islice
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from zhanggui.ai import bigrams, normalise
from zhanggui.base.chinese import Quantity, arabic, quantities, standard, uncourteous
from zhanggui.base.words import Text
from zhanggui.knowledge import claims as claiming
from zhanggui.knowledge.claims import Goods
from zhanggui.knowledge.clauses import sentences
from zhanggui.knowledge.corpus import Entry
from zhanggui.knowledge.likeness import Effort, alike
from zhanggui.knowledge.retrieval import Retriever

MOST = 200
"""Conflicts that are given at most."""
_SAME_QUESTION = 0.75
_SAME_SENTENCE = 0.55
"""Shares of content letters in common from which two questions ask the same, and two sentences are
on one matter; they hold only together with the rest."""
_SAME_TEXT = (0.85, 0.6)
"""The shares of content letters and of letter pairs from which two texts say the same."""
_ROWS = 512
"""Wordings that are held against all others at a time."""
_MOST_WORDINGS = 20_000
_USUAL = 50
"""A pair of letters that more clauses than these have says nothing of their matter."""
_PAIRING = 10
"""Steps that a pair of wordings takes, which is to be remembered."""
_CLOSELY = 50
"""Steps that a close look at two texts or sentences takes."""

Kind = Literal["duplicate", "contradiction"]

_GRAMMAR = frozenset(
    "的了是在也就还和与及或请问可以能会要需这那个款我们咱本店里现目前如果话吗呢吧啊呀哦嘛么哈哟噢什怎样多少几何哪谁"
    "有没不无未勿别给行好想您你亲哒支持都会将把被让对于从到则其此该且而并内之间用下一点"
)
_NO = re.compile(
    r"(?P<verb>[是能有会要行好可])(?:不|没)(?P=verb)|没问题|没关系|不好意思|不锈钢|无理由|差不多|不用担心|(不|没|无法|未|勿|禁止)"
)
_YES_LEAD = re.compile(r"^(可以|能|支持|有|会|是|行|要|需要|包)(?![不没吗])")
_NO_LEAD = re.compile(r"^(?:抱歉|不好意思|很遗憾|目前|暂时?|[,，。\s])*(不|没|无法|无需|暂不)")
_FIGURE = re.compile(r"\d+(?:[.:]\d+)?")
_COUNTED = re.compile(r"(\d+(?:\.\d+)?)\s*([^\W\d]?)")


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two entries that do not go together: what of each, and why. `id` is of the two as they are
    written: it is another as soon as one is changed."""

    kind: Kind
    first: Entry
    second: Entry
    reason: Text

    @property
    def id(self) -> str:
        both = sorted(
            "\x1f".join((each.id, each.text, *each.questions)) for each in (self.first, self.second)
        )
        return hashlib.sha256("\x1e".join((self.kind, *both)).encode()).hexdigest()[:40]


@dataclass(frozen=True, slots=True)
class Found:
    """Conflicts, contradictions first; `is_cut_off` says that there may be more of them, since
    there was more to compare than can be, or more was found than :data:`MOST`."""

    conflicts: list[Conflict]
    is_cut_off: bool


def find(retriever: Retriever) -> Found:
    """The conflicts of a shop's answers and clauses.

    Seconds for a thousand entries, and bounded for any number; blocks while it computes.
    """
    goods = Goods(retriever.entries)
    claims, answers, clauses = Effort(), Effort(), Effort()
    readers = [_Reader(goods), _Reader(goods)]
    asked = _Asked(retriever, goods, answers)
    found: dict[tuple[str, str], Conflict] = {}
    for conflicts in (
        _claimed(retriever.entries, goods, claims),
        _of_answers(retriever, asked, readers[0]),
        _of_clauses(retriever.clauses, readers[1], clauses),
    ):
        for conflict in islice(conflicts, MOST + 1):
            found.setdefault((conflict.first.id, conflict.second.id), conflict)
    order = sorted(found.values(), key=lambda each: (each.kind, each.first.id, each.second.id))
    efforts = (claims, answers, clauses, *(reader.effort for reader in readers))
    is_cut_off = len(order) > MOST or asked.is_cut_off or any(each.is_spent for each in efforts)
    return Found(order[:MOST], is_cut_off)


def _claimed(entries: Sequence[Entry], goods: Goods, effort: Effort) -> Iterator[Conflict]:
    """Entries whose claims on one topic differ."""
    by_topic: dict[tuple[str, frozenset[str]], list[tuple[Entry, claiming.Claim]]] = {}
    for entry in entries:
        if entry.kind in ("faq", "policy"):
            for claim in claiming.claims(entry, goods):
                by_topic.setdefault((claim.topic, claim.scope), []).append((entry, claim))
    for stated in by_topic.values():
        for (entry, claim), (other, its) in combinations(stated, 2):
            if not effort.spend():
                return
            if claim.contradicts(its) and not _is_one_text(entry, other):
                reason = Text(
                    f"{claim.name.zh}说得不一样：{claim.said}，{its.said}",
                    f"They differ on {claim.name.en}: {claim.said}, {its.said}",
                )
                yield _conflict("contradiction", entry, other, reason)


def _conflict(kind: Kind, one: Entry, other: Entry, reason: Text) -> Conflict:
    first, second = sorted((one, other), key=lambda each: each.id)
    return Conflict(kind, first, second, reason)


def _of_answers(retriever: Retriever, asked: _Asked, reader: _Reader) -> Iterator[Conflict]:
    """Answered questions that are asked alike."""
    for one, other in asked.pairs():
        first, second = retriever.entries[one], retriever.entries[other]
        twice = asked.same_wording(one, other)
        reason = reader.contradiction(first.text, second.text)
        if reader.effort.is_spent:
            return
        if reason is not None:
            yield _conflict("contradiction", first, second, reason)
        elif reader.says_the_same(first.text, second.text):
            reason = Text("问的是同一件事，答得也一样", "Both are asked alike and say the same")
            yield _conflict("duplicate", first, second, reason)
        elif twice:
            reason = Text(
                f"同一个问法在两条里：{twice}", f"Both are asked in the same words: {twice}"
            )
            yield _conflict("duplicate", first, second, reason)


class _Asked:
    """The questions of a shop's answers, and which of them ask the same."""

    def __init__(self, retriever: Retriever, goods: Goods, effort: Effort) -> None:
        self._entries = retriever.entries
        self._effort = effort
        rows = [
            row
            for row, wording in enumerate(retriever.asked)
            if wording.role == "query" and self._entries[wording.owner].kind == "faq"
        ]
        self.is_cut_off = len(rows) > _MOST_WORDINGS
        self._rows = rows[:_MOST_WORDINGS]
        self._texts = [_plain(retriever.asked[row].text) for row in self._rows]
        self._asks = [
            (_tokens(text), _noes(text), claiming.scope(text, goods)) for text in self._texts
        ]
        self._normal = [normalise(text) for text in self._texts]
        self._owners = np.array([retriever.asked[row].owner for row in self._rows], np.int32)
        vectors = retriever.wordings.vectors
        self._vectors = None if vectors is None else vectors[self._rows]
        self._same: dict[tuple[int, int], str] = {}

    def pairs(self) -> list[tuple[int, int]]:
        """Places of entries that ask the same for the same, each pair once."""
        found = self._by_letters() | self._by_meaning()
        return sorted(found)

    def same_wording(self, one: int, other: int) -> str:
        """A wording that both have, letter for letter; empty where there is none."""
        return self._same.get((one, other), "")

    def _by_letters(self) -> set[tuple[int, int]]:
        content = [_content(text) for text in self._texts]
        found = set()
        for row, column in alike(content, _SAME_QUESTION, self._effort):
            if len(content[row]) > 1 and len(content[column]) > 1:
                if not self._effort.spend(_PAIRING):
                    break
                pair = self._pair(row, column)
                if pair is not None:
                    found.add(pair)
        return found

    def _by_meaning(self) -> set[tuple[int, int]]:
        """Wordings that are each other's nearest of another entry, and as near as wordings of one
        entry usually are: cosines of different shops cannot be compared."""
        if self._vectors is None or len(self._rows) < 2:
            return set()
        nearest, cosines, siblings = self._nearest(self._vectors)
        if len(siblings) < 8:
            return set()
        usual = float(np.median(siblings))
        found = set()
        for row, column in enumerate(nearest):
            if cosines[row] >= usual and nearest[column] == row:
                pair = self._pair(row, int(column))
                if pair is not None:
                    found.add(pair)
        return found

    def _nearest(
        self, vectors: NDArray[np.float32]
    ) -> tuple[NDArray[np.intp], NDArray[np.float32], list[float]]:
        """Of each wording the nearest of another entry with its cosine, and the cosines to the
        nearest of its own entry where it has others."""
        nearest, cosines, siblings = [], [], []
        for start in range(0, len(vectors), _ROWS):
            block = vectors[start : start + _ROWS] @ vectors.T
            own = self._owners[start : start + _ROWS, None] == self._owners
            itself = np.arange(start, start + len(block))
            kin = np.where(own, block, -1)
            kin[np.arange(len(block)), itself] = -1
            siblings += [float(each) for each in kin.max(1) if each > -1]
            block = np.where(own, -1, block)
            nearest.append(block.argmax(1))
            cosines.append(block.max(1))
        return np.concatenate(nearest), np.concatenate(cosines), siblings

    def _pair(self, row: int, column: int) -> tuple[int, int] | None:
        """The entries of two wordings, unless one asks of something the other does not."""
        one, other = sorted((int(self._owners[row]), int(self._owners[column])))
        if one == other:
            return None
        if self._asks[row] != self._asks[column]:
            return None
        if self._normal[row] == self._normal[column]:
            self._same.setdefault((one, other), self._texts[row])
        return one, other


def _of_clauses(entries: Sequence[Entry], reader: _Reader, effort: Effort) -> Iterator[Conflict]:
    """Clauses of different policies and documents with nearly the same words."""
    content = [frozenset(bigrams(_without_figures(entry.text))) for entry in entries]
    for one, other in alike(content, _SAME_SENTENCE, effort, _USUAL):
        first, second = entries[one], entries[other]
        if _is_one_text(first, second):
            continue
        reason = reader.contradiction(first.text, second.text)
        if reader.effort.is_spent:
            return
        if reason is not None:
            yield _conflict("contradiction", first, second, reason)
        elif reader.says_the_same(first.text, second.text):
            reason = Text("两条写的是同一件事", "Both clauses say the same")
            yield _conflict("duplicate", first, second, reason)


def _is_one_text(one: Entry, other: Entry) -> bool:
    """Whether both are of one answer, policy or document, which was written as a whole."""
    return one.id.partition("#")[0] == other.id.partition("#")[0]


@dataclass(frozen=True, slots=True)
class _Sentence:
    """A sentence, what it holds for and its content letters."""

    text: str
    scope: frozenset[str]
    content: frozenset[str]


class _Reader:
    """Looks at two texts closely, as far as its effort goes; after that it finds nothing."""

    def __init__(self, goods: Goods) -> None:
        self.effort = Effort()
        self._goods = goods
        self._known: dict[str, list[_Sentence]] = {}

    def contradiction(self, one: str, other: str) -> Text | None:
        """Why two texts on one matter cannot both be so: a sentence of each that differ in their
        one figure, or in saying no."""
        first, second = self._sentences(one), self._sentences(other)
        if not self.effort.spend(_CLOSELY + len(first) * len(second)):
            return None
        for sentence in first:
            for its in second:
                if sentence.scope != its.scope:
                    continue
                if _share(sentence.content, its.content) < _SAME_SENTENCE:
                    continue
                if not self.effort.spend(_CLOSELY):
                    return None
                reason = _differ(sentence.text, its.text)
                if reason is not None:
                    return reason
        return None

    def says_the_same(self, one: str, other: str) -> bool:
        """Whether two texts on one matter say the same."""
        if sorted(_FIGURE.findall(arabic(one))) != sorted(_FIGURE.findall(arabic(other))):
            return False
        scopes = [claiming.scope(text, self._goods) for text in (one, other)]
        if _noes(one) != _noes(other) or scopes[0] != scopes[1]:
            return False
        letters = _share(_content(one), _content(other))
        pairs = _share(frozenset(bigrams(one)), frozenset(bigrams(other)))
        return letters >= _SAME_TEXT[0] and pairs >= _SAME_TEXT[1]

    def _sentences(self, text: str) -> list[_Sentence]:
        if text not in self._known:
            self._known[text] = [
                _Sentence(each, claiming.scope(each, self._goods), _content(each))
                for each in sentences(arabic(text))
            ]
        return self._known[text]


def _differ(one: str, other: str) -> Text | None:
    """How two sentences on one matter differ in their one figure, or in saying no."""
    figures = _one_figure_each(one, other)
    if figures is not None:
        return Text(
            f"数字不一样：{figures[0]}，{figures[1]}",
            f"The figures differ: {figures[0]}, {figures[1]}",
        )
    if _denies(one, other):
        return Text(
            f"一条说行，一条说不行：“{one}”，“{other}”",
            f"One says yes and the other no: “{one}”, “{other}”",
        )
    return None


def _one_figure_each(one: str, other: str) -> tuple[str, str] | None:
    """The figures of two sentences where they differ in one, and its unit is the same."""
    first, second = Counter(_COUNTED.findall(one)), Counter(_COUNTED.findall(other))
    left, right = list((first - second).elements()), list((second - first).elements())
    if len(left) != 1 or len(right) != 1:
        return None
    measured, its = _measured(left[0][0], one), _measured(right[0][0], other)
    if measured is not None and its is not None:
        differ = measured.dimension == its.dimension and measured.low != its.low
        return (measured.raw, its.raw) if differ else None
    (figure, unit), (its_figure, its_unit) = left[0], right[0]
    if measured or its or not unit or unit != its_unit or float(figure) == float(its_figure):
        return None
    return figure + unit, its_figure + unit


def _measured(figure: str, sentence: str) -> Quantity | None:
    """The amount that a figure of a sentence is part of."""
    return next((each for each in quantities(sentence) if figure in each.raw), None)


def _denies(one: str, other: str) -> bool:
    """Whether of two sentences that are alike one says no to what the other says yes to."""
    if _FIGURE.findall(one) != _FIGURE.findall(other):
        return False
    leads = [(_YES_LEAD.search(text), _NO_LEAD.search(text)) for text in (one, other)]
    if bool(leads[0][0] and leads[1][1]) or bool(leads[0][1] and leads[1][0]):
        return True
    noes = sorted((_noes(one), _noes(other)))
    return noes == [0, 1] and _content(one) == _content(other)


def _plain(text: str) -> str:
    return arabic(uncourteous(standard(text)))


def _content(text: str) -> frozenset[str]:
    """The letters of a text that say what it is about."""
    words = _without_figures(normalise(text))
    return frozenset(words.replace(" ", "")) - _GRAMMAR


def _without_figures(text: str) -> str:
    return _FIGURE.sub("", arabic(text))


def _tokens(text: str) -> frozenset[str]:
    """Figures and Latin words, of which none may differ in two questions that ask the same."""
    return frozenset(re.findall(r"[a-z]+|\d+(?:\.\d+)?", text.lower()))


def _noes(text: str) -> int:
    return sum(1 for match in _NO.finditer(text) if match[2])


def _share(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / max(len(one | other), 1)
