"""What the web server refuses before the site hears of it is a problem, over the wire as it stands."""

import json
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.served import Served, served

pytestmark = pytest.mark.django_db(transaction=True)
ASKED = b"POST /api/v1/organisations HTTP/1.1\r\nHost: localhost\r\n"


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Served]:
    with served(tmp_path) as site:
        yield site


def answer_to(site: Served, sent: bytes) -> tuple[int, dict[str, str], bytes]:
    """Status, headers and body, read to the end."""
    with socket.create_connection(("127.0.0.1", site.port), timeout=20) as wire:
        wire.sendall(sent)
        wire.shutdown(socket.SHUT_WR)
        told = b""
        while part := wire.recv(65536):
            told += part
    head, _blank, body = told.partition(b"\r\n\r\n")
    first, *lines = head.decode().split("\r\n")
    headers = {name.lower(): value for name, _colon, value in (line.partition(": ") for line in lines)}
    return int(first.split()[1]), headers, body


@pytest.mark.parametrize(
    ("sent", "status", "code"),
    {
        "no request": (b"\x16\x03\x01\x00\xa5 hello\r\n\r\n", 400, "malformed"),
        "no version": (b"GET /api/v1/ HTTP/9.9\r\nHost: localhost\r\n\r\n", 400, "malformed"),
        "a long address": (b"GET /api/v1/outcomes?q=%s HTTP/1.1\r\n\r\n" % (b"x" * 9000), 414, "address_too_long"),
        "a long header": (ASKED + b"X-Reason: %s\r\n\r\n" % (b"x" * 9000), 431, "headers_too_large"),
        "many headers": (ASKED + b"".join(b"X-%d: y\r\n" % i for i in range(200)) + b"\r\n", 431, "headers_too_large"),
        "a name with a blank": (ASKED + b"X Reason: y\r\n\r\n", 400, "malformed"),
        "a length that is none": (ASKED + b"Content-Length: ten\r\n\r\n", 400, "malformed"),
        "two lengths": (ASKED + b"Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}", 400, "malformed"),
        "an unknown coding": (ASKED + b"Transfer-Encoding: rot13\r\n\r\n", 501, "unknown_coding"),
        "an expectation": (ASKED + b"Expect: tea\r\nContent-Length: 2\r\n\r\n{}", 417, "expectation_failed"),
    }.values(),
)  # fmt: skip
def test_what_cannot_be_read_is_a_problem(site: Served, sent: bytes, status: int, code: str) -> None:
    found, headers, body = answer_to(site, sent)
    assert (found, headers["content-type"]) == (status, "application/problem+json"), body
    told = json.loads(body)
    assert told["type"] == f"urn:ieum:problem:{code}" and told["status"] == status
    assert told["request_id"] == headers["x-request-id"] and told["title"] and told["detail"]


@pytest.mark.parametrize("chunks", [b"zz\r\n{}\r\n0\r\n\r\n", b"2\r\n{}", b"2\r\n{}\r\n0\r\n\r\n"])
def test_a_body_in_chunks_is_refused_and_no_fault_of_ours(site: Served, chunks: bytes) -> None:
    sent = ASKED + b"Transfer-Encoding: chunked\r\nContent-Type: application/json\r\n\r\n" + chunks
    found, headers, body = answer_to(site, sent)
    assert 400 <= found < 500 and headers["content-type"] == "application/problem+json", body
