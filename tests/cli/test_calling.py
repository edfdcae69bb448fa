"""Fields as they are written on the command line."""

from __future__ import annotations

from zhanggui.base.tools import REGISTRY
from zhanggui.base.webhooks import tools as _registered  # noqa: F401
from zhanggui.cli.calling import _input


def test_a_field_that_takes_several_is_given_by_repeating_it():
    values = ["url=https://a.example/?x=1", "kinds=shop.created", "kinds=shop.import_finished"]
    assert _input(REGISTRY["base.save_webhook"], values, None) == {
        "url": "https://a.example/?x=1",
        "kinds": ["shop.created", "shop.import_finished"],
    }
