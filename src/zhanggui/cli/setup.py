"""``zhanggui models setup``: find a server of models or name one, choose who does what, try it and
write it down."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from typing import Annotated, Any

import typer

from zhanggui.base.words import Text
from zhanggui.cli.models import AsJson, Shop, in_yuan, models

CHAT_ROLES = ("fast", "thinking", "vision")
TITLES = {
    "fast": Text("措辞", "words"), "thinking": Text("细想", "thought"),
    "vision": Text("看图", "sight"), "draw": Text("作图", "pictures"),
    "film": Text("拍片", "films"), "voice": Text("配音", "a voice"),
}  # fmt: skip


@models.command("setup")
def setup(
    server: Annotated[
        str | None,
        typer.Option(
            help="dashscope、ollama、llamacpp、vllm、lmstudio 或网址 · one of these, or an address"
        ),
    ] = None,
    model: Annotated[
        list[str] | None,
        typer.Option(
            help="谁做什么，fast=模型名，可重复 · who does what, as fast=NAME; repeatable"
        ),
    ] = None,
    key_env: Annotated[
        str | None, typer.Option(help="密钥所在的环境变量 · the variable that holds the key")
    ] = None,
    key_stdin: Annotated[
        bool,
        typer.Option("--key-stdin", help="从标准输入读密钥 · read the key from standard input"),
    ] = False,
    films: Annotated[
        bool, typer.Option("--films", help="也试做视频，要几分钟 · try films too; takes minutes")
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="不再问 · ask nothing more")] = False,
    undo: Annotated[
        bool, typer.Option("--undo", help="换回上一份配置 · put the former file back")
    ] = False,
    shop: Shop = None,
    as_json: AsJson = False,
) -> None:
    """接入模型：找服务器、选谁做什么、逐个试过再写入 · Bring models: find, choose, try, write."""
    from zhanggui.cli.door import called

    if undo:
        _tell_written(called("ai.undo_setup", {}, shop), as_json=as_json)
        return

    def ask(tool: str, given: dict[str, Any]) -> dict[str, Any]:
        return called(tool, given, shop)

    asks = not yes and not as_json and sys.stdin.isatty() and not key_stdin
    key = _typed_key(key_stdin=key_stdin, key_env=key_env)
    chosen = _server(ask, server, key, asks=asks)
    given = chosen["given"]
    if key is None and key_env is None and asks:
        key, key_env = _asked_key(chosen["key_env"])
        if key is not None and chosen["found"] is not None and not chosen["found"]["models"]:
            chosen = _server(ask, given["address"], key, asks=asks)
            given = chosen["given"]
    given |= {"key": key} if key else {"key_env": key_env} if key_env else {}
    picks = _named(model or []) or chosen["suggested"]
    if asks:
        picks = _asked_picks(chosen["models"], picks)
    if not picks:
        raise _wrong("--model", "没有选模型", "No model is chosen", "写 --model fast=模型名。",
                     "Write --model fast=NAME.")  # fmt: skip
    given |= {"picks": [{"role": role, "model": name} for role, name in picks.items()]}
    given |= {"films": films}
    tried = ask("ai.try_setup", given)
    if not as_json:
        _tell_tried(tried)
    anyway = False
    if not tried["is_well"]:
        anyway = asks and _sure("有的没答上，还是写入？", "Some did not answer. Write it anyway?")
        if not anyway:
            _end(tried, as_json=as_json)
    elif asks and not _sure("写入？", "Write it?", usual=True):
        raise typer.Exit(1)
    saved = ask("ai.save_setup", given | {"proof": tried["proof"], "anyway": anyway})
    _tell_written(saved | {"items": tried["items"]}, as_json=as_json)


Ask = Callable[[str, dict[str, Any]], dict[str, Any]]


def _server(ask: Ask, server: str | None, key: str | None, *, asks: bool) -> dict[str, Any]:
    """Which server, what models it has, and who of them would do for what."""
    samples = {each["name"]: each for each in ask("ai.samples", {})["items"]}
    if server is None and not asks:
        raise _wrong("--server", "没有说哪一个服务器", "No server is named",
                     "写 --server dashscope、ollama 或网址。",
                     "Write --server dashscope, ollama or an address.")  # fmt: skip
    if server is None:
        server = _asked_server(ask("ai.find_servers", {})["items"])
    if server == "dashscope":
        choices = samples[server]["choices"]
        return {
            "given": {"sample": server},
            "found": None,
            "key_env": samples[server]["key_env"],
            "models": list(dict.fromkeys(each["model"] for each in choices)),
            "suggested": {each["role"]: each["model"] for each in choices if each["is_usual"]},
        }
    if server.startswith(("http://", "https://")):
        (found,) = ask("ai.find_servers", {"address": server} | ({"key": key} if key else {}))[
            "items"
        ]
        if found["why"] and not asks:
            _warn(found)
    else:
        here = ask("ai.find_servers", {})["items"]
        found = next((each for each in here if each["name"] == server), None)
        if found is None:
            known = "、".join(each["name"] for each in here) or "–"
            raise _wrong("--server", f"这台机器上没有找到 {server}", f"{server} is not found here",
                         f"找到的：{known}。可以写网址。",
                         f"Found: {known}. Or write an address.")  # fmt: skip
    return {
        "given": {"address": found["address"], "name": found["name"]},
        "found": found,
        "key_env": None,
        "models": found["models"],
        "suggested": found["suggested"],
    }


def _asked_server(found: list[dict[str, Any]]) -> str:
    from rich.prompt import Prompt

    if found:
        print(Text("这台机器上找到的：", "Found on this machine:"))
    else:
        print(Text("这台机器上没有找到模型服务器。", "No server of models is found here."))
    for each in found:
        print(f"  {each['name']}: {each['title']} {each['address']} ({len(each['models'])})")
    asked = Text(
        "用哪一个？dashscope（通义千问）、上面的名字或网址",
        "Which one? dashscope (Qwen), a name above or an address",
    )
    return Prompt.ask(str(asked), default=found[0]["name"] if found else "dashscope").strip()


def _typed_key(*, key_stdin: bool, key_env: str | None) -> str | None:
    if not key_stdin:
        return None
    if key_env is not None:
        raise _wrong("--key-env", "密钥和环境变量只要一个", "A key or its variable, not both",
                     "去掉其中一个。", "Leave one of them out.")  # fmt: skip
    key = sys.stdin.readline().strip()
    if not key:
        raise _wrong("--key-stdin", "标准输入里没有密钥", "There is no key on standard input",
                     "例如 zhanggui models setup --key-stdin < 密钥文件。",
                     "As in zhanggui models setup --key-stdin < FILE.")  # fmt: skip
    return key


def _asked_key(usual_env: str | None) -> tuple[str | None, str | None]:
    """A key, typed unseen, or none."""
    import os

    from rich.prompt import Prompt

    if usual_env and os.environ.get(usual_env):
        return None, usual_env
    asked = Text(
        "密钥（看不见输入；不需要就按回车）", "Its key (not shown; just Enter where none is needed)"
    )
    return Prompt.ask(
        str(asked), password=True, default="", show_default=False
    ).strip() or None, None


def _named(written: Iterable[str]) -> dict[str, str]:
    """Models by role, as they were written; raises Invalid."""
    picks: dict[str, str] = {}
    for each in written:
        role, is_there, name = each.partition("=")
        if not is_there or not role.strip() or not name.strip():
            raise _wrong("--model", f"看不懂 {each}", f"{each} is not understood",
                         "写成 fast=模型名。", "Write fast=NAME.")  # fmt: skip
        picks[role.strip()] = name.strip()
    return picks


def _asked_picks(known: list[str], usual: dict[str, str]) -> dict[str, str]:
    from rich.prompt import Prompt

    if known:
        print(f"{Text('它的模型', 'Its models')}: {'、'.join(known)}")
    print(Text("每个角色用哪个模型？写 - 不用模型，照内置的方式。",
               "Which model for which role? - is none: the embedded way."))  # fmt: skip
    picks = {}
    for role in dict.fromkeys((*CHAT_ROLES, *usual)):
        asked = f"  {role} ({TITLES[role]})" if role in TITLES else f"  {role}"
        name = Prompt.ask(asked, default=usual.get(role, "-")).strip()
        if name != "-":
            picks[role] = name
    return picks


def _sure(zh: str, en: str, *, usual: bool = False) -> bool:
    from rich.prompt import Confirm

    return Confirm.ask(str(Text(zh, en)), default=usual)


def _tell_tried(tried: dict[str, Any]) -> None:
    for each in tried["items"]:
        trial, name = each["trial"], f"{each['role']} = {each['model']}"
        if trial is None:
            print(f"– {name}: {Text('没有试', 'not tried')}")
        elif trial["is_well"]:
            cost = in_yuan(trial["cost_micro"])
            told = Text(f"{trial['ms']} 毫秒，{cost} 元", f"{trial['ms']} ms, {cost} yuan")
            print(f"✓ {name}: {trial['said']}\n  {told}")
        else:
            print(f"✗ {name}: {trial['why']}\n  {trial['hint'] or ''}".rstrip())
    if tried["embedded"]:
        roles = ", ".join(tried["embedded"])
        print(
            Text(
                f"没有模型、照内置的方式做的：{roles}",
                f"The embedded way, without a model: {roles}",
            )
        )


def _tell_written(saved: dict[str, Any], *, as_json: bool) -> None:
    if as_json or not saved["is_written"]:
        _end(saved, as_json=as_json)
        return
    path = saved["path"]
    print(Text(f"已写入 {path}", f"Written into {path}"))
    print(Text(f"上一份在 {path}.bak，--undo 换回", f"--undo puts {path}.bak back"))


def _end(result: dict[str, Any], *, as_json: bool) -> None:
    """Print what came of it, and end badly where nothing was written."""
    import json

    if as_json:
        print(json.dumps(result, ensure_ascii=False))
    elif not result["is_written"]:
        print(Text("没有写入。", "Nothing was written."))
    if not result["is_written"]:
        raise typer.Exit(1)


def _warn(found: dict[str, Any]) -> None:
    print(f"{found['address']}: {found['why']} {found['hint'] or ''}", file=sys.stderr)


def _wrong(where: str, zh: str, en: str, hint_zh: str, hint_en: str) -> Exception:
    from zhanggui.base.errors import Invalid

    return Invalid(Text(zh, en), hint=Text(hint_zh, hint_en), where=where)
