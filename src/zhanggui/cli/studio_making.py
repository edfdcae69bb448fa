"""``zhanggui studio make``: from base pictures to everything a listing needs, on plain folders."""

from __future__ import annotations

import json
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from zhanggui.cli.speech import tell
from zhanggui.cli.studio import AsJson, studio

if TYPE_CHECKING:
    from zhanggui.studio.making.plan import Plan
    from zhanggui.studio.making.running import Result


class VideoSize(StrEnum):
    """A film's size."""

    HD = "720x1280"
    FULL = "1080x1920"


@studio.command("make")
def make(
    inputs: Annotated[
        list[Path],
        typer.Argument(help="底图：文件夹或图片 · base pictures: folders or pictures"),
    ],
    out: Annotated[Path, typer.Option(help="输出文件夹 · folder for what is made")],
    kinds: Annotated[
        str | None,
        typer.Option(
            help="scene,poster,grid,video,white,detail,copy；默认全部 · some of these, default all"
        ),
    ] = None,
    styles: Annotated[
        str | None,
        typer.Option(help="风格，逗号分隔，见 studio stages · styles, see `studio stages`"),
    ] = None,
    per_style: Annotated[
        int, typer.Option(min=1, max=20, help="每种风格几张 · scenes in each style")
    ] = 1,
    scenes: Annotated[
        int,
        typer.Option(min=1, max=60, help="不指定风格时的场景数 · scenes where no style is named"),
    ] = 8,
    posters: Annotated[int, typer.Option(min=1, max=20, help="海报数 · posters")] = 4,
    seed: Annotated[int, typer.Option(min=0, help="随机种子 · seed")] = 0,
    jobs: Annotated[
        int | None,
        typer.Option(min=1, max=256, help="进程数，默认全部核心 · processes, default cores"),
    ] = None,
    video: Annotated[VideoSize, typer.Option(help="视频尺寸 · size of the video")] = VideoSize.HD,
    as_json: AsJson = False,
) -> None:
    """一组底图做成整套商品素材 · Make scenes, posters, video, pages and copy from base pictures.

    已完成的商品不重做，中断后再次运行会接着做 · What is finished is left; run it again to go on.
    """
    import os

    from zhanggui.base.errors import ZhangguiError
    from zhanggui.base.words import speaking
    from zhanggui.cli.speech import reading_language
    from zhanggui.studio.making import find_sources
    from zhanggui.studio.making.running import make_all

    with speaking(reading_language()):
        try:
            plan = _plan(kinds, styles, per_style, scenes, posters, seed, video)
            plan.check()
            sources = find_sources(inputs)
            with _Progress(len(sources), quiet=as_json) as progress:
                results = make_all(
                    sources, plan, out, jobs=jobs or os.cpu_count() or 1, done=progress.done
                )
        except ZhangguiError as error:
            tell(error)
            raise typer.Exit(2) from None
        if as_json:
            print(json.dumps([_told(each, out) for each in results], ensure_ascii=False, indent=2))
        else:
            _say(results, out)
    if any(each.failure for each in results):
        raise typer.Exit(1)


def _plan(
    kinds: str | None,
    styles: str | None,
    per_style: int,
    scenes: int,
    posters: int,
    seed: int,
    video: VideoSize,
) -> Plan:
    from zhanggui.base.errors import Invalid
    from zhanggui.base.words import Text
    from zhanggui.studio.making.plan import Plan
    from zhanggui.studio.manifest import KINDS

    wanted = _listed(kinds) or list(KINDS)
    for kind in wanted:
        if kind not in KINDS:
            raise Invalid(
                Text(f"没有这一类：{kind}", f"there is no such kind: {kind}"),
                hint=Text(f"可选：{'、'.join(KINDS)}", f"choose among: {', '.join(KINDS)}"),
                where="--kinds",
            )
    width, _, height = video.value.partition("x")
    return Plan.model_validate(
        {
            "kinds": wanted,
            "styles": _listed(styles),
            "per_style": per_style,
            "scenes": scenes,
            "posters": posters,
            "seed": seed,
            "video_size": (int(width), int(height)),
        }
    )


def _listed(given: str | None) -> list[str]:
    return [each.strip() for each in (given or "").split(",") if each.strip()]


def _told(result: Result, out: Path) -> dict[str, object]:
    failure = result.failure
    return {
        "sku": result.sku,
        "folder": str(out / result.sku),
        "manifest": str(out / result.sku / "manifest.json") if result.manifest else None,
        "made": len(result.manifest.deliverables) if result.manifest else 0,
        "doubts": list(result.manifest.doubts) if result.manifest else [],
        "cpu_seconds": round(result.cpu_seconds, 2),
        "error": failure
        and {"code": failure.code, "message": str(failure.what), "hint": str(failure.hint or "")},
    }


class _Progress:
    """A bar with the time left, on a terminal; nothing when JSON is asked for."""

    def __init__(self, total: int, *, quiet: bool) -> None:
        from rich.console import Console
        from rich.progress import (
            BarColumn,
            MofNCompleteColumn,
            Progress,
            TextColumn,
            TimeRemainingColumn,
        )

        self._bar = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeRemainingColumn(),
            console=Console(stderr=True),
            disable=quiet,
        )
        self._task = self._bar.add_task("…", total=total)

    def __enter__(self) -> _Progress:
        self._bar.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._bar.stop()

    def done(self, result: Result) -> None:
        """Say that a product has ended."""
        self._bar.update(self._task, advance=1, description=result.sku[:24])


def _say(results: list[Result], out: Path) -> None:
    """What was made, what a person should look at, and what went wrong, product by product."""
    from rich.console import Console

    from zhanggui.base.words import Text

    console = Console(highlight=False)
    for each in results:
        if each.failure is not None:
            console.print(f"[red]✗[/red] {each.sku}  {each.failure.what}", soft_wrap=True)
            if each.failure.hint:
                console.print(f"  {each.failure.hint}", soft_wrap=True)
        elif each.manifest is not None:
            made = len(each.manifest.deliverables)
            console.print(
                Text("[green]✓[/green] {sku}  {made} 件", "[green]✓[/green] {sku}  {made} files")
                .format(sku=each.sku, made=made)
                .__str__()
                + f"  {out / each.sku}",
                soft_wrap=True,
            )
            for doubt in each.manifest.doubts:
                console.print(f"  [yellow]?[/yellow] {_in_words(doubt)}", soft_wrap=True)


@studio.command("stages")
def list_stages(as_json: AsJson = False) -> None:
    """列出风格和场景底板 · List the styles and their stages."""
    from zhanggui.base.words import Text, speaking
    from zhanggui.cli.speech import reading_language
    from zhanggui.studio.stages import stages

    found = stages()
    if as_json:
        print(json.dumps([each.model_dump() for each in found], ensure_ascii=False, indent=2))
        return
    with speaking(reading_language()):
        for style in sorted({each.style for each in found}):
            names = [f"{each.id} {Text(each.zh, each.en)}" for each in found if each.style == style]
            print(f"{style:<16} {'  ·  '.join(names)}")


def _in_words(doubt: str) -> str:
    """A doubt for a person: those of cut-outs are named by a word in the manifest."""
    from zhanggui.studio.cutting import told

    name, parted, code = doubt.rpartition(": ")
    return f"{name}{parted}{told(code)}" if parted and code.isidentifier() else doubt
