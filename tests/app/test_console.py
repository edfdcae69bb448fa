"""The console's files, and its page for its own addresses."""

import json

import pytest

from zhanggui.app import console


@pytest.fixture
def built(tmp_path, monkeypatch):
    dist = tmp_path / "dist"
    (dist / "assets").mkdir(parents=True)
    (dist / "index.html").write_text("<!doctype html>console")
    (dist / "assets" / "app-1a2b.js").write_text("1")
    (tmp_path / "secret.key").write_text("secret")
    monkeypatch.setattr(console, "folder", lambda: dist)
    return dist


@pytest.mark.parametrize("path", ["/", "/sign-in", "/shops/demo/orders"])
async def test_its_own_addresses_show_its_page(built, client, path):
    answer = await client.get(path)
    assert answer.text == "<!doctype html>console"
    assert answer.headers["cache-control"] == "no-cache"


def chunk(file, imports=(), css=(), dynamic=False):
    return {"file": file, "imports": list(imports), "css": list(css), "isDynamicEntry": dynamic}


async def test_a_screen_is_fetched_together_with_the_program(built, client):
    (built / "index.html").write_text("<head></head>")
    (built / ".vite").mkdir()
    chunks = {
        "_shared.js": chunk("assets/shared-1.js", css=["assets/shared-1.css"]),
        "src/rooms/shop/Orders.tsx": chunk("assets/Orders-1.js", ["_shared.js"], dynamic=True),
        "src/rooms/shop/Goods.tsx": chunk("assets/Goods-1.js", ["_shared.js"], dynamic=True),
        "src/shell/InShop.tsx": chunk("assets/InShop-1.js", ["_shared.js"], dynamic=True),
    }
    (built / ".vite" / "manifest.json").write_text(json.dumps(chunks))
    page = (await client.get("/shops/demo/orders")).text
    assert page == (
        '<head><link rel="modulepreload" href="/assets/Orders-1.js">'
        '<link rel="modulepreload" href="/assets/shared-1.js">'
        '<link rel="stylesheet" href="/assets/shared-1.css">'
        '<link rel="modulepreload" href="/assets/InShop-1.js"></head>'
    )
    assert (await client.get("/sign-in")).text == "<head></head>"
    assert (await client.get("/shops/%3Cscript%3E/%22%3E")).text.count("<script") == 0


async def test_hashed_files_are_kept_by_browsers(built, client):
    answer = await client.get("/assets/app-1a2b.js")
    assert answer.text == "1"
    assert "immutable" in answer.headers["cache-control"]


async def test_scripts_travel_compressed_to_who_takes_them(built, client):
    (built / "assets" / "big-3c4d.js").write_text("let a = 1;" * 1000)
    packed = await client.get("/assets/big-3c4d.js", headers={"accept-encoding": "gzip"})
    plain = await client.get("/assets/big-3c4d.js", headers={"accept-encoding": "identity"})
    assert packed.headers["content-encoding"] == "gzip"
    assert int(packed.headers["content-length"]) < 1000
    assert "content-encoding" not in plain.headers
    assert packed.text == plain.text == "let a = 1;" * 1000


async def test_a_page_of_its_own_is_shown_from_its_folder(built, client):
    (built / "demo-shop").mkdir()
    (built / "demo-shop" / "index.html").write_text("<!doctype html>bowls")
    there = await client.get("/demo-shop/?key=a")
    assert there.text == "<!doctype html>bowls"
    sent = await client.get("/demo-shop?key=a")
    assert sent.headers["location"].endswith("/demo-shop/?key=a")


@pytest.mark.parametrize("packing", ["gzip", "identity"])
async def test_the_chat_script_is_asked_for_anew_and_sent_once(built, client, packing):
    script = built / "widget.js"
    script.write_text("let chat;" * 100)
    first = await client.get("/widget.js", headers={"accept-encoding": packing})
    assert first.headers["cache-control"] == "no-cache"
    assert first.headers["cross-origin-resource-policy"] == "cross-origin", "for the shops' pages"
    asked = {"accept-encoding": packing, "if-none-match": first.headers["etag"]}
    again = await client.get("/widget.js", headers=asked)
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["etag"] == first.headers["etag"]
    script.write_text("let chat2;" * 100)
    newer = await client.get("/widget.js", headers=asked)
    assert newer.text == "let chat2;" * 100


@pytest.mark.parametrize(
    "path",
    [
        "/assets/gone.js",
        "/favicon.ico",
        "/../secret.key",
        "/%2e%2e/secret.key",
        "/..%2fsecret.key",
        "/assets/..%2f..%2fsecret.key",
        "/%00",
        "/api/nothing",
        "/assets/" + "a" * 300,
        "/" + "a" * 300 + ".js",
    ],
)
async def test_nothing_else_is_there(built, client, path):
    answer = await client.get(path)
    assert answer.status_code == 404
    assert "secret" not in answer.text


async def test_an_unbuilt_console_says_how_to_build_it(client, monkeypatch):
    monkeypatch.setattr(console, "folder", lambda: None)
    answer = await client.get("/")
    assert answer.status_code == 503
    assert "make console" in answer.text
