"""What can happen in the studio."""

from __future__ import annotations

from typing import ClassVar

from zhanggui.base.events import Event


class PicturesAdded(Event):
    """Base pictures of a product were added."""

    type: ClassVar[str] = "studio.pictures_added"
    zh: ClassVar[str] = "添加了商品底图"
    product_id: str
    count: int


class PictureRemoved(Event):
    """A base picture of a product was removed."""

    type: ClassVar[str] = "studio.picture_removed"
    zh: ClassVar[str] = "删除了商品底图"
    product_id: str
    picture_id: str


class _BatchEvent(Event):
    batch_id: str


class BatchStarted(_BatchEvent):
    """Things are to be made for some products; `items` are how many products and SKUs."""

    type: ClassVar[str] = "studio.batch_started"
    zh: ClassVar[str] = "开始了一批制作"
    items: int
    kinds: tuple[str, ...]


class BatchPaused(_BatchEvent):
    """A batch was paused: what is being made is made to the end of its step."""

    type: ClassVar[str] = "studio.batch_paused"
    zh: ClassVar[str] = "暂停了一批制作"


class BatchResumed(_BatchEvent):
    """A batch goes on: one that was paused, or that ended and has items to be made anew."""

    type: ClassVar[str] = "studio.batch_resumed"
    zh: ClassVar[str] = "继续了一批制作"
    items: int


class BatchCancelled(_BatchEvent):
    """A batch was cancelled; what it had made stays."""

    type: ClassVar[str] = "studio.batch_cancelled"
    zh: ClassVar[str] = "取消了一批制作"


class BatchFinished(_BatchEvent):
    """Every item of a batch was made or has failed."""

    type: ClassVar[str] = "studio.batch_finished"
    zh: ClassVar[str] = "完成了一批制作"
    made: int
    failed: int


class _ItemEvent(_BatchEvent):
    item_id: str
    product_id: str
    sku_id: str | None
    attempt: int
    cpu_ms: int
    wall_ms: int
    cost_micro: int
    steps: dict[str, int]


class ItemMade(_ItemEvent):
    """Everything of a product was made: in how many milliseconds of CPU and of the clock, what
    models cost in millionths of a yuan, and of each step its CPU milliseconds."""

    type: ClassVar[str] = "studio.item_made"
    zh: ClassVar[str] = "做好了一个商品的素材"
    works: int


class ItemFailed(_ItemEvent):
    """A product's things could not be made; `step` is where it failed."""

    type: ClassVar[str] = "studio.item_failed"
    zh: ClassVar[str] = "一个商品的素材没有做成"
    step: str | None


class _JudgedEvent(Event):
    product_id: str
    sku_id: str | None
    works: tuple[str, ...]


class WorksApproved(_JudgedEvent):
    """A person approved works of a product."""

    type: ClassVar[str] = "studio.works_approved"
    zh: ClassVar[str] = "通过了素材"


class WorksRejected(_JudgedEvent):
    """A person rejected works of a product, for one of the reasons there are."""

    type: ClassVar[str] = "studio.works_rejected"
    zh: ClassVar[str] = "退回了素材"
    reason: str


class WorkRolledBack(Event):
    """An earlier version of a work is the current one again."""

    type: ClassVar[str] = "studio.work_rolled_back"
    zh: ClassVar[str] = "素材退回到较早的版本"
    product_id: str
    work_id: str
    version: int


class WorksPublished(Event):
    """Works became a product's listing pictures."""

    type: ClassVar[str] = "studio.works_published"
    zh: ClassVar[str] = "把素材发布为商品主图"
    product_id: str
    publication_id: str
    works: tuple[str, ...]


class WorksUnpublished(Event):
    """A product has the listing pictures again that it had before works were published."""

    type: ClassVar[str] = "studio.works_unpublished"
    zh: ClassVar[str] = "撤回了发布的主图"
    product_id: str
    publication_id: str


class CutAccepted(Event):
    """A person found a doubtful mask good."""

    type: ClassVar[str] = "studio.cut_accepted"
    zh: ClassVar[str] = "认可了一张抠图"
    product_id: str
    frame: str


class CutCorrected(Event):
    """A person drew a mask; what was made of the frame is made anew."""

    type: ClassVar[str] = "studio.cut_corrected"
    zh: ClassVar[str] = "修正了一张抠图"
    product_id: str
    frame: str
    items: int


class BrandSaved(Event):
    """The shop's brand kit was changed."""

    type: ClassVar[str] = "studio.brand_saved"
    zh: ClassVar[str] = "改了品牌资料"


class BaselineSaved(Event):
    """A person said what a SKU's pictures and texts cost by hand: minutes, and fen in all; null for
    what the shop leaves open."""

    type: ClassVar[str] = "studio.baseline_saved"
    zh: ClassVar[str] = "改了人工做图的用时或成本"
    minutes_per_sku: float | None
    fen_per_sku: int | None
