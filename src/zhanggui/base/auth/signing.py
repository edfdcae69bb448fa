"""Proving who one is: e-mail, password and, where it is on, the second factor."""

from __future__ import annotations

from zhanggui.base import limiting
from zhanggui.base.auth import accounts, passwords, totp
from zhanggui.base.auth.models import UserRow
from zhanggui.base.db import NO_SHOP
from zhanggui.base.errors import Unauthenticated
from zhanggui.base.limiting import RateLimits
from zhanggui.base.runtime import Runtime
from zhanggui.base.words import Text


class SecondFactorNeeded(Unauthenticated):
    """The password is right; a code is needed as well."""

    code = "second_factor_needed"


async def prove(runtime: Runtime, email: str, password: str, code: str | None) -> UserRow:
    """The account of this e-mail (lower case) and password.

    Raises Unauthenticated, in the same words and after the same work whether the e-mail or the
    password is wrong, SecondFactorNeeded, or TooMany.
    """
    limits = runtime.service(RateLimits)
    limits.hit(limiting.SIGN_IN_ACCOUNT, email)
    async with runtime.db.reading(NO_SHOP) as session:
        found = await accounts.by_email(session, email)
    stored = found.password_hash if found else None
    if not await passwords.verify(password, stored) or found is None or stored is None:
        raise _refused("email", Text("邮箱或密码不对", "The e-mail or password is not right"))
    if found.totp_enabled and not code:
        raise SecondFactorNeeded(
            Text("请输入两步验证码", "Enter the code of your second factor"),
            hint=Text("打开验证器查看 6 位数字。", "Open your authenticator app."),
            where="code",
        )
    newer = await passwords.hashed(password) if passwords.outdated(stored) else stored
    async with runtime.db.transaction(NO_SHOP) as session:
        user = await accounts.locked(session, found.id)
        if user.password_hash != stored:
            raise _refused("email", Text("邮箱或密码不对", "The e-mail or password is not right"))
        right = (
            not user.totp_enabled
            or (code is not None and totp.accept(user, code, runtime.cipher))
            or (code is not None and await totp.use_recovery_code(session, user, code))
        )
        if not right:
            raise _refused("code", Text("验证码不对或已用过", "The code is wrong or was used"))
        user.password_hash = newer
    limits.forget(limiting.SIGN_IN_ACCOUNT, email)
    return user


def _refused(where: str, what: Text) -> Unauthenticated:
    return Unauthenticated(
        what, hint=Text("请检查后再试。", "Check it and try again."), where=where
    )


async def must_know_password(limits: RateLimits, user: UserRow, password: str | None) -> None:
    """Raise Unauthenticated unless it is the person's own; tries are counted."""
    limits.hit(limiting.SIGN_IN_ACCOUNT, user.id)
    if password is None or not await passwords.verify(password, user.password_hash):
        raise Unauthenticated(
            Text("当前密码不对", "The current password is not right"),
            hint=Text("忘记了可以重设。", "If it is forgotten, reset it."),
            where="current",
        )
    limits.forget(limiting.SIGN_IN_ACCOUNT, user.id)
