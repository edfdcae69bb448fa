"""File names: whatever a file was called, it stays in its folder and stands apart."""

from __future__ import annotations

from pathlib import PurePosixPath, PureWindowsPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhanggui.base.filenames import Names, safe


@pytest.mark.parametrize(
    ("name", "becomes"),
    [
        ("尺码表 2026.xlsx", "尺码表 2026.xlsx"),
        ("../../etc/passwd", "_.._etc_passwd"),
        ("C:\\手册.pdf", "C__手册.pdf"),
        ("说明?.docx", "说明_.docx"),
        ("..", "_"),
        ("", "_"),
        ("nul.txt", "_nul.txt"),
        ("手册\u202e\n.pdf", "手册.pdf"),
        ("结尾. ", "结尾"),
        ("长" * 300 + ".pdf", "长" * 50 + ".pdf"),
    ],
)
def test_a_name_stays_in_its_folder(name: str, becomes: str) -> None:
    assert safe(name) == becomes


@given(st.text())
def test_no_text_makes_a_name_that_leaves(name: str) -> None:
    made = safe(name)
    for path in (PurePosixPath("a", made), PureWindowsPath("a", made)):
        assert (path.name, path.parent.name) == (made, "a")
    assert safe(made) == made
    assert len(made.encode()) <= 255


def test_names_are_told_apart_where_case_does_not_count() -> None:
    names = Names()
    taken = [names.take(name) for name in ("a.pdf", "A.pdf", "a.pdf", "a (2).pdf", "b", "B")]
    assert taken == ["a.pdf", "A (2).pdf", "a (3).pdf", "a (2) (2).pdf", "b", "B (2)"]
