"""An import taken back leaves what the others brought, in whatever order they are taken back."""

from __future__ import annotations

import asyncio
import shutil
import tempfile
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import update

from tests.shop.conftest import TABLES, Shop, at, order
from zhanggui import rooms
from zhanggui.base.runtime import opened
from zhanggui.base.settings import Settings
from zhanggui.shop import models
from zhanggui.shop.files import (
    OrderLineRecord,
    OrderStatus,
    ProductDayRecord,
    ProductRecord,
    SkuRecord,
)
from zhanggui.shop.importing import undoing
from zhanggui.shop.opening import open_shop

NOTHING: dict[str, list[Any]] = {model.__tablename__: [] for model in TABLES}


def title(text: str) -> ProductRecord:
    return ProductRecord(row=2, product_id="p1", title=text)


@pytest.mark.db
async def test_what_an_import_made_goes(shop, engine):
    day = at("2026-03-01 00:00:00").date()
    await shop.bring(
        title("壶"),
        SkuRecord(row=2, sku_id="s1", product_id="p1"),
        order(),
        OrderLineRecord(row=2, order_no="4099120000000111111", sku_id="s1"),
        ProductDayRecord(2, day, day, "p1", visitors=3),
    )
    await shop.undo("imp_a")
    assert await shop.contents() == NOTHING


@pytest.mark.db
async def test_what_it_wrote_over_becomes_what_it_was(shop, engine):
    await shop.bring(title("一"), order(), by="imp_a")
    before = await shop.contents()
    later = at("2026-03-05 00:00:00")
    await shop.bring(
        title("二"),
        order(status=OrderStatus.SHIPPED, status_at=later, receiver_phone="19900009999"),
        by="imp_b",
    )
    assert await shop.contents() != before
    await shop.undo("imp_b")
    assert await shop.contents() == before
    assert await shop.remembered() == 0


@pytest.mark.db
@pytest.mark.parametrize("turn", list(permutations("abc")), ids="".join)
async def test_three_that_wrote_one_row_are_taken_back_in_any_order(shop, engine, turn):
    for name in "abc":
        await shop.bring(title(name), by=f"imp_{name}")
    standing = list("abc")
    for name in turn:
        await shop.undo(f"imp_{name}")
        standing.remove(name)
        found = [row["title"] for row in await shop.rows(models.Product)]
        assert found == standing[-1:]
    assert await shop.remembered() == 0


@pytest.mark.db
async def test_a_persons_later_word_stays(shop, engine):
    await shop.bring(title("一"), by="imp_a")
    async with shop.runtime.db.transaction(shop.id) as session:
        mine = update(models.Product).where(models.Product.shop_id == shop.id)
        await session.execute(mine.values(title="亲手", written_by=None))
    await shop.bring(title("二"), by="imp_b")
    await shop.undo("imp_a")
    await shop.undo("imp_b")
    row = await shop.one(models.Product)
    assert (row["title"], row["created_by"], row["written_by"]) == ("亲手", None, None)


@pytest.mark.db
async def test_two_imports_that_took_turns_at_a_row(shop, engine):
    await shop.bring(title("人"), by="imp_x")
    for name, by in (("一", "imp_a"), ("二", "imp_b"), ("三", "imp_a")):
        await shop.bring(title(name), by=by)
    await shop.undo("imp_a")
    await shop.undo("imp_b")
    assert (await shop.one(models.Product))["title"] == "人"
    await shop.undo("imp_x")
    assert await shop.contents() == NOTHING


@pytest.mark.db
@pytest.mark.parametrize("turn", list(permutations("abc")), ids="".join)
async def test_a_buyer_stays_as_long_as_an_order_names_them(shop, engine, turn):
    for name in "abc":
        await shop.bring(order(f"{name}1"), by=f"imp_{name}")
    for gone, name in enumerate(turn, 1):
        assert len(await shop.rows(models.Buyer)) == 1
        await shop.undo(f"imp_{name}")
        assert len(await shop.rows(models.Order)) == 3 - gone
    assert await shop.contents() == NOTHING


@pytest.mark.db
async def test_more_rows_than_a_batch_and_a_break_in_the_middle(shop, engine, monkeypatch):
    monkeypatch.setattr(undoing, "_BATCH", 7)
    orders = [order(f"A{n:03}", buyer_nick=f"n{n}") for n in range(40)]
    await shop.bring(*orders[:20], by="imp_a")
    before = await shop.contents()
    changed = [order(f"A{n:03}", buyer_nick=f"n{n}", paid_fen=1) for n in range(40)]
    await shop.bring(*changed, by="imp_b")
    with monkeypatch.context() as broken:
        tells = iter(range(4))

        async def give_up(*_):
            if next(tells, None) is None:
                raise ConnectionError

        broken.setattr(undoing, "_tell", give_up)
        with pytest.raises(ConnectionError):
            await shop.undo("imp_b")
    assert await shop.contents() != before
    await shop.undo("imp_b")
    assert await shop.contents() == before


@pytest.mark.db
async def test_taking_back_what_is_not_there_is_no_error(shop, engine):
    await shop.bring(order())
    before = await shop.contents()
    await shop.undo("imp_nobody")
    assert await shop.contents() == before


MOVES: st.SearchStrategy[list[Any]] = st.lists(
    st.one_of(
        st.tuples(st.just("bring"), st.integers(0, 3), st.sets(st.integers(0, 5), min_size=1)),
        st.tuples(st.just("undo"), st.integers(0, 3), st.just(frozenset())),
    ),
    max_size=8,
)


@settings(max_examples=15)
@given(moves=MOVES)
def test_any_sequence_equals_bringing_the_rest_afresh(migrated_sqlite: Path, moves):
    """Each import has orders of its own and shares buyers with the others."""

    def orders(which: int, numbers):
        return [order(f"{which}-{n}", buyer_nick=f"n{n}", paid_fen=n) for n in sorted(numbers)]

    async def play() -> None:
        with tempfile.TemporaryDirectory() as folder:
            data = Path(folder) / "data"
            shutil.copytree(migrated_sqlite, data)
            async with opened(Settings(data=data)) as runtime:
                shops = [Shop(runtime, name) for name in ("one", "two")]
                for shop in shops:
                    await open_shop(runtime, shop.id, shop.id)
                standing: dict[int, set[int]] = {}
                for what, which, numbers in moves:
                    if what == "bring":
                        await shops[0].bring(*orders(which, numbers), by=f"imp_{which}")
                        standing.setdefault(which, set()).update(numbers)
                    else:
                        await shops[0].undo(f"imp_{which}")
                        standing.pop(which, None)
                for which, numbers in standing.items():
                    await shops[1].bring(*orders(which, numbers), by=f"imp_{which}")
                assert _alike(await shops[0].contents()) == _alike(await shops[1].contents())

    rooms.load_tools()
    asyncio.run(play())


def _alike(contents):
    """Contents without what differs between shops: their ids, and buyers' ids made of them."""
    apart = {"shop_id", "buyer_id", "phone_index"}
    found = {
        table: [
            {name: value for name, value in row.items() if name not in apart}
            | ({"id": None} if table == "buyers" else {})
            for row in rows
        ]
        for table, rows in contents.items()
    }
    found["buyers"].sort(key=lambda row: row["nick"])
    return found
