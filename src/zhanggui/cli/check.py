"""``zhanggui check``: what law does not let a text or a picture say, with no server and no key."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from zhanggui.cli import app

if TYPE_CHECKING:
    from zhanggui.rules import Finding

_PICTURES = (".png", ".jpg", ".jpeg", ".webp")
_LONGEST_NAME = 255


@app.command("check")
def check(
    what: Annotated[
        str | None,
        typer.Argument(
            metavar="TEXT-or-FILE",
            help="文字，或 txt、md、html、docx、png、jpg、webp 文件 · a text, or such a file",
        ),
    ] = None,
    trade: Annotated[str | None, typer.Option(help="行业，如 化妆品 · the trade")] = None,
    platform: Annotated[str | None, typer.Option(help="平台，如 淘宝 · the platform")] = None,
    jsonl: Annotated[Path | None, typer.Option(help="一行一条的文件 · many texts")] = None,
    out: Annotated[Path | None, typer.Option(help="结果写到哪里 · where results go")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="输出 JSON · print JSON")] = False,
) -> None:
    """查广告用语，有问题时退出码为 1 · Check what is said; exits with 1 if it may not be."""
    from zhanggui.base.errors import Invalid
    from zhanggui.base.words import Text

    if what is None and jsonl is not None and out is not None:
        _many(jsonl, out)
        return
    if what is None or jsonl is not None or out is not None:
        raise Invalid(
            Text("没有要查的内容", "there is nothing to check"),
            hint=Text(
                "给出文字或文件，或者同时给出 --jsonl 和 --out",
                "give a text or a file, or both --jsonl and --out",
            ),
        )
    told = _told(what, trade, platform)
    if as_json:
        import json

        print(json.dumps(told, ensure_ascii=False))
    else:
        _tell(told)
    if not told["ok"]:
        raise typer.Exit(1)


def _told(what: str, trade: str | None, platform: str | None) -> dict[str, Any]:
    """What was found in a text or file, as JSON has it."""
    from zhanggui import rules

    path = Path(what) if len(what.encode()) <= _LONGEST_NAME and "\n" not in what else None
    if path is None or not path.is_file():
        report = rules.check(what, trade=trade, platform=platform)
    elif path.suffix.lower() in _PICTURES:
        from zhanggui.rules.files import picture_of

        rgb = picture_of(path.name, path.read_bytes())
        seen = rules.check_picture(rgb, trade=trade, platform=platform)
        lines = [{"text": line.text, "box": line.box} for line in seen.lines]
        found = [{**_of(each.finding), "box": each.box} for each in seen.findings]
        return {"ok": seen.ok, "findings": found, "lines": lines}
    else:
        from zhanggui.rules.files import text_of

        text = text_of(path.name, path.read_bytes())
        report = rules.check(text, trade=trade, platform=platform)
    found = [_of(each) for each in report.findings]
    return {"ok": report.ok, "findings": found, "rewritten": report.rewritten}


def _of(finding: Finding) -> dict[str, Any]:
    told = finding.model_dump(mode="json", exclude={"reason_zh", "reason_en", "replaces"})
    return {**told, "reason": str(finding.reason)}


def _tell(told: dict[str, Any]) -> None:
    from zhanggui.base.words import Text

    if told["ok"]:
        print(Text("✓ 没有发现问题", "✓ nothing found"))
        return
    for each in told["findings"]:
        print(f"✗ {each['span']} · {each['kind']} · {each['law']}")
        print(f"  {each['reason']}")
        if each["advice"]:
            print(Text("  可改为：{say}", "  say instead: {say}").format(say=each["advice"]))


def _many(source: Path, out: Path) -> None:
    """Check the lines of a file, each with its own trade, clock and prices."""
    import json

    from zhanggui import rules

    beside = out.with_name(out.name + ".part")
    with source.open(encoding="utf-8") as lines, beside.open("w", encoding="utf-8") as written:
        for line in filter(str.strip, lines):
            given = json.loads(line)
            report = rules.check(
                given["text"],
                trade=given.get("trade"),
                now=_moment(given.get("now")),
                prices=_prices(given.get("prices")),
                platform=given.get("platform"),
            )
            found = [_of(each) for each in report.findings]
            told = {"id": given.get("id"), "ok": report.ok, "findings": found}
            written.write(json.dumps(told, ensure_ascii=False) + "\n")
    beside.replace(out)


def _moment(told: str | None) -> datetime | None:
    return datetime.fromisoformat(told) if told else None


def _prices(told: Sequence[dict[str, Any]] | None) -> Sequence[Any] | None:
    from zhanggui.rules import Price

    return None if told is None else [Price.model_validate(each) for each in told]
