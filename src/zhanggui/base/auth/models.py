"""The tables of sign-in. Accounts and sessions have no shop; memberships join them to shops."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, Boolean, ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from zhanggui.base.db import Base, ShopScoped

_ID = String(40)
_DIGEST = String(64)
_USER = "users.id"


class UserRow(Base):
    """A person's account. The operator is whoever runs this installation, made at first start and
    without an e-mail or password until they choose them."""

    __tablename__ = "users"

    id: Mapped[str] = mapped_column(_ID, primary_key=True)
    email: Mapped[str | None] = mapped_column(String(254), unique=True)
    """Lower case."""
    name: Mapped[str] = mapped_column(String(100), default="")
    password_hash: Mapped[str | None] = mapped_column(String(200))
    operator: Mapped[bool] = mapped_column(Boolean, default=False)
    created_at: Mapped[datetime]
    totp_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    totp_enabled: Mapped[bool] = mapped_column(Boolean, default=False)
    totp_last_step: Mapped[int] = mapped_column(BigInteger, default=0)
    """The 30-second step of the last accepted code: an older or equal one is a replay."""


class RecoveryCodeRow(Base):
    """A code that stands in for the second factor once."""

    __tablename__ = "recovery_codes"

    user_id: Mapped[str] = mapped_column(ForeignKey(_USER, ondelete="CASCADE"), primary_key=True)
    digest: Mapped[str] = mapped_column(_DIGEST, primary_key=True)


class SessionRow(Base):
    """A signed-in browser."""

    __tablename__ = "sessions"
    __table_args__ = (Index("sessions_by_user", "user_id"),)

    id: Mapped[str] = mapped_column(_ID, primary_key=True)
    digest: Mapped[str] = mapped_column(_DIGEST, unique=True)
    user_id: Mapped[str] = mapped_column(ForeignKey(_USER, ondelete="CASCADE"))
    client: Mapped[str] = mapped_column(String(200), default="")
    """The browser as it names itself, for the list of sessions."""
    created_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    """The absolute end; a session also ends when it has been idle for too long."""


class OneTimeTokenRow(Base):
    """A sign-in or reset link that has not been used; using it removes it."""

    __tablename__ = "one_time_tokens"

    digest: Mapped[str] = mapped_column(_DIGEST, primary_key=True)
    purpose: Mapped[str] = mapped_column(String(16))
    user_id: Mapped[str] = mapped_column(ForeignKey(_USER, ondelete="CASCADE"))
    ends_at: Mapped[datetime]


class MembershipRow(ShopScoped, Base):
    """A person's role in a shop. Cross-shop, since the list of a person's shops is read by it."""

    __tablename__ = "memberships"
    __table_args__ = (
        Index("memberships_by_user", "user_id"),
        {"info": {"cross_shop": True}},
    )

    user_id: Mapped[str] = mapped_column(ForeignKey(_USER, ondelete="CASCADE"), primary_key=True)
    role: Mapped[str] = mapped_column(String(16))
    created_at: Mapped[datetime]


class InvitationRow(ShopScoped, Base):
    """An invitation to a shop that has not been accepted; accepting it removes it."""

    __tablename__ = "invitations"

    id: Mapped[str] = mapped_column(_ID, primary_key=True)
    email: Mapped[str] = mapped_column(String(254))
    role: Mapped[str] = mapped_column(String(16))
    digest: Mapped[str] = mapped_column(_DIGEST)
    invited_by: Mapped[str] = mapped_column(String(64))
    created_at: Mapped[datetime]
    ends_at: Mapped[datetime]


class ApiKeyRow(ShopScoped, Base):
    """An API key of a shop."""

    __tablename__ = "api_keys"

    id: Mapped[str] = mapped_column(_ID, primary_key=True)
    name: Mapped[str] = mapped_column(String(100))
    role: Mapped[str] = mapped_column(String(16))
    digest: Mapped[str] = mapped_column(_DIGEST)
    created_by: Mapped[str] = mapped_column(String(64))
    created_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]
