"""What a shop chooses for the chat on its pages."""

from __future__ import annotations

import re
from datetime import datetime
from urllib.parse import urlsplit

from pydantic import Field

from zhanggui.base import clock, events
from zhanggui.base.errors import Invalid
from zhanggui.base.principals import OWNERS, STAFF
from zhanggui.base.tools import Call, Input, Nothing, Output, tool
from zhanggui.base.words import Text
from zhanggui.service.chat import store
from zhanggui.service.chat.doors import doors, key_of, secret_of
from zhanggui.service.chat.models import Widget
from zhanggui.service.events import WidgetKeyRotated, WidgetSaved

_COLOR = re.compile(r"#[0-9a-fA-F]{6}")
_MOST_ORIGINS = 20
_SEEN_AS_HTTP = ("localhost", "127.0.0.1")


class WidgetView(Output):
    """How the chat is set: the publishable `key` that a page carries, the `origins` of the pages
    that may, how it looks, where the channel shows goods and orders, after how long the program
    answers again, and when (`seen_at`) and where a page of the shop's first carried it."""

    is_on: bool
    key: str
    origins: list[str]
    color: str | None
    greeting: str | None
    product_url: str | None
    order_url: str | None
    silence_minutes: int | None
    seen_at: datetime | None
    seen_on: str | None
    updated_at: datetime | None
    updated_by: str | None


@tool(
    "service.widget",
    purpose=Text("查看聊天窗口的设置", "How the chat on the shop's pages is set"),
    risk="read",
    roles=STAFF,
)
async def widget(call: Call, given: Nothing) -> WidgetView:
    """The shop's choice, or what holds without one."""
    return _view(call, await store.widget(call.session, call.shop_id))


class WidgetInput(Input):
    """What to choose, all of it."""

    is_on: bool = True
    origins: list[str] = Field(
        default_factory=list,
        max_length=_MOST_ORIGINS,
        description="Addresses whose pages may carry the chat: https://shop.example",
    )
    color: str | None = Field(None, max_length=7, description="As #c2410c; null for the usual.")
    greeting: str | None = Field(None, max_length=200)
    product_url: str | None = Field(
        None, max_length=300, description="A product's page in the channel, with {id}."
    )
    order_url: str | None = Field(
        None, max_length=300, description="An order's page in the channel, with {id}."
    )
    silence_minutes: int | None = Field(
        None,
        ge=1,
        le=10_080,
        description="After so long without a person the program answers again; null for never.",
    )


@tool(
    "service.save_widget",
    purpose=Text("保存聊天窗口的设置", "Set the chat on the shop's pages"),
    risk="act",
    roles=OWNERS,
)
async def save_widget(call: Call, given: WidgetInput) -> WidgetView:
    """Choose how the chat looks and which pages may carry it. Raises Invalid for what is no address
    or colour."""
    origins = list(dict.fromkeys(_origin(written) for written in given.origins))
    if given.color is not None and _COLOR.fullmatch(given.color) is None:
        raise Invalid(
            Text(f"不是颜色：{given.color}", f"Not a colour: {given.color}"),
            hint=Text("写成 #c2410c 这样。", "Write it as #c2410c."),
            where="color",
        )
    row = await _row(call)
    row.is_on, row.origins = given.is_on, origins
    row.color = given.color.lower() if given.color else None
    row.greeting = (given.greeting or "").strip() or None
    row.product_url = _page(given.product_url, "product_url")
    row.order_url = _page(given.order_url, "order_url")
    row.silence_minutes = given.silence_minutes
    await call.session.flush()
    await events.append(call.session, WidgetSaved(is_on=row.is_on, origins=len(origins)))
    return _view(call, row)


@tool(
    "service.rotate_widget_key",
    purpose=Text("更换聊天窗口的代码", "Give the chat on the shop's pages a new key"),
    risk="act",
    roles=OWNERS,
)
async def rotate_widget_key(call: Call, given: Nothing) -> WidgetView:
    """Give the chat a new key and secret; pages with the one before no longer work."""
    row = await _row(call)
    row.rotation += 1
    await call.session.flush()
    await events.append(call.session, WidgetKeyRotated(rotation=row.rotation))
    return _view(call, row)


class WidgetSecret(Output):
    """What the shop's own server signs its buyers with."""

    secret: str


@tool(
    "service.widget_secret",
    purpose=Text("查看为买家签名的密钥", "Show the secret that buyers are signed with"),
    risk="act",
    roles=OWNERS,
    by_person=True,
    secret=True,
)
async def widget_secret(call: Call, given: Nothing) -> WidgetSecret:
    """The secret that belongs to the present key; who looked is recorded."""
    row = await store.widget(call.session, call.shop_id)
    rotation = 0 if row is None else row.rotation
    return WidgetSecret(secret=secret_of(call.runtime.cipher, call.shop_id, rotation))


async def _row(call: Call) -> Widget:
    """The shop's choice, made where there is none; taken up once it is committed."""
    row = await store.widget(call.session, call.shop_id, held=True)
    if row is None:
        row = Widget(shop_id=call.shop_id, is_on=True, rotation=0, origins=[])
        call.session.add(row)
    row.updated_at, row.updated_by = clock.now(), call.principal.id

    async def take_up() -> None:
        doors(call.runtime).forget(call.shop_id)

    call.after_commit(take_up)
    return row


def _origin(written: str) -> str:
    """An origin as browsers write it; raises Invalid."""
    text = written.strip()
    try:
        parts = urlsplit(text if "://" in text else f"https://{text}")
        host, port = parts.hostname, parts.port
    except ValueError:
        raise _no_origin(written) from None
    is_plain = not (parts.path.strip("/") or parts.query or parts.fragment or parts.username)
    is_local = host in _SEEN_AS_HTTP
    if not host or not is_plain or parts.scheme not in ("https", "http"):
        raise _no_origin(written)
    if parts.scheme == "http" and not is_local:
        raise _no_origin(written)
    try:
        name = host.encode("idna").decode()
    except UnicodeError:
        raise _no_origin(written) from None
    usual = {"https": 443, "http": 80}[parts.scheme]
    return f"{parts.scheme}://{name}" + (f":{port}" if port and port != usual else "")


def _no_origin(written: str) -> Invalid:
    return Invalid(
        Text(f"不是网址：{written}", f"Not an address: {written}"),
        hint=Text(
            "写成 https://shop.example，不带路径；http 只限本机测试。",
            "Write https://shop.example without a path; http is for this machine alone.",
        ),
        where="origins",
    )


def _page(written: str | None, where: str) -> str | None:
    """An address with ``{id}`` of the channel; raises Invalid."""
    if written is None or not written.strip():
        return None
    text = written.strip()
    parts = urlsplit(text)
    if parts.scheme != "https" or not parts.netloc or "{id}" not in text:
        raise Invalid(
            Text(f"网址要以 https:// 开头并含有 {{id}}：{text}", f"Not https with {{id}}: {text}"),
            hint=Text(
                "例如 https://item.taobao.com/item.htm?id={id}",
                "For example https://item.taobao.com/item.htm?id={id}",
            ),
            where=where,
        )
    return text


def _view(call: Call, row: Widget | None) -> WidgetView:
    given = row or Widget(is_on=True, rotation=0, origins=[])
    return WidgetView(
        is_on=given.is_on,
        key=key_of(call.runtime.cipher, call.shop_id, given.rotation),
        origins=list(given.origins),
        color=given.color,
        greeting=given.greeting,
        product_url=given.product_url,
        order_url=given.order_url,
        silence_minutes=given.silence_minutes,
        seen_at=given.seen_at,
        seen_on=given.seen_on,
        updated_at=given.updated_at,
        updated_by=given.updated_by,
    )
