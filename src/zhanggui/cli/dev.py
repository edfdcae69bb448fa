"""``zhanggui dev``: what helps to build on Zhanggui and to try it out without anybody's servers."""

from __future__ import annotations

from typing import Annotated

import typer

from zhanggui.cli import app

dev = typer.Typer(help="开发用 · for development", no_args_is_help=True)
app.add_typer(dev, name="dev")


@dev.command("dashscope")
def dashscope(
    port: Annotated[int, typer.Option(help="端口 · the port", min=0, max=65535)] = 8790,
    fault: Annotated[
        list[str] | None,
        typer.Option(help="会发生的故障，如 throttled 或 failed:3 · a fault that will happen"),
    ] = None,
    queue_s: Annotated[float, typer.Option(help="排队几秒 · seconds a task waits", min=0)] = 1.0,
    run_s: Annotated[float, typer.Option(help="做几秒 · seconds it takes", min=0)] = 3.0,
) -> None:
    """在本机代替 DashScope 的模拟服务 · A server that stands in for DashScope on this machine."""
    from zhanggui.ai.dashscope.stub.app import KEY
    from zhanggui.ai.dashscope.stub.serving import HOST, run
    from zhanggui.ai.dashscope.stub.tasks import State
    from zhanggui.base.errors import Unavailable
    from zhanggui.base.words import Text

    state = State(queue_s, run_s)
    for written in fault or ():
        name, times = _fault(written)
        state.faults[name] += times

    def say(address: str) -> None:
        print(Text("模拟的 DashScope（不是真的模型）", "A stub of DashScope (no model is real)"))
        print(f"  base_url = {address}/api/v1    {address}/compatible-mode/v1")
        print(Text(f"  密钥：以 {KEY} 开头的任何字", f"  key: whatever begins with {KEY}"))
        paid, faults = f"{address}/bill", f"POST {address}/faults"
        told = Text(f"  账单：{paid}，故障：{faults}", f"  the bill: {paid}, faults: {faults}")
        print(told, flush=True)

    try:
        run(state, port, say)
    except OSError as error:
        raise Unavailable(
            Text(f"端口 {port} 用不了", f"The port {port} cannot be used"),
            hint=Text("用 --port 换一个。", "Choose another with --port."),
            where=f"{HOST}:{port}",
        ) from error


def _fault(written: str) -> tuple[str, int]:
    """The name of a fault and how often it will happen."""
    from zhanggui.ai.dashscope.stub.tasks import FAULTS
    from zhanggui.base.errors import Invalid
    from zhanggui.base.words import Text

    name, _, times = written.partition(":")
    if name not in FAULTS or (times and not times.isdecimal()):
        known = "、".join(FAULTS)
        raise Invalid(
            Text(f"没有这种故障：{written}", f"There is no such fault: {written}"),
            hint=Text(
                f"有：{known}；次数写在冒号后。", f"There are: {known}; times after a colon."
            ),
            where="--fault",
        )
    return name, int(times or 1)
