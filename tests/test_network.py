"""The guard that keeps the tests on this machine."""

import asyncio
import socket

import pytest

from tests.network import NetworkRefused, is_local


@pytest.mark.parametrize("host", ["127.0.0.1", "127.8.8.8", "::1", "localhost", "0.0.0.0", None])
def test_this_machine_is_local(host):
    assert is_local(host)


@pytest.mark.parametrize("host", ["192.0.2.1", "10.0.0.1", "2001:db8::1", "example.com"])
def test_other_machines_are_not(host):
    assert not is_local(host)


def test_a_socket_to_another_machine_is_refused():
    with socket.socket() as sock, pytest.raises(NetworkRefused):
        sock.connect(("192.0.2.1", 80))


async def test_so_are_asyncio_connections_and_look_ups():
    with pytest.raises(NetworkRefused):
        await asyncio.open_connection("192.0.2.1", 80)
    with pytest.raises(NetworkRefused):
        await asyncio.open_connection("example.com", 80)
