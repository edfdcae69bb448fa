"""Documents and their versions, through the one call."""

import asyncio
from contextlib import suppress
from datetime import date

import pytest

from tests.knowledge.conftest import OWNER
from zhanggui.base import events, tools
from zhanggui.base.errors import Conflict, Forbidden, Invalid, NotFound
from zhanggui.base.principals import Principal
from zhanggui.knowledge import adding, originals
from zhanggui.knowledge.adding import File

pytestmark = pytest.mark.db
ASSISTANT = Principal("s1", "owner", "assistant")
MANUAL = "# 水壶手册\n## 保修\n整机一年。\n## 清洗\n用柠檬酸。\n".encode()


@pytest.fixture
def add(runtime, shop):
    async def add(name="手册.md", data=MANUAL, principal=OWNER, **said):
        outcome, _ = await adding.add(runtime, shop, principal, File(name, data, **said))
        return outcome.output

    return add


async def files(runtime, shop):
    return await runtime.blobs.list(f"{shop}/documents/")


async def test_a_file_becomes_a_document_of_clauses(add, call, runtime, shop):
    made = await add(name="C:\\资料\\手册.md")
    assert (made.title, made.file_name, made.clauses) == ("水壶手册", "手册.md", 2)
    assert (made.effective, made.standing, made.added_by) == (None, "in_force", OWNER.id)
    text = await call("get_document", id=made.id)
    assert [(c.id, c.heading, c.text) for c in text.clauses] == [
        (f"document:{made.id}#1", "保修", "整机一年。"),
        (f"document:{made.id}#2", "清洗", "用柠檬酸。"),
    ]
    (key,) = await files(runtime, shop)
    assert await runtime.blobs.get(key) == MANUAL


async def test_a_new_version_applies_from_today_or_its_day_on(add, call, clock):
    made = await add()
    await add(data="整机两年。".encode(), id=made.id)
    await add(data="整机三年。".encode(), id=made.id, effective=date(2026, 7, 1))
    (listed,) = (await call("list_documents")).items
    assert listed.title == "水壶手册"
    assert [(v.effective, v.standing, v.clauses) for v in listed.versions] == [
        (None, "past", 2),
        (date(2026, 6, 1), "in_force", 1),
        (date(2026, 7, 1), "coming", 1),
    ]

    async def on(day):
        found = await call("get_document", id=made.id, on=day)
        return found.document.standing, found.clauses[0].text

    assert await on(None) == ("in_force", "整机两年。")
    assert await on("2026-05-31") == ("past", "整机一年。")
    assert await on("2026-07-01") == ("coming", "整机三年。")


async def test_a_version_is_changed_by_hand(add, call):
    made = await add()
    clauses = [{"heading": "保修", "text": "整机五年。"}]
    await call("save_document", id=made.id, title="新手册", clauses=clauses)
    moved = await call("save_document", id=made.id, becomes="2026-06-02")
    assert (moved.title, moved.clauses, moved.effective) == ("新手册", 1, date(2026, 6, 2))
    assert moved.file_name == "手册.md"
    text = await call("get_document", id=made.id)
    assert [c.text for c in text.clauses] == ["整机五年。"]
    assert len(text.document.versions) == 1
    await call("save_document", id=made.id, effective="2026-08-01", text="整机六年。")
    with pytest.raises(Conflict):
        await call("save_document", id=made.id, effective="2026-08-01", becomes="2026-06-02")


async def test_a_document_is_written_from_text(call):
    made = await call("save_document", title="发货说明", text="## 时效\n- 当天发\n")
    assert (made.file_name, made.clauses) == (None, 1)
    assert (await call("get_document", id=made.id)).clauses[0].heading == "时效"


@pytest.mark.parametrize(
    ("given", "where"),
    [
        ({"text": "甲"}, "title"),
        ({"title": "甲"}, "text"),
        ({"title": "甲", "text": "甲", "clauses": [{"text": "乙"}]}, "text"),
        ({"title": "甲", "text": "***"}, "text"),
        ({"title": "甲", "clauses": [{"text": "乙" * 201}]}, "clauses.0.text"),
        ({"title": "甲", "text": "乙", "original": {"name": "a", "digest": "../../b"}},
         "original.digest"),
    ],
)  # fmt: skip
async def test_what_makes_no_document_is_refused(call, given, where):
    with pytest.raises(Invalid) as told:
        await call("save_document", **given)
    assert told.value.where == where


async def test_a_file_goes_with_the_last_version_read_from_it(add, call, runtime, shop):
    first, second = await add(), await add(name="同一份.md")
    assert len(await files(runtime, shop)) == 1
    await add(data="整机两年。".encode(), id=first.id, effective=date(2026, 7, 1))
    assert len(await files(runtime, shop)) == 2
    gone = await call("remove_document", id=first.id, only="2026-07-01")
    assert gone.left == 1
    assert len(await files(runtime, shop)) == 1
    assert (await call("remove_document", id=first.id)).left == 0
    assert len(await files(runtime, shop)) == 1
    await call("remove_document", id=second.id)
    assert await files(runtime, shop) == []
    assert (await call("list_documents")).items == []


async def test_a_file_that_is_replaced_goes(add, runtime, shop):
    made = await add(effective=date(2026, 6, 1))
    await add(data="整机两年。".encode(), id=made.id, effective=date(2026, 6, 1))
    (key,) = await files(runtime, shop)
    assert await runtime.blobs.get(key) == "整机两年。".encode()


async def test_a_file_uploaded_while_it_is_removed_stays(add, call, runtime, shop, monkeypatch):
    first, forget = await add(), originals.forget

    async def late(*given):
        await add(name="同一份.md")
        await forget(*given)

    monkeypatch.setattr(originals, "forget", late)
    await call("remove_document", id=first.id)
    (key,) = await files(runtime, shop)
    assert await runtime.blobs.get(key) == MANUAL


async def test_a_document_is_not_saved_without_its_file(add, call, runtime, shop, monkeypatch):
    first, put = await add(), runtime.blobs.put

    async def put_and_lose(key, data):
        await put(key, data)
        await call("remove_document", id=first.id)

    monkeypatch.setattr(runtime.blobs, "put", put_and_lose)
    with pytest.raises(Conflict) as told:
        await add()
    assert told.value.where == "original"
    assert (await call("list_documents")).items == []
    monkeypatch.undo()
    await add()
    assert len(await files(runtime, shop)) == 1


async def test_uploads_and_removals_at_once_leave_no_document_without_its_file(
    add, call, runtime, shop
):
    async def turn():
        with suppress(Conflict):
            await call("remove_document", id=(await add()).id)

    async with asyncio.TaskGroup() as group:
        for _ in range(8):
            group.create_task(turn())
    assert await files(runtime, shop) == []
    assert (await call("list_documents")).items == []


async def test_a_file_goes_when_its_last_two_documents_are_removed_at_once(
    add, call, runtime, shop, monkeypatch
):
    made = [await add(), await add(name="同一份.md")]
    both, append = asyncio.Barrier(2), events.append

    async def append_once_both_are_here(*given):
        with suppress(TimeoutError):  # SQLite lets one write after the other, so they cannot meet
            async with asyncio.timeout(1):
                await both.wait()
        await append(*given)

    monkeypatch.setattr(events, "append", append_once_both_are_here)
    async with asyncio.TaskGroup() as group:
        for each in made:
            group.create_task(call("remove_document", id=each.id))
    assert await files(runtime, shop) == []


async def test_nothing_is_kept_of_what_is_not_saved(add, runtime, shop):
    for wrong in ({"id": "nobody"}, {"title": "甲" * 201}, {"title": "a\0"}, {"data": b" "}):
        with pytest.raises((NotFound, Invalid)):
            await add(**wrong)
    with pytest.raises(Forbidden):
        await add(principal=Principal("v", "viewer"))
    assert await files(runtime, shop) == []
    made = await add()
    with pytest.raises(NotFound):
        await add(id="nobody")
    assert len(await files(runtime, shop)) == 1
    assert made.clauses == 2


async def test_what_is_not_there_is_told(call, add):
    made = await add()
    for name, given in (
        ("get_document", {"id": "nobody"}),
        ("remove_document", {"id": "nobody"}),
        ("remove_document", {"id": made.id, "only": "2026-01-01"}),
        ("save_document", {"id": "nobody", "text": "甲"}),
    ):
        with pytest.raises(NotFound):
            await call(name, **given)


@pytest.fixture
def propose(runtime, shop):
    """Adds a file as an assistant does; returns what waits."""

    async def propose(data=MANUAL, **said):
        file = File("手册.md", data, **said)
        outcome, _ = await adding.add(runtime, shop, ASSISTANT, file)
        assert outcome.approval is not None
        return outcome.approval

    return propose


@pytest.fixture
def decide(runtime, shop):
    async def decide(proposal, approve=True):
        given = {"approval_id": proposal.id, "approve": approve}
        await tools.call(runtime, "base.decide_approval", given, shop_id=shop, principal=OWNER)

    return decide


async def test_an_assistants_document_waits_for_a_person(call, propose, decide, runtime, shop):
    proposal = await propose()
    assert (await call("list_documents")).items == []
    await decide(proposal)
    (made,) = (await call("list_documents")).items
    (key,) = await files(runtime, shop)
    assert (made.title, await runtime.blobs.get(key)) == ("水壶手册", MANUAL)


async def test_a_file_stays_as_long_as_a_proposal_waits_for_it(
    add, call, propose, decide, runtime, shop
):
    first = await add(name="同一份.md")
    proposal = await propose()
    await call("remove_document", id=first.id)
    with pytest.raises(NotFound):
        await add(id="nobody")  # A failure takes its file along, unless another needs it.
    await originals.sweep(runtime)
    await decide(proposal)
    (made,) = (await call("list_documents")).items
    (key,) = await files(runtime, shop)
    assert (made.file_name, await runtime.blobs.get(key)) == ("手册.md", MANUAL)
    await call("remove_document", id=made.id)
    assert await files(runtime, shop) == []


async def test_a_file_that_is_lost_before_its_proposal_waits_is_put_back(
    add, call, propose, decide, runtime, shop, monkeypatch
):
    first, put = await add(), runtime.blobs.put

    async def put_and_lose(key, data):
        monkeypatch.undo()
        await put(key, data)
        await call("remove_document", id=first.id)
        assert await files(runtime, shop) == []

    monkeypatch.setattr(runtime.blobs, "put", put_and_lose)
    await decide(await propose())
    (key,) = await files(runtime, shop)
    assert await runtime.blobs.get(key) == MANUAL


async def test_what_was_rejected_or_has_expired_leaves_no_file(
    add, propose, decide, runtime, shop, clock
):
    await add(data="整机一年。".encode())
    rejected = await propose()
    await decide(rejected, approve=False)
    await propose("整机两年。".encode())
    await originals.sweep(runtime)
    assert len(await files(runtime, shop)) == 2
    clock.move(days=6)
    await originals.sweep(runtime)
    assert len(await files(runtime, shop)) == 2
    clock.move(days=2)
    await originals.sweep(runtime)
    (key,) = await files(runtime, shop)
    assert await runtime.blobs.get(key) == "整机一年。".encode()


async def test_one_shops_documents_are_not_anothers(add, runtime, other_shop_id):
    made = await add()

    async def ask(name, **given):
        there = {"shop_id": other_shop_id, "principal": OWNER}
        outcome = await tools.call(runtime, f"knowledge.{name}", given, **there)
        assert outcome.output is not None
        return outcome.output.model_dump()

    assert (await ask("list_documents"))["items"] == []
    for name in ("get_document", "remove_document"):
        with pytest.raises(NotFound):
            await ask(name, id=made.id)
