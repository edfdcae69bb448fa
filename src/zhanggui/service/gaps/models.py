"""The table of gaps that people have decided on; gaps as such are found anew each time."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Integer, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from zhanggui.base.db import Base, ShopScoped


class GapDecision(ShopScoped, Base):
    """A gap that was ``dismissed`` or ``answered``.

    `members` are its questions, as ``conversation#seq``, and `count` how many there were; by them,
    and by its typical wording, which is sealed and null once the shopper was erased who wrote it in
    `conversation_id`, it is known again. `proposal_id` is by what it was answered.
    """

    __tablename__ = "service_gaps"

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    status: Mapped[str] = mapped_column(String(12))
    members: Mapped[list[str]] = mapped_column(default=list)
    count: Mapped[int] = mapped_column(Integer)
    wording_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    conversation_id: Mapped[str] = mapped_column(String(40))
    proposal_id: Mapped[str | None] = mapped_column(String(40))
    decided_at: Mapped[datetime]
    decided_by: Mapped[str] = mapped_column(String(64))
