"""Every kind of file, in every form it comes in, is known by its content and read alike."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path

import pytest

from tests.conftest import ROOT
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


def written(tmp_path: Path, rows: samples.Rows) -> Path:
    """The rows as a csv whose name says nothing."""
    path = tmp_path / "x.bin"
    path.write_bytes(samples.as_csv(rows))
    return path


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
        ('{"问题": "包邮吗", "答案": "包邮", "分类": "物流"}\n'.encode(), "不是表格"),
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


def test_json_beside_a_shops_files_is_passed_over(tmp_path: Path) -> None:
    line = '{"id": "1", "question": "包邮吗", "answer": "包邮", "expect": {"a": [], "b": []}}\n'
    (tmp_path / "more.jsonl").write_text(line * 3, "utf-8")
    (tmp_path / "list.json").write_text(f"[\n{line}]", "utf-8")
    (tmp_path / "faq.csv").write_text("问题,答案\n包邮吗,包邮\n", "utf-8")
    assert [source.path for source in discover(tmp_path)] == ["faq.csv"]


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


def test_lines_that_repeat_their_orders_columns_are_lines(tmp_path: Path) -> None:
    """销售明细: a sub-order a row, and nearly every column of the order beside it."""
    before = "子订单编号,主订单编号,买家会员名,标题,购买数量,订单状态,支付单号,买家应付货款"
    after = (
        "买家实际支付金额,退款金额,订单创建时间,订单付款时间,发货时间,物流单号,物流公司,买家留言"
    )
    header = f"{before},{after}".split(",")
    row = ["40991", "4099", "小鱼", "水壶", "1", "交易成功", "2026", "5", "5", "0"]
    rows = [header, row + ["2026-03-01 10:00:00"] * 3 + ["YT1", "圆通", ""]]
    [source] = discover(written(tmp_path, rows))
    assert (source.kind, source.error) == (Kind.ORDER_LINES, None)


@pytest.mark.parametrize(
    ("header", "kind"),
    [
        ("订单编号,买家会员名,买家实际支付金额,订单状态", Kind.ORDERS),
        ("订单编号,买家实际支付金额,订单状态", Kind.ORDERS),
        ("买家昵称,评价内容,评价时间,订单号", Kind.REVIEWS),
        ("订单编号,退款编号,买家会员名称,退款状态,买家退款金额", Kind.REFUNDS),
        ("订单编号,退款编号,退款状态,商家编码,退货物流单号", Kind.REFUNDS),
        ("商品Id,商品标题,skuId", Kind.GOODS),
        ("订单编号,标题,价格,购买数量,商品属性,订单状态", Kind.ORDER_LINES),
        ("统计日期,商品ID,商品名称,商品访客数,支付金额", Kind.PRODUCT_DAYS),
    ],
)
def test_a_few_columns_tell_a_kind(tmp_path: Path, header: str, kind: Kind) -> None:
    [source] = discover(written(tmp_path, [header.split(",")]))
    assert (source.kind, source.error) == (kind, None)


@pytest.mark.parametrize(
    ("header", "row", "kind"),
    [
        ("顾客常问,我们怎么答", "发票,可以开电子发票", Kind.FAQ),
        ("关键词,回复", "快递,默认发中通", Kind.FAQ),
        ("问题类型,常见问题,标准话术,更新时间", "物流,快递,默认发中通,2026-03-01", Kind.FAQ),
        ("快捷短语内容,快捷短语编码,快捷短语分类", "亲在的,1,问候", Kind.PHRASES),
        ("旺旺,咨询人数,平均响应时间,回复率", "小美,120,23秒,98%", Kind.UNKNOWN),
        ("提问时间,问题数,回复次数", "2026-03-01,怎么退,3", Kind.UNKNOWN),
        ("昵称,评论,时间", "小**,怎么这么慢？,2026-03-01 11:00", Kind.UNKNOWN),
    ],
)
def test_questions_and_answers_by_any_name(
    tmp_path: Path, header: str, row: str, kind: Kind
) -> None:
    rows = [header.split(","), row.split(","), row.split(",")]
    [source] = discover(written(tmp_path, rows))
    assert source.kind is kind


@pytest.mark.parametrize(("name", "kind"), [("answers", Kind.FAQ), ("goods", Kind.GOODS)])
def test_the_samples_that_the_console_hands_out_are_read_whole(name: str, kind: Kind) -> None:
    [source] = discover(ROOT / "console" / "public" / "samples" / f"{name}.csv")
    assert source.kind is kind
    assert source.mapping is not None
    assert [column.header for column in source.mapping.columns if column.field is None] == []
    assert read(source)
