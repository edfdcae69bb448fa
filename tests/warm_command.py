"""The command ``zhanggui`` in a process of its own that need not load the program first.

Loading is two and a half seconds of work, nearly all that a short command does. So this process
loads everything once and forks for each command it is told: the child has the command's arguments,
environment, folder and files, and ends as the command does.
"""

from __future__ import annotations

import json
import os
import sys

import zhanggui.app.serving  # noqa: F401 # What commands load.
from zhanggui.cli import main


def told() -> bool:
    """Fork for each line of standard input and print how the child ended; true in a child."""
    while line := sys.stdin.buffer.readline():
        if os.fork() == 0:
            _become(json.loads(line))
            return True
        _pid, status = os.wait()
        print(os.waitstatus_to_exitcode(status), flush=True)
    return False


def _become(given: dict[str, object]) -> None:
    os.environ.clear()
    os.environ.update(given["environment"])  # type: ignore[call-overload]
    os.chdir(str(given["folder"]))
    for number, (path, how) in enumerate(
        (
            (os.devnull, os.O_RDONLY),
            (str(given["out"]), os.O_WRONLY),
            (str(given["err"]), os.O_WRONLY),
        )
    ):
        opened = os.open(path, how)
        os.dup2(opened, number)
        os.close(opened)
    sys.argv = ["zhanggui", *given["arguments"]]  # type: ignore[misc]


if __name__ == "__main__":
    if told():
        main()
