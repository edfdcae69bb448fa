"""Finds a Chromium for the browser tests, or installs one; never gives up in silence."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
PLACES = (Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"),)
FLAGS = (
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
    *(("--no-sandbox",) if hasattr(os, "geteuid") and os.geteuid() == 0 else ()),
)


class NoBrowser(RuntimeError):
    """There is no Chromium and none could be installed; the message says what was tried."""


def find_chromium() -> Path:
    """The Chromium to run: the machine's, else Debian's, else Playwright's own.

    Raises :class:`NoBrowser`.
    """
    found = _on_this_machine()
    if found is not None:
        return found
    tried = [f"none of {', '.join(NAMES)} on PATH runs"]
    problem = apt_install("chromium")
    found = _on_this_machine()
    if found is not None:
        return found
    tried.append(problem or "Debian's chromium was installed but does not run")
    problem = _run([sys.executable, "-m", "playwright", "install", "chromium"])
    found = _playwrights_own()
    if found is not None:
        return found
    tried.append(problem or "Playwright's chromium was installed but does not run")
    raise NoBrowser("The browser tests need Chromium.\n- " + "\n- ".join(tried))


def ensure_chinese_font() -> None:
    """See to a font with Chinese characters, without which a page shows boxes.

    Raises :class:`NoBrowser`.
    """
    if sys.platform != "linux" or _has_chinese_font():
        return
    problem = apt_install("fontconfig", "fonts-noto-cjk")
    if not _has_chinese_font():
        raise NoBrowser(f"The browser tests need a Chinese font such as fonts-noto-cjk: {problem}")


def apt_install(*packages: str) -> str | None:
    """Install Debian packages as root; returns what went wrong."""
    if shutil.which("apt-get") is None:
        return f"there is no apt-get to install {' '.join(packages)} with"
    if os.geteuid() != 0:
        return f"only root may do: apt-get install {' '.join(packages)}"
    _run(["apt-get", "update"])
    return _run(["apt-get", "install", "-y", "--no-install-recommends", *packages])


def _on_this_machine() -> Path | None:
    on_path = [Path(path) for name in NAMES if (path := shutil.which(name))]
    return next((path for path in (*on_path, *PLACES) if _runs(path)), None)


def _playwrights_own() -> Path | None:
    code = (
        "from playwright.sync_api import sync_playwright as p\n"
        "with p() as play: print(play.chromium.executable_path)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    path = Path(done.stdout.strip() or "-")
    return path if _runs(path) else None


def _runs(path: Path) -> bool:
    return path.is_file() and _run([str(path), "--version"]) is None


def _has_chinese_font() -> bool:
    if shutil.which("fc-list") is None:
        return False
    done = subprocess.run(["fc-list", ":lang=zh"], capture_output=True, text=True, check=False)
    return bool(done.stdout.strip())


def _run(command: list[str]) -> str | None:
    done = subprocess.run(
        command,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"},
    )
    if done.returncode == 0:
        return None
    return f"`{' '.join(command)}` failed: {(done.stderr or done.stdout).strip()[-500:]}"


if __name__ == "__main__":
    print(find_chromium())
    ensure_chinese_font()
