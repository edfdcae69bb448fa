"""An import from staging to report, as durable work in a whole house."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator

import pytest
from sqlalchemy import func, select

from bench._samples import ORDER_HEADER, write_order_list
from tests.shop.conftest import Shop
from zhanggui.app.house import open_house
from zhanggui.base import tools, workflows
from zhanggui.base.errors import Conflict, Invalid, NotFound
from zhanggui.base.events import EventRow
from zhanggui.base.principals import SYSTEM
from zhanggui.base.runtime import Runtime
from zhanggui.shop.files import Kind
from zhanggui.shop.importing import imports, loading, sinks, undoing
from zhanggui.shop.importing.models import ImportFileRow, ImportRow
from zhanggui.shop.importing.staging import Staging
from zhanggui.shop.opening import open_shop

FAQ = "问题,答案\n多久发货,当天发货，周末顺延\n可以开发票吗,可以开电子发票\n"
ODD = "甲列,乙列,丙列\n这件会不会缩水呢,不会的洗前已经预缩过了,1\n退货要多久到账,三天内原路退回,2\n"


@pytest.fixture
async def runtime(settings) -> AsyncIterator[Runtime]:
    async with open_house(settings) as runtime:
        yield runtime


@pytest.fixture
async def shop(runtime, shop_id) -> Shop:
    await open_shop(runtime, shop_id, "暖屋小电")
    return Shop(runtime, shop_id)


async def stage(shop: Shop, files: dict[str, bytes | str]) -> ImportRow:
    import_id, staging = imports.new_import(shop.runtime, shop.id)

    async def one(data):
        yield data if isinstance(data, bytes) else data.encode()

    for name, data in files.items():
        await staging.add_stream(name, one(data))
    return await imports.stage(shop.runtime, shop.id, staging, import_id)


async def ask(shop: Shop, name: str, **given):
    outcome = await tools.call(
        shop.runtime, f"shop.{name}", given, shop_id=shop.id, principal=SYSTEM
    )
    return outcome.output


async def ended(shop: Shop, import_id: str):
    async with shop.runtime.db.reading(shop.id) as session:
        row = await imports.get(session, shop.id, import_id)
    with contextlib.suppress(Exception):  # What it failed of is in the import.
        await workflows.wait(imports.workflow_id(row))
    return await ask(shop, "get_import", import_id=import_id)


async def bring(shop: Shop, files: dict[str, bytes | str], **given):
    row = await stage(shop, files)
    await ask(shop, "start_import", import_id=row.id, **given)
    return await ended(shop, row.id)


def orders_csv(tmp_path, rows=12_000, **given) -> bytes:
    path = tmp_path / "orders.csv"
    write_order_list(path, rows, **given)
    data: bytes = path.read_bytes()
    return data


def staged_files(shop: Shop) -> list:
    return [p for p in (shop.runtime.settings.data / "imports").rglob("*") if p.is_file()]


@pytest.mark.db
async def test_from_upload_to_report_and_back(shop, tmp_path, engine):
    data = orders_csv(tmp_path, 300)
    staged = await ask(shop, "get_import", import_id=(await stage(shop, {"a.csv": data})).id)
    assert (staged.state, staged.files[0].kind) == ("staged", "orders")
    assert len(staged.files[0].preview) == 20
    await ask(shop, "start_import", import_id=staged.id)
    done = await ended(shop, staged.id)
    assert (done.state, done.files[0].accepted, done.counts.orders) == ("done", 300, 300)
    assert done.bytes_done == done.bytes_total
    assert staged_files(shop) == []
    with pytest.raises(Conflict):
        await ask(shop, "start_import", import_id=staged.id)
    told = await shop.events()
    again = await bring(shop, {"b.csv": data})
    assert again.counts == done.counts
    assert await shop.events() == told + 2  # That it was started and that it has finished.
    await ask(shop, "undo_import", import_id=done.id)
    undone = await ended(shop, done.id)
    assert (undone.state, undone.counts.orders) == ("undone", 0)


@pytest.mark.db
async def test_no_personal_data_lies_in_the_clear(shop, tmp_path, engine, caplog):
    phone, street = "19900005678", "文一西路一千零一号"
    header = ORDER_HEADER.split(",")
    cells = dict.fromkeys(header, "")
    cells |= {
        "订单编号": "4099120000000111111",
        "买家会员名": "小鱼爱吃草",
        "买家实际支付金额": "10.00",
        "收货人姓名": "欧阳青禾",
        "收货地址 ": f"浙江省 杭州市 余杭区 {street}",
        "联系手机": phone,
        "订单状态": "交易成功",
    }
    data = (ORDER_HEADER + "\r\n" + ",".join(cells[name] for name in header)).encode("gb18030")
    done = await bring(shop, {"a.csv": data})
    assert done.files[0].accepted == 1
    found = await ask(shop, "list_orders", q=phone)
    assert [item.id for item in found.items] == ["4099120000000111111"]
    shown = (await ask(shop, "get_order", order_id=found.items[0].id)).model_dump_json()
    assert not any(secret in shown for secret in (phone, street, "欧阳青禾"))
    if engine == "sqlite":
        kept = b"".join(
            path.read_bytes()
            for path in shop.runtime.settings.data.rglob("*")
            if path.is_file() and path.suffix != ".key"
        )
        for secret in (phone, street, "欧阳青禾"):
            assert secret.encode() not in kept
            assert secret.encode("gb18030") not in kept
    assert phone not in caplog.text


async def test_a_broken_off_load_goes_on_from_its_checkpoint(shop, tmp_path, monkeypatch):
    data = orders_csv(tmp_path)
    real, calls = sinks.apply, []

    async def breaks(context, records):
        calls.append(len(records))
        await real(context, records)
        if len(calls) == 2:
            raise ConnectionError

    with monkeypatch.context() as broken:
        broken.setattr(sinks, "apply", breaks)
        failed = await bring(shop, {"a.csv": data})
    assert (failed.state, failed.files[0].accepted) == ("failed", 5_000)
    assert (await shop.counts()).orders == 5_000
    assert staged_files(shop)
    await ask(shop, "start_import", import_id=failed.id)
    done = await ended(shop, failed.id)
    assert (done.state, done.files[0].accepted, done.counts.orders) == ("done", 12_000, 12_000)
    async with shop.runtime.db.reading(shop.id) as session:
        told = await session.scalar(
            select(func.count()).where(
                EventRow.shop_id == shop.id, EventRow.type == "shop.order_written"
            )
        )
    assert told == 12_000


@pytest.mark.db
async def test_two_processes_at_one_file_bring_each_batch_once(shop, tmp_path, engine):
    row = await stage(shop, {"a.csv": orders_csv(tmp_path)})
    (source,) = await Staging(shop.runtime, shop.id, row.id).sources()
    before = await shop.events()
    both = (loading.load(shop.runtime, shop.id, row.id, 0, source) for _ in range(2))
    await asyncio.gather(*both)
    async with shop.runtime.db.reading(shop.id) as session:
        (file,) = await imports.files(session, shop.id, row.id)
    assert (file.done, file.accepted) == (True, 12_000)
    assert await shop.events() == before + 12_000


async def test_the_same_files_again_go_on_with_the_unfinished_import(shop):
    first = await stage(shop, {"a.csv": FAQ})
    async with shop.runtime.db.transaction(shop.id) as session:
        await imports.queue(session, await imports.get(session, shop.id, first.id))
    second = await stage(shop, {"a.csv": FAQ})
    assert second.id == first.id
    assert len(staged_files(shop)) == 1
    await imports.resume(shop.runtime)
    assert (await ended(shop, first.id)).state == "done"


async def test_a_correction_is_remembered_for_files_with_the_same_headers(shop):
    orders = "单子号码,订单状态,总金额,买家昵称,收货人姓名\nA1001,交易成功,10,小鱼,张**\n"
    staged = await ask(shop, "get_import", import_id=(await stage(shop, {"a.csv": orders})).id)
    (file,) = staged.files
    assert file.error is not None
    done = await bring(shop, {"b.csv": orders}, mappings={0: {"单子号码": "order_no"}})
    assert (done.state, done.files[0].accepted) == ("done", 1)
    again = orders.replace("A1001", "A1002")
    assert (await bring(shop, {"c.csv": again})).counts.orders == 2


@pytest.mark.parametrize(
    ("again", "orders"),
    [
        ("总金额,单子号码,买家昵称,订单状态,收货人姓名\n10,A1002,小鱼,交易成功,张**\n", 2),
        ("单子号码,订单状态,总金额,买家昵称,收货人姓名,新列\nA1002,交易成功,10,小鱼,张**,x\n", 2),
        ("别的号码,订单状态,总金额,买家昵称,收货人姓名\nA1002,交易成功,10,小鱼,张**\n", 1),
    ],
)
async def test_a_correction_serves_for_the_same_columns_elsewhere(shop, again, orders):
    first = "单子号码,订单状态,总金额,买家昵称,收货人姓名\nA1001,交易成功,10,小鱼,张**\n"
    await bring(shop, {"a.csv": first}, mappings={0: {"单子号码": "order_no"}})
    done = await bring(shop, {"b.csv": again})
    assert (done.counts.orders, done.files[0].error is None) == (orders, orders == 2)


async def test_an_unknown_table_is_given_a_kind(shop):
    table = "a1,b2,c3,d4\nA1001,9.90,x,y\nA1002,1.10,x,y\n"
    staged = await ask(shop, "get_import", import_id=(await stage(shop, {"a.csv": table})).id)
    assert staged.files[0].kind == "unknown"
    done = await bring(
        shop,
        {"b.csv": table},
        kinds={0: Kind.ORDERS},
        mappings={0: {"a1": "order_no", "b2": "paid_fen"}},
    )
    assert (done.files[0].kind, done.counts.orders, done.counts.paid_fen) == ("orders", 2, 1100)


@pytest.mark.parametrize("wrong", [{"没有": "order_no"}, {"问题": "no_such_field"}])
async def test_a_correction_that_makes_no_sense_is_refused(shop, wrong):
    row = await stage(shop, {"a.csv": FAQ})
    with pytest.raises(Invalid):
        await ask(shop, "start_import", import_id=row.id, mappings={0: wrong})


async def test_headers_that_occur_twice_are_told_apart(shop):
    table = "订单编号,备注,备注,收货人姓名,总金额\nA1001,甲,乙,张**,1\n"
    row = await stage(shop, {"a.csv": table})
    staged = await ask(shop, "get_import", import_id=row.id)
    assert staged.files[0].headers == ["订单编号", "备注", "备注 (2)", "收货人姓名", "总金额"]
    corrected = {"备注": None, "备注 (2)": "note"}
    await ask(shop, "start_import", import_id=row.id, mappings={0: corrected})
    await ended(shop, row.id)
    assert (await ask(shop, "get_order", order_id="A1001")).note == "乙"


async def test_nothing_to_import_is_said_and_leaves_nothing(shop):
    import_id, staging = imports.new_import(shop.runtime, shop.id)
    with pytest.raises(Invalid):
        await imports.stage(shop.runtime, shop.id, staging, import_id)
    assert staged_files(shop) == []


async def test_a_discarded_import_leaves_nothing(shop):
    row = await stage(shop, {"a.csv": FAQ})
    await ask(shop, "discard_import", import_id=row.id)
    assert staged_files(shop) == []
    with pytest.raises(NotFound):
        await ask(shop, "get_import", import_id=row.id)


async def test_files_nobody_came_back_for_are_swept_at_a_start(shop, clock):
    row = await stage(shop, {"a.csv": FAQ})
    clock.move(days=6)
    await imports.resume(shop.runtime)
    assert len(staged_files(shop)) == 1
    clock.move(days=2)
    await imports.resume(shop.runtime)
    assert staged_files(shop) == []
    await ask(shop, "start_import", import_id=row.id)
    failed = await ended(shop, row.id)
    assert (failed.state, failed.error is not None) == ("failed", True)


async def test_an_undo_that_failed_can_be_tried_again(shop, monkeypatch):
    done = await bring(shop, {"a.csv": FAQ})

    async def give_up(*_):
        raise ConnectionError

    with monkeypatch.context() as broken:
        broken.setattr(undoing, "undo", give_up)
        await ask(shop, "undo_import", import_id=done.id)
        assert (await ended(shop, done.id)).state == "failed"
    await ask(shop, "undo_import", import_id=done.id)
    assert (await ended(shop, done.id)).state == "undone"


async def test_the_end_of_a_cut_off_file_is_told_of_once(shop, tmp_path):
    data = orders_csv(tmp_path, 200)[:-150]
    done = await bring(shop, {"a.csv": data})
    async with shop.runtime.db.transaction(shop.id) as session:
        (file,) = await imports.files(session, shop.id, done.id)
        assert isinstance(file, ImportFileRow)
        assert file.done
    assert (done.files[0].accepted, done.files[0].problem_count) == (199, 1)
