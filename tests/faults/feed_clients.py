"""Clients of the feed for the tests of faults: tokens, readers that note what they read, a proxy that loses answers."""

import hashlib
import json
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPException
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

from django.test import Client
from django.utils import timezone

from crm.actions.accounts import issue_token, open_account, system_caller
from crm.values.measures import Role
from crm.values.scopes import SCOPES


def token(name: str = "fault-client", role: Role = Role.ADMINISTRATOR) -> str:
    caller = system_caller(timezone.now())
    account = open_account(caller, None, username=name, name="연계 시스템", role=role)
    return issue_token(caller, account, "faults", list(SCOPES))[1]


def company(number: object) -> str:
    """A name that is like no other: what is alike is noted for review, which is not what is tried here."""
    return f"㈜{hashlib.sha256(str(number).encode()).hexdigest()[:12]}"


class TurnedAway(Exception):
    """The answer was 503 and said when to come again."""


@dataclass(slots=True)
class Reader:
    """Reads the feed on and on, in this process, and notes every entry with its number."""

    token: str
    after: int = 0
    seen: list[tuple[int, str, int]] = field(default_factory=list)
    client: Client = field(default_factory=Client)

    def read(self) -> int:
        """Everything that is new. Returns how many entries. Raises TurnedAway; the place is kept."""
        found = 0
        while True:
            answer = self.client.get(
                "/api/v1/changes",
                {"after": str(self.after), "limit": "500"},
                headers={"authorization": f"Bearer {self.token}"},
            )
            if answer.status_code == 503 and answer.headers["Retry-After"]:
                raise TurnedAway
            assert answer.status_code == 200, answer.content
            page = answer.json()
            self.seen += [(entry["seq"], entry["id"], entry["version"]) for entry in page["results"]]
            self.after, found = page["next_after"], found + len(page["results"])
            if not page["has_more"]:
                return found

    def numbers(self) -> list[int]:
        return [seq for seq, _id, _version in self.seen]


def send(method: str, url: str, token: str, body: Any = None, **headers: str) -> tuple[int, bytes, dict[str, str]]:
    """One request over the network: status, body and headers of the answer. Raises OSError where none came."""
    data = None if body is None else json.dumps(body).encode()
    told = {"Authorization": f"Bearer {token}", "Content-Type": "application/json", **headers}
    try:
        try:
            answer = urlopen(Request(url, data, told, method=method), timeout=60)
        except HTTPError as error:
            answer = error
        with answer:
            return answer.status, answer.read(), dict(answer.headers)
    except HTTPException as error:
        raise ConnectionError("the answer was cut off") from error


class LosesAnswers:
    """A proxy before a server. While `loses` is set, requests reach the server and are answered, and the answer is
    cut off on its way back; what it was is kept under the key of its request."""

    def __init__(self, target: str) -> None:
        parts = urlsplit(target)
        self._target = (parts.hostname or "", parts.port or 0)
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=64)
        self.url = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        self.loses = False
        self.lost: dict[str, bytes] = {}
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        while True:
            try:
                client, _address = self._listener.accept()
            except OSError:
                return
            threading.Thread(target=self._carry, args=(client,), daemon=True).start()

    def _carry(self, client: socket.socket) -> None:
        with client, socket.create_connection(self._target) as server:
            client.settimeout(60)
            server.settimeout(60)
            request = self._request(client)
            server.sendall(request)
            answer = b"".join(iter(lambda: server.recv(65536), b""))
            if self.loses:
                self.lost[_key_of(request)] = answer.partition(b"\r\n\r\n")[2]
                return
            client.sendall(answer)

    @staticmethod
    def _request(client: socket.socket) -> bytes:
        """One whole request; the server is asked to close behind its answer."""
        told = b""
        while b"\r\n\r\n" not in told:
            told += client.recv(65536)
        head, _, body = told.partition(b"\r\n\r\n")
        lines = [line for line in head.split(b"\r\n") if not line.lower().startswith(b"connection:")]
        length = next((int(line.split(b":")[1]) for line in lines if line.lower().startswith(b"content-length:")), 0)
        while len(body) < length:
            body += client.recv(65536)
        return b"\r\n".join([*lines, b"Connection: close"]) + b"\r\n\r\n" + body

    def close(self) -> None:
        self._listener.close()


def _key_of(request: bytes) -> str:
    lines = request.partition(b"\r\n\r\n")[0].decode("latin-1").split("\r\n")
    return next((line.partition(": ")[2] for line in lines if line.lower().startswith("idempotency-key:")), "")


@contextmanager
def loses_answers(target: str) -> Iterator[LosesAnswers]:
    proxy = LosesAnswers(target)
    try:
        yield proxy
    finally:
        proxy.close()
