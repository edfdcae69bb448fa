"""A file is whole, and its owner's alone."""

from __future__ import annotations

import pytest

from zhanggui.ai import safekeeping
from zhanggui.base.errors import Invalid


def test_what_is_written_is_its_owners_and_a_link_stays_one(tmp_path):
    (tmp_path / "there").mkdir()
    place = tmp_path / "there" / "models.toml"
    place.write_text("before")
    place.chmod(0o644)
    link = tmp_path / "models.toml"
    link.symlink_to(place)
    safekeeping.write(link, "后来")
    assert link.is_symlink()
    assert place.read_text("utf-8") == "后来"
    assert place.stat().st_mode & 0o777 == 0o600
    assert [path.name for path in place.parent.iterdir()] == ["models.toml"]


def test_a_folder_that_is_not_there_is_said(tmp_path):
    with pytest.raises(Invalid) as raised:
        safekeeping.write(tmp_path / "nowhere" / "models.toml", "")
    assert raised.value.where == str(tmp_path / "nowhere" / "models.toml")
