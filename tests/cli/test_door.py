"""Which shop a command is about, and the way to the running server."""

from __future__ import annotations

import http.server
import threading

import pytest

from zhanggui.app.serving import Address
from zhanggui.base import clock
from zhanggui.base.errors import Invalid, NotFound, Unavailable
from zhanggui.cli.door import chosen_shop, request
from zhanggui.shop.models import Shop


async def open_shops(database, **shops: bool) -> None:
    for shop_id, is_demo in shops.items():
        async with database.transaction(shop_id) as session:
            session.add(
                Shop(shop_id=shop_id, name=shop_id, created_at=clock.now(), is_demo=is_demo)
            )


async def test_ones_own_shop_is_meant_rather_than_the_demo(settings, database):
    with pytest.raises(Invalid):
        await chosen_shop(settings, None)
    await open_shops(database, demo=True)
    assert await chosen_shop(settings, None) == "demo"
    await open_shops(database, mine=False)
    assert await chosen_shop(settings, None) == "mine"
    assert await chosen_shop(settings, "demo") == "demo"
    await open_shops(database, second=False)
    with pytest.raises(Invalid) as told:
        await chosen_shop(settings, None)
    assert "second" in str(told.value.hint)


async def test_a_mistyped_shop_is_not_here(settings, database):
    await open_shops(database, mine=False)
    with pytest.raises(NotFound):
        await chosen_shop(settings, "mnie")


@pytest.fixture
def seen():
    """A server that keeps what paths it was asked for."""
    paths: list[str] = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            paths.append(self.path)
            self.send_response(200)
            self.end_headers()

        def log_message(self, *args):
            return

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}", paths
        server.shutdown()
        thread.join()


async def test_no_proxy_stands_between(seen, monkeypatch):
    url, paths = seen
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    monkeypatch.setenv("no_proxy", "")
    monkeypatch.setenv("NO_PROXY", "")
    answer = await request(Address(url, 1, "token"), "GET", "/healthz")
    assert answer.status_code == 200
    assert paths == ["/healthz"]


async def test_a_server_that_is_gone_is_told():
    with pytest.raises(Unavailable):
        await request(Address("http://127.0.0.1:9", 1, "token"), "GET", "/healthz")
