"""Signatures as Standard Webhooks 1.0.0 say: HMAC-SHA256 over ``id.timestamp.body``.

https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
"""

from __future__ import annotations

import base64
import hmac
import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from zhanggui.base.crypto import Cipher
from zhanggui.base.errors import Unauthenticated
from zhanggui.base.webhooks.models import WebhookRow
from zhanggui.base.words import Text

OVERLAP = timedelta(hours=24)
"""How long a former secret signs beside the new one."""
TOLERANCE = timedelta(minutes=5)
"""How far the moment that was signed may be from ours."""
_LONGEST_MOMENT = 12
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


def check(secrets: Sequence[str], headers: Mapping[str, str], body: bytes, now: datetime) -> str:
    """The id of a message that somebody else sent, signed with one of `secrets`; raises
    Unauthenticated where it is not, or was sent too long ago. Header names are in small letters."""
    name, sent = headers.get("webhook-id", ""), headers.get("webhook-timestamp", "")
    given = [each.encode() for each in headers.get("webhook-signature", "").split(" ")]
    signed = f"{name}.{sent}.".encode() + body
    expected = [_signature(secret, signed).encode() for secret in secrets]
    is_right = any(hmac.compare_digest(one, other) for one in expected for other in given)
    is_moment = sent.isascii() and sent.isdecimal() and len(sent) <= _LONGEST_MOMENT
    if not name or not is_right or not is_moment:
        raise Unauthenticated(
            Text("签名不对", "The signature is wrong"),
            hint=Text(
                "按 Standard Webhooks 对原样的请求体签名。",
                "Sign the body as it is sent, as Standard Webhooks say.",
            ),
            where="webhook-signature",
        )
    if abs(now.timestamp() - int(sent)) > TOLERANCE.total_seconds():
        raise Unauthenticated(
            Text("签名的时间相差太多", "The signed moment is too far off"),
            hint=Text(
                "请校准时钟，重发时重新签名。", "Set the clock; sign anew when sending again."
            ),
            where="webhook-timestamp",
        )
    return name


def _signature(secret: str, signed: bytes) -> str:
    key = base64.b64decode(secret.removeprefix(_PREFIX))
    return "v1," + base64.b64encode(hmac.digest(key, signed, "sha256")).decode()
