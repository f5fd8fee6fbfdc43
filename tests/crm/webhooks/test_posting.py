"""One post: to the address that was looked at, whatever the name, the target or the answer does."""

import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest

from crm.actions.webhooks import change_webhook
from crm.deliveries import Answer
from crm.models import WebhookDelivery, WebhookEndpoint
from crm.values.webhook_targets import read_allow_list
from crm.values.webhooks import Fault
from crm.webhooks import posting
from crm.webhooks.posting import post
from tests.builders import make_organisation, system
from tests.receiver import Receiver, receiving

HERE = Path(__file__).parent
OWN = read_allow_list(["127.0.0.1/32"])


def posted(address: str, allowed: Any = OWN, whole: float = 5) -> Answer:
    return post(address, b"{}", {"webhook-id": "1"}, allowed, whole)


@contextmanager
def answering(act: Callable[[socket.socket], object]) -> Iterator[str]:
    """A target that does not speak HTTP as it should."""
    listener = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        try:
            found, _where = listener.accept()
        except OSError:
            return
        with found, suppress(OSError):  # the other end hung up
            act(found)

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{listener.getsockname()[1]}/"
    listener.close()
    thread.join(10)


def resolving(monkeypatch: pytest.MonkeyPatch, *answers: list[str]) -> list[str]:
    """A name server that says another thing each time. Returns what was asked."""
    asked: list[str] = []
    real = socket.getaddrinfo

    def resolve(host: str, port: int, *args: Any, **kwargs: Any) -> Any:
        if host != "hooks.city.example":
            return real(host, port, *args, **kwargs)
        told = answers[min(len(asked), len(answers) - 1)]
        asked.append(host)
        return [found for one in told for found in real(one, port, type=socket.SOCK_STREAM)]

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    return asked


def test_it_arrives_with_its_headers(receiver: Receiver) -> None:
    assert posted(receiver.address) == Answer(204)
    (one,) = receiver.arrived
    assert (one.path, one.body, one.headers["webhook-id"]) == ("/hooks", "{}", "1")
    assert one.headers["host"] == f"127.0.0.1:{receiver.port}"


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "localhost", "2130706433", "0x7f.1", "0177.0.0.1", "127.1", "0.0.0.0", "[::1]", "[::ffff:127.0.0.1]"],
)
@pytest.mark.parametrize("listed", [[], ["10.0.0.0/8"], ["0.0.0.0/0", "::/0"], ["hooks.city.example", "localhost"]])
def test_a_target_that_is_not_allowed_gets_no_connection(receiver: Receiver, host: str, listed: list[str]) -> None:
    assert posted(f"http://{host}:{receiver.port}/", read_allow_list(listed)).fault == Fault.NOT_ALLOWED
    assert receiver.connections == 0


@pytest.mark.django_db(transaction=True)
def test_a_target_that_was_taken_off_the_list_gets_no_connection(
    endpoint: WebhookEndpoint, receiver: Receiver, send: Any, settings: Any
) -> None:
    make_organisation()
    settings.WEBHOOK_TARGETS = read_allow_list(["10.0.0.0/8"])
    assert send() == 0 and receiver.connections == 0
    assert WebhookDelivery.objects.get().last_fault == Fault.NOT_ALLOWED


def test_a_name_that_is_elsewhere_the_second_time_is_asked_once(
    receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = resolving(monkeypatch, ["127.0.0.1"], ["127.0.0.2"])
    with receiving(host="127.0.0.2") as other:
        assert posted(f"http://hooks.city.example:{receiver.port}/").status == 204
        assert other.connections == 0
    assert asked == ["hooks.city.example"]
    assert receiver.arrived[0].headers["host"] == f"hooks.city.example:{receiver.port}"


@pytest.mark.parametrize("addresses", [["127.0.0.1", "127.0.0.2"], ["127.0.0.2", "127.0.0.1"], ["127.0.0.1", "::1"]])
def test_one_address_that_is_not_allowed_keeps_from_all(
    receiver: Receiver, monkeypatch: pytest.MonkeyPatch, addresses: list[str]
) -> None:
    resolving(monkeypatch, addresses)
    assert posted(f"http://hooks.city.example:{receiver.port}/").fault == Fault.NOT_ALLOWED
    assert receiver.connections == 0


def test_a_name_of_the_list_that_leads_to_the_machine_itself_is_not_followed(
    receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    resolving(monkeypatch, ["127.0.0.1"])
    told = posted(f"http://hooks.city.example:{receiver.port}/", read_allow_list(["hooks.city.example"]))
    assert told.fault == Fault.NOT_ALLOWED and receiver.connections == 0


@pytest.fixture
def secured(monkeypatch: pytest.MonkeyPatch) -> Iterator[Receiver]:
    """With a certificate for localhost, of an authority of the tests' own."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(HERE / "localhost.pem")
    monkeypatch.setenv("SSL_CERT_FILE", str(HERE / "authority.pem"))
    monkeypatch.setattr(posting, "_TO_CONNECT", 5)
    with receiving(context) as found:
        yield found


def test_tls_asks_for_the_name_though_the_address_is_pinned(secured: Receiver, monkeypatch: pytest.MonkeyPatch) -> None:
    resolving(monkeypatch, ["127.0.0.1"])
    listed = read_allow_list(["127.0.0.1/32", "localhost"])
    assert posted(f"https://hooks.city.example:{secured.port}/", listed).fault == Fault.WRONG_CERTIFICATE
    assert secured.arrived == []
    monkeypatch.undo()
    monkeypatch.setenv("SSL_CERT_FILE", str(HERE / "authority.pem"))
    assert posted(f"https://localhost:{secured.port}/", read_allow_list(["127.0.0.1/32", "::1/128"])).status == 204
    assert secured.arrived[0].headers["host"] == f"localhost:{secured.port}"


def test_a_certificate_of_nobody_known_is_refused(secured: Receiver, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SSL_CERT_FILE")
    listed = read_allow_list(["127.0.0.1/32", "::1/128"])
    assert posted(f"https://localhost:{secured.port}/", listed).fault == Fault.WRONG_CERTIFICATE


def test_nobody_there() -> None:
    assert posted("http://127.0.0.1:1/").fault == Fault.NO_CONNECTION


def test_a_name_that_is_not_known(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*_args: Any, **_kwargs: Any) -> Any:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    assert posted("http://hooks.city.example/").fault == Fault.UNKNOWN_NAME


def drip(found: socket.socket) -> None:
    """A byte now and then: it meets no time-out of the socket's own."""
    found.recv(1000)
    found.sendall(b"HTTP/1.1 200 OK\r\nx: ")
    while True:
        found.sendall(b"a")
        time.sleep(0.05)


def hush(found: socket.socket) -> None:
    while found.recv(1000):
        pass


@pytest.mark.parametrize("act", [drip, hush], ids=["drips", "is silent"])
def test_a_slow_target_is_left_when_the_time_is_up(act: Any) -> None:
    with answering(act) as address:
        began = time.monotonic()
        assert posted(address, whole=0.5).fault == Fault.TOO_SLOW
        assert time.monotonic() - began < 3


def endless(found: socket.socket) -> None:
    found.recv(1000)
    found.sendall(b"HTTP/1.1 500 No\r\n\r\n")
    while True:
        found.sendall(b"no " * 10_000)


def test_of_an_endless_answer_a_little_is_read() -> None:
    with answering(endless) as address:
        told = posted(address)
    assert (told.status, told.fault) == (500, Fault.REFUSED) and 0 < len(told.detail) <= 512


@pytest.mark.parametrize("said", [b"SSH-2.0-OpenSSH_9\r\n", b"HTTP/1.1 999999 x\r\n\r\n"])
def test_what_is_no_http(said: bytes) -> None:
    with answering(lambda found: (found.recv(1000), found.sendall(said))) as address:
        assert posted(address).fault == Fault.BROKEN_ANSWER


@pytest.mark.django_db(transaction=True)
def test_a_slow_target_does_not_keep_the_others_waiting(
    opened: Any, receiver: Receiver, send: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is asked once a round, however much waits for it."""
    slow, quick = opened(), opened()
    monkeypatch.setattr("crm.webhooks.posting.post.__defaults__", (0.5,))
    with answering(drip) as address:
        change_webhook(system(), slow, label="x", address=address, types=[])
        for number in range(5):
            make_organisation(f"회사 {number}")
        began = time.monotonic()
        assert send() == 5
        assert time.monotonic() - began < 10
    assert WebhookDelivery.objects.filter(endpoint=slow, attempts=1).count() == 1
    assert WebhookDelivery.objects.filter(endpoint=quick, state="delivered").count() == 5
