"""Every room stands in the import contract, in the order of the design."""

import tomllib

from tests.conftest import ROOT

# docs/architecture.md: a room may use the rooms before it.
ORDER = [
    "base",
    "ai",
    "shop",
    "knowledge",
    "rules",
    "service",
    "studio",
    "growth",
    "insight",
    "staff",
    "concierge",
    "steward",
    "edge",
    "protocols",
    "arena",
    "rooms",
    "app",
    "cli",
]


def layers() -> list[str]:
    """The contract's layers, lowest first."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    (contract,) = settings["tool"]["importlinter"]["contracts"]
    return list(reversed(contract["layers"]))


def test_every_package_is_a_layer_of_the_import_contract():
    source = ROOT / "src" / "zhanggui"
    packages = {path.parent.name for path in source.glob("*/__init__.py")}
    modules = {path.stem for path in source.glob("*.py")} - {"__init__", "__main__"}
    assert packages | modules == set(layers())


def test_the_layers_stand_in_the_order_of_the_design():
    assert layers() == [room for room in ORDER if room in layers()]
