"""``zhanggui service settings`` as a merchant runs it."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

COMMAND = Path(sys.executable).with_name("zhanggui")


@pytest.fixture
def settings(run):
    return lambda *arguments: run("service", "settings", "--shop", "mine", *arguments)


def test_the_ceiling_is_shown_and_set_in_percent(settings):
    assert "5% (choose from 1% / 2% / 3% / 5% / 8%)" in settings().stdout
    assert "3%" in settings("--ceiling", "3").stdout
    assert json.loads(settings("--json").stdout)["ceiling"] == 0.03


def test_no_other_ceiling_is_set(settings):
    refused = settings("--ceiling", "4")
    assert refused.returncode == 1
    assert "0.03 (3%)" in refused.stderr
    assert json.loads(settings("--json").stdout)["updated_at"] is None
