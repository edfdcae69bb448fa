"""The starter policies: readable as policies, true to the statutes they name."""

import re
from importlib import resources
from pathlib import Path

import pytest

STARTERS = sorted(Path(str(resources.files("zhanggui.knowledge"))).glob("starter/*.md"))


def parts(path: Path) -> tuple[dict[str, str], list[str]]:
    _, head, body = path.read_text(encoding="utf-8").split("---\n", 2)
    front = dict(line.split(": ", 1) for line in head.strip().splitlines())
    return front, body.strip().splitlines()


def test_there_is_a_policy_for_each_thing_every_shop_is_asked():
    assert {path.stem for path in STARTERS} >= {
        "returns", "quality", "shipping", "exchange", "warranty", "invoice", "prices", "orders",
    }  # fmt: skip


@pytest.mark.parametrize("path", STARTERS, ids=lambda path: path.stem)
def test_a_starter_is_marked_and_numbered(path):
    front, clauses = parts(path)
    assert front["id"] == path.stem
    assert front["starter"] == "true"
    assert front["title"]
    for number, clause in enumerate(clauses, 1):
        assert clause.startswith(f"{number}. ")
        assert len(clause) < 160
        assert not re.search(r"[XＸ_]{2,}|【|\{|待填", clause), "a placeholder"


def test_every_named_article_exists(shared):
    """Statute names and article numbers are those of the texts in the shared laws."""
    laws = {p.name.split("(")[0]: p.read_text("utf-8") for p in (shared / "data/laws").glob("*")}
    cited = 0
    for path in STARTERS:
        for name, article in re.findall(r"(\w+法)(第\w+条)", path.read_text(encoding="utf-8")):
            assert f"\n{article} " in laws[name.removeprefix("和")], (path.stem, name, article)
            cited += 1
    assert cited >= 8
