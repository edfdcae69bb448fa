"""The code of docs/channels.md, run as it stands there."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any

from tests.conftest import ROOT
from zhanggui.base.webhooks import signing


def sample() -> dict[str, Any]:
    guide = (ROOT / "docs" / "channels.md").read_text(encoding="utf-8")
    found = re.search(r"```python\n(.*?)```", guide, re.DOTALL)
    assert found
    space: dict[str, Any] = {}
    exec(found.group(1), space)
    return space


def test_what_the_guide_signs_is_taken_and_what_we_sign_it_knows():
    space, secret = sample(), signing.new_secret()
    message = {"sender": "u-1001", "message_id": "m-1", "text": "在吗"}
    made = space["request"]("https://shop.example/api/channels/c", secret, message)
    headers = {name.lower(): value for name, value in made.header_items()}
    moment = datetime.fromtimestamp(int(headers["webhook-timestamp"]), UTC)
    assert signing.check([secret], headers, made.data, moment) == "msg_m-1"

    sent = signing.headers([signing.new_secret(), secret], "conv_1.2", moment, b"{}")
    assert space["is_ours"](secret, sent, b"{}")
    assert not space["is_ours"](secret, sent, b"{ }")
    assert not space["is_ours"](signing.new_secret(), sent, b"{}")
