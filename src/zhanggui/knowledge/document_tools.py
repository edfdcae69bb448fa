"""What may be asked of, and done with, the shop's documents and their versions."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from functools import partial

from pydantic import BaseModel, Field

from zhanggui.base import clock, events
from zhanggui.base.errors import Conflict, Invalid, NotFound, not_found
from zhanggui.base.ids import new_id
from zhanggui.base.principals import OWNERS, STAFF
from zhanggui.base.tools import Call, Input, Nothing, Output, tool
from zhanggui.base.words import Text
from zhanggui.knowledge import originals, store, versions
from zhanggui.knowledge.documents import LONGEST, MOST_CLAUSES, clauses_of_text
from zhanggui.knowledge.events import DocumentRemoved, DocumentSaved
from zhanggui.knowledge.models import ALWAYS, Document
from zhanggui.knowledge.versions import Standing, VersionView

DOCUMENT = Text("文档", "document")
VERSION = Text("文档的版本", "version of a document")
_Id = Field(min_length=1, max_length=64)


class DocumentView(BaseModel):
    """A document: the version in force, else the next to come, and all its versions.

    `clauses` counts them; `file_name` is None for one written by hand; `effective` is None where
    it always has applied.
    """

    id: str
    title: str
    effective: date | None
    standing: Standing
    clauses: int
    file_name: str | None
    added_at: datetime
    added_by: str
    versions: list[VersionView]


class DocumentList(Output):
    """Documents by title."""

    items: list[DocumentView]


@tool(
    "knowledge.list_documents", purpose=Text("列出文档", "List documents"), risk="read", roles=STAFF
)
async def list_documents(call: Call, given: Nothing) -> DocumentList:
    """Every document with its versions, without the clauses."""
    found = versions.by_id(await store.document_heads(call.session, call.shop_id))
    items = [_view(each, versions.today()) for each in found.values()]
    return DocumentList(items=sorted(items, key=lambda each: (each.title, each.id)))


def _view(
    every: Sequence[store.DocumentHead], day: date, which: date | None = None
) -> DocumentView:
    head = next((each for each in every if each.effective == which), None)
    head = head or versions.shown(every, day)
    return DocumentView(
        id=head.id,
        title=head.title,
        effective=versions.day_shown(head.effective),
        standing=versions.standing(head, every, day),
        clauses=head.count,
        file_name=head.file_name,
        added_at=head.added_at,
        added_by=head.added_by,
        versions=versions.views([(each, each.count) for each in every], day),
    )


class DocumentChoice(Input):
    """Which document."""

    id: str = _Id
    on: date | None = Field(None, description="The day it applies on; today when left out.")


class DocumentClauseView(BaseModel):
    """A clause, how it is cited, and the headings it stands under."""

    id: str
    heading: str
    text: str


class DocumentText(Output):
    """A version of a document, clause by clause."""

    document: DocumentView
    clauses: list[DocumentClauseView]


@tool(
    "knowledge.get_document",
    purpose=Text("查看文档条款", "Read a document's clauses"),
    risk="read",
    roles=STAFF,
)
async def get_document(call: Call, given: DocumentChoice) -> DocumentText:
    """The version that applies on a day, else the first that will. Raises NotFound."""
    every = await store.document(call.session, call.shop_id, given.id)
    if not every:
        raise not_found(DOCUMENT, given.id)
    row = versions.shown(every, given.on or versions.today())
    return DocumentText(
        document=await _seen(call, row),
        clauses=[
            DocumentClauseView(id=f"document:{row.id}#{number}", **clause)
            for number, clause in enumerate(row.clauses, 1)
        ],
    )


async def _seen(call: Call, row: Document) -> DocumentView:
    heads = await store.document_heads(call.session, call.shop_id, row.id)
    return _view(heads, versions.today(), row.effective)


class ClauseInput(Input):
    """A clause, and the headings it stands under."""

    heading: str = Field("", max_length=600)
    text: str = Field(min_length=1, max_length=LONGEST + 10)


class OriginalInput(Input):
    """The stored file a version is read from."""

    name: str = Field(min_length=1, max_length=200)
    digest: str = Field(pattern="^[0-9a-f]{64}$", description="Its SHA-256.")


class DocumentInput(Input):
    """A version of a document; without an id a new document.

    A version that applies from the same day is changed, and what is left out stays; else one is
    made, which needs `clauses` or `text`.
    """

    id: str | None = Field(None, min_length=1, max_length=64)
    effective: date | None = Field(
        None, description="The day from which it applies; left out, it always has."
    )
    becomes: date | None = Field(None, description="The day from which it is to apply instead.")
    title: str | None = Field(None, min_length=1, max_length=200)
    clauses: list[ClauseInput] | None = Field(None, min_length=1, max_length=MOST_CLAUSES)
    text: str | None = Field(
        None, min_length=1, max_length=500_000, description="Markdown or plain text to cut up."
    )
    original: OriginalInput | None = None


@tool(originals.SAVED_BY, purpose=Text("保存文档", "Save a document"), risk="act", roles=OWNERS)
async def save_document(call: Call, given: DocumentInput) -> DocumentView:
    """Add a document or a version of one, or change a version. Raises NotFound for an id that is
    not there, Conflict for a day that another version has or a file that is gone, and Invalid where
    the clauses or the title are missing."""
    if given.original is not None:
        await originals.keep(call.runtime, call.session, call.shop_id, given.original.digest)
    every = await store.document(call.session, call.shop_id, given.id) if given.id else []
    if given.id and not every:
        raise not_found(DOCUMENT, given.id)
    effective = given.effective or ALWAYS
    row = next((each for each in every if each.effective == effective), None)
    made = row is None
    clauses = _clauses(given, needed=made)
    if row is None:
        title = given.title or (every[-1].title if every else None)
        if title is None or clauses is None:
            raise _missing("title", Text("文档需要标题", "A document needs a title"))
        row = Document(
            shop_id=call.shop_id,
            id=given.id or new_id("doc"),
            effective=effective,
            title=title,
            clauses=clauses,
        )
        call.session.add(row)
    former = row.digest
    row.title = given.title or row.title
    row.clauses = row.clauses if clauses is None else clauses
    row.effective = _moved(given, every, effective)
    if given.original is not None:
        row.file_name, row.digest = given.original.name, given.original.digest
    row.added_at, row.added_by = clock.now(), call.principal.id
    await call.session.flush()
    forget_files(call, [former])
    await events.append(
        call.session,
        DocumentSaved(
            id=row.id,
            effective=row.effective,
            clauses=len(row.clauses),
            from_file=given.original is not None,
            made=made,
        ),
    )
    return await _seen(call, row)


def _clauses(given: DocumentInput, *, needed: bool) -> list[dict[str, str]] | None:
    if given.clauses is not None and given.text is not None:
        raise Invalid(
            Text("条款和正文只能给一样", "Give either clauses or text"),
            hint=Text("请去掉其中一样。", "Leave one of them out."),
            where="text",
        )
    if given.clauses is not None:
        return [{"heading": each.heading, "text": each.text} for each in given.clauses]
    if given.text is not None:
        found = clauses_of_text(given.text, "text")
        return [{"heading": each.heading, "text": each.text} for each in found]
    if needed:
        raise _missing("text", Text("新的版本需要内容", "A new version needs content"))
    return None


def _missing(where: str, what: Text) -> Invalid:
    return Invalid(what, hint=Text("请补上后再试。", "Add it and try again."), where=where)


def _moved(given: DocumentInput, every: Sequence[Document], effective: date) -> date:
    moved = given.becomes or effective
    if moved != effective and any(each.effective == moved for each in every):
        raise Conflict(
            Text("那一天已有另一个版本", "Another version applies from that day"),
            hint=Text("换一个日期，或先删除那个版本。", "Choose another day, or remove that one."),
            where="becomes",
        )
    return moved


class DocumentVersions(Input):
    """Which document, or which version of it."""

    id: str = _Id
    only: date | None = Field(
        None,
        description="The version from this day alone; 2000-01-01 is the one that always has been.",
    )


class DocumentGone(Output):
    """The document of which versions were taken away, and how many it has left."""

    id: str
    left: int


@tool(
    "knowledge.remove_document",
    purpose=Text("删除文档", "Remove a document"),
    risk="act",
    roles=OWNERS,
)
async def remove_document(call: Call, given: DocumentVersions) -> DocumentGone:
    """Take a document away with all its versions and files, or one of its versions. Raises
    NotFound."""
    every = await store.document(call.session, call.shop_id, given.id)
    gone = [each for each in every if given.only in (None, each.effective)]
    if not gone:
        raise _not_there(given)
    for row in gone:
        await call.session.delete(row)
    await call.session.flush()
    forget_files(call, [row.digest for row in gone])
    effective = [row.effective for row in gone]
    await events.append(call.session, DocumentRemoved(id=given.id, effective=effective))
    return DocumentGone(id=given.id, left=len(every) - len(gone))


def _not_there(given: DocumentVersions) -> NotFound:
    if given.only is None:
        return not_found(DOCUMENT, given.id)
    return not_found(VERSION, f"{given.id} {given.only}")


def forget_files(call: Call, digests: Sequence[str | None]) -> None:
    """Delete the files that no version is read from any more, once the call has committed.

    Only then is it known: of two calls that each remove one of the last two, neither sees before
    its commit that the other's is gone too.
    """
    for digest in {each for each in digests if each is not None}:
        call.after_commit(partial(originals.forget, call.runtime, call.shop_id, digest))
