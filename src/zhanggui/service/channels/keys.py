"""The secrets of a channel, sealed as they are kept."""

from __future__ import annotations

import secrets
import string
from datetime import datetime

from pydantic import BaseModel

from zhanggui.base.crypto import Cipher
from zhanggui.base.webhooks import signing
from zhanggui.service.channels.models import Channel

_FIELD = "channel.secrets"
_SENDER = "channel.sender"
_TICKET = "channel.ticket"
_LETTERS = string.ascii_letters + string.digits
_TOKEN_LENGTH = 24
_AES_KEY_LENGTH = 43


class Secrets(BaseModel):
    """Those of a channel's kind: `signing` of a webhook, both ways; `token` and `aes_key` of
    WeCom's callback and `app` for its API; `robot` is the key of a robot's address."""

    signing: str | None = None
    token: str | None = None
    aes_key: str | None = None
    app: str | None = None
    robot: str | None = None


def fresh(kind: str, before: Secrets | None = None) -> Secrets:
    """New secrets of those that we choose ourselves; what the other side chose stays."""
    kept = before or Secrets()
    if kind == "webhook":
        return kept.model_copy(update={"signing": signing.new_secret()})
    if kind == "wecom":
        return kept.model_copy(update={"token": _drawn(_TOKEN_LENGTH), "aes_key": _new_aes_key()})
    return kept


def seal(cipher: Cipher, shop_id: str, given: Secrets) -> bytes:
    """Secrets as they are kept."""
    text = given.model_dump_json(exclude_none=True)
    return cipher.encrypt(text, shop_id=shop_id, field=_FIELD)


def present(cipher: Cipher, row: Channel) -> Secrets:
    """The channel's secrets; raises Unavailable where they were sealed with another key."""
    return Secrets.model_validate_json(
        cipher.decrypt(row.sealed, shop_id=row.shop_id, field=_FIELD)
    )


def valid(cipher: Cipher, row: Channel, now: datetime) -> list[Secrets]:
    """The secrets that hold at this moment, the present ones first; raises Unavailable."""
    found = [present(cipher, row)]
    if row.former_sealed is not None and row.former_until is not None and now < row.former_until:
        text = cipher.decrypt(row.former_sealed, shop_id=row.shop_id, field=_FIELD)
        found.append(Secrets.model_validate_json(text))
    return found


def index_of(cipher: Cipher, row: Channel, sender: str) -> str:
    """By what a sender of the channel is found again."""
    return cipher.blind_index(f"{row.id}\n{sender}", shop_id=row.shop_id, field=_SENDER).hex()


def seal_sender(cipher: Cipher, shop_id: str, sender: str) -> bytes:
    """A sender's id as it is kept: in another system it names a person."""
    return cipher.encrypt(sender, shop_id=shop_id, field=_SENDER)


def sender_of(cipher: Cipher, shop_id: str, sealed: bytes) -> str:
    """A sender's id; raises Unavailable."""
    return cipher.decrypt(sealed, shop_id=shop_id, field=_SENDER)


def seal_ticket(cipher: Cipher, shop_id: str, ticket: str) -> bytes:
    """What WeCom gave to fetch messages with, as it is kept."""
    return cipher.encrypt(ticket, shop_id=shop_id, field=_TICKET)


def ticket_of(cipher: Cipher, row: Channel) -> str | None:
    """What WeCom gave to fetch messages with."""
    if row.ticket_sealed is None:
        return None
    return cipher.decrypt(row.ticket_sealed, shop_id=row.shop_id, field=_TICKET)


def _drawn(length: int) -> str:
    return "".join(secrets.choice(_LETTERS) for _ in range(length))


def _new_aes_key() -> str:
    """43 characters that are the Base64 of 32 bytes: of the last one only four bits count, and the
    two others have to be zero where a decoder is strict."""
    last = [letter for number, letter in enumerate(_BASE64) if number % 4 == 0]
    return _drawn(_AES_KEY_LENGTH - 1) + secrets.choice([each for each in last if each.isalnum()])


_BASE64 = string.ascii_uppercase + string.ascii_lowercase + string.digits + "+/"
