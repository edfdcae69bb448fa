"""What is known of a product. Whatever the studio writes or draws about it is taken from here."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict, Field


class Facts(BaseModel):
    """One product's facts, as a shop keeps them.

    `attributes` are names and values as the shop writes them (材质: 陶瓷); `price_fen` is what it
    costs now, `was_fen` what the merchant strikes through; `prices` is what it cost on past days,
    newest last, by which a former price is judged; `points` are the merchant's own selling points;
    `coupon` and `campaign` are words for posters.
    """

    model_config = ConfigDict(frozen=True, extra="ignore")

    product_id: str
    sku_id: str | None = None
    title: str = ""
    category: str | None = None
    brand: str | None = None
    shop: str | None = None
    price_fen: int | None = Field(default=None, ge=0)
    was_fen: int | None = Field(default=None, ge=0)
    prices: tuple[tuple[str, int], ...] = ()
    attributes: dict[str, Any] = Field(default_factory=dict)
    description: str | None = None
    points: tuple[str, ...] = ()
    coupon: str | None = None
    campaign: str | None = None
