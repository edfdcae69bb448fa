"""How a channel is shown."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from zhanggui.base import connections
from zhanggui.base.connections import Id
from zhanggui.base.tools import Call, Input, Output
from zhanggui.service.channels import failing, keys
from zhanggui.service.channels.keys import Secrets
from zhanggui.service.channels.models import Channel
from zhanggui.service.channels.routes import PREFIX

Kind = Literal["webhook", "wecom", "robot"]


class WhichChannel(Input):
    """Which channel."""

    channel_id: Id


class ChannelView(Output):
    """A channel, without its secrets. `callback` is the path at which the other side calls; so many
    `people` have written through it. `is_complete` is false while the secret of WeCom's app is
    missing. A former secret holds as well until `former_until`. `failure` is of the last attempt
    that failed, null once one has succeeded after it."""

    id: str
    kind: Kind
    name: str
    is_on: bool
    callback: str | None
    url: str | None
    corp_id: str | None
    open_kfid: str | None
    warn_minutes: int | None
    is_complete: bool
    former_until: datetime | None
    people: int
    last_in_at: datetime | None
    last_out_at: datetime | None
    failure: str | None
    failed_at: datetime | None
    made_at: datetime
    made_by: str


class Shown(Output):
    """The secrets that we chose, shown only now: `signing` of a webhook, or what is to be written
    into WeCom's console. `callback` is the path at which the other side calls."""

    id: str
    callback: str | None
    signing: str | None = None
    token: str | None = None
    aes_key: str | None = None
    former_until: datetime | None = None


def callback(row: Channel) -> str | None:
    """The path at which the other side calls."""
    if row.kind == "robot":
        return None
    return f"{PREFIX}/{row.id}" + ("/wecom" if row.kind == "wecom" else "")


def shown(row: Channel, secrets: Secrets) -> Shown:
    """The secrets of a channel that we chose, on the one occasion when they are shown."""
    return Shown(
        id=row.id, callback=callback(row), signing=secrets.signing, token=secrets.token,
        aes_key=secrets.aes_key,
    )  # fmt: skip


def view(call: Call, row: Channel, people: int) -> ChannelView:
    """A channel as its owner sees it, through which so many have written."""
    is_wecom = row.kind == "wecom"
    secrets = keys.present(call.runtime.cipher, row) if is_wecom else Secrets()
    return ChannelView.model_validate(
        {
            **{name: getattr(row, name) for name in _PLAIN},
            "callback": callback(row),
            "is_complete": not is_wecom or secrets.app is not None,
            "former_until": connections.still(row.former_until),
            "people": people,
            "failure": str(failing.told(row.failure, row.failed_code)) if row.failure else None,
        }
    )


_PLAIN = (
    "id", "kind", "name", "is_on", "url", "corp_id", "open_kfid", "warn_minutes", "last_in_at",
    "last_out_at", "failed_at", "made_at", "made_by",
)  # fmt: skip
