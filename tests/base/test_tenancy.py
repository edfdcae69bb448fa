"""A filter is left out and nothing leaks: by a guard on SQLite, by row security on PostgreSQL."""

from __future__ import annotations

import pytest
from sqlalchemy import (
    Insert,
    Select,
    bindparam,
    delete,
    func,
    insert,
    literal,
    select,
    text,
    union_all,
    update,
)
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import aliased

from zhanggui.base import clock
from zhanggui.base.audit import ToolCallRow
from zhanggui.base.auth.models import ApiKeyRow
from zhanggui.base.db import EVERY_SHOP, NO_SHOP
from zhanggui.base.events import EventRow
from zhanggui.base.tenancy import TenantLeak, check


def key(shop_id: str, key_id: str = "key_1") -> ApiKeyRow:
    return ApiKeyRow(
        shop_id=shop_id,
        id=key_id,
        name=shop_id,
        role="viewer",
        digest="0" * 64,
        created_by="test",
        created_at=clock.now(),
    )


@pytest.fixture
async def two_shops(database, shop_id, other_shop_id):
    for each in (shop_id, other_shop_id):
        async with database.transaction(each) as session:
            session.add(key(each))


UNFILTERED = {
    "select": select(ApiKeyRow.name),
    "count": select(func.count()).select_from(ApiKeyRow),
    "by id": select(ApiKeyRow.name).where(ApiKeyRow.id == "key_1"),
    "or": select(ApiKeyRow.name).where(
        (ApiKeyRow.shop_id == "test-shop") | (ApiKeyRow.id == "key_1")
    ),
    "subquery": select(select(ApiKeyRow.name).limit(1).scalar_subquery()),
    "other": select(ApiKeyRow.name).where(ApiKeyRow.shop_id == "other-shop"),
    "update": update(ApiKeyRow).values(name="taken").returning(ApiKeyRow.name),
    "delete": delete(ApiKeyRow).returning(ApiKeyRow.name),
}


@pytest.mark.db
@pytest.mark.parametrize("statement", UNFILTERED.values(), ids=UNFILTERED.keys())
async def test_a_statement_without_its_filter_reaches_no_other_shop(
    database, engine, two_shops, shop_id, other_shop_id, statement
):
    async with database.transaction(shop_id) as session:
        if engine == "sqlite":
            with pytest.raises(TenantLeak):
                await session.execute(statement)
        else:
            values = list(await session.scalars(statement))
            assert set(values) <= {shop_id, 1, "taken"}
    async with database.reading(other_shop_id) as session:
        query = select(ApiKeyRow.name).where(ApiKeyRow.shop_id == other_shop_id)
        assert list(await session.scalars(query)) == [other_shop_id]


@pytest.mark.db
async def test_a_join_must_hold_both_sides(database, engine, two_shops, shop_id):
    other = aliased(ApiKeyRow)
    loose = (
        select(other.name)
        .join(ApiKeyRow, ApiKeyRow.id == other.id)
        .where(ApiKeyRow.shop_id == shop_id)
    )
    held = loose.where(other.shop_id == ApiKeyRow.shop_id)
    async with database.reading(shop_id) as session:
        assert list(await session.scalars(held)) == [shop_id]
        if engine == "sqlite":
            with pytest.raises(TenantLeak):
                await session.execute(loose)
        else:
            assert list(await session.scalars(loose)) == [shop_id]


@pytest.mark.db
async def test_a_row_cannot_be_put_into_another_shop(
    database, engine, two_shops, shop_id, other_shop_id
):
    expected = TenantLeak if engine == "sqlite" else DBAPIError
    values = {
        column.name: getattr(key(other_shop_id, "key_2"), column.name)
        for column in ApiKeyRow.__table__.columns
    }
    with pytest.raises(expected):
        async with database.transaction(shop_id) as session:
            await session.execute(insert(ApiKeyRow), [values])
    with pytest.raises(expected):
        async with database.transaction(shop_id) as session:
            session.add(key(other_shop_id, "key_2"))
    async with database.reading(other_shop_id) as session:
        query = select(ApiKeyRow.id).where(ApiKeyRow.shop_id == other_shop_id)
        assert list(await session.scalars(query)) == ["key_1"]


def _copied_into(shop_id: str) -> Insert:
    """The current shop's keys inserted again under another id, as `shop_id`'s."""
    columns = list(ApiKeyRow.__table__.columns)
    changed = {"shop_id": literal(shop_id), "id": literal("key_3")}
    source = select(*(changed.get(c.name, c) for c in columns)).where(
        ApiKeyRow.shop_id == "test-shop"
    )
    return insert(ApiKeyRow).from_select([c.name for c in columns], source)


@pytest.mark.db
@pytest.mark.parametrize(
    "statement",
    [
        update(ApiKeyRow).where(ApiKeyRow.shop_id == "test-shop").values(shop_id="other-shop"),
        _copied_into("other-shop"),
    ],
    ids=["update", "insert from select"],
)
async def test_a_row_cannot_be_moved_into_another_shop(
    database, engine, two_shops, shop_id, other_shop_id, statement
):
    with pytest.raises(TenantLeak if engine == "sqlite" else DBAPIError):
        async with database.transaction(shop_id) as session:
            await session.execute(statement)
    async with database.reading(other_shop_id) as session:
        query = select(ApiKeyRow.id).where(ApiKeyRow.shop_id == other_shop_id)
        assert list(await session.scalars(query)) == ["key_1"]


@pytest.mark.db
async def test_rows_may_be_copied_within_a_shop(database, two_shops, shop_id):
    async with database.transaction(shop_id) as session:
        await session.execute(_copied_into(shop_id))
        query = select(ApiKeyRow.id).where(ApiKeyRow.shop_id == shop_id)
        assert sorted(await session.scalars(query)) == ["key_1", "key_3"]


async def test_text_within_a_statement_is_refused(database, two_shops, shop_id):
    query = select(ApiKeyRow.name).where(ApiKeyRow.shop_id == shop_id, text("1 = 1"))
    async with database.reading(shop_id) as session:
        with pytest.raises(TenantLeak):
            await session.execute(query)


@pytest.mark.db
@pytest.mark.parametrize("scope", [EVERY_SHOP, NO_SHOP])
async def test_a_wider_scope_reaches_no_shops_tables(database, engine, two_shops, scope):
    async with database.reading(scope) as session:
        if engine == "sqlite":
            with pytest.raises(TenantLeak):
                await session.execute(select(ApiKeyRow))
        else:
            assert list(await session.scalars(select(ApiKeyRow))) == []


@pytest.mark.db
async def test_every_shop_reads_what_is_marked_for_it(database, shop_id, other_shop_id):
    for each in (shop_id, other_shop_id):
        async with database.transaction(each) as session:
            session.add(EventRow(shop_id=each, type="test", at=clock.now(), data={}))
    async with database.reading(EVERY_SHOP) as session:
        shops = set(await session.scalars(select(EventRow.shop_id)))
    assert shops == {shop_id, other_shop_id}


@pytest.mark.parametrize("engine", ["postgresql"], indirect=True)
@pytest.mark.parametrize(
    "statement",
    [
        "ALTER TABLE api_keys DISABLE ROW LEVEL SECURITY",
        "ALTER TABLE api_keys NO FORCE ROW LEVEL SECURITY",
        "DROP POLICY one_shop ON api_keys",
        "CREATE POLICY mine ON api_keys USING (true)",
        "SET ROLE zhanggui_owner",
        "TRUNCATE api_keys",
    ],
)
async def test_the_application_cannot_switch_row_security_off(database, two_shops, statement):
    async with database.engine.connect() as connection:
        with pytest.raises(DBAPIError):
            await connection.execute(text(statement))


@pytest.mark.parametrize("engine", ["postgresql"], indirect=True)
async def test_going_around_row_security_is_an_error(database, two_shops):
    async with database.engine.connect() as connection:
        await connection.execute(text("SET row_security = off"))
        with pytest.raises(DBAPIError, match="row-level security"):
            await connection.execute(text("SELECT * FROM api_keys"))


@pytest.mark.parametrize("engine", ["postgresql"], indirect=True)
async def test_every_shops_table_is_protected(database):
    from zhanggui.base import tenancy
    from zhanggui.base.db import Base

    query = text("SELECT relname FROM pg_class WHERE relrowsecurity AND relforcerowsecurity")
    async with database.engine.connect() as connection:
        protected = set(await connection.scalars(query))
    scoped = {table.name for table in Base.metadata.tables.values() if tenancy.is_scoped(table)}
    assert ToolCallRow.__tablename__ in scoped
    assert scoped <= protected


def _held_twice(shop_id: str, other_id: str) -> Select[str]:
    other = aliased(ApiKeyRow)
    return (
        select(other.name)
        .join(ApiKeyRow, (ApiKeyRow.id == other.id) & (ApiKeyRow.shop_id == other_id))
        .where(other.shop_id == shop_id)
    )


@pytest.mark.parametrize(
    "loose", [("a", "b"), ("b", "a"), ("b", "b")], ids=["inner", "outer", "both"]
)
def test_what_was_found_of_a_statement_vouches_for_no_other_value(loose):
    for _ in range(2):
        check(_held_twice("a", "a"), [], "a")
        with pytest.raises(TenantLeak):
            check(_held_twice(*loose), [], "a")
        with pytest.raises(TenantLeak):
            check(_held_twice("a", "a"), [], "b")
    check(_held_twice("b", "b"), [], "b")


def test_what_was_found_of_a_part_vouches_for_no_whole():
    def named(shop_id: str) -> Select[str]:
        return select(ApiKeyRow.name).where(ApiKeyRow.shop_id == shop_id)

    check(union_all(named("a"), named("a")), [], "a")
    with pytest.raises(TenantLeak):
        check(union_all(named("a"), named("b")), [], "a")
    with pytest.raises(TenantLeak):
        check(union_all(named("a"), select(ApiKeyRow.name)), [], "a")


def test_what_every_shop_may_read_a_shop_may_not():
    check(select(EventRow.seq), [], EVERY_SHOP)
    with pytest.raises(TenantLeak):
        check(select(EventRow.seq), [], "a")


def test_a_value_given_beside_the_statement_is_looked_at():
    named = select(ApiKeyRow.name).where(ApiKeyRow.shop_id == bindparam("shop", "a"))
    for _ in range(2):
        check(named, [], "a")
        check(named, [{"shop": "b"}], "b")
        with pytest.raises(TenantLeak):
            check(named, [{"shop": "b"}], "a")
        with pytest.raises(TenantLeak):
            check(named, [{"shop": "a"}, {"shop": "b"}], "a")
