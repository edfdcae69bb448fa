"""Large files of made-up data, the same for the same seed. Names, phones and addresses are
fictional: phones use 199-0000-xxxx, which no carrier has handed out."""

from __future__ import annotations

import random
from datetime import datetime, timedelta
from pathlib import Path

ORDER_HEADER = (
    "订单编号,买家会员名,买家支付宝账号,支付单号,支付详情,买家应付货款,买家应付邮费,"
    "买家支付积分,总金额,"
    "返点积分,买家实际支付金额,买家实际支付积分,订单状态,买家留言,收货人姓名,收货地址 ,"
    "运送方式,联系电话 ,"
    "联系手机,订单创建时间,订单付款时间 ,宝贝标题 ,宝贝种类 ,物流单号 ,物流公司,订单备注,"
    "宝贝总数量,店铺Id,"
    "店铺名称,订单关闭原因,卖家服务费,买家服务费,发票抬头,是否手机订单,分阶段订单信息,特权订金订单id,"
    "是否上传合同照片,是否上传小票,是否代付,定金排名,修改后的sku,修改后的收货地址,异常信息,天猫卡券抵扣,"
    "集分宝抵扣,是否是O2O交易,新零售交易类型,新零售导购门店名称,新零售导购门店id,新零售发货门店名称,"
    "新零售发货门店id,退款金额,预约门店,确认收货时间,打款商家金额"
)
_SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许"
_GIVEN = [
    "小满",
    "一诺",
    "听雨",
    "知秋",
    "望舒",
    "清和",
    "半夏",
    "青禾",
    "白露",
    "惊蛰",
    "谷雨",
    "南星",
    "云起",
    "若水",
    "如初",
]
_NICKS = [
    "爱吃草",
    "不加班",
    "冒泡",
    "晒太阳",
    "去看海",
    "慢慢走",
    "睡不醒",
    "爱喝茶",
    "养猫",
    "种番茄",
]
_FIRST = ["小鱼", "阿木", "橘子", "汽水", "七分甜", "葡萄", "可可", "团子", "豆包", "年糕"]
_PLACES = (
    "浙江省 杭州市 西湖区 翠苑街道",
    "江苏省 苏州市 姑苏区 平江街道",
    "广东省 广州市 天河区 棠下街道",
    "四川省 成都市 武侯区 浆洗街街道",
    "上海 上海市 浦东新区 张江镇",
    "云南省 昆明市 盘龙区 联盟街道",
)
_GOODS = (
    ("暖屋恒温电热水壶 双层防烫 316不锈钢", 13900),
    ("暖屋空气炸锅 5L 可视大窗", 23900),
    ("暖屋桌面加湿器 静音", 6900),
    ("暖屋立式挂烫机", 33900),
    ("法式收腰茶歇连衣裙", 25900),
)
_CARRIERS = (("中通快递", "ZT"), ("圆通速递", "YT"), ("韵达快递", "YD"), ("顺丰速运", "SF"))
_START = datetime(2025, 3, 1)  # noqa: DTZ001 - written as platforms write it, without a zone


def write_order_list(
    path: Path, rows: int, *, seed: int = 20260312, encoding: str = "gb18030"
) -> int:
    """Write an ``ExportOrderList`` csv of `rows` orders, newest first, as 千牛 exports it.

    Returns the sum of 买家实际支付金额 in fen. About 400 MB a million rows.
    """
    rng = random.Random(seed)
    paid_total = 0
    with path.open("w", encoding=encoding, newline="") as file:
        file.write(ORDER_HEADER + "\r\n")
        lines = []
        for number in range(rows):
            line, paid = _order_line(rng, number)
            lines.append(line)
            paid_total += paid
            if len(lines) == 5000:
                file.write("".join(lines))
                lines.clear()
        file.write("".join(lines))
    return paid_total


def order_number(number: int, rng: random.Random) -> str:
    """A 19-digit order number; its last digits belong to the buyer."""
    return f"{4_099_120_000_000 + number * 7}{rng.randrange(100_000, 999_999)}"


def _order_line(rng: random.Random, number: int) -> tuple[str, int]:
    pick = rng.random
    title, price = _GOODS[int(pick() * 5)]
    count = 1 + int(pick() * pick() * 4)
    due = price * count
    created = _START + timedelta(seconds=number * 31 + int(pick() * 30))
    paid_at = created + timedelta(seconds=20 + int(pick() * 900))
    done_at = paid_at + timedelta(days=3, seconds=int(pick() * 90_000))
    fate = pick()
    paid = 0 if fate < 0.06 else due
    carrier, prefix = _CARRIERS[int(pick() * 4)]
    surname = _SURNAMES[int(pick() * 20)]
    name = surname + _GIVEN[int(pick() * 15)]
    nick = f"{_FIRST[int(pick() * 10)]}{_NICKS[int(pick() * 10)]}{number % 40_000}"
    if fate < 0.06:
        status, close, tracking, carrier, paid_text, done = "交易关闭", "买家未付款", "", "", "", ""
    elif fate < 0.12:
        status, close, tracking, carrier, done = (
            "买家已付款，等待卖家发货",
            "订单未关闭",
            "",
            "",
            "",
        )
        paid_text = f"{paid_at}"
    elif fate < 0.2:
        status, close, done = "卖家已发货，等待买家确认", "订单未关闭", ""
        tracking, paid_text = f"No:{prefix}{900_000_000_000 + number}", f"{paid_at}"
    else:
        status, close, done = "交易成功", "订单未关闭", f"{done_at}"
        tracking, paid_text = f"No:{prefix}{900_000_000_000 + number}", f"{paid_at}"
    refund = due if fate > 0.96 else 0
    message = "麻烦尽快发货,谢谢" if pick() < 0.05 else ""
    phone = f"1990000{int(pick() * 10_000):04d}"
    if pick() < 0.3:  # What platforms export by default now.
        name, phone = surname + "**", "199****" + phone[-4:]
    changed = "浙江省 杭州市 余杭区 仓前街道 文一西路1号(311121)" if pick() < 0.01 else "null"
    address = f"{_PLACES[int(pick() * 6)]} 示例路{int(pick() * 900) + 1}号(000000)"
    line = (
        f'="{order_number(number, rng)}",{nick},,"=""2025{number:018d}""",支付宝,'
        f"{due / 100:.2f},0.00,0,{due / 100:.2f},0,{paid / 100:.2f},0,{status},"
        f'"{message}",{name},{address},快递,,\'{phone},{created},{paid_text},'
        f"{title},1,{tracking},{carrier},'null,{count},10086,暖屋小电,{close},0,0元,,手机订单,,,"
        f"否,否,否,,,{changed},,0.00,0,否,,,,,,{refund / 100:.2f},,{done},{paid / 100:.2f}\r\n"
    )
    return line, paid
