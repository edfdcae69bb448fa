"""``zhanggui work``: what shoppers want done, for a person to do."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

import typer

from zhanggui.cli import app

work = typer.Typer(help="工作单：买家要办的事 · what shoppers want done", no_args_is_help=True)
app.add_typer(work, name="work")

_Shop = Annotated[str | None, typer.Option(help="店铺 · shop")]
_Json = Annotated[bool, typer.Option("--json", help="输出 JSON · print JSON")]
_Id = Annotated[str, typer.Argument(help="编号 · its id")]


@work.command("list")
def list_work(
    status: Annotated[str, typer.Option(help="状态 · open, done, dropped or all")] = "open",
    kind: Annotated[str | None, typer.Option(help="种类 · kind")] = None,
    shop: _Shop = None,
    as_json: _Json = False,
) -> None:
    """列出工作单，紧急的在前 · List work, the urgent first."""
    from rich.console import Console
    from rich.table import Table

    from zhanggui.base import clock

    given = {"status": status, **({"kind": kind} if kind is not None else {})}
    page = _call("service.list_work", shop, given)
    if as_json:
        _print(page)
        return
    table = Table(box=None, pad_edge=False, header_style="bold")
    for heading in ("id", "", "order", "what", "why", "made"):
        table.add_column(heading, overflow="fold")
    for item in page["items"]:
        name = f"[red]{item['name']}[/red]" if item["is_urgent"] else item["name"]
        made = f"{clock.local(datetime.fromisoformat(item['made_at'])):%Y-%m-%d %H:%M}"
        table.add_row(item["id"], name, item["order_id"], _details(item), item["why"], made)
    Console(highlight=False).print(table)


@work.command()
def show(item_id: _Id, shop: _Shop = None, as_json: _Json = False) -> None:
    """查看全部内容，会留下记录 · Show one in full, which is recorded."""
    item = _call("service.get_work", shop, {"id": item_id})
    if as_json:
        _print(item)
        return
    print(f"{item['name']}  {item['order_id']}  [{item['status']}]")
    for field, value in item["details"].items():
        print(f"  {field}: {value}")
    for told in (item["words"], item["why"], item["note"]):
        if told:
            print(f"  {told}")


@work.command()
def finish(
    item_id: _Id,
    note: Annotated[str | None, typer.Option(help="结果 · what came of it")] = None,
    dropped: Annotated[
        bool, typer.Option("--drop", help="不办了 · it is not going to be done")
    ] = False,
    shop: _Shop = None,
    as_json: _Json = False,
) -> None:
    """办结；--drop 为放弃 · Say that one is done, or dropped."""
    given = {"id": item_id, "status": "dropped" if dropped else "done", "note": note}
    item = _call("service.finish_work", shop, given)
    if as_json:
        _print(item)
        return
    print(f"{item['id']}  {item['status']}")


def _call(name: str, shop: str | None, given: dict[str, Any]) -> dict[str, Any]:
    import asyncio

    from zhanggui import rooms
    from zhanggui.app.serving import migrated
    from zhanggui.base.settings import Settings
    from zhanggui.base.tools import REGISTRY
    from zhanggui.cli.door import chosen_shop, invoke

    rooms.load_tools()
    settings = Settings()
    migrated(settings)

    async def run() -> dict[str, Any]:
        return await invoke(settings, REGISTRY[name], given, await chosen_shop(settings, shop))

    return asyncio.run(run())


def _details(item: dict[str, Any]) -> str:
    return "，".join(item["details"].values())


def _print(output: dict[str, Any]) -> None:
    import json

    print(json.dumps(output, ensure_ascii=False))
