"""How ``zhanggui import`` reaches the importer: the running server's, else one of its own."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import ExitStack
from pathlib import Path
from typing import Any, Protocol

import httpx

from zhanggui import rooms
from zhanggui.app.house import open_house
from zhanggui.app.serving import Address, migrated, owning, running_server
from zhanggui.base import tools
from zhanggui.base.errors import Invalid
from zhanggui.base.ids import is_shop_id
from zhanggui.base.principals import SYSTEM
from zhanggui.base.runtime import Runtime
from zhanggui.base.settings import Settings
from zhanggui.base.words import Text
from zhanggui.cli.door import Refused, known_shops, only_shop, over_http, request
from zhanggui.shop.files import Kind, ShopRecord, Source, discover
from zhanggui.shop.importing import imports
from zhanggui.shop.opening import open_shop

DEFAULT_SHOP = "main"

Report = dict[str, Any]
Watch = Callable[["Door", str], Awaitable[dict[str, Any]]]


class Door(Protocol):
    """The importer, wherever it runs."""

    async def open_shop(self, shop_id: str, name: str) -> None:
        """Open the shop unless it is there."""
        ...

    async def stage(self, path: Path) -> str:
        """Hand the files over; returns the import's id."""
        ...

    async def start(self, import_id: str) -> None:
        """Let the import go."""
        ...

    async def state(self, import_id: str, problems: int = 0) -> dict[str, Any]:
        """How far it has come."""
        ...


async def run(settings: Settings, path: Path, shop_id: str | None, watch: Watch) -> Report:
    """Import `path` and report; raises Invalid for a path or shop that cannot be used."""
    sources = await asyncio.to_thread(_discover, path)
    shop_id, name = await _shop(settings, sources, shop_id)
    server = running_server(settings)
    if server is not None:
        rooms.load_tools()
        return await _import(OverHttp(server, shop_id), shop_id, name, path, watch)
    with ExitStack() as stack:
        stack.enter_context(owning(settings))
        async with open_house(settings) as runtime:
            return await _import(InProcess(runtime, shop_id), shop_id, name, path, watch)


async def _import(door: Door, shop_id: str, name: str, path: Path, watch: Watch) -> Report:
    await door.open_shop(shop_id, name)
    import_id = await door.stage(path)
    if (await door.state(import_id))["state"] == "staged":
        await door.start(import_id)
    await watch(door, import_id)
    return {"shop": shop_id, **await door.state(import_id, problems=10_000)}


def _discover(path: Path) -> list[Source]:
    try:
        return discover(path)
    except FileNotFoundError:
        raise Invalid(
            Text(f"没有这个文件或文件夹：{path}", f"No such file or folder: {path}"),
            hint=Text("请检查路径。", "Check the path."),
            where=str(path),
        ) from None


async def _shop(settings: Settings, sources: list[Source], shop_id: str | None) -> tuple[str, str]:
    """The shop to import into and what to call it if it is new.

    The one that was named; else a pack's own; else the only shop there is besides the demo; else
    a first shop is opened.
    """
    packs = await asyncio.to_thread(_pack_shops, sources)
    if shop_id is None and len(packs) > 1:
        names = "、".join(pack.shop_id for pack in packs)
        raise Invalid(
            Text(f"这里有好几个店铺：{names}", f"There are several shops here: {names}"),
            hint=Text("请一次导入一个。", "Import one at a time."),
        )
    if shop_id is None and packs and is_shop_id(packs[0].shop_id):
        shop_id = packs[0].shop_id
    if shop_id is None:
        await asyncio.to_thread(migrated, settings)
        shop_id = only_shop(await known_shops(settings)) or DEFAULT_SHOP
    return shop_id, packs[0].name if packs else shop_id


def _pack_shops(sources: list[Source]) -> list[ShopRecord]:
    found = []
    for source in sources:
        if source.kind is Kind.PACK_SHOP:
            for batch in source.records():
                found += [record for record in batch.records if isinstance(record, ShopRecord)]
    return found


class InProcess:
    """The importer in this process."""

    def __init__(self, runtime: Runtime, shop_id: str) -> None:
        self._runtime = runtime
        self._shop_id = shop_id

    async def open_shop(self, shop_id: str, name: str) -> None:
        """See :class:`Door`."""
        await open_shop(self._runtime, shop_id, name, exist_ok=True)

    async def stage(self, path: Path) -> str:
        """See :class:`Door`."""
        import_id, staging = imports.new_import(self._runtime, self._shop_id)
        try:
            await staging.add_path(path)
            return (await imports.stage(self._runtime, self._shop_id, staging, import_id)).id
        except BaseException:
            await staging.remove()
            raise

    async def start(self, import_id: str) -> None:
        """See :class:`Door`."""
        await self._call("shop.start_import", import_id=import_id)

    async def state(self, import_id: str, problems: int = 0) -> dict[str, Any]:
        """See :class:`Door`."""
        return await self._call("shop.get_import", import_id=import_id, problems=problems)

    async def _call(self, name: str, **given: Any) -> dict[str, Any]:
        outcome = await tools.call(
            self._runtime, name, given, shop_id=self._shop_id, principal=SYSTEM
        )
        return outcome.output.model_dump(mode="json") if outcome.output else {}


class OverHttp:
    """The importer of the running server."""

    def __init__(self, server: Address, shop_id: str) -> None:
        self._server = server
        self._shop_id = shop_id

    async def open_shop(self, shop_id: str, name: str) -> None:
        """See :class:`Door`."""
        answer = await self._post("/api/shops", json={"id": shop_id, "name": name})
        if answer.is_error and answer.status_code != 409:
            raise Refused(answer.json())

    async def stage(self, path: Path) -> str:
        """See :class:`Door`."""
        with ExitStack() as stack:
            found = await asyncio.to_thread(_files, path)
            parts = [
                ("files", (name, stack.enter_context(file.open("rb")))) for name, file in found
            ]
            times = [str(int(file.stat().st_mtime * 1000)) for _, file in found]
            answer = await self._post(
                f"/api/shops/{self._shop_id}/imports", files=parts, data={"modified": times}
            )
        if answer.is_error:
            raise Refused(answer.json())
        return str(answer.json()["import_id"])

    async def start(self, import_id: str) -> None:
        """See :class:`Door`."""
        await self._call("shop.start_import", {"import_id": import_id})

    async def state(self, import_id: str, problems: int = 0) -> dict[str, Any]:
        """See :class:`Door`."""
        return await self._call("shop.get_import", {"import_id": import_id, "problems": problems})

    async def _call(self, name: str, given: dict[str, Any]) -> dict[str, Any]:
        return await over_http(self._server, tools.REGISTRY[name], given, self._shop_id)

    async def _post(self, path: str, **body: Any) -> httpx.Response:
        return await request(self._server, "POST", path, **body)


def _files(path: Path) -> list[tuple[str, Path]]:
    """The files under `path`, with their names from its parent on."""
    path = path.resolve()
    files = sorted(each for each in path.rglob("*") if each.is_file()) if path.is_dir() else [path]
    return [(each.relative_to(path.parent).as_posix(), each) for each in files]


def as_json(report: Report) -> dict[str, Any]:
    """The documented form of ``--json``."""
    return {
        "shop": report["shop"],
        "files": [
            {
                "path": file["path"],
                "kind": file["kind"],
                "accepted": file["accepted"],
                "rejected": file["rejected"],
                "problems": [
                    {name: problem[name] for name in ("row", "column", "reason")}
                    for problem in file["problems"]
                ],
                "error": file["error"],
            }
            for file in report["files"]
        ],
        "counts": report["counts"],
        **({"error": report["error"]} if report["error"] else {}),
    }


def is_useless(report: Report) -> bool:
    """Whether nothing came of the import: it failed, or no file could be used."""
    return bool(report["error"]) or all(file["error"] for file in report["files"])
