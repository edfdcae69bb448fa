"""The demo shop: 檐下碗铺, a year of whose life is made from a seed.

``demo/`` in the repository (``zhanggui/_demo`` in a wheel) holds the shop's own words and pictures.
:func:`write_pack` writes its pack with the coupons' dates moved to today, :func:`generate` makes
the year of buyers, orders, after-sales, conversations and reports that goes with it. Both come in
by the same records as any merchant's files, so the demo shows nothing that an import cannot.
"""

from zhanggui.shop.demo.catalogue import demo_root, picture_path, write_pack
from zhanggui.shop.demo.talk import DemoConversation, Intent, Resolver
from zhanggui.shop.demo.trade import StockReceipt
from zhanggui.shop.demo.year import DemoYear, generate, last_day

__all__ = [
    "DemoConversation",
    "DemoYear",
    "Intent",
    "Resolver",
    "StockReceipt",
    "demo_root",
    "generate",
    "last_day",
    "picture_path",
    "write_pack",
]
