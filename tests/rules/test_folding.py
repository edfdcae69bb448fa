"""Texts as their readers hear them, each letter with the place where it was written."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhanggui import rules
from zhanggui.rules import folding
from zhanggui.rules.folding import fold


def _masked() -> list[tuple[str, str]]:
    table = Path(folding.__file__).with_name("disguises.txt").read_text("utf-8")
    section = table.split("[masked]")[1].split("\n[")[0]
    lines = [line for line in section.splitlines() if not line.startswith("#")]
    return [(written, meant) for written, _, meant in
            (pair.partition("=") for line in lines for pair in line.split())]  # fmt: skip


@pytest.mark.parametrize(("written", "meant"), _masked())
def test_every_masked_word_is_heard_where_it_was_written(written: str, meant: str) -> None:
    found = fold(f"本店{written}了")
    assert meant in found.text


def test_a_word_of_other_length_than_what_it_masks_is_found_whole() -> None:
    text = "晒图返xian五元"
    (finding, *_) = rules.check(text).findings
    assert finding.kind == "comment_reward"
    assert "返xian" in text[finding.start : finding.end]


@given(st.text(max_size=60))
def test_any_text_is_folded(text: str) -> None:
    assert isinstance(fold(text).text, str)
