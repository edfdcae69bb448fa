"""What a shopper wants done, with what they filled in, and what may come of it.

Nothing here changes an order: the shop lives elsewhere, so what is possible becomes a work item for
a person (:mod:`zhanggui.service.work`).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass, field, replace
from typing import Literal

from zhanggui.base import masking
from zhanggui.base.words import Text
from zhanggui.service.evidence import Evidence

Kind = Literal[
    "change_address", "cancel", "remind", "invoice", "refund", "return", "exchange",
    "price_protection", "other",
]  # fmt: skip
Outcome = Literal["possible", "missing", "refused"]
InvoiceType = Literal["personal", "company", "special"]
"""To a person, to a company, and a company's VAT invoice (增值税专用发票)."""
Field = Literal[
    "order", "address", "region", "street", "invoice_type", "title", "tax_no", "bank", "reason",
    "wanted", "goods",
]  # fmt: skip
"""What may be missing; `region` and `street` are parts of an address."""


@dataclass(frozen=True, slots=True)
class Details:
    """What the shopper filled in. Of the receiver what is left out stays as it is; `wanted` is what
    goods are to be exchanged for, or the change they want."""

    address: str | None = None
    receiver: str | None = None
    phone: str | None = None
    invoice_type: InvoiceType | None = None
    title: str | None = None
    tax_no: str | None = None
    bank: str | None = None
    email: str | None = None
    reason: str | None = None
    wanted: str | None = None

    def filled(self) -> dict[str, str]:
        """What is filled in, by name."""
        return {name: value for name, value in asdict(self).items() if value}

    def over(self, earlier: Details) -> Details:
        """These, and where they say nothing what was said earlier."""
        return replace(earlier, **self.filled())  # type: ignore[arg-type]

    def masked(self) -> dict[str, str]:
        """As it is shown without asking for more: enough to recognise."""
        return {name: _masked(self, name, value) for name, value in self.filled().items()}


def _mask_email(email: str) -> str:
    name, _, house = email.partition("@")
    return f"{name[:1]}***@{house}"


def _mask_number(number: str) -> str:
    return "*" * max(len(number) - 4, 0) + number[-4:] if len(number) > 4 else "*" * len(number)


_MASKS: dict[str, Callable[[str], str]] = {
    "address": masking.mask_address,
    "receiver": masking.mask_name,
    "phone": masking.mask_phone,
    "email": _mask_email,
    "tax_no": _mask_number,
    "bank": _mask_number,
    "reason": masking.scrub,
    "wanted": masking.scrub,
}


def _masked(details: Details, name: str, value: str) -> str:
    if name == "title" and details.invoice_type == "personal" and value != "个人":
        return masking.mask_name(value)
    mask = _MASKS.get(name)
    return mask(value) if mask is not None and not masking.is_masked(value) else value


@dataclass(frozen=True, slots=True)
class Request:
    """A wish: of which kind, about which order (None: not known yet) and, where it is about some
    of it only, which SKU. `words` are the shopper's own."""

    kind: Kind
    order_id: str | None = None
    details: Details = field(default_factory=Details)
    sku_id: str | None = None
    words: str = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What may come of a request: `possible` (a person does it), `missing` (something has to be
    asked for first) or `refused`. `reply` is for the shopper and claims nothing as done; `reason`
    is for staff."""

    outcome: Outcome
    reply: str
    reason: Text
    sources: list[Evidence] = field(default_factory=list)
    missing: tuple[Field, ...] = ()
    is_urgent: bool = False
    asks_photos: bool = False
    product_id: str | None = None
    sku_id: str | None = None


NAMES: dict[Kind, Text] = {
    "change_address": Text("修改收货地址", "Change the address"),
    "cancel": Text("取消订单", "Cancel the order"),
    "remind": Text("催发货", "Hurry the sending"),
    "invoice": Text("开发票", "Issue an invoice"),
    "refund": Text("退款", "Refund"),
    "return": Text("退货退款", "Return and refund"),
    "exchange": Text("换货", "Exchange"),
    "price_protection": Text("价保补差", "Refund the price difference"),
    "other": Text("其他改动", "Another change"),
}
"""What each kind is called."""
