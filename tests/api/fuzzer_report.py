"""What the fuzzer's own report tells of the way from one answer to the next."""

import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

Told = dict[str, Any]
_RECORD = re.compile(r"/api/v1/[a-z-]+/[0-9a-f-]{36}")


def made(report: Path) -> Counter[str]:
    """How many records of each kind POST made, in whatever phase."""
    return Counter(_kind(sent) for case in _cases(report) for sent in [case["sent"]] if _made(case))


def followed(report: Path) -> Counter[tuple[str, str, int, bool]]:
    """What was asked of the very record that was made, led to it by a link: the kind, the method, the status, and whether
    it had been deleted before."""
    found: Counter[tuple[str, str, int, bool]] = Counter()
    deleted: set[str] = set()
    for case in _cases(report):
        sent, parent = case["sent"], case["parent"]
        at, method, status = _path(sent), sent["request"]["method"], sent["response"]["status_code"]
        if case["link"] and parent and _made(parent) and at == parent["sent"]["response"]["headers"]["location"][0]:
            found[_kind(sent), method, status, at in deleted] += 1
            if (method, status) == ("DELETE", 204):
                deleted.add(at)
    return found


def answers_to(client: str, report: Path) -> dict[str, set[int]]:
    """The statuses with which the client was answered at the address of a single record, by the record's kind."""
    found: dict[str, set[int]] = {}
    for case in _cases(report):
        if case["client"] == client and _RECORD.fullmatch(_path(case["sent"])):
            found.setdefault(_kind(case["sent"]), set()).add(case["sent"]["response"]["status_code"])
    return found


def _cases(report: Path) -> Iterator[Told]:
    """What was sent and answered, in its order, each with that which led to it."""
    for line in report.read_text().splitlines():
        told = json.loads(line).get("ScenarioFinished", {}).get("recorder", {})
        answered = {name: sent for name, sent in told.get("interactions", {}).items() if sent["response"]}
        cases = {name: _case(told["cases"][name], sent) for name, sent in answered.items()}
        for name, case in cases.items():
            yield case | {"parent": cases.get(told["cases"][name].get("parent_id"))}


def _case(told: Told, sent: Told) -> Told:
    return {"sent": sent, "link": told.get("transition"), "client": told["value"].get("auth_identity")}


def _made(case: Told) -> bool:
    sent = case["sent"]
    at_the_list = _path(sent).count("/") == len(("api", "v1", "kind"))
    return sent["request"]["method"] == "POST" and sent["response"]["status_code"] == 201 and at_the_list


def _path(sent: Told) -> str:
    return urlsplit(sent["request"]["uri"]).path


def _kind(sent: Told) -> str:
    return _path(sent).split("/")[3]
