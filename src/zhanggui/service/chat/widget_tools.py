"""What a shop chooses for the chat on its pages."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any, Literal
from urllib.parse import urlsplit

from pydantic import Field

from zhanggui.base import clock, events
from zhanggui.base.choosing import Choosing
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


Choice = Literal[
    "is_on", "origins", "color", "greeting", "product_url", "order_url", "silence_minutes"
]


class WidgetInput(Choosing[Choice]):
    """What to choose."""

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
    """Choose how the chat looks and which pages may carry it; what is not set stays as it is.
    Raises Invalid for what is no address or colour."""
    chosen = {name: _read(name, getattr(given, name)) for name in given.sets}
    row = await _row(call)
    for name, value in chosen.items():
        setattr(row, name, value)
    return await _saved(call, row)


class PageInput(Input):
    """A page's address."""

    origin: str = Field(min_length=1, max_length=300, description="As https://shop.example")


@tool(
    "service.allow_page",
    purpose=Text("让一个网页使用聊天窗口", "Let a page carry the chat"),
    risk="act",
    roles=OWNERS,
)
async def allow_page(call: Call, given: PageInput) -> WidgetView:
    """Add one address to those whose pages may carry the chat. Raises Invalid for what is none, and
    for one more than there may be."""
    origin = _origin(given.origin, "origin")
    row = await _row(call)
    if origin not in row.origins:
        if len(row.origins) >= _MOST_ORIGINS:
            raise Invalid(
                Text(f"最多 {_MOST_ORIGINS} 个网址", f"At most {_MOST_ORIGINS} addresses"),
                hint=Text("先在设置里去掉不用的。", "Take one out in the settings first."),
                where="origin",
            )
        row.origins = [*row.origins, origin]
    return await _saved(call, row)


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


async def _saved(call: Call, row: Widget) -> WidgetView:
    await call.session.flush()
    await events.append(call.session, WidgetSaved(is_on=row.is_on, origins=len(row.origins)))
    return _view(call, row)


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


def _read(name: Choice, given: Any) -> Any:
    """A choice as it is kept; raises Invalid."""
    match name:
        case "origins":
            return list(dict.fromkeys(_origin(written, "origins") for written in given))
        case "color":
            return _color(given)
        case "greeting":
            return (given or "").strip() or None
        case "product_url" | "order_url":
            return _page(given, name)
        case "is_on" | "silence_minutes":
            return given


def _color(written: str | None) -> str | None:
    """A colour; raises Invalid."""
    if not written:
        return None
    if _COLOR.fullmatch(written) is None:
        raise Invalid(
            Text(f"不是颜色：{written}", f"Not a colour: {written}"),
            hint=Text("写成 #c2410c 这样。", "Write it as #c2410c."),
            where="color",
        )
    return written.lower()


def _origin(written: str, where: str) -> str:
    """An origin as browsers write it; raises Invalid."""
    text = written.strip()
    try:
        parts = urlsplit(text if "://" in text else f"https://{text}")
        host, port = parts.hostname, parts.port
    except ValueError:
        raise _no_origin(written, where) from None
    is_plain = not (parts.path.strip("/") or parts.query or parts.fragment or parts.username)
    is_local = host in _SEEN_AS_HTTP
    if not host or not is_plain or parts.scheme not in ("https", "http"):
        raise _no_origin(written, where)
    if parts.scheme == "http" and not is_local:
        raise _no_origin(written, where)
    try:
        name = host.encode("idna").decode()
    except UnicodeError:
        raise _no_origin(written, where) from None
    usual = {"https": 443, "http": 80}[parts.scheme]
    return f"{parts.scheme}://{name}" + (f":{port}" if port and port != usual else "")


def _no_origin(written: str, where: str) -> Invalid:
    return Invalid(
        Text(f"不是网址：{written}", f"Not an address: {written}"),
        hint=Text(
            "写成 https://shop.example，不带路径；http 只限本机测试。",
            "Write https://shop.example without a path; http is for this machine alone.",
        ),
        where=where,
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
