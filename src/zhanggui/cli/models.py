"""``zhanggui models list``, ``test`` and ``usage``: the language models on the command line."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from zhanggui.cli import app

models = typer.Typer(help="模型 · the language models", no_args_is_help=True)
app.add_typer(models, name="models")

Shop = Annotated[str | None, typer.Option(help="店铺 · shop")]
AsJson = Annotated[bool, typer.Option("--json", help="输出 JSON · print JSON")]


@models.command("list")
def list_models(shop: Shop = None, as_json: AsJson = False) -> None:
    """列出模型和角色 · List the models and who plays which role."""
    import json

    from zhanggui.base.words import Text
    from zhanggui.cli.door import called

    found = called("ai.models", {}, shop)
    if as_json:
        print(json.dumps(found, ensure_ascii=False))
        return
    for each in found["items"]:
        print(f"{each['name']}: {each['model']} @ {each['address']}")
        price = f"{each['price_read']:g} / {each['price_written']:g}"
        unit = Text("元每百万词元（读 / 写）", "yuan a million tokens (read / written)")
        print(f"  {unit}: {price}")
        if each["is_keyless"]:
            name = each["key_env"]
            print(f"  {Text(f'没有设置环境变量 {name}（密钥）', f'the key {name} is not set')}")
    for role, names in found["roles"].items():
        print(f"{role}: {', '.join(names) or Text('（不用模型）', '(no model)')}")


@models.command("test")
def try_models(
    name: Annotated[str | None, typer.Argument(help="哪一个 · which; 全部 · all of them")] = None,
    shop: Shop = None,
    as_json: AsJson = False,
) -> None:
    """每个模型真问一次 · Ask each model something for real, and say what it took."""
    import json

    from zhanggui.cli.door import called

    names = [name] if name else [each["name"] for each in called("ai.models", {}, shop)["items"]]
    trials = [called("ai.try_model", {"name": each}, shop) for each in names]
    if as_json:
        print(json.dumps(trials, ensure_ascii=False))
    else:
        for trial in trials:
            print(_told(trial))
    if not all(trial["is_well"] for trial in trials):
        raise typer.Exit(1)


@models.command("usage")
def usage(
    since: Annotated[str | None, typer.Option(help="从哪天 · the first day, 2026-06-01")] = None,
    until: Annotated[str | None, typer.Option(help="到哪天 · the last day")] = None,
    shop: Shop = None,
    as_json: AsJson = False,
) -> None:
    """用量、花费和预算 · What was used, what it cost, and the budgets."""
    import json

    from rich.console import Console
    from rich.table import Table

    from zhanggui.base.words import Text
    from zhanggui.cli.door import called

    given = {name: day for name, day in (("since", since), ("until", until)) if day is not None}
    found = called("ai.usage", given, shop)
    if as_json:
        print(json.dumps(found, ensure_ascii=False))
        return
    table = Table(box=None, pad_edge=False, header_style="bold")
    for column in (
        Text("日期", "day"), Text("房间", "room"), Text("模型", "model"), Text("次数", "calls"),
        Text("失败", "failed"), Text("读", "read"), Text("写", "written"), Text("元", "yuan"),
    ):  # fmt: skip
        table.add_column(str(column))
    for each in found["items"]:
        counts = (each["calls"], each["failed"], each["read"], each["written"])
        table.add_row(
            each["day"], each["room"], each["model"], *map(str, counts), _yuan(each["cost_micro"])
        )
    Console().print(table)
    month, forecast = _yuan(found["month_micro"]), _yuan(found["forecast_micro"])
    told = Text(
        f"本月 {month} 元，预计 {forecast} 元", f"{month} yuan this month, {forecast} expected"
    )
    print(told)


def _told(trial: dict[str, Any]) -> str:
    if not trial["is_well"]:
        return f"✗ {trial['name']}: {trial['why']} ({trial['ms']} ms)"
    tokens = f"{trial['read']} + {trial['written']}"
    return (
        f"✓ {trial['name']}: {trial['said']} ({trial['ms']} ms, {tokens},"
        f" ¥{_yuan(trial['cost_micro'])})"
    )


def _yuan(micro: int) -> str:
    return f"{micro / 1_000_000:.4f}"
