"""Identifiers and secrets.

Record ids are a short prefix and a ULID-like body: 48 bits of milliseconds and 80 random bits in
Crockford base 32, so that they sort by creation and never collide between machines.
"""

from __future__ import annotations

import hashlib
import re
import secrets

from zhanggui.base import clock

_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
_SHOP_ID = re.compile(r"[a-z0-9][a-z0-9_-]{0,47}")


def new_id(prefix: str) -> str:
    """A new id such as ``imp_01jd…`` (prefix, underscore, 26 characters)."""
    milliseconds = int(clock.now().timestamp() * 1000)
    number = (milliseconds << 80) | secrets.randbits(80)
    body = "".join(_ALPHABET[(number >> shift) & 31] for shift in range(125, -5, -5))
    return f"{prefix}_{body}"


def new_secret(byte_count: int = 32) -> str:
    """A URL-safe secret from the operating system's generator."""
    return secrets.token_urlsafe(byte_count)


def digest(secret: str) -> str:
    """What is stored of a high-entropy secret: its SHA-256 as hex.

    Only for secrets made by :func:`new_secret`; passwords go through argon2.
    """
    return hashlib.sha256(secret.encode()).hexdigest()


def is_shop_id(text: str) -> bool:
    """Whether `text` may name a shop: lower-case letters, digits, ``-`` and ``_``, at most 48."""
    return _SHOP_ID.fullmatch(text) is not None
