"""A shop that has a receiver on this machine, which the settings allow here."""

from __future__ import annotations

from collections.abc import AsyncIterator
from random import Random
from typing import Any

import pytest

from tests.base.sample_tools import SamplePut
from tests.base.webhooks.receiver import Receiver
from zhanggui.base import events, tools
from zhanggui.base.principals import Principal
from zhanggui.base.runtime import Runtime
from zhanggui.base.settings import Settings
from zhanggui.base.webhooks import tools as _registered  # noqa: F401
from zhanggui.base.webhooks.deliverer import Deliverer

OWNER = Principal("usr_owner", "owner")


class Shop:
    """What an owner does with webhooks, and what happens in the shop meanwhile."""

    def __init__(self, runtime: Runtime, shop_id: str) -> None:
        self.runtime = runtime
        self.id = shop_id

    async def call(self, name: str, principal: Principal = OWNER, **given: Any) -> Any:
        outcome = await tools.call(
            self.runtime, f"base.{name}", given, shop_id=self.id, principal=principal
        )
        return outcome.output

    async def listens(self, url: str, *kinds: str, **given: Any) -> Any:
        """A new webhook; of samples alone unless other kinds are named."""
        return await self.call("save_webhook", url=url, kinds=kinds or ["sample.put"], **given)

    async def webhook(self) -> Any:
        (found,) = (await self.call("list_webhooks")).items
        return found

    async def deliveries(self, webhook_id: str, status: str = "all") -> list[Any]:
        """The oldest first."""
        page = await self.call("list_deliveries", webhook_id=webhook_id, status=status)
        return sorted(page.items, key=lambda row: (row.made_at, row.id))

    async def happens(self, *numbers: int) -> None:
        async with self.runtime.db.transaction(self.id) as session:
            await events.append(session, *(SamplePut(number=number) for number in numbers))


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return settings.model_copy(update={"webhook_loopback": True})


@pytest.fixture
async def receiver() -> AsyncIterator[Receiver]:
    async with Receiver() as receiver:
        yield receiver


@pytest.fixture
def shop(runtime: Runtime, shop_id: str) -> Shop:
    return Shop(runtime, shop_id)


@pytest.fixture
def other_shop(runtime: Runtime, other_shop_id: str) -> Shop:
    return Shop(runtime, other_shop_id)


@pytest.fixture
def deliverer(runtime: Runtime) -> Deliverer:
    return Deliverer(runtime, random=Random(1))
