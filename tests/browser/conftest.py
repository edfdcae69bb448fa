"""A real Chromium on a real server.

`server` is `zhanggui up` with the demo shop, one for the run; `page` is a fresh browser profile
and `owner_page` one in which the owner has signed in by the link that the server printed. A page
that logs an error, throws, or asks another machine for anything fails its test. A failed test
leaves a screenshot in test-results/.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import (
    Browser,
    ConsoleMessage,
    Error,
    Page,
    Request,
    StorageState,
    sync_playwright,
)

from tests.browser.chromium import FLAGS, ensure_chinese_font, find_chromium
from tests.conftest import ROOT
from tests.network import is_local
from tests.server import Server

RESULTS = ROOT / "test-results"
_REFUSED = ("status of 409", "status of 422")
_failed = pytest.StashKey[bool]()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if item.path.is_relative_to(here):
            item.add_marker(pytest.mark.browser)
            # The first one waits for the server, which loads the demo shop.
            item.add_marker(pytest.mark.timeout(600))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Iterator[None]:
    report: pytest.TestReport = yield  # type: ignore[assignment]
    if report.when == "call":
        item.stash[_failed] = report.failed
    return report  # type: ignore[return-value]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    chromium = find_chromium()
    ensure_chinese_font()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=list(FLAGS))
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    command = Path(sys.executable).with_name("zhanggui")
    data = tmp_path_factory.mktemp("browser") / "data"
    with Server(command, data, webhook_loopback="true") as server:
        yield server


@pytest.fixture(scope="session")
def owner_state(browser: Browser, server: Server) -> StorageState:
    """What a browser keeps after the owner has used the sign-in link, which works once."""
    context = browser.new_context(locale="zh-CN")
    page = context.new_page()
    page.goto(server.sign_in_url)
    page.wait_for_url(lambda url: "token=" not in url)
    state = context.storage_state()
    context.close()
    assert state["cookies"], "the sign-in link signed nobody in"
    return state


@pytest.fixture
def page(browser: Browser, server: Server, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A page of a browser that nobody has used."""
    yield from watched(browser, server, request.node, None)


@pytest.fixture
def owner_page(
    browser: Browser, server: Server, owner_state: StorageState, request: pytest.FixtureRequest
) -> Iterator[Page]:
    """A page of a browser in which the owner has signed in; it stands at no address yet."""
    yield from watched(browser, server, request.node, owner_state)


def watched(
    browser: Browser, server: Server, test: pytest.Item, state: StorageState | None
) -> Iterator[Page]:
    """A page that may do nothing wrong until its test ends, in a browser with this state."""
    context = browser.new_context(
        base_url=server.url,
        locale="zh-CN",
        timezone_id="Asia/Shanghai",
        viewport={"width": 1440, "height": 900},
        reduced_motion="reduce",
        storage_state=state,
    )
    page = context.new_page()
    problems = _listen(page, refuses=test.get_closest_marker("refuses") is not None)
    yield page
    if test.stash.get(_failed, True):
        RESULTS.mkdir(exist_ok=True)
        name = re.sub(r"\W+", "-", test.name).strip("-")
        page.screenshot(path=RESULTS / f"{name}.png", full_page=True)
    context.close()
    assert not problems


def _listen(page: Page, *, refuses: bool) -> list[str]:
    """Collect what a page may not do; that what somebody wrote is refused, browsers log as well."""
    problems: list[str] = []

    def on_console(message: ConsoleMessage) -> None:
        if message.type == "error" and not (
            refuses and any(each in message.text for each in _REFUSED)
        ):
            problems.append(f"console error: {message.text}")

    def on_error(error: Error) -> None:
        problems.append(f"uncaught: {error}")

    def on_request(request: Request) -> None:
        address = urlsplit(request.url)
        if address.scheme in ("http", "https", "ws", "wss") and not is_local(address.hostname):
            problems.append(f"asked another machine: {request.url}")

    page.on("console", on_console)
    page.on("pageerror", on_error)
    page.on("request", on_request)
    return problems
