"""``zhanggui up``: serve the console and the API."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from zhanggui.cli import app

if TYPE_CHECKING:
    from zhanggui.base.runtime import Runtime


@app.command()
def up(
    host: Annotated[str | None, typer.Option(help="监听地址 · address to listen on")] = None,
    port: Annotated[
        int | None, typer.Option(min=0, max=65535, help="端口，0 为任选 · port, 0 picks one")
    ] = None,
    demo: Annotated[
        bool, typer.Option("--demo/--no-demo", help="首次启动载入示例店铺 · load the demo shop")
    ] = True,
) -> None:
    """启动控制台和接口 · Serve the console and the API until Ctrl-C."""
    from zhanggui.app.demo import load_first
    from zhanggui.app.serving import serve
    from zhanggui.base.settings import Settings

    settings = Settings()
    chosen = {"host": host, "port": port}
    settings = settings.model_copy(
        update={name: value for name, value in chosen.items() if value is not None}
    )

    async def ready(runtime: Runtime, url: str) -> None:
        from zhanggui.cli.accounts import owner_link

        if demo:
            await load_first(runtime, _say_loading)
        _announce(url, await owner_link(runtime, settings.public_url or url))

    serve(settings, ready)


def _say_loading() -> None:
    from zhanggui.base.words import Text

    words = Text(
        "第一次启动：正在载入示例店铺（一年的订单），请稍等…",
        "First start: loading the demo shop, a year of orders; a moment please…",
    )
    print(f"\n  {words}", flush=True)


def _announce(url: str, link: str) -> None:
    from rich.console import Console

    from zhanggui.base.words import Text

    console = Console(soft_wrap=True, highlight=False)
    lines = (
        (Text("掌柜已启动", "Zhanggui is running"), url),
        (Text("店主登录（15 分钟内，一次有效）", "Owner sign-in (once, within 15 min)"), link),
    )
    console.print()
    for words, address in lines:
        console.print(f"  [bold]{words}[/bold]")
        console.print(f"  [cyan]{address}[/cyan]\n")
    console.print(f"  [dim]{Text('按 Ctrl-C 停止', 'Press Ctrl-C to stop')}[/dim]\n")
