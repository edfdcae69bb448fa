"""Signatures as others make and check them, and as docs/webhooks.md says they are checked."""

from __future__ import annotations

import base64
import json
import re
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import ROOT
from zhanggui.base.errors import Unauthenticated
from zhanggui.base.webhooks import retrying, signing

BODY = b'{"type":"sample.put","data":{}}'


def sample(language: str) -> str:
    """The code of a language in the guide."""
    guide = (ROOT / "docs" / "webhooks.md").read_text(encoding="utf-8")
    found = re.search(rf"```{language}\n(.*?)```", guide, re.DOTALL)
    assert found
    return found.group(1)


def test_a_signature_is_what_the_libraries_of_the_standard_make():
    # The example of the reference implementations.
    moment = datetime.fromtimestamp(1614265330, UTC)
    signed = signing.headers(
        ["whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"],
        "msg_p5jXN8AQM9LWM0D4loKWxJek",
        moment,
        b'{"test": 2432232314}',
    )
    assert signed["webhook-signature"] == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def test_a_secret_is_long_and_new_each_time():
    first, second = signing.new_secret(), signing.new_secret()
    assert first != second
    assert len(base64.b64decode(first.removeprefix("whsec_"))) == 32


def verified_by_python(secret, headers, body):
    space: dict[str, Any] = {}
    exec(sample("python"), space)
    return space["verify"](secret, headers, body)


def verified_by_node(secret, headers, body):
    program = f"""{sample("js")}
const [secret, headers, body] = JSON.parse(process.argv[1]);
console.log(verify(secret, headers, Buffer.from(body)));"""
    given = json.dumps([secret, headers, body.decode()])
    node = Path(sys.executable).with_name("node")
    command = [str(node), "--input-type=module", "-e", program, given]
    ran = subprocess.run(command, capture_output=True, check=True, text=True)
    return ran.stdout.strip() == "true"


@pytest.mark.parametrize("verified", [verified_by_python, verified_by_node])
def test_the_samples_of_the_guide_believe_what_is_true_and_nothing_else(verified):
    now = datetime.now(UTC)
    secret, former = signing.new_secret(), signing.new_secret()
    headers = signing.headers([secret, former], "msg_1", now, BODY)
    assert verified(secret, headers, BODY)
    assert verified(former, headers, BODY)
    assert not verified(signing.new_secret(), headers, BODY)
    assert not verified(secret, headers, BODY + b" ")
    assert not verified(secret, {**headers, "webhook-id": "msg_2"}, BODY)
    old = signing.headers([secret], "msg_1", now - timedelta(seconds=400), BODY)
    assert not verified(secret, old, BODY)


def test_the_guide_lists_every_attempt():
    guide = (ROOT / "docs" / "webhooks.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| (\d+) \|(?: (\d+) (\w+))? \|", guide, re.MULTILINE)
    units = {"seconds": 1, "minutes": 60, "hours": 3600}
    waits = [int(n) * units[unit] for _, n, unit in rows if n]
    assert [int(nth) for nth, *_ in rows] == list(range(1, len(retrying.DELAYS) + 2))
    assert waits == [delay.total_seconds() for delay in retrying.DELAYS]


def test_what_others_sign_is_checked():
    secrets, now = [signing.new_secret(), signing.new_secret()], datetime(2026, 6, 1, tzinfo=UTC)
    headers = signing.headers(secrets, "msg_1", now, BODY)
    for secret in secrets:
        assert signing.check([secret], headers, BODY, now) == "msg_1"
    wrong: list[tuple[list[str], dict[str, str], bytes, datetime]] = [
        ([signing.new_secret()], headers, BODY, now),
        (secrets, headers, BODY + b" ", now),
        (secrets, {**headers, "webhook-id": "msg_2"}, BODY, now),
        (secrets, {**headers, "webhook-timestamp": "1780272001"}, BODY, now),
        (secrets, {}, BODY, now),
        (secrets, headers, BODY, now + timedelta(minutes=6)),
        (secrets, headers, BODY, now - timedelta(minutes=6)),
    ]
    for given in wrong:
        with pytest.raises(Unauthenticated):
            signing.check(*given)
