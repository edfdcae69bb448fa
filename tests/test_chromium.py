"""The finder of a Chromium for the browser tests."""

import os

import pytest

from tests.browser import chromium


@pytest.fixture
def bare_machine(tmp_path, monkeypatch):
    """No browser, no font list, no package manager, nothing that installs."""
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(chromium, "PLACES", ())
    monkeypatch.setattr(chromium, "_playwrights_own", lambda: None)
    return tmp_path


def test_a_browser_that_does_not_run_is_passed_over(bare_machine, monkeypatch):
    for name, code in (("chromium", 1), ("google-chrome", 0)):
        program = bare_machine / name
        program.write_text(f"#!/bin/sh\nexit {code}\n")
        program.chmod(0o755)
    assert chromium.find_chromium() == bare_machine / "google-chrome"


def test_without_any_browser_it_says_what_was_tried(bare_machine, monkeypatch):
    monkeypatch.setattr(chromium, "_run", lambda command: f"{command[-1]} failed")
    with pytest.raises(chromium.NoBrowser) as caught:
        chromium.find_chromium()
    for expected in ("google-chrome", "apt-get", "chromium failed"):
        assert expected in str(caught.value)


def test_only_root_installs_packages(bare_machine, monkeypatch):
    (bare_machine / "apt-get").write_text("#!/bin/sh\nexit 0\n")
    (bare_machine / "apt-get").chmod(0o755)
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    assert "only root" in str(chromium.apt_install("chromium"))
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    assert chromium.apt_install("chromium") is None
