"""A real process: it starts, is the only one, answers the command line, and ends in good order."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import threading
from pathlib import Path

import httpx
import pytest

import zhanggui
from tests.server import Server
from zhanggui.app.serving import listen
from zhanggui.base.settings import Settings

pytestmark = pytest.mark.timeout(240)
COMMAND = Path(sys.executable).with_name("zhanggui")


def run(data, *arguments, language="en_US.UTF-8"):
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "LC_"))}
    return subprocess.run(
        [COMMAND, *map(str, arguments)],
        env={**environment, "ZHANGGUI_DATA": str(data), "LANG": language, "COLUMNS": "200"},
        capture_output=True,
        text=True,
        check=False,
        cwd=data.parent if data.parent.is_dir() else None,
        timeout=120,
    )


def open_shop(data):
    """Open `some-shop` as a merchant does: by bringing a file in."""
    file = data.parent / "answers.csv"
    file.write_text("问题,答案\n什么时候发货,付款后两天内发货\n", encoding="utf-8")
    done = run(data, "import", file, "--shop", "some-shop")
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    return tmp_path_factory.mktemp("serving") / "data"


@pytest.fixture(scope="module")
def server(data):
    with Server(COMMAND, data, "--no-demo") as server:
        yield server


def use(server, link):
    given = {"token": link.partition("token=")[2]}
    return httpx.post(f"{server.url}/api/auth/link", json=given, headers={"X-Zhanggui": "1"})


def test_the_printed_link_signs_the_owner_in_once(server):
    answer = use(server, server.sign_in_url)
    assert answer.status_code == 200
    session = httpx.get(f"{server.url}/api/auth/session", cookies=answer.cookies).json()
    assert session["user"]["id"] == "usr_operator"
    assert use(server, server.sign_in_url).status_code == 401


def test_owner_link_prints_a_new_one_while_it_runs(server, data):
    done = run(data, "owner-link")
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith(f"{server.url}/sign-in?token=")
    assert use(server, done.stdout.strip()).status_code == 200


def test_reset_link_is_for_an_account_there_is(server, data):
    done = run(data, "reset-link", "nobody@example.com")
    assert done.returncode == 1
    assert "No such account" in done.stderr


def test_what_it_leaves_for_the_command_line_is_the_owners_alone(server, data):
    card = data / "server.json"
    assert card.stat().st_mode & 0o077 == 0
    assert json.loads(card.read_text())["url"] == server.url
    assert (data / "secret.key").stat().st_mode & 0o077 == 0


def test_nobody_else_may_read_what_it_keeps(server, data):
    data.chmod(0o755)  # A folder somebody made beforehand, say as a mount.
    modes = {path.name: path.stat().st_mode & 0o077 for path in data.rglob("*") if path.is_file()}
    assert {"zhanggui.db", "workflows.db", "secret.key"} <= modes.keys()
    assert set(modes.values()) == {0}


def test_a_second_one_is_refused_in_words(server, data):
    done = run(data, "up", "--port", "0")
    assert done.returncode == 1
    assert "Another process uses this data folder" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_taken_port_is_refused_in_words(server, tmp_path):
    port = server.url.rpartition(":")[2]
    done = run(tmp_path / "other", "up", "--port", port, language="zh_CN.UTF-8")
    assert done.returncode == 1
    assert "端口被占用" in done.stderr
    assert "Traceback" not in done.stderr


def test_small_packets_do_not_wait_for_one_another(tmp_path):
    # asyncio switches Nagle's algorithm off only where the listening socket says what it speaks.
    with listen(Settings(data=tmp_path, port=0)) as listener:
        assert listener.proto == socket.IPPROTO_TCP


def test_a_call_goes_through_the_running_server(server, data):
    listed = run(data, "tools")
    assert "base.audit_log" in listed.stdout
    open_shop(data)
    called = run(data, "call", "base.list_keys", "--shop", "some-shop")
    assert called.returncode == 0, called.stderr
    assert json.loads(called.stdout) == {"items": []}
    wrong = run(data, "call", "base.audit_log", "limit=0", "--shop", "some-shop")
    assert wrong.returncode == 1
    assert "at least" in wrong.stderr
    missing = run(data, "call", "base.list_keys", "--shop", "no-such-shop")
    assert missing.returncode == 1
    assert "No such shop" in missing.stderr


def test_a_call_needs_no_server(tmp_path):
    open_shop(tmp_path / "data")
    done = run(tmp_path / "data", "call", "base.list_keys", "--shop", "some-shop")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == {"items": []}
    assert not (tmp_path / "data" / "server.json").exists()


def test_it_is_backed_up_while_it_runs(server, data, tmp_path):
    done = run(data, "backup", tmp_path / "b.tar")
    assert done.returncode == 0, done.stderr
    assert str(data / "secret.key") in done.stdout
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "secret.key").write_bytes((data / "secret.key").read_bytes())
    restored = run(data, "restore", tmp_path / "b.tar", "--data", elsewhere)
    assert restored.returncode == 0, restored.stderr
    refused = run(data, "restore", tmp_path / "b.tar")
    assert "Another process uses this data folder" in refused.stderr
    with Server(COMMAND, elsewhere, "--no-demo") as again:
        assert httpx.get(f"{again.url}/readyz").json()["ready"]


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_it_ends_in_good_order_and_a_running_request_finishes(tmp_path, how):
    data = tmp_path / "data"
    with Server(COMMAND, data, "--no-demo") as server:
        host, port = server.url.removeprefix("http://").split(":")
        body = b'{"token":"x"}'
        head = (
            f"POST /api/auth/link HTTP/1.1\r\nHost: {host}\r\nX-Zhanggui: 1\r\n"
            f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        with socket.create_connection((host, int(port))) as connection:
            connection.sendall(head.encode() + body[:5])
            # A whole round trip on another connection: the server has begun the first by now.
            assert httpx.get(f"{server.url}/healthz").status_code == 200
            pid = json.loads((data / "server.json").read_text())["pid"]
            os.kill(pid, how)
            threading.Timer(0.5, connection.sendall, [body[5:]]).start()
            answer = connection.recv(65536)
        assert answer.startswith(b"HTTP/1.1 401")
        assert server._process.wait(30) == 0
        assert "Traceback" not in server.output
    assert not (data / "server.json").exists()


def test_what_a_killed_one_leaves_does_not_stop_the_next(tmp_path):
    data = tmp_path / "data"
    with Server(COMMAND, data, "--no-demo") as server:
        server.kill()
    assert (data / "server.json").exists()
    open_shop(data)
    assert not (data / "server.json").exists()
    with Server(COMMAND, data, "--no-demo") as again:
        assert httpx.get(f"{again.url}/readyz").json()["ready"]


def test_what_cannot_be_used_is_told_in_words(tmp_path):
    (tmp_path / "file").write_text("")
    folder = run(tmp_path / "file" / "data", "owner-link")
    assert folder.returncode == 1
    assert folder.stderr.startswith("✗ The data folder cannot be used")


def test_it_tells_its_version(tmp_path):
    assert run(tmp_path / "data", "--version").stdout.strip() == zhanggui.__version__


def test_help_says_what_there_is(tmp_path):
    done = run(tmp_path / "data", "--help")
    assert done.returncode == 0
    for command in ("up", "backup", "restore", "tools", "call", "owner-link", "reset-link"):
        assert command in done.stdout
    assert not (tmp_path / "data").exists()
