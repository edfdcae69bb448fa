"""``zhanggui insight report`` and ``value``: the shop's figures on the command line."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from zhanggui.cli import app

insight = typer.Typer(help="报表 · the shop's figures", no_args_is_help=True)
app.add_typer(insight, name="insight")

Since = Annotated[str | None, typer.Option(help="从哪天 · the first day, 2026-06-01")]
Until = Annotated[str | None, typer.Option(help="到哪天 · the last day")]
Shop = Annotated[str | None, typer.Option(help="店铺 · shop")]
AsJson = Annotated[bool, typer.Option("--json", help="输出 JSON · print JSON")]


@insight.command("report")
def report(
    since: Since = None, until: Until = None, shop: Shop = None, as_json: AsJson = False
) -> None:
    """客服报表 · The service report, the last seven days where nothing is said."""
    import json

    found = _called("insight.service_report", since, until, shop)
    if as_json:
        print(json.dumps(found, ensure_ascii=False))
        return
    from rich.console import Console
    from rich.table import Table

    from zhanggui.base.words import Text

    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column(str(Text("指标", "figure")))
    table.add_column(f"{found['since']} – {found['until']}", justify="right")
    table.add_column(f"{found['before_since']} – {found['before_until']}", justify="right")
    for figure in found["figures"]:
        shown = (_shown(figure["unit"], figure[name]) for name in ("value", "before"))
        table.add_row(figure["title"], *shown)
    Console().print(table)


@insight.command("value")
def value(
    since: Since = None, until: Until = None, shop: Shop = None, as_json: AsJson = False
) -> None:
    """价值账 · What the service saved, and what it is compared with."""
    import json

    found = _called("insight.value", since, until, shop)
    if as_json:
        print(json.dumps(found, ensure_ascii=False))
        return
    for entry in found["entries"]:
        print(f"{entry['title']}: {entry['count']}, {_shown('minutes', entry['minutes'])}")
        print(f"  {entry['counterfactual']}")
    print(f"= {_shown('minutes', found['minutes'])}, {_shown('fen', found['fen'])}")


def _called(name: str, since: str | None, until: str | None, shop: str | None) -> dict[str, Any]:
    from zhanggui.cli.door import called

    given = {name: day for name, day in (("since", since), ("until", until)) if day is not None}
    return called(name, given, shop)


def _shown(unit: str, found: float | None) -> str:
    from zhanggui.base.money import format_yuan

    if found is None:
        return "–"
    forms = {
        "share": f"{found:.1%}",
        "seconds": f"{found:.1f} s",
        "minutes": f"{found:.1f} min",
        "count": f"{found:g}",
    }
    return forms[unit] if unit in forms else f"¥{format_yuan(int(found))}"
