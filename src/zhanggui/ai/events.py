"""What can happen at the seam to models."""

from __future__ import annotations

from typing import ClassVar

from zhanggui.base.events import Event


class ModelBudgetChanged(Event):
    """What a room, or with ``*`` the whole shop, may spend on models was set, in fen; null is as
    much as it likes."""

    type: ClassVar[str] = "ai.model_budget_changed"
    zh: ClassVar[str] = "模型预算改了"

    room: str
    daily_fen: int | None
    monthly_fen: int | None


class ModelSharingChanged(Event):
    """What of the shop may leave for models was chosen: which servers are asked (``anywhere``,
    ``near``, ``nowhere``), and whether what shoppers wrote and pictures may go to others than its
    own."""

    type: ClassVar[str] = "ai.model_sharing_changed"
    zh: ClassVar[str] = "模型外发设置改了"

    asks: str
    shoppers_words: bool
    pictures: bool


class ModelsChanged(Event):
    """Who plays which role was written into the file of models, or the former file put back; how
    many models it has, and whether it `is_former`."""

    type: ClassVar[str] = "ai.models_changed"
    zh: ClassVar[str] = "模型配置改了"

    models: int
    is_former: bool


class ModelKeyChanged(Event):
    """The key of a server of models was stored, or is kept no more."""

    type: ClassVar[str] = "ai.model_key_changed"
    zh: ClassVar[str] = "模型密钥改了"

    server: str
    is_stored: bool
