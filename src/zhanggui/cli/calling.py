"""``zhanggui tools`` and ``call``: the command line's door to every tool."""

from __future__ import annotations

from types import UnionType
from typing import TYPE_CHECKING, Annotated, Any, Union, get_args, get_origin

import typer

from zhanggui.cli import app

if TYPE_CHECKING:
    from zhanggui.base.tools import Tool


@app.command("tools")
def list_tools() -> None:
    """列出所有功能 · List every tool with its risk and fields."""
    from rich.console import Console
    from rich.table import Table

    from zhanggui import rooms
    from zhanggui.base.tools import REGISTRY

    rooms.load_tools()
    table = Table(box=None, pad_edge=False, header_style="bold")
    for heading in ("tool", "risk", "", "fields"):
        table.add_column(heading, overflow="fold")
    for name, tool in sorted(REGISTRY.items()):
        table.add_row(name, tool.risk, str(tool.purpose), " ".join(tool.input.model_fields))
    Console().print(table)


@app.command()
def call(
    name: Annotated[str, typer.Argument(help="功能名 · tool, see `zhanggui tools`")],
    values: Annotated[list[str] | None, typer.Argument(help="字段=值 · field=value …")] = None,
    shop: Annotated[str | None, typer.Option(help="店铺 · shop")] = None,
    as_json: Annotated[
        str | None, typer.Option("--json", help="整个输入 · the whole input as JSON")
    ] = None,
    idempotency_key: Annotated[
        str | None,
        typer.Option(help="幂等键：同一个键只执行一次 · a call with the same key runs once"),
    ] = None,
) -> None:
    """调用一个功能，结果为 JSON · Call a tool and print what it gives as JSON."""
    import asyncio
    import json

    from zhanggui import rooms
    from zhanggui.app.serving import migrated
    from zhanggui.base.errors import not_found
    from zhanggui.base.settings import Settings
    from zhanggui.base.tools import REGISTRY
    from zhanggui.base.words import Text
    from zhanggui.cli.door import chosen_shop, invoke

    rooms.load_tools()
    tool = REGISTRY.get(name)
    if tool is None:
        raise not_found(Text("功能", "tool"), name)
    settings = Settings()
    migrated(settings)
    given = _input(tool, values or [], as_json)

    async def run() -> dict[str, Any]:
        shop_id = await chosen_shop(settings, shop)
        return await invoke(settings, tool, given, shop_id, idempotency_key)

    print(json.dumps(asyncio.run(run()), ensure_ascii=False, indent=2))


def _input(tool: Tool, values: list[str], as_json: str | None) -> dict[str, Any]:
    import json

    from zhanggui.base.errors import Invalid
    from zhanggui.base.words import Text

    given: dict[str, Any] = {}
    if as_json is not None:
        try:
            given = json.loads(as_json)
        except ValueError as error:
            raise Invalid(
                Text("--json 不是正确的 JSON", "--json is not valid JSON"), where="--json"
            ) from error
        if not isinstance(given, dict):
            raise Invalid(Text("--json 应该是一个对象", "--json should be an object"))
    for value in values:
        field, separator, text = value.partition("=")
        if not separator:
            raise Invalid(
                Text(f"应写成 字段=值：{value}", f"Write it as field=value: {value}"), where=value
            )
        described = tool.input.model_fields.get(field)
        if described is not None and _takes_many(described.annotation):
            given.setdefault(field, []).append(text)
        else:
            given[field] = text
    return given


def _takes_many(annotation: Any) -> bool:
    """Whether a field takes several values, also where it may be left open."""
    origin = get_origin(annotation)
    if origin in (list, set, frozenset):
        return True
    inner = get_args(annotation)[:1] if origin is Annotated else get_args(annotation)
    return origin in (Annotated, Union, UnionType) and any(map(_takes_many, inner))
