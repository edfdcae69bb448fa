"""The command line. Each module of commands adds its own to :data:`app`; what a command needs is
imported when it runs, so that ``zhanggui --help`` is quick."""

from __future__ import annotations

import os
import sys
from importlib import import_module
from importlib.util import find_spec
from typing import Annotated

import typer

app = typer.Typer(
    help="掌柜 Zhanggui：网店的 AI 操作系统 · an AI operating system for online shops",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


def _print_version(asked: bool) -> None:
    if asked:
        import zhanggui

        print(zhanggui.__version__)
        raise typer.Exit


@app.callback()
def _program(
    version: Annotated[
        bool,
        typer.Option(
            "--version", is_eager=True, callback=_print_version, help="版本 · print the version"
        ),
    ] = False,
) -> None:
    # Whatever a command writes may hold a shop's data, also in a folder that others can enter.
    os.umask(os.umask(0o077) | 0o077)
    from pydantic import ValidationError

    from zhanggui.base import logs
    from zhanggui.base.complaints import invalid
    from zhanggui.base.settings import Settings

    try:
        settings = Settings()
    except ValidationError as error:
        first = error.errors()[0]
        name = f"{Settings.model_config['env_prefix']}{first['loc'][0]}".upper()
        raise invalid([{**first, "loc": (name,)}], name) from None
    if "log_level" not in settings.model_fields_set:
        # A command's own words are what its user came for; the server sets its level itself.
        settings = settings.model_copy(update={"log_level": "warning"})
    logs.configure(settings)


_MODULES = (
    "up", "data", "shop", "knowledge", "service", "insight", "models", "prompts", "setup", "work",
    "calling", "accounts", "studio", "studio_batches", "studio_making", "check", "dev",
)  # fmt: skip


def main() -> None:
    """The entry point: run a command; an expected failure is told in words and exits with 1."""
    for name in _MODULES:
        if find_spec(f"zhanggui.cli.{name}"):
            import_module(f"zhanggui.cli.{name}")
    from zhanggui.base.errors import ZhangguiError
    from zhanggui.base.words import speaking
    from zhanggui.cli.speech import reading_language, tell

    with speaking(reading_language()):
        try:
            app()
        except ZhangguiError as error:
            tell(error)
            sys.exit(1)
