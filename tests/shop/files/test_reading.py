"""What merchants' files have been through, row by row."""

from __future__ import annotations

import random
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

import pytest

from tests.shop.files import samples
from zhanggui.shop.files import (
    Batch,
    Checkpoint,
    FaqRecord,
    Kind,
    OrderLineRecord,
    OrderRecord,
    OrderStatus,
    ProductDayRecord,
    ProductRecord,
    PromotionDayRecord,
    PromotionLevel,
    Record,
    SkuRecord,
    Source,
    delimited,
    discover,
    is_masked,
    reading,
)

CHINA = timezone(timedelta(hours=8))
HEADER = "订单编号,买家会员名,买家实际支付金额,订单状态,收货地址,订单创建时间,订单付款时间,宝贝标题"
GOOD = "4099123456789012345,小鱼,129.00,交易成功,浙江省 杭州市 西湖区 示例路1号,{t},{t},水壶"


def good(number: int) -> str:
    return GOOD.format(t="2026-03-12 10:11:12").replace("012345", f"{number:06d}", 1)


def source_of(tmp_path: Path, data: bytes | str, name: str = "x.csv") -> Source:
    path = tmp_path / name
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    [source] = discover(path)
    return source


def read(source: Source, start: Checkpoint | None = None) -> tuple[list[Record], Batch]:
    """All records, and the last batch with the problems of all."""
    assert source.error is None, source.error
    records, problems, last = [], [], None
    for batch in source.records(start):
        records.extend(batch.records)
        problems.extend(batch.problems)
        last = batch
    assert last is not None
    last.problems = problems
    return records, last


def one_order(tmp_path: Path, cells: dict[str, str]) -> OrderRecord:
    base = dict(zip(HEADER.split(","), good(1).split(","), strict=True)) | cells
    rows = [list(base), list(base.values())]
    [record], last = read(source_of(tmp_path, samples.as_csv(rows, "utf-8")))
    assert last.problems == []
    assert isinstance(record, OrderRecord)
    return record


def refusal(tmp_path: Path, cells: dict[str, str]) -> tuple[str | None, str]:
    base = dict(zip(HEADER.split(","), good(1).split(","), strict=True))
    rows = [list(base | cells), list((base | cells).values()), list(base.values())]
    records, last = read(source_of(tmp_path, samples.as_csv(rows, "utf-8")))
    assert (len(records), last.read, last.accepted, last.rejected) == (1, 2, 1, 1)
    [problem] = last.problems
    assert problem.row == 2
    assert problem.refused
    return problem.column, problem.reason.zh


def test_order_in_full(tmp_path: Path) -> None:
    record = one_order(
        tmp_path,
        {
            "订单编号": '="4099123456789012345"',
            "买家实际支付金额": "￥1,299.50元",
            "总金额": "1,299.50",
            "订单状态": "卖家已发货，等待买家确认",
            "联系手机": "'13800001111",
            "联系电话 ": "",
            "物流单号 ": "No:ZT900012377720",
            "修改后的sku": "颜色:墨绿",
            "修改后的收货地址": "江苏省 苏州市 姑苏区 示例路2号",
            "退款金额": "无退款申请",
            "宝贝总数量": "2",
            "订单备注": "'null",
            "订单关闭原因": "订单未关闭",
            "发货时间": "2026/3/13 8:05",
        },
    )
    assert record == OrderRecord(
        row=2,
        order_no="4099123456789012345",
        buyer_nick="小鱼",
        status=OrderStatus.SHIPPED,
        status_raw="卖家已发货，等待买家确认",
        status_at=datetime(2026, 3, 13, 8, 5, tzinfo=CHINA),
        paid_fen=129950,
        total_fen=129950,
        refund_fen=0,
        created_at=datetime(2026, 3, 12, 10, 11, 12, tzinfo=CHINA),
        paid_at=datetime(2026, 3, 12, 10, 11, 12, tzinfo=CHINA),
        shipped_at=datetime(2026, 3, 13, 8, 5, tzinfo=CHINA),
        tracking_no="ZT900012377720",
        receiver_phone="13800001111",
        receiver_address="江苏省 苏州市 姑苏区 示例路2号",
        receiver_city="苏州市",
        titles=("水壶",),
        quantity=2,
        changed_sku="颜色:墨绿",
        address_changed=True,
    )


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("2026-03-12 10:11:12", datetime(2026, 3, 12, 10, 11, 12, tzinfo=CHINA)),
        ("2026/3/12 9:05", datetime(2026, 3, 12, 9, 5, tzinfo=CHINA)),
        ("2026年3月12日", datetime(2026, 3, 12, tzinfo=CHINA)),
        ("20260312", datetime(2026, 3, 12, tzinfo=CHINA)),
        ("46093.5", datetime(2026, 3, 12, 12, tzinfo=CHINA)),
        ("2026-03-12T02:11:12Z", datetime(2026, 3, 12, 10, 11, 12, tzinfo=CHINA)),
        ("2026-03-12 24:00:00", datetime(2026, 3, 13, tzinfo=CHINA)),
        ("2026/3/12 上午9:05", datetime(2026, 3, 12, 9, 5, tzinfo=CHINA)),
        ("2026-03-12 下午 2:05:06", datetime(2026, 3, 12, 14, 5, 6, tzinfo=CHINA)),
        ("2026-03-12 12:05 AM", datetime(2026, 3, 12, 0, 5, tzinfo=CHINA)),
        ("2026-03-12 14:05 下午", datetime(2026, 3, 12, 14, 5, tzinfo=CHINA)),
        ("2026-03-12 02:05:06 PM", datetime(2026, 3, 12, 14, 5, 6, tzinfo=CHINA)),
        ("1900-01-00 00:00:00", None),
        ("1900/1/0 0:00", None),
        ("1899-12-30 00:00:00", None),
        ("0001-01-01 00:00:00", None),
    ],
)
def test_times(tmp_path: Path, cell: str, expected: datetime | None) -> None:
    assert one_order(tmp_path, {"订单创建时间": cell}).created_at == expected


@pytest.mark.parametrize(
    ("cells", "column", "word"),
    [
        ({"订单编号": "4.09912E+18"}, "订单编号", "科学计数法"),
        ({"订单编号": "=A1+B1"}, "订单编号", "公式"),
        ({"订单编号": "#N/A"}, "订单编号", "错误值"),
        ({"订单编号": "", "宝贝标题": "水壶"}, "订单编号", "缺少"),
        ({"订单编号": "浙江省杭州市"}, "订单编号", "不是订单编号"),
        ({"买家实际支付金额": "=SUM(A1:A3)"}, "买家实际支付金额", "公式"),
        ({"买家实际支付金额": "-1.00"}, "买家实际支付金额", "负数"),
        ({"买家实际支付金额": "1e30"}, "买家实际支付金额", "不"),
        ({"买家实际支付金额": "很多"}, "买家实际支付金额", "不是金额"),
        ({"订单创建时间": "2026-13-45 10:11:12"}, "订单创建时间", "时间"),
        ({"订单创建时间": "########"}, "订单创建时间", "错误值"),
    ],
)
def test_refused_rows(tmp_path: Path, cells: dict[str, str], column: str, word: str) -> None:
    found, reason = refusal(tmp_path, cells)
    assert found == column
    assert word in reason


def test_an_error_value_in_words_says_nothing(tmp_path: Path) -> None:
    assert one_order(tmp_path, {"买家会员名": "#NAME?", "宝贝标题": "#1 水壶"}).buyer_nick is None


def test_masked_stays_as_it_is(tmp_path: Path) -> None:
    record = one_order(tmp_path, {"收货人姓名": "张**", "联系手机": "138****5678"})
    assert (record.receiver_name, record.receiver_phone) == ("张**", "138****5678")
    assert is_masked(record.receiver_name)
    assert is_masked(record.receiver_phone)
    assert not is_masked(record.buyer_nick)


@pytest.mark.parametrize(
    "cell", ["`4099123456789012345", "’4099123456789012345", "４099123456789012345"]
)
def test_order_numbers_in_odd_hands(tmp_path: Path, cell: str) -> None:
    assert one_order(tmp_path, {"订单编号": cell}).order_no == "4099123456789012345"


def test_a_rounded_number_beside_the_order_costs_that_number_alone(tmp_path: Path) -> None:
    """A wrong parcel number shown to a shopper is worse than none."""
    record = one_order(tmp_path, {"物流单号": "No:7.73012E+14", "支付单号": "2.02603E+27"})
    assert (record.tracking_no, record.payment_no) == (None, None)
    rows = samples.order_lines(random.Random(1), 1)
    rows[1][-1] = "6.92542E+12"
    [line], _ = read(source_of(tmp_path, samples.as_csv(rows)))
    assert isinstance(line, OrderLineRecord)
    assert line.outer_id is None


def test_headers_with_noise_in_any_order(tmp_path: Path) -> None:
    header = [
        "宝贝标题 ",
        "订单\n状态",
        "不认识的列",
        "订单编号\t",
        "买家实际支付金额（元）",
        " 订单付款时间",
    ]
    rows = [header, ["水壶", "交易成功", "?", "4099123456789012345", "1", "2026-03-12 10:11:12"]]
    [record], _ = read(source_of(tmp_path, samples.as_csv(rows, "utf-8-sig")))
    assert isinstance(record, OrderRecord)
    assert (record.paid_fen, record.status, record.titles) == (
        100,
        OrderStatus.COMPLETED,
        ("水壶",),
    )


def test_rows_that_are_none(tmp_path: Path) -> None:
    text = "\r\n".join(
        [
            HEADER,
            good(1),
            "",
            ",,,,,,,",
            HEADER,
            good(2),
            "合计,,258.00,,,,,",
            "制表人：小美,,,,,,,",
            "备注：以上为示例,,,,,,,",
        ]
    )
    records, last = read(source_of(tmp_path, text))
    assert len(records) == 2
    assert (last.read, last.rejected, last.problems) == (2, 0, [])
    assert [record.row for record in records] == [2, 6]


def test_too_many_and_too_few_cells(tmp_path: Path) -> None:
    text = "\n".join(
        [HEADER, good(1) + ",多", good(2) + ",,", "4099123456789000003,小鱼", good(4)[:-3]]
    )
    records, last = read(source_of(tmp_path, text + "\n"))
    assert [record.row for record in records] == [3, 5]
    assert [(p.row, p.column) for p in last.problems] == [(2, None), (4, "订单状态")]


def test_line_breaks_in_cells_number_rows_by_their_first_line(tmp_path: Path) -> None:
    text = "\n".join(
        [HEADER, good(1).replace("水壶", '"水\n壶"'), good(2), "坏的," + good(3), good(4)]
    )
    records, last = read(source_of(tmp_path, text))
    assert [record.row for record in records] == [2, 4, 6]
    assert [p.row for p in last.problems] == [5]


def test_unpaired_quote_costs_no_other_row(tmp_path: Path) -> None:
    broken = good(2).replace(",水壶", ',"6寸水壶')
    rows = [good(n) for n in range(3, 30)]
    text = "\n".join([HEADER, good(1), broken, *rows, good(30).replace("水壶", '"水壶"')])
    records, last = read(source_of(tmp_path, text))
    assert last.read == 30
    assert len(records) == 30
    assert last.problems == []


def test_nul_bytes_and_byte_that_breaks(tmp_path: Path) -> None:
    lines = [HEADER, good(1), good(2).replace("水壶", "水\0壶"), good(3), good(4)]
    data = "\r\n".join(lines).encode("gb18030")
    at = data.index("水壶".encode("gb18030"), data.index(b"000003"))
    records, last = read(source_of(tmp_path, data[:at] + b"\xff" + data[at:]))
    assert [r.titles for r in records if isinstance(r, OrderRecord)] == [("水壶",)] * 3
    assert [(p.row, "字符" in p.reason.zh) for p in last.problems] == [(4, True)]


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8", "utf-16-le"])
def test_every_cut_keeps_what_is_whole(tmp_path: Path, encoding: str) -> None:
    lines = [HEADER, *(good(n).replace("水壶", '"水\r\n壶,大"') for n in range(1, 4))]
    data = "".join(line + "\r\n" for line in lines).encode(encoding)
    starts = [len("".join(x + "\r\n" for x in lines[:n]).encode(encoding)) for n in range(1, 5)]
    for end in range(starts[0], len(data) + 1):
        records, last = read(source_of(tmp_path, data[:end]))
        whole = sum(1 for start in starts[1:] if start <= end)
        # The line end may be missing, or half of it, and the row be whole all the same.
        assert whole <= len(records) <= whole + 1, end
        if len(records) == whole and end not in starts:
            assert len(last.problems) == 1
            assert last.problems[0].row == 2 + 2 * whole
        titles = [r.titles for r in records if isinstance(r, OrderRecord)]
        assert set(titles[:whole]) <= {("水\n壶,大",)}


def test_cut_off_zip_gives_what_is_left(tmp_path: Path) -> None:
    rng = random.Random(5)
    rows = samples.orders(rng, 3000)
    data = samples.as_zip({"订单.csv": samples.as_csv(rows)})
    source = source_of(tmp_path, data[: len(data) * 2 // 3], "x.zip")
    records, last = read(source)
    assert 1000 < len(records) < 3000
    assert "中断" in last.problems[-1].reason.zh
    whole, _ = read(source_of(tmp_path, data, "y.zip"))
    assert whole[: len(records)] == records


def test_cut_off_workbook_says_so(tmp_path: Path) -> None:
    data = samples.as_xlsx(samples.faq(random.Random(1)))
    source = source_of(tmp_path, data[: len(data) // 2], "x.xlsx")
    assert source.error is not None
    assert "不完整" in source.error.zh


def test_rounded_order_numbers_refuse_the_file(tmp_path: Path) -> None:
    lines = [HEADER, *(good(n).replace("0000", "1000") for n in range(1, 8))]
    text = "\n".join(lines).replace("4099123456789", "4099123").replace("001,", "000,")
    rows = [line.split(",") for line in text.splitlines()]
    for n, row in enumerate(rows[1:]):
        row[0] = f"40991234567{n:04d}0000"
    source = source_of(tmp_path, samples.as_csv(rows))
    assert source.error is not None
    assert "四舍五入" in source.error.zh


def test_workbook_cells(tmp_path: Path) -> None:
    """Numbers, dates, formulas without values and errors as a workbook has them."""
    number = 4099123456789012345
    header = HEADER.split(",")
    base: list[object] = [
        "A1",
        "小鱼",
        129.5,
        "交易成功",
        "x",
        datetime.fromisoformat("2026-03-12 10:00:00"),
        46093.5,
        "壶",
    ]
    rows: list[list[object]] = [list(header)]
    for order, paid in (("409912345678901", 129.5), (float(number), 1), ("B2", "=C2+1")):
        rows.append([order, base[1], paid, *base[3:]])
    records, last = read(source_of(tmp_path, samples.as_xlsx(rows), "x.xlsx"))
    [record] = records
    assert isinstance(record, OrderRecord)
    assert record.paid_fen == 12950
    assert record.created_at == datetime(2026, 3, 12, 10, tzinfo=CHINA)
    assert record.paid_at == datetime(2026, 3, 12, 12, tzinfo=CHINA)
    assert [(p.row, p.column) for p in last.problems] == [(3, "订单编号"), (4, "买家实际支付金额")]
    assert "科学计数法" in last.problems[0].reason.zh
    assert "公式" in last.problems[1].reason.zh


@pytest.mark.parametrize("form", ["book.xlsx", "old.xls", "gb18030.csv"])
def test_a_file_of_a_header_alone_is_known(tmp_path: Path, form: str) -> None:
    rows = samples.orders(random.Random(1))[:1]
    source = source_of(tmp_path, samples.FORMS[form](rows))
    assert source.kind is Kind.ORDERS
    last = read(source)[1]
    assert (last.read, [p.refused for p in last.problems]) == (0, [False])
    assert "只有表头" in last.problems[0].reason.zh


def test_merged_order_numbers_in_a_workbook(tmp_path: Path) -> None:
    import io

    import openpyxl

    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in samples.bare_rows(samples.order_lines(random.Random(1), 4)):
        sheet.append(row)
    sheet["A3"] = None
    sheet.merge_cells("A2:A3")
    file = io.BytesIO()
    book.save(file)
    records, last = read(source_of(tmp_path, file.getvalue(), "x.xlsx"))
    lines = [r for r in records if isinstance(r, OrderLineRecord)]
    assert last.problems == []
    assert [line.position for line in lines] == [0, 1, 0, 1]
    assert lines[0].order_no == lines[1].order_no != lines[2].order_no


def test_goods_carry_their_product_down(tmp_path: Path) -> None:
    rows = samples.goods(random.Random(1), 2)
    records, last = read(source_of(tmp_path, samples.as_xlsx(rows), "x.xlsx"))
    assert (last.read, last.accepted) == (4, 4)
    products = [r for r in records if isinstance(r, ProductRecord)]
    skus = [r for r in records if isinstance(r, SkuRecord)]
    assert [p.title for p in products] == ["暖屋水壶0", "暖屋水壶1"]
    assert [(s.product_id, s.outer_id) for s in skus] == [
        ("700123450000", "NW0-0"),
        ("700123450000", "NW0-1"),
        ("700123450001", "NW1-0"),
        ("700123450001", "NW1-1"),
    ]
    assert skus[1].attributes == {"颜色分类": "奶白"}


def test_assistant_items_have_their_skus(tmp_path: Path) -> None:
    rows = samples.assistant_items(random.Random(1), 1)
    records, _ = read(source_of(tmp_path, samples.as_csv(rows, "utf-16", "\t")))
    product, *skus = records
    assert isinstance(product, ProductRecord)
    assert (product.product_id, product.price_fen, product.description) == (
        "700000",
        13900,
        "双层\n防烫",
    )
    assert [s.price_fen for s in skus if isinstance(s, SkuRecord)] == [13900, 14900]


def test_reports(tmp_path: Path) -> None:
    rng = random.Random(1)
    days, _ = read(source_of(tmp_path, samples.as_xls(samples.product_days(rng)), "x.csv"))
    day = days[0]
    assert isinstance(day, ProductDayRecord)
    assert (day.row, day.day, day.until, day.carts) == (
        5,
        date(2026, 3, 11),
        date(2026, 3, 11),
        None,
    )
    assert day.conversion == pytest.approx(0.0235)
    promotion, _ = read(source_of(tmp_path, samples.as_csv(samples.promotion(rng))))
    first = promotion[0]
    assert isinstance(first, PromotionDayRecord)
    assert (first.level, first.gmv_fen, first.carts) == (PromotionLevel.SUBJECT, None, 4)
    plans, _ = read(source_of(tmp_path, samples.as_csv(samples.promotion_plans(rng))))
    plan = plans[0]
    assert isinstance(plan, PromotionDayRecord)
    assert (plan.level, plan.scene_name, plan.day) == (
        PromotionLevel.PLAN,
        "货品运营",
        date(2026, 3, 11),
    )


def test_sums_in_reports_are_no_rows(tmp_path: Path) -> None:
    rng = random.Random(1)
    for rows in (samples.product_days(rng, 2), samples.promotion(rng, 2)):
        total = [*rows[-1]]
        total[1] = "总计"
        records, last = read(source_of(tmp_path, samples.as_csv([*rows, total])))
        assert (len(records), last.read) == (2, 2)


def test_what_was_not_shown_cost_nothing(tmp_path: Path) -> None:
    rows = samples.promotion(random.Random(1), 1)
    rows[1][4:] = ["nan"] * len(rows[1][4:])
    [record], last = read(source_of(tmp_path, samples.as_csv(rows)))
    assert isinstance(record, PromotionDayRecord)
    assert (record.spend_fen, record.gmv_fen, last.rejected) == (0, None, 0)


def test_phrases_are_marked(tmp_path: Path) -> None:
    records, _ = read(source_of(tmp_path, samples.as_csv(samples.phrases(random.Random(1)))))
    assert all(isinstance(r, FaqRecord) and r.is_phrase and r.category == "发货" for r in records)


@pytest.mark.parametrize(
    "form", ["gb18030.csv", "utf16.csv", "mac.csv", "book.xlsx", "web.xls", "packed.zip"]
)
def test_resuming_anywhere_gives_the_same(
    tmp_path: Path, form: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "BATCH_ROWS", 7)
    monkeypatch.setattr(delimited, "BLOCK", 1500)
    for table in ("orders", "goods", "order_lines"):
        rows = samples.TABLES[table](random.Random(3))
        rows += [[c.replace("暖屋", "暖屋\n") for c in row] for row in rows[-5:]]
        source = source_of(tmp_path, samples.FORMS[form](rows), f"x.{form.rpartition('.')[2]}")
        batches = list(source.records())
        whole = [record for batch in batches for record in batch.records]
        for index, batch in enumerate(batches[:-1]):
            start = Checkpoint.from_json(batch.checkpoint.to_json())
            rest, last = read(source, start)
            before = [record for b in batches[: index + 1] for record in b.records]
            assert before + rest == whole
            assert (last.read, last.accepted) == (batches[-1].read, batches[-1].accepted)
        if table == "orders":
            assert len(batches) > 1


def test_preview_shows_seen_and_understood(tmp_path: Path) -> None:
    source = source_of(tmp_path, "\n".join([HEADER, good(1), "4.09912E+18," + good(2)[20:]]))
    first, second = source.preview()
    assert first.seen[0] == "4099123456789000001"
    assert isinstance(first.understood[0], OrderRecord)
    assert second.problem is not None
    assert second.understood == ()


def test_a_row_of_a_web_table_cut_off_is_told_of(tmp_path: Path) -> None:
    rows = samples.bare_rows(samples.orders(random.Random(1), 5))
    data = samples.as_html(rows)
    end = data.rindex(b"<td>", 0, data.rindex(b"<tr>") + 200)
    records, last = read(source_of(tmp_path, data[:end], "x.xls"))
    assert (len(records), last.read) == (4, 5)
    assert "中断" in last.problems[-1].reason.zh
    assert last.problems[-1].row == 6


@pytest.mark.parametrize(
    ("wording", "status"),
    [
        ("没有创建支付宝交易", OrderStatus.UNPAID),
        ("定金已付，等待买家付尾款", OrderStatus.UNPAID),
        ("买家已付款，等待卖家发货", OrderStatus.PAID),
        ("等待物流公司揽件", OrderStatus.SHIPPED),
        ("卖家已发货，等待买家确认", OrderStatus.SHIPPED),
        ("已发货，待评价", OrderStatus.COMPLETED),
        ("付款后用户退款成功，交易自动关闭", OrderStatus.CLOSED),
    ],
)
def test_a_platforms_wording_is_a_status(tmp_path: Path, wording: str, status: OrderStatus) -> None:
    assert one_order(tmp_path, {"订单状态": wording}).status is status
