"""The tables of the service."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Float, String
from sqlalchemy.orm import Mapped, mapped_column

from zhanggui.base.db import Base, ShopScoped


class ServiceSettings(ShopScoped, Base):
    """What a shop has chosen for its service; a shop without a row has chosen nothing. `ceiling` is
    the share of answers that may be wrong."""

    __tablename__ = "service_settings"

    ceiling: Mapped[float] = mapped_column(Float)
    updated_at: Mapped[datetime]
    updated_by: Mapped[str] = mapped_column(String(64))
