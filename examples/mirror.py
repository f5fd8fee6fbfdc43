"""A mirror of Ieum in SQLite, kept by the change feed: `python mirror.py https://ieum.example.kr mirror.sqlite3`.

The token stands in IEUM_TOKEN (scopes: feed, and read for what is to be mirrored). Every page is applied in one
transaction with the place behind it, so that a run may be killed at any time: the next goes on, and applying a page
twice changes nothing. On 410 it reads from the beginning, then drops what it did not see. Copy it and change it."""

import hashlib
import json
import os
import sqlite3
import sys
import time
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

TABLES = """
CREATE TABLE IF NOT EXISTS record (
    type TEXT NOT NULL, id TEXT NOT NULL, version INTEGER NOT NULL, data TEXT NOT NULL, round INTEGER NOT NULL,
    PRIMARY KEY (type, id)
);
CREATE TABLE IF NOT EXISTS place (only_one INTEGER PRIMARY KEY CHECK (only_one = 1), after INTEGER, round INTEGER,
    starts_over INTEGER NOT NULL, next TEXT);
INSERT OR IGNORE INTO place VALUES (1, 0, 0, 1, NULL);
"""
PAGE = int(os.environ.get("IEUM_PAGE", "1000"))  # entries at once
PATIENCE = 8  # attempts at one page, each after twice the time of the one before


class StartOver(Exception):
    """The server answered 410: the place that we had leads nowhere any more."""


def ask(address: str, token: str) -> dict[str, Any]:
    """One page. Tries again where the server or the network is away; raises StartOver, HTTPError, URLError."""
    request = Request(address, headers={"Authorization": f"Bearer {token}", "Accept": "application/json"})
    for attempt in range(PATIENCE):
        try:
            with urlopen(request, timeout=60) as answer:
                page: dict[str, Any] = json.loads(answer.read())
                return page
        except HTTPError as error:
            if error.code == 410:
                raise StartOver from error
            if error.code not in (429, 500, 502, 503, 504) or attempt == PATIENCE - 1:
                raise
            time.sleep(float(error.headers.get("Retry-After") or 0.2 * 2**attempt))
        except (URLError, OSError, ValueError):  # cut off in the middle of an answer is no JSON
            if attempt == PATIENCE - 1:
                raise
            time.sleep(0.2 * 2**attempt)
    raise AssertionError("unreachable")


class Mirror:
    """The records as the feed told them last."""

    def __init__(self, site: str, token: str, path: str) -> None:
        self.base, self.token = f"{site.rstrip('/')}/api/v1", token
        self.database = sqlite3.connect(path, isolation_level=None)
        self.database.execute("PRAGMA journal_mode=WAL")
        self.database.executescript(TABLES)

    def pull(self) -> int:
        """Reads until there is nothing new. Returns how many entries were applied."""
        applied = 0
        while True:
            after, following = self.database.execute("SELECT after, next FROM place").fetchone()
            try:
                page = ask(following or f"{self.base}/changes?after={after}&limit={PAGE}", self.token)
            except StartOver:
                self.start_over()
                continue
            except HTTPError as error:
                if error.code != 404 or not following:
                    raise
                # The server signs its links with another key by now: the place itself is still good.
                self.database.execute("UPDATE place SET next = NULL")
                continue
            self.apply(page)
            applied += len(page["results"])
            if not page["has_more"]:
                return applied

    def start_over(self) -> None:
        """From 0, in a new round: what is not seen in it is gone."""
        self.database.execute("UPDATE place SET after = 0, next = NULL, round = round + 1, starts_over = 1")

    def apply(self, page: dict[str, Any]) -> None:
        """A page and the place behind it, or neither."""
        with self.database:
            self.database.execute("BEGIN IMMEDIATE")
            (round_,) = self.database.execute("SELECT round FROM place").fetchone()
            for entry in page["results"]:
                self.apply_entry(entry, round_)
            ends = not page["has_more"]
            if ends and self.database.execute("SELECT starts_over FROM place").fetchone() == (1,):
                self.database.execute("DELETE FROM record WHERE round < ?", (round_,))
                self.database.execute("UPDATE place SET starts_over = 0")
            self.database.execute("UPDATE place SET after = ?, next = ?", (page["next_after"], page["next"]))

    def apply_entry(self, entry: dict[str, Any], round_: int) -> None:
        if entry["deleted"]:
            self.database.execute("DELETE FROM record WHERE type = ? AND id = ?", (entry["type"], entry["id"]))
            return
        data = json.dumps(entry["data"], ensure_ascii=False)
        self.database.execute(
            # In a new round what is told replaces whatever is there: a restored backup takes versions back.
            "INSERT INTO record VALUES (?, ?, ?, ?, ?) ON CONFLICT (type, id) DO UPDATE SET version = excluded.version,"
            " data = excluded.data, round = excluded.round"
            " WHERE excluded.round > record.round OR excluded.version >= record.version",
            (entry["type"], entry["id"], entry["version"], data, round_),
        )

    def is_whole(self) -> bool:
        """Whether the mirror holds exactly what the server has: by the digest, in one call."""
        told = ask(f"{self.base}/changes/digest", self.token)["types"]
        own = [kind for (kind,) in self.database.execute("SELECT DISTINCT type FROM record")]
        return all(self.buckets(kind) == told[kind]["buckets"] for kind in told) and set(own) <= set(told)

    def buckets(self, kind: str) -> list[str]:
        """256 hashes over the lines `id:version`, by the last byte of the id."""
        buckets = [hashlib.sha256() for _ in range(256)]
        rows = self.database.execute("SELECT id, version FROM record WHERE type = ? ORDER BY id", (kind,))
        for id_, version in rows:
            buckets[int(id_[-2:], 16)].update(f"{id_}:{version}\n".encode())
        return [bucket.hexdigest() for bucket in buckets]


if __name__ == "__main__":
    mirror = Mirror(sys.argv[1], os.environ["IEUM_TOKEN"], sys.argv[2])
    print(f"{mirror.pull()} changes applied")
    if not mirror.is_whole():
        sys.exit("the mirror differs from the server; run it again, and tell the administrator if it stays so")
