"""Signatures as Standard Webhooks 1.0.0 say: HMAC-SHA256 over ``id.timestamp.body``.

https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
"""

from __future__ import annotations

import base64
import hmac
import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta

from zhanggui.base.crypto import Cipher
from zhanggui.base.webhooks.models import WebhookRow

OVERLAP = timedelta(hours=24)
"""How long a former secret signs beside the new one."""
_PREFIX = "whsec_"
_BYTES = 32
_FIELD = "webhook.secret"


def new_secret() -> str:
    """A secret as it is shown: ``whsec_`` and the Base64 of 32 random bytes."""
    return _PREFIX + base64.b64encode(secrets.token_bytes(_BYTES)).decode()


def sealed(cipher: Cipher, shop_id: str, secret: str) -> bytes:
    """A secret as it is kept."""
    return cipher.encrypt(secret, shop_id=shop_id, field=_FIELD)


def secrets_of(cipher: Cipher, row: WebhookRow, now: datetime) -> list[str]:
    """The secrets that sign at this moment, the present one first; raises Unavailable for one that
    was sealed with another key."""
    kept = [row.secret_sealed]
    if row.former_sealed is not None and row.former_until is not None and now < row.former_until:
        kept.append(row.former_sealed)
    return [cipher.decrypt(each, shop_id=row.shop_id, field=_FIELD) for each in kept]


def headers(secrets: Sequence[str], message_id: str, now: datetime, body: bytes) -> dict[str, str]:
    """The headers by which a receiver knows who sent a message and when."""
    timestamp = str(int(now.timestamp()))
    signed = f"{message_id}.{timestamp}.".encode() + body
    return {
        "webhook-id": message_id,
        "webhook-timestamp": timestamp,
        "webhook-signature": " ".join(_signature(secret, signed) for secret in secrets),
    }


def _signature(secret: str, signed: bytes) -> str:
    key = base64.b64decode(secret.removeprefix(_PREFIX))
    return "v1," + base64.b64encode(hmac.digest(key, signed, "sha256")).decode()
