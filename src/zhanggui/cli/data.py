"""``zhanggui backup``, ``restore`` and ``migrate``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from zhanggui.cli import app

if TYPE_CHECKING:
    from zhanggui.base.backup import Manifest
    from zhanggui.base.settings import Settings


@app.command()
def backup(
    file: Annotated[Path, typer.Argument(help="备份文件 · the file to write")],
    with_key: Annotated[
        bool, typer.Option("--with-key", help="包含加密密钥 · put the encryption key into it")
    ] = False,
) -> None:
    """备份全部数据到一个文件 · Back everything up into one file; the server may be running."""
    from zhanggui import rooms
    from zhanggui.base.backup import make
    from zhanggui.base.settings import Settings
    from zhanggui.base.words import Text

    rooms.load_models()
    settings = Settings()
    manifest = make(settings, file, with_key=with_key)
    _report(Text("已备份", "Backed up"), file, manifest)
    if manifest.key.included:
        print(
            Text("  其中有加密密钥，请妥善保管。", "  It holds the encryption key: keep it safe.")
        )
        return
    place = _key_place(settings)
    print(
        Text(
            f"  加密密钥不在其中，请另行保管：{place}",
            f"  The encryption key is not in it; keep it as well: {place}",
        )
    )


@app.command()
def restore(
    file: Annotated[Path, typer.Argument(help="备份文件 · the backup")],
    data: Annotated[Path | None, typer.Option(help="数据目录 · data folder")] = None,
    force: Annotated[
        bool, typer.Option("--force", help="先清空已有数据 · empty what is there first")
    ] = False,
) -> None:
    """从备份恢复 · Restore a backup into an empty data folder or database."""
    from zhanggui import rooms
    from zhanggui.app.serving import owning
    from zhanggui.base.restoring import restore as bring_back
    from zhanggui.base.settings import Settings
    from zhanggui.base.words import Text

    rooms.load_models()
    settings = Settings()
    if data is not None:
        settings = settings.model_copy(update={"data": data})
    with owning(settings):
        manifest = bring_back(settings, file, force=force)
    _report(Text("已恢复", "Restored"), settings.data, manifest)


@app.command()
def migrate() -> None:
    """把数据库升级到当前版本 · Bring the database's schema up to date."""
    from zhanggui import rooms
    from zhanggui.app.serving import owning
    from zhanggui.base import schema
    from zhanggui.base.settings import Settings
    from zhanggui.base.words import Text

    rooms.load_models()
    settings = Settings()
    with owning(settings):
        schema.upgrade(settings)
    print(Text("数据库已是最新", "The schema is up to date"))


def _report(done: object, where: Path, manifest: Manifest) -> None:
    from zhanggui.base.words import Text

    figures = Text(
        f"{manifest.rows} 行，{manifest.blobs} 个文件，版本 {manifest.revision}",
        f"{manifest.rows} rows, {manifest.blobs} files, schema {manifest.revision}",
    )
    print(f"{done} {where}: {figures}")


def _key_place(settings: Settings) -> str:
    if settings.secret_key is not None:
        return "ZHANGGUI_SECRET_KEY"
    return str(settings.data / "secret.key")
