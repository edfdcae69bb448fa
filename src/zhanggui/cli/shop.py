"""``zhanggui import``: a shop's files in, from the terminal."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from zhanggui.cli import app

if TYPE_CHECKING:
    from zhanggui.cli.importing import Door


@app.command("import")
def import_files(
    path: Annotated[Path, typer.Argument(help="文件、文件夹或 zip · a file, a folder or a zip")],
    shop: Annotated[
        str | None,
        typer.Option(help="导入到哪个店铺，没有就新建 · the shop, opened when it is new"),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="输出 JSON · print JSON")] = False,
) -> None:
    """导入店铺文件：订单、商品、报表、问答、聊天记录 · Bring a shop's files in.

    再导入一次不会重复；中断后再运行会接着导入。

    Importing twice changes nothing; run again after a break, it goes on.
    """
    import asyncio
    import json
    import sys

    from zhanggui.base.settings import Settings
    from zhanggui.cli import importing

    settings = Settings()
    report = asyncio.run(importing.run(settings, path, shop, _progress))
    if as_json:
        print(json.dumps(importing.as_json(report), ensure_ascii=False, indent=2))
    else:
        _tell(report)
    if importing.is_useless(report):
        sys.exit(1)


async def _progress(door: Door, import_id: str) -> dict[str, Any]:
    """Show a bar on standard error until the import has ended; returns its last state."""
    import asyncio
    import sys

    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    from zhanggui.base.words import Text

    console = Console(stderr=True)
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.percentage:>3.0f}%"),
        TextColumn("{task.fields[rows]}"),
        TimeRemainingColumn(),
    )
    words = Text("导入中", "Importing")
    with Progress(
        *columns, console=console, transient=True, disable=not sys.stderr.isatty()
    ) as bar:
        task = bar.add_task(str(words), total=None, rows="")
        pause = 0.1
        while True:
            state = await door.state(import_id)
            rows = Text(f"{state['rows_done']:,} 行", f"{state['rows_done']:,} rows")
            bar.update(
                task,
                total=max(state["bytes_total"], 1),
                completed=state["bytes_done"],
                rows=str(rows),
            )
            if state["state"] not in ("staged", "queued", "running"):
                return state
            await asyncio.sleep(pause)
            pause = min(pause * 1.2, 1.5)  # The longer it takes, the less often it is asked.


def _tell(report: dict[str, Any]) -> None:
    from rich.console import Console
    from rich.table import Table

    from zhanggui.base.money import format_yuan
    from zhanggui.base.words import Text

    console = Console(highlight=False)
    table = Table(box=None, pad_edge=False, header_style="bold")
    for heading in (
        Text("文件", "file"),
        Text("识别为", "recognised as"),
        Text("导入", "in"),
        Text("拒收", "refused"),
    ):
        table.add_column(str(heading), overflow="fold")
    for file in report["files"]:
        table.add_row(
            file["path"], file["kind_name"], f"{file['accepted']:,}", f"{file['rejected']:,}"
        )
    console.print(table)
    for file in report["files"]:
        if file["error"]:
            console.print(f"[red]✗[/red] {file['path']}: {file['error']}")
        for problem in file["problems"][:5]:
            where = Text(f"第 {problem['row']} 行", f"row {problem['row']}")
            column = f" {problem['column']}" if problem["column"] else ""
            console.print(f"  {file['path']} {where}{column}: {problem['reason']}")
        if len(file["problems"]) > 5:
            more = Text(f"  …共 {file['problem_count']} 处", f"  … {file['problem_count']} in all")
            console.print(str(more))
    if report["error"]:
        console.print(f"[red]✗[/red] {report['error']}")
    counts = report["counts"]
    if counts:
        paid = format_yuan(counts["paid_fen"])
        words = Text(
            f"店铺 {report['shop']}：商品 {counts['products']:,}，SKU {counts['skus']:,}，"
            f"订单 {counts['orders']:,}，买家 {counts['buyers']:,}，实付 ￥{paid}",
            f"Shop {report['shop']}: {counts['products']:,} goods, {counts['skus']:,} SKUs, "
            f"{counts['orders']:,} orders, {counts['buyers']:,} buyers, ￥{paid} paid",
        )
        console.print(f"\n[bold]{words}[/bold]")
