"""The second factor: time-based codes (RFC 6238) and recovery codes.

A code is accepted once: the step it belongs to must be later than the last accepted one.
"""

from __future__ import annotations

import io
import secrets

import pyotp
import segno
from sqlalchemy import delete
from sqlalchemy.ext.asyncio import AsyncSession

from zhanggui.base import clock
from zhanggui.base.auth.models import RecoveryCodeRow, UserRow
from zhanggui.base.crypto import Cipher
from zhanggui.base.db import NO_SHOP
from zhanggui.base.ids import digest

_FIELD = "totp"
_STEP = 30
_RECOVERY_CODES = 10
_LETTERS = "23456789abcdefghjkmnpqrstuvwxyz"


def start(user: UserRow, cipher: Cipher) -> tuple[str, str, str]:
    """A new secret for the account, not yet in force: the secret, its URI and a QR code (SVG)."""
    secret = pyotp.random_base32()
    user.totp_sealed = cipher.encrypt(secret, shop_id=NO_SHOP, field=f"{_FIELD}/{user.id}")
    uri = pyotp.TOTP(secret).provisioning_uri(name=user.email or "owner", issuer_name="Zhanggui")
    picture = io.BytesIO()
    segno.make(uri, error="m").save(
        picture, kind="svg", scale=5, border=2, xmldecl=False, svgns=True
    )
    return secret, uri, picture.getvalue().decode()


def accept(user: UserRow, code: str, cipher: Cipher) -> bool:
    """Whether the code is right now, or within 30 s of it, and was not used; marks it used.

    The row must be held by the transaction, so that a code cannot be used by two at once.
    """
    code = code.replace(" ", "")
    if user.totp_sealed is None or not (len(code) == 6 and code.isascii() and code.isdigit()):
        return False
    sealed, field = user.totp_sealed, f"{_FIELD}/{user.id}"
    totp = pyotp.TOTP(cipher.decrypt(sealed, shop_id=NO_SHOP, field=field))
    current = int(clock.now().timestamp()) // _STEP
    for step in (current, current - 1, current + 1):
        if step > user.totp_last_step and secrets.compare_digest(totp.generate_otp(step), code):
            user.totp_last_step = step
            return True
    return False


async def new_recovery_codes(session: AsyncSession, user: UserRow) -> list[str]:
    """Ten codes in place of any older ones; only their digests are kept."""
    await session.execute(delete(RecoveryCodeRow).where(RecoveryCodeRow.user_id == user.id))
    codes = [_recovery_code() for _ in range(_RECOVERY_CODES)]
    session.add_all(RecoveryCodeRow(user_id=user.id, digest=digest(code)) for code in codes)
    await session.flush()
    return codes


async def use_recovery_code(session: AsyncSession, user: UserRow, code: str) -> bool:
    """Whether this was one of the account's codes; it is gone now."""
    used = await session.scalar(
        delete(RecoveryCodeRow)
        .where(
            RecoveryCodeRow.user_id == user.id,
            RecoveryCodeRow.digest == digest(code.strip().lower()),
        )
        .returning(RecoveryCodeRow.digest)
    )
    return used is not None


async def disable(session: AsyncSession, user: UserRow) -> None:
    """Take the second factor away."""
    user.totp_enabled, user.totp_sealed = False, None
    await session.execute(delete(RecoveryCodeRow).where(RecoveryCodeRow.user_id == user.id))


def _recovery_code() -> str:
    # 15 letters of 31 make 74 bits, so a plain digest is enough to keep them by.
    letters = [secrets.choice(_LETTERS) for _ in range(15)]
    return "-".join("".join(letters[at : at + 5]) for at in (0, 5, 10))
