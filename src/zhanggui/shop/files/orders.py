"""Orders, their lines and after-sales: ExportOrderList, ExportOrderDetailList, 退款 exports."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from zhanggui.shop.files.cells import (
    bare,
    count,
    identifier,
    moment,
    money,
    order_number,
    phone,
    side_number,
    words,
)
from zhanggui.shop.files.contract import Kind
from zhanggui.shop.files.layouts import Carry, Field, Layout, Values
from zhanggui.shop.files.records import (
    OrderLineRecord,
    OrderRecord,
    OrderStatus,
    Record,
    RefundRecord,
    RefundStatus,
    RefundType,
)

_STATUSES = (  # The first that a platform's wording contains decides.
    ("退款成功", OrderStatus.CLOSED),
    ("关闭", OrderStatus.CLOSED),
    ("取消", OrderStatus.CLOSED),
    ("作废", OrderStatus.CLOSED),
    ("退款", OrderStatus.REFUNDING),
    ("交易成功", OrderStatus.COMPLETED),
    ("已完成", OrderStatus.COMPLETED),
    ("交易完成", OrderStatus.COMPLETED),
    ("待评价", OrderStatus.COMPLETED),
    ("已结算", OrderStatus.COMPLETED),
    ("部分发货", OrderStatus.PART_SHIPPED),
    ("签收", OrderStatus.DELIVERED),
    ("已收货", OrderStatus.DELIVERED),
    ("待发货", OrderStatus.PAID),
    ("等待卖家发货", OrderStatus.PAID),
    ("等待发货", OrderStatus.PAID),
    ("未发货", OrderStatus.PAID),
    ("发货", OrderStatus.SHIPPED),
    ("揽件", OrderStatus.SHIPPED),
    ("揽收", OrderStatus.SHIPPED),
    ("运输", OrderStatus.SHIPPED),
    ("派送", OrderStatus.SHIPPED),
    ("派件", OrderStatus.SHIPPED),
    ("收货", OrderStatus.SHIPPED),
    ("买家确认", OrderStatus.SHIPPED),
    ("已付款", OrderStatus.PAID),
    ("待付款", OrderStatus.UNPAID),
    ("等待买家付款", OrderStatus.UNPAID),
    ("未付款", OrderStatus.UNPAID),
    ("付款确认", OrderStatus.UNPAID),
    ("尾款", OrderStatus.UNPAID),
    ("没有创建支付宝交易", OrderStatus.UNPAID),
    ("closed", OrderStatus.CLOSED),
    ("cancel", OrderStatus.CLOSED),
    ("trade_finished", OrderStatus.COMPLETED),
    ("wait_buyer_pay", OrderStatus.UNPAID),
    ("wait_seller_send", OrderStatus.PAID),
    ("seller_consigned_part", OrderStatus.PART_SHIPPED),
    ("wait_buyer_confirm", OrderStatus.SHIPPED),
)


@lru_cache(maxsize=1024)
def order_status(raw: str | None) -> OrderStatus:
    """The status behind a platform's wording; UNKNOWN if there is none or it is a new one."""
    text = (raw or "").lower()
    return next((status for part, status in _STATUSES if part in text), OrderStatus.UNKNOWN)


_REFUND_STATUSES = (
    ("撤销", RefundStatus.CANCELLED),
    ("取消", RefundStatus.CANCELLED),
    ("关闭", RefundStatus.CANCELLED),
    ("拒绝", RefundStatus.REFUSED),
    ("已退款", RefundStatus.DONE),
    ("成功", RefundStatus.DONE),
    ("完成", RefundStatus.DONE),
    ("待拒收", RefundStatus.RETURNING),
    ("待买家寄回", RefundStatus.APPROVED),
    ("待买家退货", RefundStatus.APPROVED),
    ("待买家发货", RefundStatus.APPROVED),
    ("等待买家退货", RefundStatus.APPROVED),
    ("待商家收货", RefundStatus.RETURNING),
    ("待卖家收货", RefundStatus.RETURNING),
    ("等待卖家确认收货", RefundStatus.RETURNING),
    ("等待商家确认收货", RefundStatus.RETURNING),
    ("买家已退货", RefundStatus.RETURNING),
    ("维修中", RefundStatus.RECEIVED),
    ("换货中", RefundStatus.RECEIVED),
    ("退款中", RefundStatus.RECEIVED),
    ("待商家退款", RefundStatus.RECEIVED),
    ("已收货", RefundStatus.RECEIVED),
    ("待", RefundStatus.PENDING),
    ("审核", RefundStatus.PENDING),
    ("处理中", RefundStatus.PENDING),
)
_REFUND_TYPES = (
    ("价保", RefundType.PRICE_PROTECTION),
    ("补差", RefundType.PRICE_PROTECTION),
    ("维修", RefundType.REPAIR),
    ("换", RefundType.EXCHANGE),
    ("补寄", RefundType.EXCHANGE),
    ("仅退款", RefundType.REFUND_ONLY),
    ("退货", RefundType.RETURN),
    ("退款", RefundType.REFUND_ONLY),
)


@lru_cache(maxsize=1024)
def refund_status(raw: str | None) -> RefundStatus:
    """The status behind a platform's wording of an after-sales case."""
    text = raw or ""
    return next((status for part, status in _REFUND_STATUSES if part in text), RefundStatus.UNKNOWN)


@lru_cache(maxsize=256)
def refund_type(raw: str | None) -> RefundType:
    """The type behind a platform's wording of an after-sales case."""
    text = raw or ""
    return next((kind for part, kind in _REFUND_TYPES if part in text), RefundType.OTHER)


def tracking(cell: str) -> str | None:
    """A courier's number; exports write ``No:`` before it."""
    if cell[:3] == "No:" and cell[3:].isalnum():
        return cell[3:]
    text = bare(cell)
    if text[:3].lower() in ("no:", "no："):
        text = text[3:].strip()
    return side_number(text) if text else None


_CITY = re.compile(
    r"(?:[^\s省区]{2,8}(?:省|自治区|特别行政区))?\s*([^\s省市]{1,9}(?:市|自治州|地区|盟))"
)


def city_of(address: str) -> str | None:
    """The city in a Chinese address: ``浙江省 杭州市 西湖区 …`` → ``杭州市``; None if unclear."""
    parts = address.split(None, 2)
    city = parts[1] if len(parts) > 2 else None
    if city is None or len(city) > 12:
        match = _CITY.match(address)
        city = match[1] if match else None
    return None if city is None or "*" in city else city


def _build_order(row: int, values: Values, carry: Carry) -> Sequence[Record]:
    changed = values.pop("changed_address", None)
    if changed:
        values["receiver_address"] = changed
        values["address_changed"] = True
    address = values.get("receiver_address")
    if address and "receiver_city" not in values:
        values["receiver_city"] = city_of(address)
    landline = values.pop("receiver_landline", None)
    if landline and "receiver_phone" not in values:
        values["receiver_phone"] = landline
    title, kinds = values.pop("title", None), values.pop("title_count", 1)
    if title:
        titles = title.split("，") if kinds and kinds > 1 else [title]
        values["titles"] = tuple(titles) if len(titles) == kinds else (title,)
    updated = values.pop("updated_at", None)
    if values.get("close_reason") == "订单未关闭":
        del values["close_reason"]
    times = [values[name] for name in _TIMES if name in values]
    if updated:
        times.append(updated)
    if times:
        values["status_at"] = max(times)
    values["status"] = order_status(values.get("status_raw"))
    return (OrderRecord(row, **values),)


_LINE_NUMBERS = ("子订单编号", "子订单号", "明细编号")
_TIMES = ("created_at", "paid_at", "shipped_at", "delivered_at")

ORDERS = Layout(
    Kind.ORDERS,
    (
        Field(
            "order_no",
            order_number,
            (
                "订单编号",
                "订单号",
                "主订单编号",
                "交易编号",
                "订单ID",
                "平台订单号",
                "淘宝订单编号",
            ),
            required=True,
        ),
        Field("buyer_nick", words, ("买家会员名", "买家昵称", "买家旺旺", "会员名", "买家账号")),
        Field(
            "paid_fen",
            money,
            ("买家实际支付金额", "买家实付金额", "实付金额", "实际支付金额", "实收款", "支付金额"),
            vital=True,
        ),
        Field("total_fen", money, ("总金额", "订单总金额", "订单金额")),
        Field("due_fen", money, ("买家应付货款", "应付货款", "商品总价", "商品金额")),
        Field("postage_fen", money, ("买家应付邮费", "应付邮费", "邮费", "运费")),
        Field("refund_fen", money, ("退款金额", "已退款金额")),
        Field("status_raw", words, ("订单状态", "交易状态"), vital=True),
        Field(
            "created_at",
            moment,
            ("订单创建时间", "创建时间", "下单时间", "拍下时间", "买家下单时间"),
        ),
        Field("paid_at", moment, ("订单付款时间", "付款时间", "支付时间", "买家付款时间")),
        Field("shipped_at", moment, ("发货时间", "订单发货时间", "卖家发货时间")),
        Field("delivered_at", moment, ("确认收货时间", "收货时间", "交易成功时间", "订单完成时间")),
        Field(
            "updated_at",
            moment,
            ("订单更新时间", "更新时间", "修改时间", "订单关闭时间", "关闭时间"),
        ),
        Field("tracking_no", tracking, ("物流单号", "运单号", "快递单号", "运单编号")),
        Field("carrier", words, ("物流公司", "快递公司", "承运商")),
        Field("receiver_name", words, ("收货人姓名", "收货人", "收件人", "收件人姓名")),
        Field(
            "receiver_phone",
            phone,
            ("联系手机", "手机", "收货人手机", "手机号", "手机号码", "收件人手机"),
        ),
        Field("receiver_landline", phone, ("联系电话", "电话", "收货人电话", "固定电话")),
        Field("receiver_address", words, ("收货地址", "收件地址", "详细地址", "收货人地址")),
        Field("receiver_city", words, ("收货城市", "城市", "市", "收货市")),
        Field("changed_address", words, ("修改后的收货地址",)),
        Field("changed_sku", words, ("修改后的sku",)),
        Field("buyer_message", words, ("买家留言", "买家备注")),
        Field("note", words, ("订单备注", "卖家备注", "商家备注", "商家备忘", "备注")),
        Field("close_reason", words, ("订单关闭原因", "关闭原因")),
        Field("title", words, ("宝贝标题", "商品标题", "商品名称", "宝贝名称")),
        Field("title_count", count, ("宝贝种类", "商品种类")),
        Field("quantity", count, ("宝贝总数量", "商品总数量", "宝贝数量", "商品数量", "数量")),
        Field("payment_no", side_number, ("支付单号", "支付宝交易号", "支付流水号")),
        Field("shop_name", words, ("店铺名称", "店铺")),
    ),
    _build_order,
    frozenset(
        [
            "paid_fen",
            "total_fen",
            "due_fen",
            "postage_fen",
            "receiver_name",
            "receiver_phone",
            "receiver_address",
            "changed_sku",
            "changed_address",
            "created_at",
            "paid_at",
            "buyer_message",
            "close_reason",
            "buyer_nick",
            "status_raw",
        ]
    ),
    needs=2,
    foreign=frozenset(_LINE_NUMBERS),  # 销售明细 repeats the order's columns in each line.
)


def line_position(carry: Carry, order_no: str) -> int:
    """The line's place among the rows of its order, which follow one another."""
    state = carry.state
    position = int(state[1]) + 1 if state and state[0] == order_no else 0
    carry.state = (order_no, str(position))
    return position


def _build_line(row: int, values: Values, carry: Carry) -> Sequence[Record]:
    parcel = values.pop("package", None)
    if parcel and not values.get("attributes"):
        values["attributes"] = parcel
    if values.get("quantity") is None:
        values.pop("quantity", None)
    values["status"] = order_status(values.get("status_raw"))
    values["position"] = line_position(carry, values["order_no"])
    return (OrderLineRecord(row, **values),)


ORDER_LINES = Layout(
    Kind.ORDER_LINES,
    (
        Field(
            "order_no",
            order_number,
            ("主订单编号", "订单编号", "订单号", "主订单号", "交易编号"),
            required=True,
        ),
        Field("line_no", side_number, _LINE_NUMBERS),
        Field(
            "title", words, ("标题", "宝贝标题", "商品标题", "商品名称", "宝贝名称"), required=True
        ),
        Field("price_fen", money, ("价格", "单价", "商品价格", "宝贝价格", "商品单价"), vital=True),
        Field("quantity", count, ("购买数量", "数量", "宝贝数量", "商品数量"), vital=True),
        Field("product_id", side_number, ("商品ID", "宝贝ID", "商品编号", "num_iid")),
        Field("sku_id", side_number, ("SKU ID", "skuId", "规格ID")),
        Field("outer_id", side_number, ("商家编码", "外部系统编号", "商品编码", "货号")),
        Field(
            "attributes",
            words,
            ("商品属性", "销售属性", "宝贝属性", "规格", "宝贝规格", "颜色/规格"),
        ),
        Field("package", words, ("套餐信息",)),
        Field("note", words, ("备注", "订单备注", "卖家备注", "商家备注")),
        Field("status_raw", words, ("订单状态", "交易状态", "子订单状态")),
        Field("paid_fen", money, ("买家实付金额", "买家实际支付金额", "实付金额")),
    ),
    _build_line,
    frozenset(["line_no", "price_fen", "quantity", "outer_id", "attributes", "package"]),
    needs=3,
    decisive=frozenset(["line_no"]),
)


def _build_refund(row: int, values: Values, carry: Carry) -> Sequence[Record]:
    if not values.get("refund_id"):
        values["refund_id"] = values["order_no"]
    values["kind"] = refund_type(values.get("kind_raw"))
    values["status"] = refund_status(values.get("status_raw"))
    return (RefundRecord(row, **values),)


REFUNDS = Layout(
    Kind.REFUNDS,
    (
        Field(
            "order_no",
            order_number,
            ("订单编号", "订单号", "主订单编号", "关联订单号"),
            required=True,
        ),
        Field("refund_id", identifier, ("退款编号", "退款单号", "售后单号", "售后编号", "退款ID")),
        Field("kind_raw", words, ("退款类型", "售后类型", "申请类型", "业务类型")),
        Field("status_raw", words, ("退款状态", "售后状态", "退款进度")),
        Field(
            "amount_fen",
            money,
            ("买家退款金额", "退款金额", "退款的金额", "申请退款金额", "实际退款金额", "退款总额"),
            vital=True,
        ),
        Field("reason", words, ("买家退款原因", "退款原因", "售后原因", "申请原因")),
        Field("buyer_nick", words, ("买家会员名称", "买家会员名", "买家昵称", "买家旺旺")),
        Field("product_title", words, ("宝贝标题", "商品标题", "商品名称")),
        Field("tracking_no", tracking, ("退货物流单号", "退货运单号", "退货物流信息", "退货单号")),
        Field("created_at", moment, ("退款的申请时间", "退款申请时间", "申请时间", "售后申请时间")),
        Field(
            "updated_at",
            moment,
            ("完结时间", "退款完结时间", "超时时间", "修改时间", "更新时间", "退款成功时间"),
        ),
    ),
    _build_refund,
    frozenset(["refund_id", "kind_raw", "status_raw", "amount_fen", "reason", "created_at"]),
    needs=3,
    decisive=frozenset(["refund_id"]),
)
