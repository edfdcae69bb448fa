"""A file becomes a document: read, stored, and saved as anybody would save one."""

from __future__ import annotations

import asyncio
import hashlib
from dataclasses import dataclass
from datetime import date
from pathlib import PurePath

from zhanggui.base import tools
from zhanggui.base.complaints import refuse_unstorable
from zhanggui.base.principals import Principal
from zhanggui.base.runtime import Runtime
from zhanggui.knowledge import originals, versions
from zhanggui.knowledge.documents import read

SAVE = originals.SAVED_BY


@dataclass(frozen=True, slots=True)
class File:
    """A file and what its sender says of it: with an `id` it is a new version of that document, by
    default from today on."""

    name: str
    data: bytes
    title: str | None = None
    effective: date | None = None
    id: str | None = None


async def add(
    runtime: Runtime,
    shop_id: str,
    principal: Principal,
    file: File,
    idempotency_key: str | None = None,
) -> tuple[tools.Outcome, list[int]]:
    """What came of saving it, and the numbers of a pdf's pages that held no text. Raises as
    `documents.read` and the tool do; nothing is kept then."""
    tools.authorise(tools.REGISTRY[SAVE], principal)
    name = PurePath(file.name.replace("\\", "/")).name[-200:] or "file"
    refuse_unstorable([name, file.title, file.id], "file")
    draft = await asyncio.to_thread(read, name, file.data)
    digest = hashlib.sha256(file.data).hexdigest()
    effective = file.effective
    if effective is None and file.id is not None:
        effective = versions.today()
    given = {
        "id": file.id,
        "effective": effective,
        "title": file.title or (draft.title if file.id is None else None),
        "clauses": [{"heading": each.heading, "text": each.text} for each in draft.clauses],
        "original": {"name": name, "digest": digest},
    }
    await runtime.blobs.put(originals.key_of(runtime, shop_id, digest), file.data)
    try:
        outcome = await tools.call(
            runtime,
            SAVE,
            given,
            shop_id=shop_id,
            principal=principal,
            idempotency_key=idempotency_key,
        )
    except BaseException:
        await originals.forget(runtime, shop_id, digest)
        raise
    if outcome.approval is not None and outcome.approval.status == "waiting":
        await originals.put_back(runtime, shop_id, digest, file.data)
    return outcome, draft.unread_pages
