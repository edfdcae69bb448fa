"""Whether what was asked and answered is for anybody: it may be told to the next shopper only if
nothing in it belongs to one."""

from __future__ import annotations

import re
from collections.abc import Iterable

from zhanggui.base.masking import is_masked, scrub

QUESTION = (4, 80)
ANSWER = (6, 400)
"""Characters of what is worth keeping, from and to."""

_NUMBERS = re.compile(r"(?<![\d.])\d{7,}(?![\d.])|[A-Za-z]{1,4}\d{8,}")
_PLACE = re.compile(r"\w{2,}(?:省|市|区|县|镇|街道|小区)\w*\d+\s*(?:号|栋|幢|单元|室|楼)")
_GREETING = re.compile(
    r"^(?:亲|您?你?好|在吗?|在不在|有人吗?|哈喽|嗨|hi|hello|请问一?下?|[,，~～!！。.\s])+", re.I
)


def without_greeting(text: str) -> str:
    """A message without the greeting it begins with."""
    return _GREETING.sub("", text.strip()).strip()


def is_impersonal(text: str, names: Iterable[str] = ()) -> bool:
    """Whether a text names no number of an order, a parcel or a person, no place to send to, and
    none of `names` of more than one character."""
    if any(len(name) > 1 and name in text for name in names):
        return False
    if _NUMBERS.search(text) or _PLACE.search(text):
        return False
    return scrub(text) == text and not is_masked(text)


def fits(question: str, answer: str) -> bool:
    """Whether both are as long as what is worth keeping."""
    return QUESTION[0] <= len(question) <= QUESTION[1] and ANSWER[0] <= len(answer) <= ANSWER[1]
