"""The files in a shop's zip: documents as they were sent in and pictures of goods."""

from __future__ import annotations

import csv
import hashlib
import io
import zipfile

import pytest

from tests.app.conftest import ok, tool
from tests.knowledge.documents import papers
from zhanggui.base.blobs import Blobs
from zhanggui.base.errors import Forbidden
from zhanggui.base.exports import write_whole
from zhanggui.base.principals import Principal
from zhanggui.knowledge import originals
from zhanggui.shop import pictures
from zhanggui.shop.models import Product
from zhanggui.shop.opening import open_shop

pytestmark = pytest.mark.db

PNG = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40
JPG = b"\xff\xd8\xff" + bytes(range(255)) * 40


class Taken:
    """A shop's zip, and what its manifest says by file and record."""

    def __init__(self, answer):
        assert answer.status_code == 200, answer.text
        self.counts = [int(answer.headers[f"x-zhanggui-{x}"]) for x in ("files", "missing")]
        self.zip = zipfile.ZipFile(io.BytesIO(answer.content))
        assert self.zip.testzip() is None
        text = self.zip.read("manifest.csv").decode("utf-8-sig")
        heading, *rows = csv.reader(io.StringIO(text, newline=""))
        assert heading == ["File", "Belongs to", "Bytes", "SHA-256", "Missing"]
        self.rows = [(place, record) for place, record, *_ in rows]
        self.said = {place: said for place, _, *said in rows}

    def files(self):
        return [name for name in self.zip.namelist() if "/" in name]


@pytest.fixture
def take(owner, shop):
    async def taking():
        return Taken(await owner.get(f"/api/shops/{shop}/exports"))

    return taking


@pytest.fixture
def add(owner, shop):
    async def adding(name, data, **more):
        sent = {"file": (name, data)}
        route = f"/api/shops/{shop}/knowledge/documents"
        return (await ok(owner.post(route, files=sent, data=more)))["document"]["id"]

    return adding


@pytest.fixture
async def painted(runtime, shop, tmp_path):
    """Two products with pictures of their own, one of which they share, and one elsewhere."""
    (tmp_path / "a.png").write_bytes(PNG)
    (tmp_path / "b.jpg").write_bytes(JPG)
    png = await pictures.keep(runtime.blobs, shop, tmp_path, "a.png")
    jpg = await pictures.keep(runtime.blobs, shop, tmp_path, "b.jpg")
    far = "https://img.example.com/c.jpg"
    async with runtime.db.transaction(shop) as session:
        session.add(Product(shop_id=shop, id="p/1", title="碗", pictures=[png, far, jpg]))
        session.add(Product(shop_id=shop, id="p2", title="盘", pictures=[png]))
    return png, jpg


async def test_documents_come_as_they_were_sent_in(take, add, engine):
    manual, table = "# 手册\n整机质保一年。\n".encode(), papers.pdf([[("质保一年。", 60, 60, 12)]])
    text = await add("水壶/手册？.md", manual)
    newer = await add("手册？.md", "# 手册\n两年。\n".encode(), id=text, effective="2030-01-01")
    pdf = await add("尺码表.pdf", table)
    assert newer == text
    taken = await take()
    assert taken.counts == [3, 0]
    place, second = "documents/手册？.md", "documents/手册？ (2).md"
    assert set(taken.rows) == {
        (place, f"document:{text}"),
        (second, f"document:{text}@2030-01-01"),
        ("documents/尺码表.pdf", f"document:{pdf}"),
    }
    assert taken.zip.read(place) == manual
    assert taken.zip.read("documents/尺码表.pdf") == table
    assert taken.said[place] == [str(len(manual)), hashlib.sha256(manual).hexdigest(), ""]
    # By this flag a program knows that a name is in UTF-8.
    assert all(taken.zip.getinfo(name).flag_bits & 0x800 for name in taken.files())


async def test_pictures_come_once_with_whose_they_are(take, painted, engine):
    taken = await take()
    first, second = "pictures/p_1-1.png", "pictures/p_1-3.jpg"
    assert taken.files() == [first, second]
    assert taken.rows == [(first, "product:p/1"), (second, "product:p/1"), (first, "product:p2")]
    assert (taken.zip.read(first), taken.zip.read(second)) == (PNG, JPG)
    assert taken.said[second] == [str(len(JPG)), hashlib.sha256(JPG).hexdigest(), ""]


async def test_what_is_no_longer_stored_is_told(take, add, painted, runtime, shop, engine):
    manual = "整机质保一年。".encode()
    await add("手册.txt", manual)
    digest = hashlib.sha256(manual).hexdigest()
    await runtime.blobs.delete(originals.key_of(runtime, shop, digest))
    taken = await take()
    assert taken.counts == [2, 1]
    assert taken.said["documents/手册.txt"] == ["", "", "no longer stored"]
    assert all(name.startswith("pictures/") for name in taken.files())


async def test_files_are_never_whole_in_memory(take, runtime, shop, painted, monkeypatch, engine):
    chunks = []
    streamed = Blobs.stream

    async def counted(self, key):
        async for chunk in streamed(self, key):
            chunks.append(len(chunk))
            yield chunk

    async def refused(self, key):
        raise AssertionError("a whole object was read")

    async def zeros():
        for _ in range(20):
            yield bytes(2**20)

    name = painted[0].rpartition("/")[2]
    await runtime.blobs.put_stream(pictures.key_of(runtime.blobs, shop, name), zeros())
    monkeypatch.setattr(Blobs, "stream", counted)
    monkeypatch.setattr(Blobs, "get", refused)
    taken = await take()
    assert taken.said["pictures/p_1-1.png"][0] == str(20 * 2**20)
    assert max(chunks) <= 8 * 2**20


async def test_another_shop_and_a_shopper_have_none_of_it(owner, painted, runtime, shop, engine):
    await open_shop(runtime, "next-door", "隔壁")
    async with runtime.db.transaction("next-door") as session:
        session.add(Product(shop_id="next-door", id="p1", title="碗", pictures=[painted[0]]))
    taken = Taken(await owner.get("/api/shops/next-door/exports"))
    assert (taken.counts, taken.rows) == ([0, 0], [])
    with pytest.raises(Forbidden):
        await write_whole(runtime, io.BytesIO(), shop_id=shop, principal=Principal("b", "shopper"))


async def test_names_from_outside_do_not_leave_their_folder(take, runtime, owner, shop, engine):
    digest = hashlib.sha256(b"x").hexdigest()
    await runtime.blobs.put(originals.key_of(runtime, shop, digest), b"x")
    given = {
        "title": "手册",
        "text": "质保一年。",
        "original": {"name": "../../../etc/cron.d/手册", "digest": digest},
    }
    await ok(owner.post(tool(shop, "knowledge.save_document"), json=given))
    assert (await take()).files() == ["documents/_.._.._etc_cron.d_手册"]
