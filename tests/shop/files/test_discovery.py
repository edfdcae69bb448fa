"""Every kind of file, in every form it comes in, is known by its content and read alike."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path

import pytest

from tests.shop.files import samples
from zhanggui.shop.files import Kind, Record, Source, discover

KINDS = {
    "orders": Kind.ORDERS,
    "order_lines": Kind.ORDER_LINES,
    "refunds": Kind.REFUNDS,
    "goods": Kind.GOODS,
    "assistant_items": Kind.ASSISTANT_ITEMS,
    "product_days": Kind.PRODUCT_DAYS,
    "promotion": Kind.PROMOTION,
    "promotion_plans": Kind.PROMOTION,
    "reviews": Kind.REVIEWS,
    "faq": Kind.FAQ,
    "nameless_faq": Kind.FAQ,
    "phrases": Kind.PHRASES,
    "chat_rows": Kind.CHAT_LOG,
}


def read(source: Source) -> list[Record]:
    """All records, of a source that must read without a problem."""
    records = []
    for batch in source.records():
        assert batch.problems == []
        records.extend(batch.records)
    return records


def placeless(record: Record) -> Record:
    """The record without its row, which depends on the form."""
    return replace(record, row=0)


@pytest.mark.parametrize("form", samples.FORMS)
@pytest.mark.parametrize("table", KINDS)
def test_form_changes_nothing(tmp_path: Path, table: str, form: str) -> None:
    rows = samples.TABLES[table](random.Random(7))
    plain, other = tmp_path / "plain.bin", tmp_path / f"x.{form.rpartition('.')[2]}"
    plain.write_bytes(samples.as_csv(rows, "utf-8"))
    other.write_bytes(samples.FORMS[form](rows))
    [expected], [found] = discover(plain), discover(other)
    assert found.error is None
    assert found.kind is expected.kind is KINDS[table]
    assert list(map(placeless, read(found))) == list(map(placeless, read(expected))) != []


def test_folder_and_nested_zip(tmp_path: Path) -> None:
    rng = random.Random(1)
    inner = samples.as_zip({"../../etc/明细.csv": samples.as_csv(samples.order_lines(rng))})
    (tmp_path / "a.zip").write_bytes(samples.as_zip({"in.zip": inner, "图.png": b"\x89PNG\r\n"}))
    (tmp_path / "orders.dat").write_bytes(samples.as_csv(samples.orders(rng)))
    (tmp_path / "readme.txt").write_text("hello")
    found = {source.path: source.kind for source in discover(tmp_path)}
    assert found == {
        "orders.dat": Kind.ORDERS,
        "a.zip!in.zip!etc/明细.csv": Kind.ORDER_LINES,
    }


def test_member_names_in_gbk(tmp_path: Path) -> None:
    data = samples.as_zip({"AAAA.csv": samples.as_csv(samples.faq(random.Random(1)))})
    (tmp_path / "a.zip").write_bytes(data.replace(b"AAAA", "问答".encode("gbk")))
    [source] = discover(tmp_path / "a.zip")
    assert source.path == "a.zip!问答.csv"
    assert source.kind is Kind.FAQ


def test_workbook_with_several_sheets(tmp_path: Path) -> None:
    import io

    import openpyxl

    rng = random.Random(3)
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, rows in (
        ("说明", [["使用说明"], ["请勿修改"]]),
        ("订单报表", samples.bare_rows(samples.orders(rng))),
        ("销售明细", samples.bare_rows(samples.order_lines(rng))),
    ):
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    file = io.BytesIO()
    book.save(file)
    (tmp_path / "b.xlsx").write_bytes(file.getvalue())
    found = {source.path: source.kind for source in discover(tmp_path / "b.xlsx")}
    assert found == {"b.xlsx!订单报表": Kind.ORDERS, "b.xlsx!销售明细": Kind.ORDER_LINES}


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (b"", "空"),
        (b"\xef\xbb\xbf\r\n", "空"),
        (b"\x89PNG\r\n\x1a\n0000", "不是表格"),
        (b"Rar!\x1a\x07\x00", "解压"),
        (b"PK\x03\x04 broken", "不完整"),
        (b"\xd0\xcf\x11\xe0" + bytes(600), "损坏"),
        ("甲,乙,丙\r\n1,2,3\r\n".encode(), "认不出"),
    ],
)
def test_unusable_file_says_why(tmp_path: Path, data: bytes, word: str) -> None:
    path = tmp_path / "x.csv"
    path.write_bytes(data)
    [source] = discover(path)
    assert source.kind is Kind.UNKNOWN
    assert source.error is not None
    assert word in source.error.zh
    assert list(source.records()) == []


def test_nothing_there(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        discover(tmp_path / "none")
    [source] = discover(tmp_path)
    assert source.error is not None


def test_missing_order_number_refuses_the_file(tmp_path: Path) -> None:
    rows = [row[1:] for row in samples.orders(random.Random(1))]
    (tmp_path / "x.csv").write_bytes(samples.as_csv(rows))
    [source] = discover(tmp_path / "x.csv")
    assert source.kind is Kind.ORDERS
    assert source.error is not None
    assert "订单编号" in source.error.zh


def test_correction_is_read_by_and_remembered(tmp_path: Path) -> None:
    rows = samples.orders(random.Random(1))
    rows[0][0] = "单子"
    (tmp_path / "x.csv").write_bytes(samples.as_csv(rows))
    [source] = discover(tmp_path / "x.csv")
    assert source.error is not None
    assert source.mapping is not None
    mapping = type(source.mapping).from_json(source.mapping.assign(0, "order_no").to_json())
    fixed = source.remap(mapping)
    assert fixed.error is None
    assert len(read(fixed)) == len(rows) - 1
    rows[3][1] = "另一个人"
    (tmp_path / "y.csv").write_bytes(samples.as_csv(rows, "utf-8"))
    [again] = discover(tmp_path / "y.csv")
    assert again.header_fingerprint == source.header_fingerprint


def test_unknown_table_can_be_told_what_it_is(tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_text("甲,乙,丙\n标题一,这是内容,1\n标题二,这是内容二,2\n")
    [source] = discover(tmp_path / "x.csv")
    assert source.mapping is not None
    mapping = replace(source.mapping, kind=Kind.FAQ).assign(0, "question").assign(1, "answer")
    assert [r.question for r in read(source.remap(mapping))] == ["标题一", "标题二"]  # type: ignore[union-attr]
