"""``zhanggui insight`` as a merchant runs it."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

COMMAND = Path(sys.executable).with_name("zhanggui")


@pytest.fixture
def insight(run):
    return lambda *arguments: run("insight", *arguments, "--shop", "mine")


def test_the_report_and_the_ledger_are_read(insight):
    found = json.loads(
        insight("report", "--json", "--since", "2026-06-01", "--until", "2026-06-07").stdout
    )
    assert (found["since"], found["before_since"]) == ("2026-06-01", "2026-05-25")
    figures = {each["key"]: each for each in found["figures"]}
    assert (figures["conversations"]["value"], figures["involvement"]["value"]) == (0, None)
    assert "people would have answered these 0" in insight("value").stdout
