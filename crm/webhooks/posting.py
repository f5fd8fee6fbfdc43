"""One message posted to one target: to an address that was looked at, within a time, and nowhere else.

Proxies of the environment are not asked, redirects are not followed, and of the answer a little is read."""

import http.client
import socket
import ssl
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from ipaddress import ip_address
from typing import Final

from crm.deliveries import Answer
from crm.values.webhook_targets import AllowList, NotAllowed, Target, read_target
from crm.values.webhooks import Fault

# Seconds: for a connection, and for everything together.
_TO_CONNECT: Final = 5
WHOLE: Final = 15
_READ: Final = 512  # bytes of an answer, for the log


def post(address: str, body: bytes, headers: Mapping[str, str], allowed: AllowList, whole: float = WHOLE) -> Answer:
    """What the target answered, or why it did not. Raises nothing: every fault is an answer's."""
    try:
        target = read_target(address, allowed)
        found = _addresses(target, allowed)
    except NotAllowed as error:
        return Answer(fault=Fault.NOT_ALLOWED, detail=str(error))
    except (OSError, UnicodeError) as error:
        return Answer(fault=Fault.UNKNOWN_NAME, detail=str(error))
    try:
        with _connected(found, target.port) as raw, _ended_after(raw, whole) as has_ended:
            try:
                told = _exchange(raw, target, body, headers)
            except (OSError, ValueError, http.client.HTTPException):
                if not has_ended.is_set():
                    raise
            # What was read until the connection was shut may look like an answer that is whole.
            if has_ended.is_set():
                return Answer(fault=Fault.TOO_SLOW, detail=f"no whole answer in {whole:g} s")
            return told
    except TimeoutError as error:
        return Answer(fault=Fault.TOO_SLOW, detail=str(error))
    except ssl.SSLCertVerificationError as error:
        return Answer(fault=Fault.WRONG_CERTIFICATE, detail=error.verify_message)
    except (OSError, ValueError) as error:
        return Answer(fault=Fault.NO_CONNECTION, detail=str(error))
    except http.client.HTTPException as error:
        return Answer(fault=Fault.BROKEN_ANSWER, detail=f"{type(error).__name__}: {error}")


def _addresses(target: Target, allowed: AllowList) -> list[str]:
    """What the host resolves to now. It is asked once: what is returned is what is connected to. Raises NotAllowed
    where one of them is not allowed, whichever would have been used; OSError for a name that is not known."""
    found = socket.getaddrinfo(target.host, target.port, type=socket.SOCK_STREAM)
    addresses = list(dict.fromkeys(str(place[0]) for *_kind, place in found))
    for one in addresses:
        if not allowed.admits(target.host, ip_address(one)):
            raise NotAllowed(f"{target.host} is at {one}, which is on no allow-list")
    return addresses


@contextmanager
def _connected(addresses: list[str], port: int) -> Iterator[socket.socket]:
    """A connection to the first of the addresses that takes one. Raises OSError of the last."""
    fault: OSError = OSError("no address")
    for one in addresses:
        try:
            raw = socket.create_connection((one, port), timeout=_TO_CONNECT)
        except OSError as error:
            fault = error
            continue
        with raw:
            yield raw
        return
    raise fault


@contextmanager
def _ended_after(raw: socket.socket, seconds: float) -> Iterator[threading.Event]:
    """Shuts the connection when the time is up, wherever the exchange is: a target that sends a byte now and then would
    never meet a socket's own time-out."""
    has_ended = threading.Event()
    wire = raw.dup()  # TLS takes over the socket itself

    def end() -> None:
        has_ended.set()
        with suppress(OSError):  # closed already
            wire.shutdown(socket.SHUT_RDWR)

    timer = threading.Timer(seconds, end)
    timer.daemon = True
    timer.start()
    try:
        yield has_ended
    finally:
        timer.cancel()
        timer.join()
        wire.close()


def _exchange(raw: socket.socket, target: Target, body: bytes, headers: Mapping[str, str]) -> Answer:
    connection = _taken_over(raw, target)
    try:
        own = {"content-type": "application/json", "user-agent": "Ieum-Webhooks/1", "connection": "close"}
        connection.request("POST", target.path, body, {**own, **headers})
        answer = connection.getresponse()
        said = answer.read(_READ).decode("utf-8", "replace").replace("\0", "")
    finally:
        connection.close()
    fault = None if 200 <= answer.status < 300 else Fault.REFUSED
    return Answer(answer.status, fault, "" if fault is None else " ".join(said.split()))


def _taken_over(raw: socket.socket, target: Target) -> http.client.HTTPConnection:
    """The connection is made already, http.client opens none of its own. TLS still asks for the host's own name."""
    if not target.is_secure:
        connection = http.client.HTTPConnection(target.host, target.port)
        connection.sock = raw
        return connection
    context = ssl.create_default_context()
    secured = http.client.HTTPSConnection(target.host, target.port, context=context)
    secured.sock = context.wrap_socket(raw, server_hostname=target.host)
    return secured
