"""``zhanggui ask``, ``zhanggui service settings`` and ``zhanggui eval service``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from zhanggui.cli import app

if TYPE_CHECKING:
    from zhanggui.base.settings import Settings
    from zhanggui.base.words import Text
    from zhanggui.service.evaluation import Evaluation, Outcome

evaluations = typer.Typer(
    help="评测 · judge what the program does on known cases", no_args_is_help=True
)
app.add_typer(evaluations, name="eval")
choices = typer.Typer(help="客服 · how shoppers are served", no_args_is_help=True)
app.add_typer(choices, name="service")

Ceiling = Annotated[
    float | None,
    typer.Option(
        help="允许答错的比例，百分之几：1、2、3、5、8 · how many answers in a hundred may be wrong"
    ),
]


@evaluations.callback()
def _evaluations() -> None:
    """Makes each evaluation a subcommand, however few there are."""


@choices.callback()
def _choices() -> None:
    """Makes each choice a subcommand, however few there are."""


@choices.command("settings")
def set_service(
    ceiling: Ceiling = None,
    shop: Annotated[str | None, typer.Option(help="店铺 · shop")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="输出 JSON · print JSON")] = False,
) -> None:
    """查看或修改客服设置 · Show how the service is set, or set it."""
    import asyncio
    import json

    from zhanggui import rooms
    from zhanggui.app.serving import migrated
    from zhanggui.base.settings import Settings
    from zhanggui.base.tools import REGISTRY
    from zhanggui.base.words import Text
    from zhanggui.cli.door import chosen_shop, invoke

    rooms.load_tools()
    settings = Settings()
    migrated(settings)
    name = "service.settings" if ceiling is None else "service.save_settings"
    given = {} if ceiling is None else {"ceiling": ceiling / 100}

    async def run() -> dict[str, Any]:
        return await invoke(settings, REGISTRY[name], given, await chosen_shop(settings, shop))

    chosen = asyncio.run(run())
    if as_json:
        print(json.dumps(chosen, ensure_ascii=False))
        return
    among = " / ".join(f"{share:.0%}" for share in chosen["choices"])
    words = Text(
        f"允许答错的比例：{chosen['ceiling']:.0%}（可选 {among}）。"
        "越低，答错越少，转人工越多；越高，自己答的越多。",
        f"Answers that may be wrong: {chosen['ceiling']:.0%} (choose from {among})."
        " Lower means fewer mistakes and more for people; higher means more answers.",
    )
    print(words)


@app.command()
def ask(
    text: Annotated[str, typer.Argument(help="买家的话 · the shopper's message")],
    shop: Annotated[str | None, typer.Option(help="店铺 · shop")] = None,
    buyer: Annotated[str | None, typer.Option(help="买家昵称 · the buyer's nick")] = None,
    order: Annotated[str | None, typer.Option(help="打开的订单 · the order they have open")] = None,
    product: Annotated[str | None, typer.Option(help="正在看的商品 · the page they are on")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="输出 JSON · print JSON")] = False,
) -> None:
    """像买家一样问一句 · Ask as a shopper would."""
    import asyncio
    import json

    from zhanggui.app.serving import migrated
    from zhanggui.base.settings import Settings

    settings = Settings()
    migrated(settings)
    fields = {"text": text, "buyer": buyer, "order_id": order, "product_id": product}
    given = {field: value for field, value in fields.items() if value is not None}
    answer = asyncio.run(_ask(settings, shop, given))
    if as_json:
        print(json.dumps(answer, ensure_ascii=False))
        return
    print(f"{answer['reply']}\n")
    print(
        f"[{answer['decision']} {answer['confidence']:.2f}, {answer['worded_by']}]"
        f" {answer['reason']} {answer['ms']} ms"
    )
    if answer["worded_by"] != "embedded":
        print(f"  {_worded(answer['worded_by'])}")
    wish = answer["request"]
    if wish is not None:
        missing = f" ← {', '.join(wish['missing'])}" if wish["missing"] else ""
        print(f"  {wish['name']} {wish['order_id'] or ''} {wish['outcome']}{missing}")
    for source in answer["sources"]:
        print(f"  {source['id']}  {source['text']}")


def _worded(by: str) -> Text:
    from zhanggui.base.words import Text

    if by == "model":
        return Text(
            "由语言模型措辞，事实已与依据核对",
            "Worded by a language model; its facts agree with the sources",
        )
    why = by.removeprefix("refused: ")
    faults = {
        "unavailable": Text("没有模型答上", "none answered"),
        "slow": Text("太慢", "too slow"),
        "unreadable": Text("读不懂", "it cannot be read"),
    }
    fault = faults.get(why, Text(why, why))
    see = " zhanggui models test" if why in faults else ""
    return Text(
        f"语言模型的措辞没有用（{fault.zh}），这是掌柜自己的话。{see}",
        f"A model's words were not used ({fault.en}); these are the program's own.{see}",
    )


async def _ask(settings: Settings, shop: str | None, given: dict[str, Any]) -> dict[str, Any]:
    """Through the running server; else in this process, once the shop's index is whole."""
    from zhanggui import rooms
    from zhanggui.app.house import open_house
    from zhanggui.app.serving import owning, running_server
    from zhanggui.base import tools
    from zhanggui.base.principals import SYSTEM
    from zhanggui.cli.door import chosen_shop, over_http
    from zhanggui.knowledge import Indexes

    rooms.load_tools()
    shop_id = await chosen_shop(settings, shop)
    tool = tools.REGISTRY["service.ask"]
    server = running_server(settings)
    if server is not None:
        return await over_http(server, tool, given, shop_id)
    with owning(settings):
        async with open_house(settings) as runtime:
            await runtime.service(Indexes).whole(shop_id, _told)
            outcome = await tools.call(runtime, tool.name, given, shop_id=shop_id, principal=SYSTEM)
    if outcome.output is None:
        raise RuntimeError("asking waits for nobody")
    return outcome.output.model_dump(mode="json")


def _told(done: int, total: int) -> None:
    import sys

    from zhanggui.base.words import Text

    words = Text(f"正在建立索引 {done}/{total}", f"Indexing {done}/{total}")
    print(f"\r{words}", end="" if done < total else "\n", file=sys.stderr)


@evaluations.command("service")
def evaluate_service(
    pack: Annotated[Path, typer.Argument(help="店铺数据包 · a shop pack", exists=True)],
    ceiling: Ceiling = None,
    out: Annotated[Path | None, typer.Option(help="逐条结果 · a line per case (JSONL)")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="输出 JSON · print JSON")] = False,
) -> None:
    """评测客服回答 · Judge the answers on a shop pack, in a throw-away shop."""
    import asyncio
    import json

    from zhanggui import rooms
    from zhanggui.service.answering import CEILING
    from zhanggui.service.evaluation import evaluate

    rooms.load_tools()
    share = CEILING if ceiling is None else ceiling / 100
    evaluation, outcomes = asyncio.run(evaluate(pack, share))
    if out is not None:
        _write(out, outcomes)
    if as_json:
        print(json.dumps(evaluation.model_dump(), ensure_ascii=False))
    else:
        _show(evaluation)


def _write(path: Path, outcomes: list[Outcome]) -> None:
    with path.open("w", encoding="utf-8") as file:
        for outcome in outcomes:
            file.write(outcome.model_dump_json() + "\n")


def _show(evaluation: Evaluation) -> None:
    from rich.console import Console
    from rich.table import Table

    from zhanggui.base.words import Text

    console = Console()
    heading = Text(
        f"{evaluation.pack}：{evaluation.cases} 条，允许答错 {evaluation.ceiling:.0%}，"
        f"常见问题解决 {evaluation.resolved_common:.1%}，答错 {evaluation.wrong:.1%}，"
        f"每轮 CPU p50 {evaluation.p50_ms} ms，p95 {evaluation.p95_ms} ms",
        f"{evaluation.pack}: {evaluation.cases} cases, {evaluation.ceiling:.0%} may be wrong,"
        f" {evaluation.resolved_common:.1%} of common kinds resolved, {evaluation.wrong:.1%} wrong,"
        f" CPU per turn p50 {evaluation.p50_ms} ms, p95 {evaluation.p95_ms} ms",
    )
    console.print(str(heading))
    kinds = Table(box=None, header_style="bold")
    for name in ("kind", "cases", "resolved", "right", "wrong", "decisions"):
        kinds.add_column(name, justify="left" if name in ("kind", "decisions") else "right")
    for kind, figures in evaluation.by_kind.items():
        decisions = " ".join(f"{name} {count}" for name, count in figures.decisions.items())
        numbers = (figures.cases, figures.resolved, figures.right, figures.wrong)
        kinds.add_row(kind, *map(str, numbers), decisions)
    console.print(kinds)
    points = Table(box=None, header_style="bold")
    for name in ("max_wrong", "resolved", "threshold"):
        points.add_column(name, justify="right")
    for point in evaluation.curve:
        threshold = "–" if point.threshold is None else f"{point.threshold:.3f}"
        points.add_row(f"{point.max_wrong:.0%}", f"{point.resolved:.1%}", threshold)
    console.print(points)
