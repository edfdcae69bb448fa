"""How personal data is shown: enough to recognise, too little to use."""

from __future__ import annotations

import re
from typing import Any

MOBILE = re.compile(
    r"(?<!\d)(?P<code>(?:(?:00|\+)?86[- ]?)?)(?P<head>1[3-9]\d)[- ]?(?P<middle>\d{4})[- ]?"
    r"(?P<tail>\d{4})(?!\d)"
)
ID_NUMBER = re.compile(r"(?<!\d)\d{6}(?:18|19|20)\d{2}\d{4}\d{3}[\dXx](?![\dXx])")
EMAIL = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}")
"""Bounded, for a long text without a blank would take long."""


def mask_phone(phone: str) -> str:
    """``13812345678`` → ``138****5678``; of one too short to hide four digits, the last two."""
    if len(phone) < 11:
        return "*" * max(len(phone) - 2, 0) + phone[-2:] if len(phone) > 4 else "*" * len(phone)
    return f"{phone[:3]}****{phone[-4:]}"


def mask_name(name: str) -> str:
    """``张小明`` → ``张**``."""
    return name[:1] + "*" * max(len(name) - 1, 1) if name else ""


def mask_address(address: str) -> str:
    """The first six characters (province and city as platforms write them), the rest hidden."""
    return address[:6] + "****" if address else ""


def mask_values(given: Any) -> Any:
    """JSON-like data with its fields and without what is written in them."""
    if isinstance(given, dict):
        return {name: mask_values(value) for name, value in given.items()}
    if isinstance(given, list):
        return [mask_values(value) for value in given]
    return "…" if isinstance(given, str) and given else given


def is_masked(text: str) -> bool:
    """Whether a platform has hidden part of this value already."""
    return "*" in text or "＊" in text


def scrub(text: str) -> str:
    """Free text without phone and identity numbers and e-mails, for logs and models."""
    text = ID_NUMBER.sub("[证件号]", text)
    text = MOBILE.sub(r"\g<code>\g<head>****\g<tail>", text)
    return EMAIL.sub("[邮箱]", text)
