"""A setting, an event, a tool or a metric that the reference does not list fails here."""

from tests.conftest import ROOT
from zhanggui.app import reference


def test_the_reference_is_what_the_code_says() -> None:
    written = (ROOT / "docs" / "reference.md").read_text(encoding="utf-8")
    assert written == reference.render(), "run `make reference` and commit docs/reference.md"


def test_every_entry_says_what_it_is() -> None:
    for line in reference.render().splitlines():
        if line.startswith("| `"):
            cells = [cell.strip() for cell in line.replace("\\|", "").strip("|").split("|")]
            assert cells[-1], f"no description: {line}"
