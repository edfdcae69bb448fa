"""Who receives an order: sealed at rest, masked on screen, whole only for a recorded reveal."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

import orjson

from zhanggui.base import masking
from zhanggui.base.crypto import Cipher

_FIELD = "order.receiver"
_DIGITS = re.compile(r"1[3-9]\d{9}")


@dataclass(frozen=True, slots=True)
class Receiver:
    """Name, phone and address as the file has them; a platform may have masked any of them."""

    name: str | None = None
    phone: str | None = None
    address: str | None = None

    def masked(self) -> Receiver:
        """As staff see it without asking for more."""
        return Receiver(
            _mask(self.name, masking.mask_name),
            _mask(self.phone, masking.mask_phone),
            _mask(self.address, masking.mask_address),
        )


def seal(cipher: Cipher, shop_id: str, receiver: Receiver) -> bytes | None:
    """The receiver encrypted as one value; None when there is nothing to hide."""
    if not (receiver.name or receiver.phone or receiver.address):
        return None
    fields = orjson.dumps([receiver.name, receiver.phone, receiver.address])
    return cipher.encrypt(fields.decode(), shop_id=shop_id, field=_FIELD)


def unseal(cipher: Cipher, shop_id: str, sealed: bytes | None) -> Receiver:
    """The inverse of :func:`seal`."""
    if sealed is None:
        return Receiver()
    return Receiver(*orjson.loads(cipher.decrypt(sealed, shop_id=shop_id, field=_FIELD)))


def phone_index(cipher: Cipher, shop_id: str, phone: str | None) -> bytes | None:
    """By which orders of one phone are found; None for a missing, masked or malformed phone."""
    found = _DIGITS.search(phone) if phone else None
    if found is None or phone is None or masking.is_masked(phone):
        return None
    return cipher.blind_index(found[0], shop_id=shop_id, field="phone")


def _mask(value: str | None, mask: Callable[[str], str]) -> str | None:
    if value is None or masking.is_masked(value):
        return value
    return mask(value)
