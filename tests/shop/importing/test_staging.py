"""Files stay in their import's folder, whatever they are called, and go when it ends."""

from __future__ import annotations

import os
from datetime import UTC, datetime

import pytest

from zhanggui.base.errors import Invalid, TooLarge
from zhanggui.shop.importing.staging import Staging, sweep

NAMES = [
    "../../../etc/passwd",
    "/etc/passwd",
    "C:\\Users\\a\\订单.csv",
    "a/../../b.csv",
    "..",
    "",
    ".",
    "a\x00b.csv",
    "\ud800.csv",
    "x" * 4000 + ".csv",
    "/".join("d" * 50) + "/f.csv",
    "订单\n.csv",
    "con. ",
]


async def one(data: bytes):
    yield data


@pytest.fixture
def staging(runtime, shop):
    return Staging(runtime, shop.id, "imp_a")


@pytest.mark.parametrize("name", NAMES, ids=range(len(NAMES)))
async def test_no_name_leaves_the_folder(staging, runtime, name):
    before = set(runtime.settings.data.rglob("*"))
    await staging.add_stream(name, one(b"data"))
    made = [p for p in runtime.settings.data.rglob("*") if p not in before and p.is_file()]
    assert len(made) == 1
    assert made[0].resolve().is_relative_to(staging.folder.resolve())
    assert made[0].read_bytes() == b"data"


async def test_files_of_one_name_are_all_kept(staging):
    for data in (b"1", b"2", b"3"):
        await staging.add_stream("a/ExportOrderList.csv", one(data))
    await staging.add_stream("a/ExportOrderList.csv/inner.csv", one(b"4"))
    found = sorted(p.read_bytes() for p in staging.folder.rglob("*") if p.is_file())
    assert found == [b"1", b"2", b"3", b"4"]


async def test_a_file_that_is_too_large_is_refused(staging, runtime):
    runtime.settings.max_upload_bytes = 3
    with pytest.raises(TooLarge):
        await staging.add_stream("a.csv", one(b"1234"))


async def test_an_upload_has_the_time_it_came_with_or_none(staging):
    table = "问题,答案\n多久发货,当天发货，周末顺延\n".encode()
    await staging.add_stream("a.csv", one(table), datetime(2026, 3, 1, tzinfo=UTC))
    await staging.add_stream("b.csv", one(table))
    first, second = await staging.sources()
    assert first.exported_at == datetime(2026, 3, 1, tzinfo=UTC)
    assert second.exported_at is None


async def test_a_folder_is_copied_without_links_pipes_and_our_own_data(staging, runtime, tmp_path):
    folder = runtime.settings.data.parent
    (folder / "a.csv").write_text("问题,答案\n")
    (folder / "link.csv").symlink_to(folder / "a.csv")
    (folder / "broken").symlink_to(folder / "nowhere")
    os.mkfifo(folder / "pipe")
    await staging.add_path(folder)
    copied = [p.name for p in staging.folder.rglob("*") if p.is_file()]
    assert copied == ["a.csv"]


async def test_a_missing_path_is_said(staging, tmp_path):
    with pytest.raises(Invalid):
        await staging.add_path(tmp_path / "nowhere")


async def test_the_object_store_brings_files_to_another_machine(runtime, shop, tmp_path):
    runtime.settings.blobs_url = "memory:///"
    here = Staging(runtime, shop.id, "imp_a")
    await here.add_stream("一/a.csv", one("问题,答案\n多久发货,当天发货，周末顺延\n".encode()))
    await here.publish()
    there = Staging(runtime, shop.id, "imp_a")
    there.folder = tmp_path / "elsewhere"
    (source,) = await there.sources()
    assert source.path == "一/a.csv"
    await there.remove()
    assert not there.folder.exists()
    gone = Staging(runtime, shop.id, "imp_a")
    gone.folder = tmp_path / "third"
    assert await gone.sources() == []


async def test_what_no_import_waits_for_is_swept(runtime, shop):
    for name in ("imp_a", "imp_b"):
        await Staging(runtime, shop.id, name).add_stream("a.csv", one(b"x"))
    sweep(runtime.settings, {(shop.id, "imp_a")})
    left = [p.name for p in (runtime.settings.data / "imports" / shop.id).iterdir()]
    assert left == ["imp_a"]
