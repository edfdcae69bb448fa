"""A stub of DashScope, models configured to ask it, and a shop's database and files."""

from __future__ import annotations

import asyncio
import random

import pytest
from sqlalchemy import select

from tests.ai.dashscope.conftest import KEY, key, state, url
from zhanggui.ai.configuration import Configuration
from zhanggui.ai.ledger import DatabaseLedger
from zhanggui.ai.making import MAKERS
from zhanggui.ai.media.asking import Media
from zhanggui.ai.media.pacing import Pace
from zhanggui.ai.models import ModelCall, ModelTask
from zhanggui.ai.roster import Purpose, Roster
from zhanggui.base.blobs import open_blobs

__all__ = ["key", "state", "url"]

PACE = Pace(first_s=0.02, longest_s=0.1, settle_s=0.1, unread_s=0.5, skew_s=1.0)


def told(url, **more):
    """A configuration of one server with a model of each kind, and a second one for pictures;
    `more` goes into each model."""
    kinds: dict[str, dict[str, object]] = {
        "first": {"does": "image", "model": "t2i-1", "price_picture": "0.2"},
        "second": {"does": "image", "model": "t2i-2", "price_picture": "0.1"},
        "edit": {"does": "image", "model": "edit", "form": "messages", "sees": True,
                 "price_picture": "0.3"},
        "clip": {"does": "video", "model": "t2v", "price_second": "0.5"},
        "moving": {"does": "video", "model": "i2v", "sees": True, "price_second": "0.6"},
        "speaker": {"does": "speech", "model": "tts", "voice": "Cherry", "price_characters": "1"},
        "vectors": {"does": "embed", "model": "emb", "price_read": "0.5"},
        "order": {"does": "rerank", "model": "rr", "price_read": "0.8"},
    }  # fmt: skip
    base = {"provider": "ds", "timeout_s": 20, **more}
    server = {"speaks": "dashscope", "base_url": f"{url}/api/v1", "key_env": KEY}
    return {
        "providers": {"ds": server},
        "models": {name: {**base, **each} for name, each in kinds.items()},
        "roles": {
            "draw": ["first", "second", "edit"], "film": ["clip", "moving"],
            "voice": ["speaker"], "embed": ["vectors"], "rerank": ["order"],
        },
    }  # fmt: skip


@pytest.fixture
def purpose(shop_id):
    return Purpose(shop_id, "studio", "poster", "user_1")


@pytest.fixture
def ledger(database):
    return DatabaseLedger(database)


@pytest.fixture
async def roster(url, ledger):
    roster = Roster(Configuration.model_validate(told(url)), ledger, MAKERS)
    yield roster
    await roster.close()


@pytest.fixture
async def opened(database, settings, ledger):
    """Opens the media models of a roster, and ends at last what they carry."""
    carried = []

    def opened(roster, **more):
        async def begin(shop_id, task_id):
            carried.append(asyncio.create_task(made.carry(shop_id, task_id)))

        made = Media(
            roster, ledger, database, open_blobs(settings), begin,
            pace=PACE, rng=random.Random(1), **more,
        )  # fmt: skip
        return made

    yield opened
    for task in carried:
        task.cancel()
    await asyncio.gather(*carried, return_exceptions=True)


@pytest.fixture
def media(opened, roster):
    return opened(roster)


@pytest.fixture
def calls(database, shop_id):
    """The ledger's calls: model, outcome and cost, in the order they were entered."""

    async def calls():
        query = select(ModelCall).where(ModelCall.shop_id == shop_id).order_by(ModelCall.at)
        async with database.reading(shop_id) as session:
            rows = await session.scalars(query)
            return [(each.model, each.outcome, each.cost_micro) for each in rows]

    return calls


@pytest.fixture
def rows(database, shop_id):
    async def rows():
        query = select(ModelTask).where(ModelTask.shop_id == shop_id)
        async with database.reading(shop_id) as session:
            return list(await session.scalars(query))

    return rows
