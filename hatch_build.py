"""Puts the built console and the demo shop into the wheel.

`console/dist` becomes `zhanggui/_console` and `demo/` becomes `zhanggui/_demo`. An editable
install reads both from the repository, so it needs no built console.
"""

from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class ZhangguiBuildHook(BuildHookInterface):  # type: ignore[type-arg]
    """Adds the two folders, and refuses a wheel that would serve no console."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Called by hatchling before a wheel is put together.

        Raises FileNotFoundError if the console has not been built.
        """
        if version == "editable":
            return
        console = Path(self.root, "console", "dist")
        if not (console / "index.html").is_file():
            raise FileNotFoundError(
                f"{console} holds no built console, which the wheel carries. "
                "Build it with `make console` (or `npm ci && npm run build` in console/)."
            )
        build_data["force_include"] |= {
            str(console): "zhanggui/_console",
            str(Path(self.root, "demo")): "zhanggui/_demo",
        }
