"""What a load is put on: a server on SQLite, or several on one PostgreSQL behind one address."""

from __future__ import annotations

import base64
import os
import socket
import subprocess
import sys
from pathlib import Path

import psutil  # type: ignore[import-untyped]

from tests.postgres import PostgresServer
from tests.server import Server

COMMAND = Path(sys.executable).with_name("zhanggui")


class House:
    """Servers of one house, with so many processes that think beside each.

    `servers` of 0 is one on SQLite.
    """

    def __init__(self, folder: Path, *, servers: int, answerers: int) -> None:
        self._folder, self._answerers = folder, answerers
        self._ports = [free_port() for _ in range(max(1, servers))]
        self._port = free_port() if servers else self._ports[0]
        self.url = f"http://127.0.0.1:{self._port}"
        """Where all of them are reached."""
        self._postgres = PostgresServer.start() if servers else None
        self._shared = self._shared_settings()
        self._running: dict[int, Server] = {}
        self._balancer = self._balanced() if servers else None
        for number in range(len(self._ports)):
            self.start(number)

    def start(self, number: int = 0) -> None:
        """Start a server and wait until it takes requests."""
        port = str(self._ports[number])
        self._running[number] = Server(
            COMMAND,
            self._folder / f"data{number}",
            "--port",
            port,
            public_url=self.url,
            answerers=str(self._answerers),
            worker=f"server{number}",
            **self._shared,
        )

    def kill(self, number: int = 0) -> None:
        """End a server as a power cut would."""
        self._running.pop(number).kill()

    def stop(self) -> None:
        """End all of it."""
        for server in self._running.values():
            server.__exit__()
        if self._balancer is not None and self._balancer.stdin is not None:
            self._balancer.stdin.close()
            self._balancer.wait()
        if self._postgres is not None:
            self._postgres.stop()

    @property
    def sign_in_token(self) -> str:
        """What signs the owner in, once: a server that starts makes the last one void."""
        link = list(self._running.values())[-1].sign_in_url
        return link.partition("token=")[2] or link.rpartition("#")[2]

    def cpu_s(self) -> float:
        """CPU seconds so far of the servers, the processes they think in, and PostgreSQL."""
        roots = [server.pid for server in self._running.values()]
        if self._postgres is not None:
            roots.append(self._postgres.pid)
        used = 0.0
        for root in map(psutil.Process, roots):
            # A connection's process that ends is counted in its parent's children.
            own = root.cpu_times()
            used += own.user + own.system + own.children_user + own.children_system
            for each in root.children(recursive=True):
                times = each.cpu_times()
                used += times.user + times.system
        return used

    def _shared_settings(self) -> dict[str, str]:
        if self._postgres is None:
            return {}
        urls = self._postgres.create_database()
        blobs = self._folder / "blobs"
        blobs.mkdir(parents=True)
        return {
            "database_url": urls.application,
            "database_owner_url": urls.owner,
            "blobs_url": blobs.as_uri(),
            "secret_key": base64.b64encode(os.urandom(32)).decode(),
        }

    def _balanced(self) -> subprocess.Popen[bytes]:
        ports = map(str, (self._port, *self._ports))
        command = [sys.executable, "-m", "bench._balancer", *ports]
        return subprocess.Popen(command, stdin=subprocess.PIPE)


def free_port() -> int:
    """A port that is free now."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
        return port
