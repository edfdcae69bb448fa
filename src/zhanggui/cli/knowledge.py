"""``zhanggui knowledge``: documents in, from the terminal."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from zhanggui.cli import app

if TYPE_CHECKING:
    from zhanggui.base.settings import Settings
    from zhanggui.knowledge.adding import File

knowledge = typer.Typer(help="店铺知识 · what the shop knows", no_args_is_help=True)
app.add_typer(knowledge, name="knowledge")

_Shop = Annotated[str | None, typer.Option(help="店铺 · shop")]
_Json = Annotated[bool, typer.Option("--json", help="输出 JSON · print JSON")]


@knowledge.command("add-document")
def add_document(
    path: Annotated[
        Path, typer.Argument(help="md、txt、docx、pdf、xlsx 或 xls · a file of one of these kinds")
    ],
    title: Annotated[str | None, typer.Option(help="标题 · its title")] = None,
    effective: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="从哪天起适用 · the day from which it applies"),
    ] = None,
    document_id: Annotated[
        str | None,
        typer.Option("--id", help="作为哪份文档的新版本 · the document it is a new version of"),
    ] = None,
    shop: _Shop = None,
    as_json: _Json = False,
) -> None:
    """把手册、尺码表等文件变成可引用的条款 · Make a document of a file."""
    import asyncio
    import json

    from zhanggui.app.serving import migrated
    from zhanggui.base.errors import Invalid
    from zhanggui.base.settings import Settings
    from zhanggui.base.words import Text
    from zhanggui.knowledge.adding import File
    from zhanggui.knowledge.documents import MAX_BYTES

    settings = Settings()
    migrated(settings)
    if not path.is_file():
        raise Invalid(
            Text(f"没有这个文件：{path}", f"No such file: {path}"),
            hint=Text("请检查路径。", "Check the path."),
            where=str(path),
        )
    with path.open("rb") as opened:
        data = opened.read(MAX_BYTES + 1)
    day = effective.date() if effective else None
    file = File(path.name, data, title, day, document_id)
    added = asyncio.run(_add(settings, shop, file))
    if as_json:
        print(json.dumps(added, ensure_ascii=False, indent=2))
    else:
        _tell(added)


async def _add(settings: Settings, shop: str | None, file: File) -> dict[str, Any]:
    """Through the running server, else in this process."""
    from zhanggui import rooms
    from zhanggui.app.house import open_house
    from zhanggui.app.serving import owning, running_server
    from zhanggui.base.principals import SYSTEM
    from zhanggui.cli.door import answered, chosen_shop
    from zhanggui.knowledge import adding

    rooms.load_tools()
    shop_id = await chosen_shop(settings, shop)
    server = running_server(settings)
    if server is not None:
        fields = {"title": file.title, "effective": file.effective, "id": file.id}
        return await answered(
            server,
            "POST",
            f"/api/shops/{shop_id}/knowledge/documents",
            files={"file": (file.name, file.data)},
            data={name: str(value) for name, value in fields.items() if value is not None},
        )
    with owning(settings):
        async with open_house(settings) as runtime:
            outcome, unread = await adding.add(runtime, shop_id, SYSTEM, file)
    if outcome.output is None:
        raise RuntimeError("adding waits for nobody")
    return {"document": outcome.output.model_dump(mode="json"), "unread_pages": unread}


def _tell(added: dict[str, Any]) -> None:
    from zhanggui.base.words import Text

    document, unread = added["document"], added["unread_pages"]
    words = Text(
        f"{document['title']}：{document['clauses']} 条，编号 {document['id']}",
        f"{document['title']}: {document['clauses']} clauses, id {document['id']}",
    )
    print(words)
    if unread:
        pages = ", ".join(map(str, unread))
        print(
            Text(
                f"这些页没有文字（多半是扫描件），没有读入：{pages}",
                f"These pages have no text (likely scans) and were not read: {pages}",
            )
        )


@knowledge.command("list-documents")
def list_documents(shop: _Shop = None, as_json: _Json = False) -> None:
    """列出文档和它们的版本 · List documents with their versions."""
    import asyncio
    import json

    from rich.console import Console
    from rich.table import Table

    from zhanggui import rooms
    from zhanggui.app.serving import migrated
    from zhanggui.base.settings import Settings
    from zhanggui.base.tools import REGISTRY
    from zhanggui.cli.door import chosen_shop, invoke

    rooms.load_tools()
    settings = Settings()
    migrated(settings)

    async def run() -> dict[str, Any]:
        shop_id = await chosen_shop(settings, shop)
        return await invoke(settings, REGISTRY["knowledge.list_documents"], {}, shop_id)

    found = asyncio.run(run())
    if as_json:
        print(json.dumps(found, ensure_ascii=False, indent=2))
        return
    table = Table(box=None, pad_edge=False, header_style="bold")
    for heading in ("id", "title", "clauses", "effective", "standing"):
        table.add_column(heading, overflow="fold", no_wrap=heading == "id")
    for item in found["items"]:
        for version in item["versions"]:
            since = version["effective"] or "–"
            row = (item["id"], item["title"], str(version["clauses"]), since, version["standing"])
            table.add_row(*row)
    Console().print(table)
