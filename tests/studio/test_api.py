"""Files in and out over HTTP: who may, what comes, and what is refused."""

# ruff: noqa: F401, F811 # A fixture that is imported is used by its name.
from __future__ import annotations

import io
import zipfile

import pytest
from PIL import Image

from tests.app.conftest import (
    app,
    client,
    join,
    new_client,
    ok,
    owner,
    password_hash,
    refused,
    runtime,
    shop,
    tool,
)
from tests.studio.conftest import png
from zhanggui.base import clock
from zhanggui.shop.models import Product
from zhanggui.studio import api, keeping
from zhanggui.studio.models import Cut, Work

JPG = "image/jpeg"


def route(shop_id: str, path: str) -> str:
    return f"/api/shops/{shop_id}/studio/{path}"


def jpg(width: int = 40, height: int = 30, *, orientation: int = 1) -> bytes:
    out, exif = io.BytesIO(), Image.Exif()
    exif[0x0112] = orientation
    Image.new("RGB", (width, height), (200, 80, 60)).save(out, "JPEG", exif=exif)
    return out.getvalue()


@pytest.fixture
async def goods(runtime, shop):
    async with runtime.db.transaction(shop) as session:
        for number in (1, 2):
            session.add(
                Product(
                    shop_id=shop, id=f"10{number}", title=f"商品{number}", outer_id=f"SKU-{number}",
                    pictures=[],
                )
            )  # fmt: skip


@pytest.fixture
async def work(runtime, shop, goods):
    """A scene that was made and approved."""
    sha256 = await keeping.put(runtime.blobs, shop, jpg(800, 800))
    async with runtime.db.transaction(shop) as session:
        session.add(
            Work(
                shop_id=shop, id="work_1", product_id="101", sku_id=None, item_id="i", batch_id="b",
                kind="scene", slot="scenes/01", version=1, is_current=True, number=0,
                path="scenes/01-wood.jpg", digest=sha256, size=1, style="wood", doubts=[],
                deliverable={"kind": "scene", "path": "scenes/01-wood.jpg", "sha256": sha256},
                state="approved", made_at=clock.now(),
            )
        )  # fmt: skip
    return "work_1"


async def test_pictures_are_uploaded_in_the_order_of_their_numbers(owner, shop, goods):
    files = [("files", (f"{n}.jpg", jpg(40 + n))) for n in (10, 9)]
    done = await ok(owner.post(route(shop, "pictures"), files=files, data={"product_id": "101"}))
    assert (done["pictures"], done["products"], done["refused"]) == (2, ["101"], [])
    query = {"product_id": "101"}
    listed = (await ok(owner.get(tool(shop, "studio.list_pictures"), params=query)))["items"]
    assert [(each["name"], each["width"]) for each in listed] == [("9.jpg", 49), ("10.jpg", 50)]
    seen = await owner.get(listed[0]["url"])
    assert (seen.status_code, seen.headers["content-type"], seen.content) == (200, JPG, jpg(49))
    assert "immutable" in seen.headers["cache-control"]
    small = await owner.get(listed[0]["small_url"])
    assert small.headers["content-type"] == "image/webp"
    again = await ok(owner.post(route(shop, "pictures"), files=files, data={"product_id": "101"}))
    assert again["pictures"] == 2  # They are there already, and are not added twice.
    listed = (await ok(owner.get(tool(shop, "studio.list_pictures"), params=query)))["items"]
    assert len(listed) == 2


async def test_a_zip_is_told_apart_by_its_folders_and_names(owner, shop, goods):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        packed.writestr("底图/101/01.jpg", jpg(41))
        packed.writestr("底图/SKU-2/a.png", png())
        packed.writestr("102_2.jpg", jpg(42))
        packed.writestr("谁的/1.jpg", jpg(43))
        packed.writestr("101/坏.jpg", b"\xff\xd8\xff not a picture")
        packed.writestr("__MACOSX/101/._01.jpg", b"x")
    done = await ok(
        owner.post(route(shop, "pictures"), files={"files": ("底图.zip", out.getvalue())})
    )
    assert (done["pictures"], sorted(done["products"])) == (3, ["101", "102"])
    assert {each["name"] for each in done["refused"]} == {"谁的/1.jpg", "101/坏.jpg"}
    assert all(each["reason"] for each in done["refused"])


async def test_what_is_no_picture_is_refused_with_the_reason(owner, shop, goods):
    data = {"product_id": "101"}
    told = await refused(
        owner.post(route(shop, "pictures"), files={"files": ("a.jpg", b"hello")}, data=data),
        422, "invalid",
    )  # fmt: skip
    assert told["where"] == "a.jpg"
    await refused(owner.post(route(shop, "pictures"), data=data), 422, "invalid")
    missing = owner.post(
        route(shop, "pictures"), files={"files": ("a.jpg", jpg())}, data={"product_id": "no"}
    )
    await refused(missing, 404, "not_found")


async def test_a_file_may_be_called_anything(owner, shop, goods):
    files = [("files", (name, jpg(50 + n))) for n, name in enumerate(("1²2.jpg", "."))]
    done = await ok(owner.post(route(shop, "pictures"), files=files, data={"product_id": "101"}))
    assert (done["pictures"], done["refused"]) == (2, [])
    nobodys = owner.post(route(shop, "pictures"), files=[("files", (".", jpg()))])
    await refused(nobodys, 422, "invalid")


async def test_a_frame_that_is_no_picture_has_no_thumbnail(owner, shop, goods, runtime):
    sha256 = await keeping.put(runtime.blobs, shop, b"<html>")
    told = {"name": "a.png", "digest": sha256, "size": 6, "width": 8, "height": 6}
    given = {"product_id": "101", "pictures": [told]}
    await ok(owner.post(tool(shop, "studio.add_pictures"), json=given))
    seen = await owner.get(route(shop, f"frames/{sha256}"))
    assert seen.headers["content-type"] == JPG
    await refused(owner.get(route(shop, f"frames/{sha256}/small")), 404, "not_found")


async def test_only_those_who_work_there_upload_and_nobody_else_sees(join, client, shop, work):
    viewer = await join("viewer@example.com", "viewer")
    files, data = {"files": ("a.jpg", jpg())}, {"product_id": "101"}
    await refused(viewer.post(route(shop, "pictures"), files=files, data=data), 403, "forbidden")
    assert (await viewer.get(route(shop, f"works/{work}"))).status_code == 200
    for path in (f"works/{work}", f"works/{work}/small", "export.zip"):
        await refused(client.get(route(shop, path)), 401, "unauthenticated")


async def test_a_works_file_is_served_whole_in_part_and_small(owner, shop, work):
    whole = await owner.get(route(shop, f"works/{work}"))
    assert (whole.headers["content-type"], whole.content) == (JPG, jpg(800, 800))
    assert whole.headers["x-content-type-options"] == "nosniff"
    assert "sandbox" in whole.headers["content-security-policy"]
    part = await owner.get(route(shop, f"works/{work}"), headers={"Range": "bytes=2-5"})
    assert (part.status_code, part.content) == (206, whole.content[2:6])
    assert part.headers["content-range"] == f"bytes 2-5/{len(whole.content)}"
    last = await owner.get(route(shop, f"works/{work}"), headers={"Range": "bytes=-3"})
    assert last.content == whole.content[-3:]
    beyond = await owner.get(route(shop, f"works/{work}"), headers={"Range": "bytes=999999-"})
    assert beyond.status_code == 416
    for odd in (b"bytes=\xb2-", b"bytes=-", b"bytes=" + b"9" * 5_000 + b"-", b"lines=1-2"):
        answer = await owner.get(route(shop, f"works/{work}"), headers={"Range": odd})
        assert (answer.status_code, answer.content) == (200, whole.content)
    small = await owner.get(route(shop, f"works/{work}/small"), params={"side": 160})
    with Image.open(io.BytesIO(small.content)) as picture:
        assert (picture.format, picture.size) == ("WEBP", (160, 160))
    await refused(owner.get(route(shop, "works/work_2")), 404, "not_found")
    await refused(owner.get(route(shop, f"frames/{'0' * 64}")), 404, "not_found")


async def test_approved_works_are_exported_in_a_channels_naming(owner, shop, work, monkeypatch):
    taobao = await owner.get(route(shop, "export.zip"), params={"channel": "taobao"})
    assert taobao.headers["x-zhanggui-files"] == "1"
    with zipfile.ZipFile(io.BytesIO(taobao.content)) as packed:
        assert packed.namelist() == ["商品1_101/主图_01.jpg"]
        assert packed.read("商品1_101/主图_01.jpg") == jpg(800, 800)
    plain = await owner.get(route(shop, "export.zip"), params={"ids": [work]})
    with zipfile.ZipFile(io.BytesIO(plain.content)) as packed:
        assert packed.namelist() == ["商品1_101/scenes/01-wood.jpg"]
    again = await owner.get(route(shop, "export.zip"), params={"channel": "taobao"})
    assert again.content == taobao.content
    monkeypatch.setattr(api, "_MOST_WORKS", 0)
    many = await owner.get(route(shop, "export.zip"), params={"channel": "taobao"})
    assert many.status_code == 413
    nothing = owner.get(route(shop, "export.zip"), params={"state": "rejected"})
    await refused(nothing, 422, "invalid")


@pytest.mark.parametrize("orientation", [1, 6])
async def test_a_mask_from_the_brush_is_of_the_frames_size(
    owner, shop, goods, runtime, orientation
):
    data = jpg(40, 30, orientation=orientation)
    frame = await keeping.put(runtime.blobs, shop, data)
    async with runtime.db.transaction(shop) as session:
        session.add(
            Cut(
                shop_id=shop, frame=frame, mask=frame, product_id="101", name="000.jpg",
                confidence=0.4, method="key", doubts=["glass"], state="doubtful",
                seen_at=clock.now(),
            )
        )  # fmt: skip
    address = route(shop, f"cuts/{frame}/mask")
    size = (40, 30) if orientation == 1 else (30, 40)
    told = await refused(
        owner.put(address, files={"file": ("m.png", png(9, (31, 31)))}), 422, "invalid"
    )
    assert "31×31" in told["message"]
    await refused(owner.put(address, files={"file": ("m.png", jpg())}), 422, "invalid")
    await refused(owner.put(address, files={"file": ("m.png", png(0, size))}), 422, "invalid")
    done = await ok(owner.put(address, files={"file": ("m.png", png(9, size))}))
    assert (done["cut"]["state"], done["items"]) == ("corrected", 0)
    seen = await owner.get(address)
    with Image.open(io.BytesIO(seen.content)) as mask:
        assert (mask.mode, mask.size) == ("L", size)
    assert seen.headers["etag"] == (await owner.get(done["cut"]["mask_url"])).headers["etag"]
