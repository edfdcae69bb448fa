"""What was backed up is what comes back, on the same engine or the other."""

from __future__ import annotations

import asyncio
import json
import shutil
import sqlite3
import tarfile
from contextlib import closing
from datetime import timedelta

import obstore
import pytest
from alembic import command
from sqlalchemy import create_engine, select

from tests.base.sample_tools import SamplePut
from tests.postgres import DatabaseUrls
from zhanggui import rooms
from zhanggui.base import backup, clock, events, restoring, rowfiles, schema
from zhanggui.base.approvals import ApprovalRow
from zhanggui.base.auth import accounts, totp
from zhanggui.base.blobs import Blobs, open_blobs, open_store
from zhanggui.base.crypto import load_cipher
from zhanggui.base.db import NO_SHOP, Base, Database
from zhanggui.base.errors import Conflict, Invalid
from zhanggui.base.events import Consumer, Dispatcher, EventRow
from zhanggui.base.settings import Settings
from zhanggui.base.webhooks.models import DeliveryRow
from zhanggui.shop.models import Order, Shop

rooms.load_models()

SEALED = "13812345678"
FILE = bytes(range(256)) * 5000


@pytest.fixture
async def lived_in(settings, database, shop_id, other_shop_id):
    """A house with a bit of everything."""
    cipher = load_cipher(settings)
    for each in (shop_id, other_shop_id):
        async with database.transaction(each) as session:
            session.add(
                Shop(shop_id=each, name="檐下碗铺", created_at=clock.now(), profile={"a": [1]})
            )
            await accounts.admit_owner(session, _system())
            session.add(
                Order(
                    shop_id=each,
                    id="o1",
                    status="paid",
                    paid_fen=2**40,
                    created_at=clock.now() - timedelta(days=3),
                    receiver_sealed=cipher.encrypt(SEALED, shop_id=each, field="receiver"),
                    titles=["碗", "a\nb"],
                )
            )
            session.add(
                ApprovalRow(
                    shop_id=each,
                    id="apr_1",
                    tool="sample.spend",
                    risk="spend",
                    given={"text": None, "nested": {"n": 1.5, "b": True}},
                    fingerprint="",
                    status="waiting",
                    requested_by="x",
                    created_at=clock.now(),
                )
            )
            await events.append(session, *(SamplePut(number=number) for number in range(3)))
    async with database.transaction(NO_SHOP) as session:
        totp.start(await accounts.operator(session), cipher)
    blobs = open_blobs(settings)
    await blobs.put(Blobs.key(shop_id, "pictures", "碗.jpg"), FILE)
    await blobs.put(Blobs.key(other_shop_id, "pictures", "empty"), b"")
    return settings


def _system():
    from zhanggui.base.principals import SYSTEM

    return SYSTEM


def rows_of(settings):
    """Every row of every table, as Python values."""
    engine = create_engine(schema.owner_url(settings))
    with engine.connect() as connection:
        everything = {
            table.name: [
                tuple(row)
                for row in connection.execute(select(table).order_by(*table.primary_key.columns))
            ]
            for table in Base.metadata.sorted_tables
        }
    engine.dispose()
    # A transaction's id means nothing in another cluster.
    names = [column.name for column in Base.metadata.tables["events"].columns]
    at = names.index("xid")
    everything["events"] = [row[:at] + row[at + 1 :] for row in everything["events"]]
    return everything


def files_of(settings):
    store = open_store(settings)
    return {
        item["path"]: bytes(obstore.get(store, item["path"]).bytes())
        for batch in obstore.list(store)
        for item in batch
    }


@pytest.fixture
def elsewhere(tmp_path, request):
    """An empty house on either engine."""
    made: list[DatabaseUrls | None] = []

    def make(engine):
        data = tmp_path / f"elsewhere-{len(made)}"
        if engine == "sqlite":
            made.append(None)
            return Settings(data=data)
        server = request.getfixturevalue("postgres")
        urls = server.create_database()
        made.append(urls)
        return Settings(data=data, database_url=urls.application, database_owner_url=urls.owner)

    yield make
    for urls in filter(None, made):
        request.getfixturevalue("postgres").drop_database(urls)


def bring_key(source, target):
    target.data.mkdir(exist_ok=True)
    shutil.copy(source.data / "secret.key", target.data / "secret.key")


def test_a_backup_of_nothing_leaves_nothing(tmp_path):
    settings = Settings(data=tmp_path / "mistyped")
    with pytest.raises(Invalid):
        backup.make(settings, tmp_path / "b.tar")
    assert list(tmp_path.iterdir()) == []


async def test_nobody_else_may_read_a_backup_even_while_it_is_written(
    lived_in, tmp_path, monkeypatch
):
    folder, modes = tmp_path / "backups", []
    add = backup._Tar.add

    def watched(tar, *given):
        (draft,) = folder.rglob("*.tar")
        modes.append(draft.parent.stat().st_mode & 0o077)
        add(tar, *given)

    monkeypatch.setattr(backup._Tar, "add", watched)
    await asyncio.to_thread(backup.make, lived_in, folder / "b.tar", with_key=True)
    assert set(modes) == {0}
    assert [path.name for path in folder.iterdir()] == ["b.tar"]
    assert (folder / "b.tar").stat().st_mode & 0o077 == 0


@pytest.mark.db
@pytest.mark.parametrize("onto", ["sqlite", "postgresql"])
async def test_restored_elsewhere_it_is_equal(lived_in, elsewhere, tmp_path, onto, shop_id, engine):
    made = await asyncio.to_thread(backup.make, lived_in, tmp_path / "b.tar")
    target = elsewhere(onto)
    bring_key(lived_in, target)
    restored = await asyncio.to_thread(restoring.restore, target, tmp_path / "b.tar")
    assert restored == made
    before, after = rows_of(lived_in), rows_of(target)
    assert sum(map(len, before.values())) == made.rows > 10
    for name, rows in before.items():
        assert after[name] == rows, name
    assert files_of(target) == files_of(lived_in)
    assert FILE in files_of(target).values()
    # And it lives on: sealed values open, the log goes on where it was.
    database = Database(target)
    async with database.transaction(shop_id) as session:
        order = await session.get_one(Order, (shop_id, "o1"))
        assert order.receiver_sealed is not None
        opened = load_cipher(target).decrypt(
            order.receiver_sealed, shop_id=shop_id, field="receiver"
        )
        assert opened == SEALED
        await events.append(session, SamplePut(number=99))
    await database.close()


@pytest.mark.db
@pytest.mark.parametrize("onto", ["sqlite", "postgresql"])
async def test_readers_go_on_where_they_were(
    lived_in, database, elsewhere, tmp_path, onto, shop_id, engine
):
    seen: list[int] = []

    async def handle(session, batch):
        seen.extend(each.event.number for each in batch)

    consumer = Consumer("reader", frozenset({"sample.put"}), handle)
    dispatcher = Dispatcher(database, [consumer], batch=2)
    await dispatcher.step(consumer)
    assert seen == [0, 1]
    await asyncio.to_thread(backup.make, lived_in, tmp_path / "b.tar")
    target = elsewhere(onto)
    bring_key(lived_in, target)
    await asyncio.to_thread(restoring.restore, target, tmp_path / "b.tar")
    restored = Database(target)
    async with restored.transaction(shop_id) as session:
        await events.append(session, SamplePut(number=99))
    await Dispatcher(restored, [consumer]).drain()
    await restored.close()
    assert seen == [0, 1, 2, 0, 1, 2, 99]


async def test_a_backup_is_one_moments(lived_in, database, tmp_path, shop_id, monkeypatch):
    """Rows that come while it is made are in all of it or in none."""
    write = rowfiles.write

    def slowly(path, head, rows):
        with closing(sqlite3.connect(lived_in.data / "zhanggui.db")) as other:
            other.execute("UPDATE shops SET name = 'later'")
            other.commit()
        return write(path, head, rows)

    monkeypatch.setattr(rowfiles, "write", slowly)
    await asyncio.to_thread(backup.make, lived_in, tmp_path / "b.tar")
    with tarfile.open(tmp_path / "b.tar") as tar:
        tar.extractall(tmp_path / "out", filter="data")
    _, rows = rowfiles.read(tmp_path / "out" / "rows" / "shops.jsonl.gz")
    assert {row["name"] for row in rows} == {"檐下碗铺"}


def test_the_key_stays_out_unless_asked_for(settings, tmp_path, elsewhere):
    load_cipher(settings)
    key = (settings.data / "secret.key").read_bytes()
    without = backup.make(settings, tmp_path / "without.tar")
    assert not without.key.included
    assert without.key.kept_in == "secret.key in the data folder"
    assert key not in (tmp_path / "without.tar").read_bytes()
    assert (tmp_path / "without.tar").stat().st_mode & 0o077 == 0
    with pytest.raises(Conflict) as refused:
        restoring.restore(elsewhere("sqlite"), tmp_path / "without.tar")
    assert "secret.key" in str(refused.value.hint)
    assert backup.make(settings, tmp_path / "with.tar", with_key=True).key.included
    target = elsewhere("sqlite")
    restoring.restore(target, tmp_path / "with.tar")
    assert (target.data / "secret.key").read_bytes() == key
    assert (target.data / "secret.key").stat().st_mode & 0o077 == 0


def test_files_of_settings_go_along(settings, tmp_path, elsewhere):
    load_cipher(settings)
    for name in ("models.toml", "models.keys.json"):
        (settings.data / name).write_text(f"# {name}")
    backup.make(settings, tmp_path / "b.tar", with_key=True)
    target = elsewhere("sqlite")
    target.data.mkdir(parents=True, exist_ok=True)
    (target.data / "models.toml").write_text("# another")
    restoring.restore(target, tmp_path / "b.tar")
    for name in ("models.toml", "models.keys.json"):
        assert (target.data / name).read_text() == f"# {name}"
        assert (target.data / name).stat().st_mode & 0o077 == 0
    assert (target.data / "models.toml.bak").read_text() == "# another"


def test_another_key_is_refused(settings, tmp_path, elsewhere):
    backup.make(settings, tmp_path / "b.tar")
    target = elsewhere("sqlite")
    load_cipher(target)
    with pytest.raises(Conflict):
        restoring.restore(target, tmp_path / "b.tar")


@pytest.mark.db
async def test_what_is_there_is_not_overwritten_unless_asked(
    lived_in, database, tmp_path, shop_id, engine
):
    await database.close()
    await asyncio.to_thread(backup.make, lived_in, tmp_path / "b.tar")
    before = rows_of(lived_in), files_of(lived_in)
    with pytest.raises(Conflict):
        await asyncio.to_thread(restoring.restore, lived_in, tmp_path / "b.tar")
    async with database.transaction(shop_id) as session:
        (await session.get(Shop, (shop_id,))).name = "改了"
    await database.close()
    await open_blobs(lived_in).put(Blobs.key(shop_id, "later"), b"later")
    await asyncio.to_thread(restoring.restore, lived_in, tmp_path / "b.tar", force=True)
    assert (rows_of(lived_in), files_of(lived_in)) == before


def test_a_backup_goes_into_an_empty_house_of_an_older_version(settings, tmp_path, elsewhere):
    backup.make(settings, tmp_path / "b.zhanggui", with_key=True)
    there = elsewhere("sqlite")
    there.data.mkdir(parents=True)
    schema.upgrade(there, "0001")
    restoring.restore(there, tmp_path / "b.zhanggui")
    command.check(schema.alembic_config(there))


def test_a_restore_that_fails_leaves_the_key_of_what_is_there(
    settings, tmp_path, elsewhere, monkeypatch
):
    load_cipher(settings)
    backup.make(settings, tmp_path / "b.tar", with_key=True)
    target = elsewhere("sqlite")
    load_cipher(target)
    key = (target.data / "secret.key").read_bytes()

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(restoring, "_load_rows", full)
    with pytest.raises(OSError, match="No space"):
        restoring.restore(target, tmp_path / "b.tar", force=True)
    assert (target.data / "secret.key").read_bytes() == key


def test_an_existing_file_is_not_overwritten(settings, tmp_path):
    (tmp_path / "b.tar").write_bytes(b"mine")
    with pytest.raises(Conflict):
        backup.make(settings, tmp_path / "b.tar")
    assert (tmp_path / "b.tar").read_bytes() == b"mine"


def _rewritten(source, target, change):
    """A copy of a backup with its members changed."""
    folder = target.with_suffix(".d")
    with tarfile.open(source) as tar:
        names = tar.getnames()
        tar.extractall(folder, filter="data")
    change(folder)
    with tarfile.open(target, "w") as tar:
        for name in names:
            if (folder / name).exists():
                tar.add(folder / name, name)
    return target


def _spoil(folder):
    path = folder / "rows" / "shops.jsonl.gz"
    data = bytearray(path.read_bytes())
    data[-1] ^= 1
    path.write_bytes(data)


def _drop(folder):
    (folder / "rows" / "shops.jsonl.gz").unlink()


def _from_the_future(folder):
    manifest = json.loads((folder / "manifest.json").read_text())
    (folder / "manifest.json").write_text(json.dumps(manifest | {"revision": "9999"}))


@pytest.mark.parametrize("change", [_spoil, _drop, _from_the_future])
def test_a_damaged_or_newer_backup_is_refused_and_nothing_changes(
    settings, tmp_path, elsewhere, change
):
    backup.make(settings, tmp_path / "b.tar", with_key=True)
    target = elsewhere("sqlite")
    bad = _rewritten(tmp_path / "b.tar", tmp_path / "bad.tar", change)
    with pytest.raises(Invalid):
        restoring.restore(target, bad)
    assert not (target.data / "zhanggui.db").exists()


@pytest.mark.parametrize("content", [b"", b"not a tar", b"\x1f\x8b\x00"])
def test_what_is_no_backup_is_refused(tmp_path, elsewhere, content):
    (tmp_path / "b.tar").write_bytes(content)
    with pytest.raises(Invalid):
        restoring.restore(elsewhere("sqlite"), tmp_path / "b.tar")


def test_a_cut_off_backup_is_refused(settings, tmp_path, elsewhere):
    backup.make(settings, tmp_path / "b.tar", with_key=True)
    whole = (tmp_path / "b.tar").read_bytes()
    (tmp_path / "half.tar").write_bytes(whole[: len(whole) // 2])
    with pytest.raises(Invalid):
        restoring.restore(elsewhere("sqlite"), tmp_path / "half.tar")


def test_a_member_that_climbs_out_is_refused(tmp_path, elsewhere):
    (tmp_path / "x").write_text("x")
    with tarfile.open(tmp_path / "b.tar", "w") as tar:
        tar.add(tmp_path / "x", "../../escaped")
    with pytest.raises(Invalid):
        restoring.restore(elsewhere("sqlite"), tmp_path / "b.tar")
    assert not (tmp_path / "escaped").exists()


@pytest.mark.parametrize("engine", ["postgresql"], indirect=True)
@pytest.mark.parametrize("onto", ["sqlite", "postgresql"])
async def test_a_delivery_follows_its_event(
    lived_in, database, elsewhere, tmp_path, onto, shop_id, engine
):
    async def put(session, number):
        await events.append(session, SamplePut(number=number))

    async with database.transaction(shop_id) as early:
        await put(early, 10)
        async with database.transaction(shop_id) as late:
            await put(late, 20)  # Comes after 30 in the log, for its transaction began later.
        await put(early, 30)
    async with database.transaction(shop_id) as session:
        query = select(EventRow).where(EventRow.shop_id == shop_id)
        log = {row.data["number"]: row.seq for row in await session.scalars(query)}
        for number in (10, 20, 30):
            session.add(_delivery(shop_id, number, log[number]))
    await asyncio.to_thread(backup.make, lived_in, tmp_path / "b.tar")
    target = elsewhere(onto)
    bring_key(lived_in, target)
    await asyncio.to_thread(restoring.restore, target, tmp_path / "b.tar")
    restored = Database(target)
    async with restored.reading(shop_id) as session:
        query = (
            select(DeliveryRow.id, EventRow.data)
            .join(
                EventRow,
                (EventRow.shop_id == DeliveryRow.shop_id) & (EventRow.seq == DeliveryRow.event_seq),
            )
            .where(DeliveryRow.shop_id == shop_id)
        )
        found = {row.id: row.data["number"] for row in await session.execute(query)}
    await restored.close()
    assert found == {"msg_10": 10, "msg_20": 20, "msg_30": 30}


def _delivery(shop_id, number, seq):
    return DeliveryRow(
        shop_id=shop_id,
        id=f"msg_{number}",
        webhook_id="whk_1",
        event_seq=seq,
        type="sample.put",
        status="pending",
        attempts=0,
        due_at=clock.now(),
        made_at=clock.now(),
    )
