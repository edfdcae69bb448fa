"""A small file of every kind, made up and the same for the same seed, in every form it comes in."""

from __future__ import annotations

import csv
import html
import io
import random
import zipfile
from collections.abc import Callable, Sequence

import openpyxl
import xlwt

from bench._samples import ORDER_HEADER, _order_line

Rows = list[list[str]]


def orders(rng: random.Random, rows: int = 8) -> Rows:
    """``ExportOrderList``."""
    lines = [ORDER_HEADER] + [_order_line(rng, number)[0].rstrip("\r\n") for number in range(rows)]
    return [list(row) for row in csv.reader(lines)]


def order_lines(rng: random.Random, rows: int = 6) -> Rows:
    """``ExportOrderDetailList``."""
    header = "订单编号,标题,价格,购买数量,外部系统编号,商品属性,套餐信息,备注,订单状态,商家编码"
    found = [header.split(",")]
    for number in range(rows):
        order = f'="409912345678901{number // 2:04d}"'
        found.append(
            [
                order,
                f"暖屋水壶{number % 2}",
                f"{rng.randrange(10, 300)}.00",
                str(rng.randrange(1, 4)),
                "",
                "颜色分类:奶白;容量:1.7L",
                "",
                "'null",
                "交易成功",
                f"NW-{number}",
            ]
        )
    return found


def refunds(rng: random.Random, rows: int = 4) -> Rows:
    """退款管理 export."""
    header = (
        "订单编号,退款编号,买家会员名称,宝贝标题,买家退款金额,退款类型,退款状态,"
        "买家退款原因,退款的申请时间"
    )
    return [header.split(",")] + [
        [
            f"409912345678901{n:04d}",
            f"1234567890{n}",
            "小鱼爱吃草",
            "暖屋水壶",
            f"{rng.randrange(1, 99)}.50",
            "退货退款",
            "退款成功",
            "不想要了",
            "2026-03-14 10:00:00",
        ]
        for n in range(rows)
    ]


def goods(rng: random.Random, products: int = 3) -> Rows:
    """千牛 goods: the header is on row 3, 商家编码 and 数量 occur twice, a product's later SKUs
    leave its own columns blank."""
    header = [
        "商品Id",
        "类目id",
        "类目名称",
        "商品标题",
        "一口价",
        "数量",
        "商家编码",
        "销售属性",
        "skuId",
        "价格（元）",
        "数量",
        "商家编码",
    ]
    found = [["千牛商品导出"], ["导出时间：2026-03-12 10:00:00，请勿修改表头"], header]
    for product in range(products):
        for sku in range(2):
            own = [f"70012345{product:04d}", "50002898", "电热水壶", f"暖屋水壶{product}", "139.00"]
            own += ["99", f"NW{product}"]
            rest = [f"颜色分类:{'奶白' if sku else '墨绿'}", f"5012345{product}{sku}"]
            rest += [f"{rng.randrange(99, 199)}.00", str(rng.randrange(50)), f"NW{product}-{sku}"]
            found.append((own if sku == 0 else [""] * 7) + rest)
    return found


def assistant_items(rng: random.Random, rows: int = 3) -> Rows:
    """淘宝助理: version, English keys, Chinese names, then the items."""
    keys = [
        "title",
        "cid",
        "price",
        "num",
        "description",
        "skuProps",
        "outer_id",
        "num_id",
        "picture",
        "approve_status",
    ]
    names = (
        "宝贝名称,宝贝类目,宝贝价格,宝贝数量,宝贝描述,销售属性组合,商家编码,数字ID,新图片,放入仓库"
    )
    found = [["version 1.00"], keys, names.split(",")]
    for number in range(rows):
        skus = f"139:{rng.randrange(9)}:NW-1:1627207:28320;149:3:NW-2:1627207:3232483;"
        found.append(
            [
                f"暖屋水壶{number}",
                "50002898",
                "139",
                "20",
                "<p>双层<br>防烫</p>",
                skus,
                f"NW{number}",
                str(700000 + number),
                "",
                "1",
            ]
        )
    return found


def product_days(rng: random.Random, rows: int = 5) -> Rows:
    """生意参谋: title rows first."""
    header = (
        "统计日期,商品ID,商品名称,商品访客数,商品浏览量,商品加购件数,支付买家数,支付件数,支付金额,"
        "商品支付转化率,成功退款金额"
    )
    found = [["生意参谋-商品效果"], ["数据由生意参谋提供"], [], header.split(",")]
    for number in range(rows):
        views = rng.randrange(1_000, 9_999)
        found.append(
            [
                "2026-03-11",
                f"70012345{number:04d}",
                f"暖屋水壶{number}",
                f"{views // 2:,}",
                f"{views:,}",
                "-",
                "12",
                "15",
                f"{rng.randrange(1000, 9999):,}.50",
                "2.35%",
                "0.00",
            ]
        )
    return found


def promotion(rng: random.Random, rows: int = 5) -> Rows:
    """阿里妈妈, by subject."""
    header = "日期,主体ID,主体类型,主体名称,花费,总成交金额,展现量,点击量,总成交笔数,总购物车数"
    return [header.split(",")] + [
        [
            "2026-03-11",
            f"70012345{n:04d}",
            "商品",
            f"暖屋水壶{n}",
            f"{rng.randrange(9, 99)}.34",
            "nan",
            "1200",
            "35",
            "nan",
            "4",
        ]
        for n in range(rows)
    ]


def promotion_plans(rng: random.Random, rows: int = 4) -> Rows:
    """万相台, by plan within a scene."""
    header = (
        "日期,场景ID,场景名字,计划ID,计划名字,花费,展现量,点击量,总成交金额,总成交笔数,总购物车数"
    )
    return [header.split(",")] + [
        [
            "20260311",
            "377",
            "货品运营",
            f"8001{n}",
            f"春上新{n}",
            f"{rng.randrange(9, 99)}.3",
            "990",
            "31",
            "199.00",
            "1",
            "4",
        ]
        for n in range(rows)
    ]


def reviews(rng: random.Random, rows: int = 4) -> Rows:
    """Reviews."""
    return [["买家昵称", "评价内容", "评价时间", "订单号"]] + [
        [
            "小**草",
            rng.choice(["很好用", "有点吵\n但能接受"]),
            "2026-03-12 09:00:00",
            f"40991234567890{n}",
        ]
        for n in range(rows)
    ]


def faq(rng: random.Random, rows: int = 5) -> Rows:
    """A sheet whose header says question and answer."""
    return [["分类", "问题", "答案"]] + [
        ["售后", f"收到第{n}天还能退吗", f"签收{rng.randrange(7, 15)}天内没用过都可以退。"]
        for n in range(rows)
    ]


def nameless_faq(rng: random.Random, rows: int = 6) -> Rows:
    """Two columns without a header that by their content are a question and an answer."""
    asks = ["多久发货", "能开发票吗？", "壶底发黄怎么办", "保修多久", "可以换颜色吗", "发什么快递"]
    return [
        [ask, f"{ask}的回答：请看详情页第{rng.randrange(9)}条，写得很清楚。"] for ask in asks[:rows]
    ]


def phrases(rng: random.Random, rows: int = 4) -> Rows:
    """千牛 quick phrases."""
    return [["快捷短语编码", "快捷短语", "快捷短语分组"]] + [
        [str(n), f"亲，现货{rng.randrange(12, 20)}点前付款当天发出哦", "发货"] for n in range(rows)
    ]


def chat_rows(rng: random.Random, rows: int = 6) -> Rows:
    """A chat log with a row per message."""
    found = [["会话ID", "买家", "客服", "发送方", "发送时间", "消息内容"]]
    for n in range(rows):
        sender = "小鱼爱吃草" if n % 2 == 0 else "暖屋小电:小美"
        text = "还有货吗" if n % 2 == 0 else "有的亲"
        found.append(
            [f"c{n // 2}", "小鱼爱吃草", "暖屋小电:小美", sender, f"2026-03-12 10:0{n}:00", text]
        )
    return found


def chat_text() -> str:
    """A chat log as 千牛 saves it."""
    return (
        "聊天记录：小鱼爱吃草\r\n"
        "小鱼爱吃草(2026-03-12 10:11:12):\r\n在吗，这个壶多久发货\r\n"
        "暖屋小电:小美(2026-03-12 10:11:40):\r\n亲，今天16点前付款当天发出\r\n"
        "小鱼爱吃草(2026-03-12 10:12:01):\r\n好的\r\n"
        "--------------------------------\r\n"
        "阿木不加班(2026-03-12 18:00:00):\r\n能开发票吗\r\n"
        "暖屋小电:小美(2026-03-12 18:01:30):\r\n可以的\r\n确认收货后在订单页申请\r\n"
    )


TABLES: dict[str, Callable[[random.Random], Rows]] = {
    "orders": orders,
    "order_lines": order_lines,
    "refunds": refunds,
    "goods": goods,
    "assistant_items": assistant_items,
    "product_days": product_days,
    "promotion": promotion,
    "promotion_plans": promotion_plans,
    "reviews": reviews,
    "faq": faq,
    "nameless_faq": nameless_faq,
    "phrases": phrases,
    "chat_rows": chat_rows,
}


def as_csv(rows: Rows, encoding: str = "gb18030", delimiter: str = ",", end: str = "\r\n") -> bytes:
    """Delimited text in any codec Python knows (``utf-8-sig``, ``utf-16`` with a mark)."""
    file = io.StringIO(newline="")
    csv.writer(file, delimiter=delimiter, lineterminator="\r\n").writerows(rows)
    return file.getvalue().replace("\r\n", end).encode(encoding)


def bare_rows(rows: Rows) -> Rows:
    """The rows as a spreadsheet shows them: without ``="…"``."""
    return [[c[2:-1] if c.startswith('="') else c for c in row] for row in rows]


def as_xlsx(rows: Sequence[Sequence[object]], sheet: str = "Sheet1") -> bytes:
    """The rows saved again as xlsx, every cell as given."""
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    page.title = sheet
    for row in rows:
        page.append(list(row))
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def as_xls(rows: Sequence[Sequence[object]]) -> bytes:
    """The rows as a workbook of 1997."""
    book = xlwt.Workbook(encoding="utf-8")
    page = book.add_sheet("Sheet1")
    for y, row in enumerate(rows):
        for x, cell in enumerate(row):
            page.write(y, x, cell)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def as_html(rows: Rows, encoding: str = "utf-8") -> bytes:
    """The HTML table that back ends call .xls."""
    body = "".join(
        "<tr>" + "".join(f"<td>{html.escape(cell)}</td>" for cell in row) + "</tr>" for row in rows
    )
    page = (
        f'<html><head><meta charset="{encoding}"></head><body><table>{body}</table></body></html>'
    )
    return page.encode(encoding)


def as_zip(members: dict[str, bytes]) -> bytes:
    """A zip of the members."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return file.getvalue()


FORMS: dict[str, Callable[[Rows], bytes]] = {
    "gb18030.csv": as_csv,
    "utf8.csv": lambda rows: as_csv(rows, "utf-8"),
    "utf8-bom.csv": lambda rows: as_csv(rows, "utf-8-sig"),
    "utf16.csv": lambda rows: as_csv(rows, "utf-16", "\t"),
    "utf16-be.csv": lambda rows: as_csv(rows, "utf-16-be"),
    "tsv.xls": lambda rows: as_csv(rows, "gb18030", "\t"),
    "mac.csv": lambda rows: as_csv(rows, "gb18030", ",", "\r"),
    "book.xlsx": lambda rows: as_xlsx(bare_rows(rows)),
    "book.csv": lambda rows: as_xlsx(bare_rows(rows)),
    "old.xls": lambda rows: as_xls(bare_rows(rows)),
    "web.xls": lambda rows: as_html(bare_rows(rows)),
    "web-gbk.xls": lambda rows: as_html(bare_rows(rows), "gb18030"),
    "packed.zip": lambda rows: as_zip({"导出/数据.csv": as_csv(rows)}),
}
