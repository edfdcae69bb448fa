"""A shop's files: from any path to typed records.

:func:`discover` takes a file, a folder or a zip and returns one :class:`Source` per file in it that
a shop can be read from (a workbook's sheets are separate sources), having judged by content, never
by name, what each one is: its container, encoding, header row, kind and column mapping. A source
that cannot be used says why in `error`.

::

    for source in discover(path):
        if source.error:
            ...                                  # tell the merchant
        mapping = remembered.get(source.header_fingerprint)
        if mapping:
            source = source.remap(mapping)       # a person's correction
        for batch in source.records(checkpoint): # None: from the beginning
            ...                                  # write batch.records, keep batch.checkpoint,
                                                 # commit both at once

Nothing here knows a database; reading is synchronous and streams (run it in a thread). It raises
nothing for what a file contains: a row that cannot be read is a :class:`Problem` of its batch, a
file that cannot be read has an `error`. OSError from the disk passes through.
"""

from zhanggui.shop.files.cells import is_masked
from zhanggui.shop.files.contract import (
    Batch,
    Checkpoint,
    Column,
    Kind,
    Mapping,
    PreviewRow,
    Problem,
)
from zhanggui.shop.files.describing import describe_kind, fields_of, mappable_kinds
from zhanggui.shop.files.discovery import discover
from zhanggui.shop.files.records import (
    ChatLogRecord,
    ChatMessage,
    CouponRecord,
    FaqRecord,
    OrderLineRecord,
    OrderRecord,
    OrderStatus,
    PolicyRecord,
    ProductDayRecord,
    ProductRecord,
    PromotionDayRecord,
    PromotionLevel,
    Record,
    RefundRecord,
    RefundStatus,
    RefundType,
    ReviewRecord,
    ShopRecord,
    SkuRecord,
    Speaker,
)
from zhanggui.shop.files.source import Source

__all__ = [
    "Batch",
    "ChatLogRecord",
    "ChatMessage",
    "Checkpoint",
    "Column",
    "CouponRecord",
    "FaqRecord",
    "Kind",
    "Mapping",
    "OrderLineRecord",
    "OrderRecord",
    "OrderStatus",
    "PolicyRecord",
    "PreviewRow",
    "Problem",
    "ProductDayRecord",
    "ProductRecord",
    "PromotionDayRecord",
    "PromotionLevel",
    "Record",
    "RefundRecord",
    "RefundStatus",
    "RefundType",
    "ReviewRecord",
    "ShopRecord",
    "SkuRecord",
    "Source",
    "Speaker",
    "describe_kind",
    "discover",
    "fields_of",
    "is_masked",
    "mappable_kinds",
]
