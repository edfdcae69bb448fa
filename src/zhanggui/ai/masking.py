"""Private values are taken out of a text before it leaves, and put back into what comes of it.

Each value becomes a mark such as ``〔电话1〕``, the same one wherever it stands, so that a model
can still say which of two it means. Found are phones, identity numbers, e-mails, bank cards, the
long numbers of orders and parcels, addresses and names where a text says that they are such; what
no pattern can know (a buyer's nick, a name by itself) the caller names.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import lru_cache, partial
from typing import Literal, get_args

from zhanggui.base import masking
from zhanggui.base.chinese import addresses

Kind = Literal["电话", "证件号", "邮箱", "卡号", "单号", "地址", "姓名", "隐私"]
"""What a mark says that it stands for; the last is what a caller named."""
KINDS: tuple[Kind, ...] = get_args(Kind)

_PATTERNS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    ("邮箱", masking.EMAIL),
    ("证件号", masking.ID_NUMBER),
    ("电话", masking.MOBILE),
    ("电话", re.compile(r"(?<![\d-])(?:\(0\d{2,3}\)|0\d{2,3})[- ]?[2-9]\d{6,7}(?!\d)")),
    ("卡号", re.compile(r"(?<!\d)[3-6]\d{3}(?:[ -]\d{4}){3}(?:[ -]?\d{1,3})?(?!\d)")),
    ("单号", re.compile(r"(?<![\dA-Za-z])[A-Za-z]{0,4}\d{10,32}(?![\dA-Za-z])")),
)
_OPEN, _CLOSE = "〔", "〕"
_MARK = re.compile(rf"[〔【\[]\s?({'|'.join(KINDS)})\s?(\d{{1,4}})\s?[〕】\]]")
_BEGUN = "|".join(sorted({kind[:end] for kind in KINDS for end in (1, 2, 3)}, reverse=True))
_BEGINNING = re.compile(rf"[〔【\[]\s?(?:{_BEGUN})?\s?\d{{0,4}}\s?$")
_PUNCTUATION, _ASCII = "，：；！？（）［］｛｝～", ",:;!?()[]{}~"
_FIRST = 0xE000
_STANDS = re.compile(r"[\ue000-\uf8ff]")
"""While a text is read, each value is one of Unicode's private characters, which no pattern takes
for part of a number or a name."""
_MOST = 0xF8FF - _FIRST


class Masks:
    """The private values of one request and their marks. `private` are the caller's, of two
    characters or more, whether letters are large or small."""

    def __init__(self, private: Iterable[str] = ()) -> None:
        named = {form: plain for value in private for form, plain in _forms(value)}
        self._named = [
            (re.compile(re.escape(form), re.IGNORECASE), named[form])
            for form in sorted(named, key=lambda form: (-len(form), form))
        ]
        self._values: list[tuple[Kind, str]] = []
        self._places: dict[str, int] = {}
        self.counts: Counter[str] = Counter()
        """How often each kind was masked."""

    def mask(self, text: str, *, is_ours: bool = False) -> str:
        """The text as it may leave; letters and figures of one with something private are made half
        width. What looks like a mark is one only in a text that `is_ours`."""
        plain = _half_width(text)
        # What a shopper wrote like a mark is none: it would come back as another's value.
        kept = _STANDS.sub("□", plain)
        if not is_ours:
            kept = _MARK.sub(r"(\1\2)", kept)
        for form, value in self._named:
            kept = form.sub(partial(self._named_found, value), kept)
        for said, value in addresses.private(kept):
            if not _STANDS.search(value):
                kept = _of_any_width(value).sub(partial(self._found, said), kept)
        for kind, pattern in _PATTERNS:
            kept = pattern.sub(partial(self._found, kind), kept)
        if kept == plain:
            return text
        return _STANDS.sub(lambda found: self._mark(ord(found[0]) - _FIRST), kept)

    def every(self, texts: Iterable[str]) -> list[str]:
        """Texts of one request as they may leave: what was found in one is masked in all."""
        masked = [self.mask(text) for text in texts]
        return [self.everywhere(text) for text in masked] if self.counts else masked

    def everywhere(self, text: str) -> str:
        """A text that was masked, without what was found meanwhile in others; also in JSON."""
        for value in sorted(self._places, key=len, reverse=True):
            place = self._places[value]
            for form in {value, json.dumps(value, ensure_ascii=False)[1:-1]}:
                if form in text:
                    self.counts[self._values[place][0]] += text.count(form)
                    text = text.replace(form, self._mark(place))
        return text

    def finds(self, text: str) -> bool:
        """Whether something in the text is private."""
        before = self.counts.total()
        self.mask(text)
        return self.counts.total() > before

    def restore(self, text: str, *, is_json: bool = False) -> str:
        """The text with the values in place of their marks, as inside a JSON string where it
        `is_json`. A mark that stands for nothing stays."""
        if not self._values:
            return text

        def value(found: re.Match[str]) -> str:
            place = int(found[2]) - 1
            if place >= len(self._values) or self._values[place][0] != found[1]:
                return found[0]
            written = self._values[place][1]
            return json.dumps(written, ensure_ascii=False)[1:-1] if is_json else written

        return _MARK.sub(value, text)

    def _named_found(self, value: str, found: re.Match[str]) -> str:
        return self._stand("隐私", value, 1)

    def _found(self, kind: Kind, found: re.Match[str]) -> str:
        return self._stand(kind, found[0], 1)

    def _stand(self, kind: Kind, value: str, times: int) -> str:
        place = self._places.get(value)
        if place is None:
            if len(self._values) >= _MOST:
                return _OPEN + kind + _CLOSE
            place = self._places[value] = len(self._values)
            self._values.append((kind, value))
        self.counts[self._values[place][0]] += times
        return chr(_FIRST + place)

    def _mark(self, place: int) -> str:
        return f"{_OPEN}{self._values[place][0]}{place + 1}{_CLOSE}"


def held_back(text: str) -> int:
    """Where what may be the beginning of a mark is, in a text that goes on: from there it is not
    to be shown yet."""
    found = _BEGINNING.search(text)
    return found.start() if found else len(text)


def _forms(value: str) -> Iterator[tuple[str, str]]:
    """How a value may stand in a text, as it is and as in a JSON string, and the value."""
    plain = _half_width(value).strip()
    if len(plain) > 1:
        yield plain, plain
        yield json.dumps(plain, ensure_ascii=False)[1:-1], plain


def _half_width(text: str) -> str:
    """A text of the same length with letters, figures and signs of half width (NFKC); punctuation
    stays, or a model would take to the ASCII commas it reads."""
    return "".join(map(_half, text))


@lru_cache(maxsize=4096)
def _half(letter: str) -> str:
    plain = unicodedata.normalize("NFKC", letter)
    return plain if len(plain) == 1 and letter not in _PUNCTUATION else letter


def _of_any_width(value: str) -> re.Pattern[str]:
    """A value that was read in half width, as it may stand in a text."""
    letters = (
        f"[{re.escape(letter)}{_PUNCTUATION[_ASCII.index(letter)]}]"
        if letter in _ASCII
        else re.escape(letter)
        for letter in value
    )
    return re.compile("".join(letters))
