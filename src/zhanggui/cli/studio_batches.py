"""``zhanggui studio batch`` and what belongs to it: batches on the shop's own goods."""

from __future__ import annotations

import time
from datetime import timedelta
from pathlib import Path
from typing import Annotated, Any

import typer

from zhanggui.cli.studio import AsJson, studio

_Shop = Annotated[str | None, typer.Option(help="店铺 · shop")]
_Batch = Annotated[str, typer.Argument(help="批次编号 · the batch's id")]
_LOOK_S = 2.0


@studio.command("batch")
def batch(
    products: Annotated[
        list[str] | None,
        typer.Argument(help="商品编号；不写为全部 · products' ids; all where none is given"),
    ] = None,
    name: Annotated[str, typer.Option(help="批次名称 · its name")] = "",
    q: Annotated[str, typer.Option(help="标题或编号里的文字 · text in titles or ids")] = "",
    kinds: Annotated[
        str | None, typer.Option(help="scene,poster,grid,video,white,detail,copy")
    ] = None,
    styles: Annotated[str | None, typer.Option(help="风格，逗号分隔 · styles, by comma")] = None,
    scenes: Annotated[int, typer.Option(help="每个商品几张场景图 · scenes of each")] = 8,
    seed: Annotated[int, typer.Option(help="随机种子 · the seed")] = 0,
    with_pictures_only: Annotated[
        bool, typer.Option(help="跳过没有底图的商品 · leave out those without base pictures")
    ] = False,
    wait: Annotated[bool, typer.Option(help="等到做完 · wait until it has finished")] = False,
    shop: _Shop = None,
    as_json: AsJson = False,
) -> None:
    """批量制作商品素材 · Make pictures, video and copy for products."""
    plan: dict[str, Any] = {"scenes": scenes, "seed": seed}
    for field, given in (("kinds", kinds), ("styles", styles)):
        if given is not None:
            plan[field] = [each.strip() for each in given.split(",") if each.strip()]
    found = _call(
        "start_batch",
        shop,
        name=name,
        product_ids=products or [],
        q=q,
        with_pictures_only=with_pictures_only,
        plan=plan,
    )
    if wait:
        found = _watched(found["id"], shop, quiet=as_json)
    _tell(found, as_json)


@studio.command("batches")
def batches(shop: _Shop = None, as_json: AsJson = False) -> None:
    """列出批次 · List batches, the newest first."""
    from rich.console import Console
    from rich.table import Table

    found = _call("list_batches", shop)
    if as_json:
        _print(found)
        return
    table = Table(box=None, pad_edge=False, header_style="bold")
    for heading in ("id", "name", "state", "done", "failed", "left"):
        table.add_column(heading, overflow="fold", no_wrap=heading == "id")
    for item in found["items"]:
        counts = (str(item[key]) for key in ("done", "failed", "left"))
        table.add_row(item["id"], item["name"], item["state"], *counts)
    Console(highlight=False).print(table)


@studio.command("show")
def show(
    batch_id: _Batch,
    wait: Annotated[bool, typer.Option(help="等到做完 · wait until it has finished")] = False,
    shop: _Shop = None,
    as_json: AsJson = False,
) -> None:
    """查看批次进度 · Show how far a batch has come."""
    found = _watched(batch_id, shop, quiet=as_json) if wait else None
    _tell(found or _call("get_batch", shop, batch_id=batch_id), as_json)


@studio.command("pause")
def pause(batch_id: _Batch, shop: _Shop = None, as_json: AsJson = False) -> None:
    """暂停批次 · Pause a batch."""
    _tell(_call("pause_batch", shop, batch_id=batch_id), as_json)


@studio.command("resume")
def resume(batch_id: _Batch, shop: _Shop = None, as_json: AsJson = False) -> None:
    """继续批次 · Go on with a paused batch."""
    _tell(_call("resume_batch", shop, batch_id=batch_id), as_json)


@studio.command("cancel")
def cancel(batch_id: _Batch, shop: _Shop = None, as_json: AsJson = False) -> None:
    """取消批次 · Cancel a batch; what is made stays."""
    _tell(_call("cancel_batch", shop, batch_id=batch_id), as_json)


@studio.command("retry")
def retry(batch_id: _Batch, shop: _Shop = None, as_json: AsJson = False) -> None:
    """重试失败的商品 · Try what failed again."""
    _tell(_call("retry_items", shop, batch_id=batch_id), as_json)


@studio.command("upload")
def upload(
    files: Annotated[list[Path], typer.Argument(help="图片或 zip · pictures, or zips of them")],
    product: Annotated[
        str | None,
        typer.Option(
            help="商品编号；不写则按文件夹或文件名认 · whose; else told by folder or name"
        ),
    ] = None,
    shop: _Shop = None,
    as_json: AsJson = False,
) -> None:
    """上传商品底图 · Give products base pictures."""
    import asyncio

    found = asyncio.run(_upload(files, product, shop))
    if as_json:
        _print(found)
        return
    print(f"✓ {found['pictures']} → {', '.join(found['products'])}")
    for refused in found["refused"]:
        print(f"  ✗ {refused['name']}: {refused['reason']}")


async def _upload(files: list[Path], product: str | None, shop: str | None) -> dict[str, Any]:
    """Through the running server, else in this process."""
    from zhanggui import rooms
    from zhanggui.app.house import open_house
    from zhanggui.app.serving import migrated, owning, running_server
    from zhanggui.base.principals import SYSTEM
    from zhanggui.base.settings import Settings
    from zhanggui.cli.door import answered, chosen_shop
    from zhanggui.studio.uploading import Upload

    rooms.load_tools()
    settings = Settings()
    migrated(settings)
    shop_id = await chosen_shop(settings, shop)
    server = running_server(settings)
    if server is not None:
        return await answered(
            server,
            "POST",
            f"/api/shops/{shop_id}/studio/pictures",
            files=[("files", (_name(path), path.read_bytes())) for path in files],
            data={"product_id": product} if product else {},
        )
    with owning(settings):
        async with open_house(settings) as runtime:
            taken = Upload(runtime, shop_id, SYSTEM, product, None)
            for path in files:
                with path.open("rb") as file:
                    await taken.take(_name(path), file)
            return (await taken.end()).model_dump(mode="json")


def _name(path: Path) -> str:
    """With its folder's name, by which its product may be known."""
    return f"{path.resolve().parent.name}/{path.name}"


def _watched(batch_id: str, shop: str | None, *, quiet: bool) -> dict[str, Any]:
    """Wait for a batch with a bar; where no server runs, this process makes it."""
    from rich.progress import BarColumn, Progress, TextColumn

    with Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.completed:.0f}%"),
        TextColumn("{task.fields[left]}"),
        disable=quiet,
    ) as bars:
        bar = bars.add_task("", total=100, left="")
        return _until_ended(batch_id, shop, lambda found: bars.update(bar, **_bar(found)))


def _until_ended(batch_id: str, shop: str | None, seen: Any) -> dict[str, Any]:
    import asyncio

    from zhanggui import rooms
    from zhanggui.app.house import open_house
    from zhanggui.app.serving import owning, running_server
    from zhanggui.base import tools
    from zhanggui.base.principals import SYSTEM
    from zhanggui.base.settings import Settings
    from zhanggui.cli.door import chosen_shop

    settings = Settings()
    if running_server(settings) is not None:
        while True:
            found = _call("get_batch", shop, batch_id=batch_id)
            seen(found)
            if found["state"] != "running":
                return found
            time.sleep(_LOOK_S)

    async def here() -> dict[str, Any]:
        rooms.load_tools()
        shop_id = await chosen_shop(settings, shop)
        async with open_house(settings) as runtime:
            while True:
                outcome = await tools.call(
                    runtime,
                    "studio.get_batch",
                    {"batch_id": batch_id},
                    shop_id=shop_id,
                    principal=SYSTEM,
                )
                found: dict[str, Any] = (
                    outcome.output.model_dump(mode="json") if outcome.output else {}
                )
                seen(found)
                if found["state"] != "running":
                    return found
                await asyncio.sleep(_LOOK_S)

    with owning(settings):
        return asyncio.run(here())


def _bar(found: dict[str, Any]) -> dict[str, Any]:
    return {
        "description": f"{found['done']}/{found['items']}",
        "completed": found["share"] * 100,
        "left": _left(found),
    }


def _left(found: dict[str, Any]) -> str:
    from zhanggui.base.words import Text

    seconds = found["seconds_left"]
    if found["state"] != "running" or seconds is None:
        return ""
    left = timedelta(seconds=round(seconds))
    return str(Text(f"还需约 {left}", f"about {left} left"))


def _tell(found: dict[str, Any], as_json: bool) -> None:
    from zhanggui.base.words import Text

    if as_json:
        _print(found)
        return
    print(
        Text(
            f"{found['id']}  {found['name']}  [{found['state']}]\n"
            f"完成 {found['done']}，失败 {found['failed']}，剩余 {found['left']}  {_left(found)}",
            f"{found['id']}  {found['name']}  [{found['state']}]\n"
            f"{found['done']} done, {found['failed']} failed, {found['left']} left  {_left(found)}",
        )
    )
    for step in found["steps"]:
        took = f"{step['cpu_ms'] / 1000:.1f} s" if step["cpu_ms"] is not None else ""
        print(f"  {step['name']:<8} {step['done']}/{step['total']}  {took}")
    for item in found["failures"]:
        print(f"  ✗ {item['title']} ({item['step']}): {item['error']['message']}")


def _call(name: str, shop: str | None, /, **given: Any) -> dict[str, Any]:
    from zhanggui.cli.door import called

    return called(f"studio.{name}", given, shop)


def _print(found: dict[str, Any]) -> None:
    import json

    print(json.dumps(found, ensure_ascii=False, indent=2))
