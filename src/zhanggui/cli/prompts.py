"""``zhanggui models prompts``: what models are asked with, and how one does with it."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from zhanggui.cli.models import AsJson, Shop, in_yuan, models


@models.command("prompts")
def prompts(
    model: Annotated[
        str | None, typer.Option("--test", help="用这个模型跑测试集 · play the cases with it")
    ] = None,
    name: Annotated[str | None, typer.Argument(help="哪一个 · which; 全部 · all")] = None,
    shop: Shop = None,
    as_json: AsJson = False,
) -> None:
    """提示词、版本和测试集 · The prompts, their versions and cases; --test plays them."""
    import json

    from zhanggui.base.errors import not_found
    from zhanggui.base.words import Text
    from zhanggui.cli.door import called

    found = [
        each for each in called("ai.prompts", {}, shop)["items"] if name in (None, each["name"])
    ]
    if not found:
        raise not_found(Text("提示词", "prompt"), str(name))
    if model is None:
        if as_json:
            print(json.dumps(found, ensure_ascii=False))
            return
        for each in found:
            newest = each["changes"][0]
            print(f"{each['name']} v{each['version']} ({newest['day']}: {newest['why']})")
            print(f"  {Text('测试', 'cases')}: {'；'.join(each['cases'])}")
        return
    sees = {each["name"]: each["sees"] for each in called("ai.models", {}, shop)["items"]}
    played = [
        each for each in found if name is not None or sees.get(model) or not each["has_pictures"]
    ]
    trials = [
        called("ai.try_prompt", {"prompt": each["name"], "model": model}, shop) for each in played
    ]
    if as_json:
        print(json.dumps(trials, ensure_ascii=False))
    for trial in trials if not as_json else ():
        _tell(trial)
    if not as_json and len(played) < len(found):
        left = "、".join(each["name"] for each in found if each not in played)
        print(Text(f"没有试（{model} 不看图）：{left}", f"Left out, {model} sees nothing: {left}"))
    if any(each["fault"] for trial in trials for each in trial["items"]):
        raise typer.Exit(1)


def _tell(trial: dict[str, Any]) -> None:
    cost = in_yuan(trial["cost_micro"])
    print(
        f"{trial['prompt']} v{trial['version']} × {trial['model']}:"
        f" {trial['good']}/{len(trial['items'])}, {cost} 元 · yuan"
    )
    for each in trial["items"]:
        print(f"{'✗' if each['fault'] else '✓'} {each['name']}: {each['reply'] or '–'}")
        if each["fault"]:
            print(f"  {each['fault']}")
