"""Messages go where they may, to the address that was judged, under the host's own name."""

from __future__ import annotations

import datetime
import ssl
from ipaddress import ip_address

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.base.webhooks.receiver import Receiver
from zhanggui.base.errors import Invalid
from zhanggui.base.webhooks import guard, sending
from zhanggui.base.webhooks.guard import Rules, check_url
from zhanggui.base.webhooks.sending import Message

STRICT = Rules(frozenset(), loopback=False)
LOOSE = Rules(frozenset(), loopback=True)
MESSAGE = Message("msg_1", "sample.put", datetime.datetime(2026, 6, 1, tzinfo=datetime.UTC), {})
SECRETS = ["whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"]
INSIDE = [
    "127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1",
    "0.0.0.0", "224.0.0.1", "255.255.255.255", "192.0.2.1", "198.18.0.1", "240.0.0.1",
    "::1", "::", "fe80::1", "fc00::1", "fec0::1", "ff02::1", "2001:db8::1", "::ffff:10.0.0.1",
    "::ffff:127.0.0.1", "64:ff9b::a00:1", "2002:a00:1::1", "2001:0:a00:1::1", "::10.0.0.1",
]  # fmt: skip
OUTSIDE = ["1.1.1.1", "47.92.0.10", "2606:4700:4700::1111", "::ffff:1.1.1.1"]


@pytest.mark.parametrize("address", INSIDE)
def test_what_is_not_the_public_internet_is_refused(address):
    assert not STRICT.allow("https", "a.example", ip_address(address))


@pytest.mark.parametrize("address", OUTSIDE)
def test_the_public_internet_is_reached_by_https_alone(address):
    assert STRICT.allow("https", "a.example", ip_address(address))
    assert not STRICT.allow("http", "a.example", ip_address(address))
    assert not LOOSE.allow("http", "a.example", ip_address(address))


def test_the_operator_may_allow_hosts_and_for_development_this_machine(settings):
    given = settings.model_copy(
        update={"webhook_hosts": "ERP.internal, 10.0.3.7", "webhook_loopback": False}
    )
    rules = Rules.of(given)
    inside = ip_address("10.0.3.7")
    assert rules.allow("https", "erp.internal", inside)
    assert rules.allow("https", "10.0.3.7", inside)
    assert not rules.allow("http", "erp.internal", inside)
    assert not rules.allow("https", "other.internal", inside)
    assert not rules.allow("https", "a.example", ip_address("127.0.0.1"))
    assert LOOSE.allow("http", "a.example", ip_address("127.0.0.1"))
    assert not LOOSE.allow("https", "a.example", inside)


@pytest.mark.parametrize(
    "url",
    [
        "http://a.example/", "ftp://a.example/", "a.example", "https://", "https://[::1",
        "https://10.0.0.1/", "https://[::1]/", "https://[::ffff:10.0.0.1]/", "https://127.0.0.1/",
        "https://user:pass@a.example/", "https://a.example/#x", "javascript:alert(1)",
        "https://a.example:99999/",
    ],
)  # fmt: skip
def test_a_url_that_cannot_be_told_is_refused_as_it_is_written(url):
    with pytest.raises(Invalid) as told:
        check_url(STRICT, url)
    assert told.value.where == "url"


@pytest.mark.parametrize(
    "url", ["https://a.example/hook?x=1", "https://掌柜.example/", "https://1.1.1.1/"]
)
def test_a_url_of_the_public_internet_is_taken(url):
    check_url(STRICT, url)


def resolving(monkeypatch, *answers):
    """Make the look-ups give these addresses in turn; returns the hosts that were asked for."""
    asked, left = [], list(answers)

    async def resolve(host, port):
        asked.append(host)
        return [ip_address(address) for address in left.pop(0)]

    monkeypatch.setattr(guard, "resolve", resolve)
    return asked


async def test_a_host_that_points_inside_is_not_asked(monkeypatch):
    async with Receiver() as receiver:
        asked = resolving(monkeypatch, ["127.0.0.1"], ["1.1.1.1", "127.0.0.1"])
        url = f"https://a.example:{receiver.port}/"
        assert (await sending.send(STRICT, url, SECRETS, MESSAGE)).failure == "refused"
        assert (await sending.send(STRICT, url, SECRETS, MESSAGE)).failure == "refused"
        assert asked == ["a.example", "a.example"]
        assert receiver.got == []


async def test_a_host_without_an_address_is_told(monkeypatch):
    async def resolve(host, port):
        raise OSError("no such host")

    monkeypatch.setattr(guard, "resolve", resolve)
    answer = await sending.send(STRICT, "https://a.example/", SECRETS, MESSAGE)
    assert (answer.failure, answer.code) == ("unresolved", None)


@pytest.fixture(scope="session")
def tls(tmp_path_factory):
    """Two ends of TLS: a server that is `hooks.example`, and what trusts it."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "hooks.example")])
    now = datetime.datetime.now(datetime.UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("hooks.example")]), critical=False)
        .sign(key, hashes.SHA256())
    )
    path = tmp_path_factory.mktemp("tls") / "server.pem"
    pem = serialization.Encoding.PEM
    form, plain = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    path.write_bytes(key.private_bytes(pem, form, plain) + certificate.public_bytes(pem))
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(path)
    trusting = ssl.create_default_context(cadata=certificate.public_bytes(pem).decode())
    return server, trusting


async def test_the_connection_goes_to_the_judged_address_under_the_hosts_name(monkeypatch, tls):
    server, trusting = tls
    monkeypatch.setattr(sending, "_trusted", lambda: trusting)
    names = []
    server.sni_callback = lambda socket, name, context: names.append(name)
    async with Receiver(server) as receiver:
        # Only the first look-up counts; a second one would fail for want of an answer.
        asked = resolving(monkeypatch, ["127.0.0.1"])
        url = f"https://hooks.example:{receiver.port}/hook"
        answer = await sending.send(LOOSE, url, SECRETS, MESSAGE)
        assert (answer.failure, answer.code, answer.text) == (None, 200, "ok")
        assert asked == names == ["hooks.example"]
        (got,) = receiver.got
        assert got.headers["host"] == f"hooks.example:{receiver.port}"


async def test_a_certificate_of_another_name_or_maker_is_not_believed(monkeypatch, tls):
    server, trusting = tls
    server.sni_callback = None
    async with Receiver(server) as receiver:
        for host, believed in (("other.example", trusting), ("hooks.example", None)):
            context = believed or ssl.create_default_context()
            monkeypatch.setattr(sending, "_trusted", lambda context=context: context)
            resolving(monkeypatch, ["127.0.0.1"])
            url = f"https://{host}:{receiver.port}/"
            assert (await sending.send(LOOSE, url, SECRETS, MESSAGE)).failure == "tls"
        assert receiver.got == []


async def test_a_host_is_reached_at_the_address_that_answers(monkeypatch):
    async with Receiver() as receiver:
        resolving(monkeypatch, ["::1", "127.0.0.1"])
        answer = await sending.send(LOOSE, f"http://a.example:{receiver.port}/", SECRETS, MESSAGE)
        assert answer.code == 200


async def test_a_proxy_of_the_environment_is_not_used(monkeypatch):
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:1")
    async with Receiver() as receiver:
        assert (await sending.send(LOOSE, receiver.url, SECRETS, MESSAGE)).code == 200
