"""Accounts and their memberships of shops."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection, Sequence
from typing import Annotated, Literal

from pydantic import AfterValidator, StringConstraints
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from zhanggui.base import clock
from zhanggui.base.auth.models import MembershipRow, UserRow
from zhanggui.base.errors import Conflict, not_found
from zhanggui.base.ids import new_id
from zhanggui.base.principals import Principal
from zhanggui.base.words import Text

KIND = Text("成员", "member")

MemberRole = Literal["owner", "agent", "viewer"]

_RANK = {"viewer": 0, "agent": 1, "owner": 2}

Email = Annotated[
    str,
    StringConstraints(
        strip_whitespace=True,
        max_length=254,
        pattern=r"^[^@\s\x00-\x1f]+@[^@\s\x00-\x1f]+\.[^@\s.]+$",
    ),
    AfterValidator(str.lower),
]


class ShopDirectory:
    """Names of shops, which only a later room knows: a service of the runtime.

    `names` takes ids and returns the names of those that exist.
    """

    def __init__(
        self, names: Callable[[AsyncSession, Sequence[str]], Awaitable[dict[str, str]]]
    ) -> None:
        self.names = names


async def by_email(session: AsyncSession, email: str) -> UserRow | None:
    """The account with this e-mail (lower case)."""
    return await session.scalar(select(UserRow).where(UserRow.email == email))


async def locked(session: AsyncSession, user_id: str) -> UserRow:
    """The account, held against others until the transaction ends; raises NotFound."""
    user = await session.scalar(select(UserRow).where(UserRow.id == user_id).with_for_update())
    if user is None:
        raise not_found(Text("账号", "account"), user_id)
    return user


async def create(session: AsyncSession, *, email: str, name: str, password_hash: str) -> UserRow:
    """A new account; the e-mail must be free."""
    user = UserRow(
        id=new_id("usr"),
        email=email,
        name=name,
        password_hash=password_hash,
        operator=False,
        created_at=clock.now(),
    )
    session.add(user)
    await session.flush()
    return user


async def operator(session: AsyncSession) -> UserRow:
    """The account of whoever runs this installation, made when there is none."""
    user = await session.scalar(
        select(UserRow).where(UserRow.operator.is_(True)).order_by(UserRow.created_at).limit(1)
    )
    if user is None:
        user = UserRow(
            id="usr_operator", name="", operator=True, created_at=clock.now(), email=None
        )
        session.add(user)
        await session.flush()
    return user


async def admit_owner(session: AsyncSession, principal: Principal) -> None:
    """Make whoever opens a shop its owner: the person, or the operator when the program does.

    Called in the transaction that makes the shop, on that shop's session.
    """
    user = await session.get(UserRow, principal.id) if principal.kind == "person" else None
    user = user or await operator(session)
    await put_member(session, user.id, "owner")


async def put_member(session: AsyncSession, user_id: str, role: str) -> None:
    """Make the person a member of the session's shop with this role, or change their role."""
    shop_id = session.info["shop_id"]
    row = await session.get(MembershipRow, (shop_id, user_id))
    if row is None:
        session.add(
            MembershipRow(shop_id=shop_id, user_id=user_id, role=role, created_at=clock.now())
        )
    else:
        row.role = role
    await session.flush()


def roles_above(role: MemberRole) -> tuple[str, ...]:
    """The roles that allow more than this one."""
    return tuple(other for other, rank in _RANK.items() if rank > _RANK[role])


async def join(session: AsyncSession, user_id: str, role: str) -> None:
    """Let an invited person in; who is a member already keeps their role if it allows more."""
    row = await session.get(MembershipRow, (session.info["shop_id"], user_id))
    if row is None or _RANK[role] > _RANK[row.role]:
        await put_member(session, user_id, role)


async def names(session: AsyncSession, user_ids: Collection[str]) -> dict[str, str]:
    """What people are called, by id; who has no name is left out."""
    query = select(UserRow.id, UserRow.name).where(UserRow.id.in_(user_ids), UserRow.name != "")
    return {row.id: row.name for row in await session.execute(query)}


async def members(session: AsyncSession, shop_id: str) -> list[tuple[MembershipRow, UserRow]]:
    """The shop's people, the longest there first."""
    query = (
        select(MembershipRow, UserRow)
        .join(UserRow, UserRow.id == MembershipRow.user_id)
        .where(MembershipRow.shop_id == shop_id)
        .order_by(MembershipRow.created_at, UserRow.id)
    )
    return [(row, user) for row, user in await session.execute(query)]


async def member(session: AsyncSession, shop_id: str, user_id: str) -> MembershipRow:
    """One membership, held against others; raises NotFound."""
    row = await session.scalar(
        select(MembershipRow)
        .where(MembershipRow.shop_id == shop_id, MembershipRow.user_id == user_id)
        .with_for_update()
    )
    if row is None:
        raise not_found(KIND, user_id)
    return row


async def must_keep_an_owner(session: AsyncSession, shop_id: str, leaving: str) -> None:
    """Raise Conflict when `leaving` is the shop's only owner."""
    # Every owner's row is held, so that two owners cannot remove each other at once.
    owners = await session.scalars(
        select(MembershipRow.user_id)
        .where(MembershipRow.shop_id == shop_id, MembershipRow.role == "owner")
        .order_by(MembershipRow.user_id)
        .with_for_update()
    )
    if set(owners) <= {leaving}:
        raise Conflict(
            Text("店铺至少要有一位店主", "A shop needs at least one owner"),
            hint=Text("先让另一位成员成为店主。", "Make another member an owner first."),
            where=leaving,
        )


async def shops_of(session: AsyncSession, user_id: str) -> list[MembershipRow]:
    """Every shop of a person, on a session over every shop."""
    query = (
        select(MembershipRow)
        .where(MembershipRow.user_id == user_id)
        .order_by(MembershipRow.created_at, MembershipRow.shop_id)
    )
    return list(await session.scalars(query))


async def is_set_up(session: AsyncSession) -> bool:
    """Whether anybody has a password yet."""
    query = select(func.count()).where(UserRow.password_hash.is_not(None))
    return bool(await session.scalar(query))
