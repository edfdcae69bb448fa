"""The guide to a new screen is true: the screen on it, built from it, is one."""

from __future__ import annotations

import mimetypes
import re
import shutil
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.test_console import rows_of, serious_faults
from tests.conftest import ROOT

CONSOLE = ROOT / "console"
GUIDE = ROOT / "docs" / "new-screen.md"
NODE = Path(sys.executable).with_name("node")
FILE = re.compile(r"^`console/(src/rooms/\S+)`\n\n```\w+\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@pytest.fixture(scope="module")
def with_the_screen(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the console with the guide's files added to it and nothing else, checked."""
    console = tmp_path_factory.mktemp("console")
    left_out = shutil.ignore_patterns("node_modules", "dist")
    shutil.copytree(CONSOLE, console, dirs_exist_ok=True, ignore=left_out)
    (console / "node_modules").symlink_to(CONSOLE / "node_modules")
    files = FILE.findall(GUIDE.read_text("utf-8"))
    assert len(files) == 4
    folders = {Path(name).parts[:3] for name, _ in files}
    assert len(folders) == 1
    for name, text in files:
        path = console / name
        assert not path.exists()
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    run(console, "typescript/bin/tsc", "--noEmit")
    run(console, "vitest/vitest.mjs", "run", "src/words")
    return console


def run(console: Path, script: str, *arguments: str) -> None:
    """A tool of the console's own packages."""
    done = subprocess.run(
        [NODE, console / "node_modules" / script, *arguments],
        cwd=console,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_a_folder_is_all_that_a_screen_takes(with_the_screen: Path, owner_page: Page) -> None:
    page = owner_page
    run(with_the_screen, "vite/bin/vite.js", "build")
    serve(page, with_the_screen / "dist")
    page.goto("/shops/demo/overview")
    page.get_by_role("navigation").get_by_role("link", name="盘点").click()
    expect(page.get_by_role("heading", level=1, name="盘点")).to_be_visible()
    expect(rows_of(page, "盘点")).to_have_count(24)
    expect(rows_of(page, "盘点").first).to_contain_text(re.compile(r"\d 件"))
    assert serious_faults(page) == []

    page.evaluate("localStorage.setItem('zhanggui.preferences', '{\"language\": \"en\"}')")
    page.reload()
    expect(page.get_by_role("heading", level=1, name="Stocktaking")).to_be_visible()
    expect(rows_of(page, "Stocktaking").first).to_contain_text(re.compile(r"\d pieces"))

    page.keyboard.press("Control+k")
    page.get_by_role("dialog").get_by_role("combobox").fill("stockt")
    expect(page.get_by_role("option", name="Stocktaking")).to_be_visible()


def test_a_word_that_one_language_lacks_is_found(with_the_screen: Path) -> None:
    english = with_the_screen / "src/rooms/shelf/words/en.ts"
    whole = english.read_text("utf-8")
    english.write_text(whole.replace('    left: "Left",\n', ""), encoding="utf-8")
    with pytest.raises(AssertionError, match="'left' is missing"):
        run(with_the_screen, "typescript/bin/tsc", "--noEmit")
    english.write_text(whole, encoding="utf-8")


def serve(page: Page, dist: Path) -> None:
    """Have the page take the console from `dist`, and all else from the server."""

    def answer(route: Route) -> None:
        path = urlsplit(route.request.url).path
        file = dist / path.lstrip("/")
        if path.startswith("/api/"):
            route.continue_()
        elif file.is_file():
            kind = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
            route.fulfill(body=file.read_bytes(), content_type=kind)
        else:
            route.fulfill(path=dist / "index.html", content_type="text/html")

    page.route("**/*", answer)
