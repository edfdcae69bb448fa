"""``zhanggui import`` as a merchant runs it: in a process of its own, killed and run again too."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import sys
import time
import zipfile
from pathlib import Path
from typing import Any

import pytest

from bench._samples import write_order_list
from tests.commands import run_command
from tests.server import Server

COMMAND = Path(sys.executable).with_name("zhanggui")
FAQ = "问题,答案\n多久发货,当天发货，周末顺延\n可以开发票吗,可以开电子发票\n"
DETAIL = (
    "订单编号,标题,价格,购买数量,外部系统编号,商品属性,套餐信息,备注,订单状态,商家编码\n"
    "4099120000000111111,恒温电热水壶,139.00,2,,颜色:白,,,交易成功,K1\n"
)
COUNTS = {"products", "skus", "orders", "order_lines", "buyers", "paid_fen"}


@pytest.fixture
def data(migrated_sqlite: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(migrated_sqlite, tmp_path / "data"))


def start(data: Path, *arguments: object) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [COMMAND, "import", *map(str, arguments)],
        env={**os.environ, "ZHANGGUI_DATA": str(data), "LANG": "en_US.UTF-8"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def bring(data: Path, *arguments: object) -> dict[str, Any]:
    done = run_command(data, "import", *arguments, "--json")
    assert done.returncode == 0, done.stdout + done.stderr
    report: dict[str, Any] = json.loads(done.stdout)
    return report


def refused(data: Path, *arguments: object) -> str:
    done = run_command(data, "import", *arguments)
    assert done.returncode != 0
    said = done.stdout + done.stderr
    assert "Traceback" not in said
    return said


def stored(data: Path, query: str) -> int:
    with sqlite3.connect(f"file:{data / 'zhanggui.db'}?mode=ro", uri=True) as connection:
        return connection.execute(query).fetchone()[0] or 0


def is_as_documented(report: dict) -> None:
    assert list(report) == ["shop", "files", "counts"]
    assert set(report["counts"]) == COUNTS
    for file in report["files"]:
        assert list(file) == ["path", "kind", "accepted", "rejected", "problems", "error"]
        for problem in file["problems"]:
            assert list(problem) == ["row", "column", "reason"]


def test_a_pack(data, pack):
    report = bring(data, pack)
    is_as_documented(report)
    shop = json.loads((pack / "shop.json").read_text(encoding="utf-8"))
    assert report["shop"] == shop["id"]
    assert {file["error"] for file in report["files"]} == {None}
    kinds = {file["kind"] for file in report["files"]}
    assert {"pack_shop", "pack_products", "pack_orders", "pack_faq", "pack_policy"} <= kinds
    again = bring(data, pack)
    assert again == report
    with sqlite3.connect(data / "zhanggui.db") as connection:
        lines = connection.execute("SELECT sum(paid_fen) FROM order_lines").fetchone()[0]
    assert report["counts"]["paid_fen"] == lines


def test_a_mixed_folder_and_the_same_as_a_zip(data, tmp_path):
    folder = tmp_path / "导出"
    folder.mkdir()
    paid = write_order_list(folder / "ExportOrderList202603121048.csv", 50)
    (folder / "ExportOrderDetailList.csv").write_text(DETAIL, encoding="gb18030")
    (folder / "常见问题.csv").write_text(FAQ, encoding="utf-8")
    (folder / "坏.csv").write_bytes(b"")
    (folder / "read me.txt").write_text("hello")
    report = bring(data, folder, "--shop", "mine")
    is_as_documented(report)
    assert report["shop"] == "mine"
    found = {Path(f["path"]).name: (f["kind"], f["accepted"], f["error"]) for f in report["files"]}
    assert found["ExportOrderList202603121048.csv"] == ("orders", 50, None)
    assert found["ExportOrderDetailList.csv"] == ("order_lines", 1, None)
    assert found["常见问题.csv"] == ("faq", 2, None)
    assert found["坏.csv"][2]
    assert report["counts"]["paid_fen"] == paid
    archive = tmp_path / "导出.zip"
    with zipfile.ZipFile(archive, "w") as made:
        for file in folder.iterdir():
            made.write(file, file.name)
    assert bring(data, archive, "--shop", "mine")["counts"] == report["counts"]


def test_a_refused_row_is_told_with_row_column_and_reason(data, tmp_path):
    file = tmp_path / "订单.csv"
    header = "订单编号,买家会员名,买家实际支付金额,总金额,收货人姓名,订单状态\n"
    rows = "4.09912E+18,a,1,1,b,交易成功\n4099120000000111111,a,1.50,1.50,b,交易成功\n"
    file.write_text(header + rows, encoding="gb18030")
    (found,) = bring(data, file)["files"]
    assert (found["accepted"], found["rejected"]) == (1, 1)
    (problem,) = found["problems"]
    assert (problem["row"], problem["column"]) == (2, "订单编号")
    assert "4.09912E+18" in problem["reason"]


def test_what_cannot_be_imported_is_said(data, tmp_path):
    refused(data, tmp_path / "nowhere.csv")
    empty = tmp_path / "empty"
    empty.mkdir()
    refused(data, empty)
    (tmp_path / "a.csv").write_bytes(b"")
    refused(data, tmp_path / "a.csv")
    (tmp_path / "b.csv").write_text(FAQ)
    refused(data, tmp_path / "b.csv", "--shop", "No Such Id!")
    several = tmp_path / "several"
    for name in ("one", "two"):
        (several / name).mkdir(parents=True)
        shop = {"id": name, "name": name}
        (several / name / "shop.json").write_text(json.dumps(shop), encoding="utf-8")
    assert "one" in refused(data, several)
    left = [p for p in (data / "imports").rglob("*") if p.is_file()]
    assert left == []


def kill_midway(process: subprocess.Popen, data: Path) -> None:
    query = "SELECT sum(accepted) FROM import_files"
    while process.poll() is None and not stored(data, query) > 0:
        time.sleep(0.02)
    assert process.poll() is None
    process.kill()
    process.wait()


def test_killed_and_run_again_loses_nothing_and_doubles_nothing(data, tmp_path):
    file = tmp_path / "orders.csv"
    paid = write_order_list(file, 30_000)
    process = start(data, file, "--json")
    kill_midway(process, data)
    process.communicate()
    before = stored(data, "SELECT count(*) FROM orders")
    assert 0 < before < 30_000
    report = bring(data, file)
    assert (report["counts"]["orders"], report["counts"]["paid_fen"]) == (30_000, paid)
    assert stored(data, "SELECT count(*) FROM imports") == 1
    told = "SELECT count(*) FROM events WHERE type = 'shop.order_written'"
    assert stored(data, told) == 30_000
    assert [p for p in (data / "imports").rglob("*") if p.is_file()] == []


def test_a_server_killed_in_an_import_goes_on_with_it_when_it_starts_again(data, tmp_path):
    file = tmp_path / "orders.csv"
    paid = write_order_list(file, 30_000)
    server = Server(COMMAND, data, "--no-demo")
    over_http = start(data, file, "--json")
    query = "SELECT sum(accepted) FROM import_files"
    while not stored(data, query):
        assert over_http.poll() is None, over_http.communicate()
        time.sleep(0.02)
    server.kill()
    over_http.communicate()
    assert 0 < stored(data, "SELECT count(*) FROM orders") < 30_000
    with Server(COMMAND, data, "--no-demo"):
        while stored(data, "SELECT state = 'done' FROM imports") != 1:
            time.sleep(0.1)
    assert stored(data, "SELECT count(*) FROM orders") == 30_000
    assert stored(data, "SELECT sum(paid_fen) FROM orders") == paid
    told = "SELECT count(*) FROM events WHERE type = 'shop.order_written'"
    assert stored(data, told) == 30_000
