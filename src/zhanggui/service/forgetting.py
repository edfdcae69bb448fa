"""What the service forgets of a buyer: work items, cases, conversations, and what was said to
them."""

from __future__ import annotations

from sqlalchemy import delete, or_, select, update

from zhanggui.base import audit
from zhanggui.service import store, work
from zhanggui.service.chat import ending, images
from zhanggui.service.models import ServiceCase, ServiceOutcome, WorkItem
from zhanggui.service.requests import Details
from zhanggui.shop import erasing
from zhanggui.shop.erasing import Erasure

_QUOTING = (
    "service.ask",
    "service.assist",
    "service.save_case",
    "service.finish_work",
    "service.review_answer",
    "service.list_gaps",
    "service.lesson",
)
"""The tools whose outputs have words that were said by or to a buyer, and may not name them."""


async def forget(erasure: Erasure) -> None:
    """Empty the buyer's work items and conversations, and drop the cases about them; their outcomes
    keep how they were judged. What was answered may be about anyone: of no such call the output is
    kept."""
    session, shop_id = erasure.session, erasure.shop_id
    sealed = work.seal(erasure.cipher, shop_id, Details())
    empty = {"details_sealed": sealed, "words": "", "note": None, "buyer_id": None}
    for ids in [*erasure.batches(), []]:
        items = or_(WorkItem.buyer_id == erasure.buyer_id, WorkItem.order_id.in_(ids))
        erasure.also.update(
            await session.scalars(select(WorkItem.id).where(WorkItem.shop_id == shop_id, items))
        )
        await session.execute(
            update(WorkItem).where(WorkItem.shop_id == shop_id, items).values(empty)
        )
        cases = or_(ServiceCase.buyer_id == erasure.buyer_id, ServiceCase.order_id.in_(ids))
        mine = select(ServiceCase.id).where(ServiceCase.shop_id == shop_id, cases)
        erasure.also.update(await session.scalars(mine))
        await session.execute(delete(ServiceCase).where(ServiceCase.shop_id == shop_id, cases))
        said = await ending.forget(session, shop_id, buyer_id=erasure.buyer_id, order_ids=ids)
        erasure.also.update(said)
        for conversation_id in said:
            # Before the commit: what stayed behind after it nobody would find again.
            await images.forget(erasure.blobs, shop_id, conversation_id)
    # Outcomes of cases that were removed before are emptied with them: whose they were is lost.
    kept = select(ServiceCase.id).where(ServiceCase.shop_id == shop_id)
    await store.empty_outcomes(session, shop_id, ServiceOutcome.case_id.not_in(kept))
    await audit.forget_outputs(session, shop_id, _QUOTING)


erasing.register(forget)
