"""``/api/auth``: signing in and out, and a person's own account."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response
from pydantic import Field

from zhanggui.base import limiting
from zhanggui.base.auth import accounts, invitations, links, passwords, sessions, totp
from zhanggui.base.auth.accounts import Email, MemberRole, ShopDirectory
from zhanggui.base.auth.models import UserRow
from zhanggui.base.auth.sessions import SignedIn
from zhanggui.base.auth.signing import SecondFactorNeeded, must_know_password, prove
from zhanggui.base.complaints import refuse_unstorable
from zhanggui.base.db import EVERY_SHOP, NO_SHOP
from zhanggui.base.errors import Conflict, Invalid
from zhanggui.base.http.callers import (
    COOKIE,
    address_of,
    clear_cookie,
    runtime_of,
    session_of,
    set_cookie,
    signed_in,
)
from zhanggui.base.http.problems import DOCUMENTED
from zhanggui.base.limiting import RateLimits
from zhanggui.base.runtime import Runtime
from zhanggui.base.tools import Input, Output
from zhanggui.base.words import Text

router = APIRouter(prefix="/api/auth", tags=["auth"], responses=DOCUMENTED)

Password = Annotated[str, Field(min_length=1, max_length=1000)]
Token = Annotated[str, Field(min_length=1, max_length=300, pattern=r"^[\x21-\x7e]+$")]
Name = Annotated[str, Field(max_length=100)]
SignedInCaller = Annotated[SignedIn, Depends(signed_in)]


class UserView(Output):
    """The signed-in person."""

    id: str
    email: str | None
    name: str
    totp_enabled: bool
    has_password: bool
    is_operator: bool
    """Whether they run this installation."""


class ShopView(Output):
    """A shop the person belongs to."""

    id: str
    name: str
    role: MemberRole


class SessionView(Output):
    """Who is signed in, and where they may go."""

    user: UserView | None
    shops: list[ShopView]
    setup_needed: bool
    """Whether the operator has yet to choose an e-mail and a password."""


class SignIn(Input):
    email: Email
    password: Password
    code: Annotated[str, Field(max_length=40)] | None = None
    """Of the second factor, or a recovery code."""


class OneToken(Input):
    token: Token


class AcceptInvitation(Input):
    token: Token
    name: Name = ""
    password: Password


class RequestReset(Input):
    email: Email


class Reset(Input):
    token: Token
    password: Password


class ChangePassword(Input):
    current: Password | None = None
    new: Password
    email: Email | None = None
    """Only while the account has none."""
    name: Name | None = None


class Done(Output):
    """It is done."""

    done: bool = True


@router.get("/session", operation_id="auth.session")
async def get_session(request: Request) -> SessionView:
    """Who is signed in."""
    found = await session_of(request)
    return await _view(runtime_of(request), found.user if found else None)


@router.post("/sign-in", operation_id="auth.sign_in")
async def sign_in(request: Request, response: Response, given: SignIn) -> SessionView:
    """Sign in with e-mail and password, and the second factor where there is one."""
    runtime = runtime_of(request)
    _storable(given)
    runtime.service(RateLimits).hit(limiting.SIGN_IN_ADDRESS, address_of(request))
    user = await prove(runtime, given.email, given.password, given.code)
    return await _enter(request, response, user)


@router.post("/sign-out", operation_id="auth.sign_out")
async def sign_out(request: Request, response: Response) -> Done:
    """End this session."""
    runtime, token = runtime_of(request), request.cookies.get(COOKIE)
    if token:
        async with runtime.db.transaction(NO_SHOP) as session:
            await sessions.end(session, token)
    clear_cookie(response, runtime.settings)
    return Done()


@router.post("/link", operation_id="auth.link")
async def use_link(request: Request, response: Response, given: OneToken) -> SessionView:
    """Sign in with the operator's one-time link."""
    runtime = runtime_of(request)
    runtime.service(RateLimits).hit(limiting.TOKEN_ADDRESS, address_of(request))
    async with runtime.db.transaction(NO_SHOP) as session:
        user = await links.use(session, given.token, "sign_in")
    return await _enter(request, response, user)


@router.post("/accept-invitation", operation_id="auth.accept_invitation")
async def accept_invitation(
    request: Request, response: Response, given: AcceptInvitation
) -> SessionView:
    """Join a shop. Makes the account; who has one already gives its password."""
    runtime = runtime_of(request)
    _storable(given)
    runtime.service(RateLimits).hit(limiting.TOKEN_ADDRESS, address_of(request))
    shop_id = invitations.shop_of(given.token)
    async with runtime.db.reading(shop_id) as session:
        email = (await invitations.find(session, given.token)).email
        exists = await accounts.by_email(session, email) is not None
    if exists:
        current = await session_of(request)
        if current is None or current.user.email != email:
            # With a second factor they sign in first: the invitation does not go around it.
            await prove(runtime, email, given.password, None)
        password_hash = ""
    else:
        passwords.check(given.password, email=email)
        password_hash = await passwords.hashed(given.password)
    async with runtime.db.transaction(shop_id) as session:
        invitation = await invitations.find(session, given.token)
        user = await accounts.by_email(session, email)
        if user is None:
            if not password_hash:
                raise invitations.unusable()
            user = await accounts.create(
                session, email=email, name=given.name, password_hash=password_hash
            )
        elif not exists:
            raise invitations.unusable()  # Somebody made the account in between.
        await accounts.join(session, user.id, invitation.role)
        await session.delete(invitation)
    return await _enter(request, response, user)


@router.post("/request-reset", operation_id="auth.request_reset")
async def request_reset(request: Request, given: RequestReset) -> Done:
    """Ask for a reset. The answer is the same for every e-mail; the owner of the machine prints
    the link with ``zhanggui reset-link``."""
    limits = runtime_of(request).service(RateLimits)
    limits.hit(limiting.TOKEN_ADDRESS, address_of(request))
    limits.hit(limiting.RESET_ACCOUNT, given.email)
    return Done()


@router.post("/reset", operation_id="auth.reset")
async def reset(request: Request, given: Reset) -> Done:
    """Choose a new password with a reset link; every session of the account ends."""
    runtime = runtime_of(request)
    _storable(given)
    runtime.service(RateLimits).hit(limiting.TOKEN_ADDRESS, address_of(request))
    passwords.check(given.password)
    password_hash = await passwords.hashed(given.password)
    async with runtime.db.transaction(NO_SHOP) as session:
        user = await links.use(session, given.token, "reset")
        passwords.check(given.password, email=user.email)
        user.password_hash = password_hash
        await sessions.end_all(session, user.id)
    return Done()


@router.post("/password", operation_id="auth.password")
async def change_password(
    request: Request, found: SignedInCaller, given: ChangePassword
) -> SessionView:
    """Change the password, or choose the first one (with the e-mail); other sessions end."""
    runtime = runtime_of(request)
    _storable(given)
    email = found.user.email or given.email
    if email is None:
        raise Invalid(
            Text("请填写邮箱", "An e-mail is needed"),
            hint=Text("以后用它登录。", "It is what you sign in with."),
            where="email",
        )
    if found.user.email is not None and given.email not in (None, found.user.email):
        raise Invalid(Text("邮箱不能在这里修改", "The e-mail is not changed here"), where="email")
    passwords.check(given.new, email=email)
    if found.user.password_hash is not None:
        await must_know_password(runtime.service(RateLimits), found.user, given.current)
    password_hash = await passwords.hashed(given.new)
    async with runtime.db.transaction(NO_SHOP) as session:
        user = await accounts.locked(session, found.user.id)
        if user.password_hash != found.user.password_hash:
            raise Conflict(Text("密码刚刚被改过", "The password has just been changed"))
        if user.email is None and await accounts.by_email(session, email) is not None:
            raise Conflict(Text("这个邮箱已被使用", "This e-mail is taken"), where="email")
        user.email, user.password_hash = email, password_hash
        if given.name is not None:
            user.name = given.name
        await sessions.end_all(session, user.id, but=found.session.id)
    return await _view(runtime, user)


class TotpStarted(Output):
    """A secret to put into an authenticator app."""

    secret: str
    uri: str
    svg: str
    """A QR code of the URI."""


class TotpCode(Input):
    code: Annotated[str, Field(max_length=10)]


class RecoveryCodes(Output):
    """Codes that each stand in for the second factor once; shown only now."""

    recovery_codes: list[str]


class TotpDisable(Input):
    password: Password


@router.post("/totp/start", operation_id="auth.totp_start")
async def totp_start(request: Request, found: SignedInCaller) -> TotpStarted:
    """Begin to set up the second factor."""
    runtime = runtime_of(request)
    async with runtime.db.transaction(NO_SHOP) as session:
        user = await accounts.locked(session, found.user.id)
        if user.password_hash is None:
            # A one-time link asks for no code, and without a password nobody could turn it off.
            raise Conflict(
                Text("还没有设置密码", "There is no password yet"),
                hint=Text("先设好邮箱和密码。", "Choose an e-mail and a password first."),
            )
        if user.totp_enabled:
            raise Conflict(
                Text("两步验证已经开启", "The second factor is on already"),
                hint=Text("先关闭，再重新设置。", "Turn it off first."),
            )
        secret, uri, svg = totp.start(user, runtime.cipher)
    return TotpStarted(secret=secret, uri=uri, svg=svg)


@router.post("/totp/confirm", operation_id="auth.totp_confirm")
async def totp_confirm(request: Request, found: SignedInCaller, given: TotpCode) -> RecoveryCodes:
    """Turn the second factor on, by a code from the app."""
    runtime = runtime_of(request)
    runtime.service(RateLimits).hit(limiting.SECOND_FACTOR, found.user.id)
    async with runtime.db.transaction(NO_SHOP) as session:
        user = await accounts.locked(session, found.user.id)
        if user.totp_enabled:
            raise Conflict(Text("两步验证已经开启", "The second factor is on already"))
        if not totp.accept(user, given.code, runtime.cipher):
            raise Invalid(
                Text("验证码不对", "The code is not right"),
                hint=Text("输入验证器里现在的 6 位数字。", "Enter the app's current 6 digits."),
                where="code",
            )
        user.totp_enabled = True
        codes = await totp.new_recovery_codes(session, user)
    return RecoveryCodes(recovery_codes=codes)


@router.post("/totp/disable", operation_id="auth.totp_disable")
async def totp_disable(request: Request, found: SignedInCaller, given: TotpDisable) -> Done:
    """Turn the second factor off."""
    runtime = runtime_of(request)
    await must_know_password(runtime.service(RateLimits), found.user, given.password)
    async with runtime.db.transaction(NO_SHOP) as session:
        await totp.disable(session, await accounts.locked(session, found.user.id))
    return Done()


class OpenSession(Output):
    """A browser in which the person is signed in."""

    id: str
    client: str
    created_at: str
    seen_at: str
    current: bool


class OpenSessions(Output):
    """The person's browsers, the last used first."""

    items: list[OpenSession]


@router.get("/sessions", operation_id="auth.list_sessions")
async def list_sessions(request: Request, found: SignedInCaller) -> OpenSessions:
    """Where one is signed in."""
    async with runtime_of(request).db.reading(NO_SHOP) as session:
        rows = await sessions.listed(session, found.user.id)
    return OpenSessions(
        items=[
            OpenSession(
                id=row.id,
                client=row.client,
                created_at=row.created_at.isoformat(),
                seen_at=row.seen_at.isoformat(),
                current=row.id == found.session.id,
            )
            for row in rows
        ]
    )


@router.delete("/sessions", operation_id="auth.revoke_other_sessions")
async def revoke_other_sessions(request: Request, found: SignedInCaller) -> Done:
    """Sign out everywhere else."""
    async with runtime_of(request).db.transaction(NO_SHOP) as session:
        await sessions.end_all(session, found.user.id, but=found.session.id)
    return Done()


@router.delete("/sessions/{session_id}", operation_id="auth.revoke_session")
async def revoke_session(request: Request, found: SignedInCaller, session_id: str) -> Done:
    """Sign out one browser."""
    refuse_unstorable(session_id, "session_id")
    async with runtime_of(request).db.transaction(NO_SHOP) as session:
        await sessions.revoke(session, found.user.id, session_id)
    return Done()


async def _enter(request: Request, response: Response, user: UserRow) -> SessionView:
    """Begin a session in place of the one the browser came with."""
    runtime, older = runtime_of(request), request.cookies.get(COOKIE)
    async with runtime.db.transaction(NO_SHOP) as session:
        await sessions.forget_ended(session)
        if older:
            await sessions.end(session, older)
        client = request.headers.get("user-agent", "").replace("\x00", "")
        token = await sessions.begin(session, user, client=client)
    set_cookie(response, runtime.settings, token)
    return await _view(runtime, user)


async def _view(runtime: Runtime, user: UserRow | None) -> SessionView:
    async with runtime.db.reading(EVERY_SHOP) as session:
        set_up = await accounts.is_set_up(session)
        if user is None:
            return SessionView(user=None, shops=[], setup_needed=not set_up)
        rows = await accounts.shops_of(session, user.id)
        directory = runtime.services.get(ShopDirectory)
        ids = [row.shop_id for row in rows]
        names = await directory.names(session, ids) if directory else {id_: id_ for id_ in ids}
    return SessionView(
        user=UserView(
            id=user.id,
            email=user.email,
            name=user.name,
            totp_enabled=user.totp_enabled,
            has_password=user.password_hash is not None,
            is_operator=user.operator,
        ),
        shops=[
            ShopView.model_validate(
                {"id": row.shop_id, "name": names[row.shop_id], "role": row.role}
            )
            for row in rows
            if row.shop_id in names
        ],
        setup_needed=user.operator and user.password_hash is None,
    )


def _storable(given: Input) -> None:
    refuse_unstorable(given.model_dump())


__all__ = ["SecondFactorNeeded", "router"]
