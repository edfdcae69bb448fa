"""Money is an integer number of fen (分); yuan exist only as text."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

_PLAIN = re.compile(r"(\d{1,12})(?:\.(\d{1,2}))?")
_NOISE = str.maketrans("", "", ",，￥¥元 \t\u00a0\u3000")


def parse_yuan(text: str) -> int:
    """Fen in a yuan amount as people and platforms write it: ``1,299.00``, ``￥12.5``, ``-3元``.

    More than two decimals are rounded half up. Raises ValueError for anything that is not a
    finite amount below 10**12 yuan.
    """
    plain = _PLAIN.fullmatch(text)
    if plain:  # The common case, and several times faster than Decimal.
        return int(plain[1]) * 100 + int(((plain[2] or "") + "00")[:2])
    try:
        amount = Decimal(text.translate(_NOISE))
    except InvalidOperation:
        raise ValueError(f"not an amount of money: {text[:40]!r}") from None
    if not amount.is_finite() or abs(amount) >= 10**12:
        raise ValueError(f"not an amount of money: {text[:40]!r}")
    return int((amount * 100).quantize(Decimal(1), rounding=ROUND_HALF_UP))


def format_yuan(fen: int) -> str:
    """``12900`` → ``129``, ``12950`` → ``129.50``: how a price reads in a reply."""
    sign, whole = ("-" if fen < 0 else ""), abs(fen)
    yuan, rest = divmod(whole, 100)
    return f"{sign}{yuan}.{rest:02d}" if rest else f"{sign}{yuan}"
