"""The door by which shoppers come in: a shop's publishable key, and which addresses may carry it.

A key names its shop and how many keys there were before, under a signature of the house, so nothing
has to be kept for it. It is written into a public page and no secret; what it allows is limited by
the addresses and the rates.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from zhanggui.base import clock
from zhanggui.base.crypto import Cipher
from zhanggui.base.errors import Forbidden, NotFound
from zhanggui.base.ids import is_shop_id
from zhanggui.base.runtime import Runtime
from zhanggui.base.words import Text
from zhanggui.service.chat import store
from zhanggui.service.chat.cards import Pages
from zhanggui.service.chat.models import Widget
from zhanggui.service.hours import Hours
from zhanggui.service.preferences import preferences
from zhanggui.shop import store as shop_store
from zhanggui.shop.buyers import buyer_id

FRESH = timedelta(seconds=5)
"""How long what was read of a door is taken to hold."""
SIGNED_FOR = timedelta(days=1)
"""How long a shop's word for who its buyer is holds."""
_CLOCKS_DIFFER_S = 300
_KEY = re.compile(r"wk\.(?P<shop>[^.]+)\.(?P<rotation>\d{1,6})\.(?P<signature>[0-9a-f]{24})")


@dataclass(frozen=True, slots=True)
class Door:
    """A shop's door as it is now."""

    shop_id: str
    shop: str
    rotation: int
    origins: tuple[str, ...]
    color: str | None
    greeting: str | None
    hours: Hours | None
    pages: Pages
    was_seen: bool

    def admits(self, origin: str) -> bool:
        """Whether pages of this address may carry the chat."""
        return origin in self.origins


class Doors:
    """The doors of a process, read again now and then: a service of the runtime."""

    def __init__(self, runtime: Runtime) -> None:
        self._runtime = runtime
        self._known: dict[str, tuple[Door | None, datetime]] = {}

    async def opened(self, key: str) -> Door:
        """The door that a key opens; raises NotFound for one that is shut or has another key."""
        shop_id, rotation = _read(self._runtime.cipher, key)
        door = await self._door(shop_id) if shop_id is not None else None
        if door is None or door.rotation != rotation:
            raise NotFound(
                Text("这个聊天窗口已停用", "This chat is closed"),
                hint=Text(
                    "请店主在“设置 → 聊天窗口”复制新的代码。",
                    "The shop's owner finds the new snippet under Settings → Chat.",
                ),
                where="key",
            )
        return door

    def forget(self, shop_id: str) -> None:
        """Read the shop's door again."""
        self._known.pop(shop_id, None)

    async def _door(self, shop_id: str) -> Door | None:
        now = clock.now()
        known = self._known.get(shop_id)
        if known is None or now - known[1] >= FRESH:
            async with self._runtime.db.reading(shop_id) as session:
                known = await _door(self._runtime, session, shop_id), now
            self._known[shop_id] = known
        return known[0]


def doors(runtime: Runtime) -> Doors:
    """The runtime's, made at the first call."""
    found: Doors = runtime.services.setdefault(Doors, Doors(runtime))
    return found


def key_of(cipher: Cipher, shop_id: str, rotation: int) -> str:
    """The publishable key of a shop, the `rotation`-th after its first."""
    return f"wk.{shop_id}.{rotation}.{_signature(cipher, shop_id, rotation)}"


def secret_of(cipher: Cipher, shop_id: str, rotation: int) -> str:
    """What the shop's own server signs its buyers with."""
    return cipher.sign(f"chat-buyer\n{shop_id}\n{rotation}")


def proven_buyer(cipher: Cipher, door: Door, nick: str, at: int, signature: str) -> str:
    """The id of the buyer the shop vouches for: ``HMAC-SHA256(secret, nick + "\\n" + at)`` in hex,
    `at` in Unix seconds. Raises Forbidden for a signature that is wrong or too old."""
    secret = secret_of(cipher, door.shop_id, door.rotation)
    expected = hmac.new(secret.encode(), f"{nick}\n{at}".encode(), hashlib.sha256).hexdigest()
    age = clock.now().timestamp() - at
    is_right = hmac.compare_digest(expected.encode(), signature.encode())
    if not is_right or not -_CLOCKS_DIFFER_S <= age <= SIGNED_FOR.total_seconds():
        raise Forbidden(
            Text("买家身份的签名无效或已过期", "The buyer's signature is wrong or too old"),
            hint=Text(
                "请用聊天窗口的密钥对“昵称\\n时间”重新签名。",
                "Sign nick and time again with the chat's secret.",
            ),
            where="buyer",
        )
    return buyer_id(door.shop_id, nick)


def _read(cipher: Cipher, key: str) -> tuple[str | None, int]:
    found = _KEY.fullmatch(key)
    if found is None or not is_shop_id(found["shop"]):
        return None, 0
    rotation = int(found["rotation"])
    expected = _signature(cipher, found["shop"], rotation)
    right = hmac.compare_digest(expected, found["signature"])
    return (found["shop"] if right else None), rotation


def _signature(cipher: Cipher, shop_id: str, rotation: int) -> str:
    return cipher.sign(f"chat-door\n{shop_id}\n{rotation}")[:24]


async def _door(runtime: Runtime, session: AsyncSession, shop_id: str) -> Door | None:
    shop = await shop_store.shop(session, shop_id)
    widget = await store.widget(session, shop_id) or Widget(is_on=True, rotation=0, origins=[])
    if shop is None or not widget.is_on:
        return None
    return Door(
        shop_id=shop_id,
        shop=shop.name,
        rotation=widget.rotation,
        origins=tuple(widget.origins),
        color=widget.color,
        greeting=widget.greeting,
        hours=await preferences(runtime).hours(session, shop_id),
        pages=Pages(widget.product_url, widget.order_url),
        was_seen=widget.seen_at is not None,
    )
