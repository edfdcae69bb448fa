"""Numbers as Mandarin says them."""

from __future__ import annotations

_DIGITS = "零一二三四五六七八九"
_PLACES = ("", "十", "百", "千")
_GROUPS = ("", "万", "亿", "万亿")
MOST_DIGITS = 16
"""Digits of a number that is still read as one; a longer one is read digit by digit."""


def by_digit(digits: str, *, one: str = "一") -> str:
    """Digit by digit; `one` is how a 1 is said (幺 in what is called or looked up)."""
    return "".join(one if each == "1" else _DIGITS[int(each)] for each in digits)


def whole(digits: str) -> str:
    """A whole number: 10 十, 102 一百零二, 2000 两千, 20000 两万, 22000 两万二千."""
    plain = digits.lstrip("0")
    if not plain:
        return "零"
    if len(plain) > MOST_DIGITS:
        return by_digit(plain)
    groups = [plain[max(end - 4, 0) : end] for end in range(len(plain), 0, -4)]
    said = ""
    skipped = False
    for place in range(len(groups) - 1, -1, -1):
        value = int(groups[place])
        if not value:
            skipped = bool(said)
            continue
        if said and (skipped or value < 1000):
            said += "零"
        skipped = False
        is_first = not said
        part = "两" if value == 2 and is_first and place else _thousands(value, is_first=is_first)
        said += part + _GROUPS[place]
    return said


def _thousands(value: int, *, is_first: bool) -> str:
    """A number below ten thousand and above 0."""
    said = ""
    zero = False
    for place in (3, 2, 1, 0):
        digit = value // 10**place % 10
        if not digit:
            zero = bool(said)
            continue
        if zero:
            said += "零"
        zero = False
        if digit == 1 and place == 1 and not said and is_first:
            said += "十"
        elif digit == 2 and place == 3 and is_first:
            said += "两千"
        else:
            said += _DIGITS[digit] + _PLACES[place]
    return said


def number(text: str, *, is_counted: bool = False) -> str:
    """A number with or without thousands' commas and a decimal point; `is_counted` says that what
    is counted follows (2 件: 两件)."""
    before, _, after = text.replace(",", "").partition(".")
    if not after:
        return "两" if is_counted and before.lstrip("0") == "2" else whole(before or "0")
    return f"{whole(before or '0')}点{by_digit(after)}"


def amount(text: str) -> str:
    """A sum of money in yuan, without zeros at the end: 128.50 一百二十八点五, 2.00 两."""
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return number(text, is_counted=True)
