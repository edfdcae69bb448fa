"""The table of what people said of the program's replies."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from zhanggui.base.db import Base, ShopScoped


class ServiceReview(ShopScoped, Base):
    """What a person said last of a sampled reply, the `seq`-th message of a conversation. `verdict`
    is ``right``, ``wrong`` or ``better``; `reason` their own words, without phone numbers and the
    like."""

    __tablename__ = "service_reviews"

    conversation_id: Mapped[str] = mapped_column(String(40), primary_key=True)
    seq: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    verdict: Mapped[str] = mapped_column(String(8))
    reason: Mapped[str] = mapped_column(Text)
    reviewed_at: Mapped[datetime]
    reviewed_by: Mapped[str] = mapped_column(String(64))
