"""The OpenAPI document against the site as it is installed: a fuzzer asks of every operation what the document allows and
forbids, and for what follows from one answer to the next. Its own program, and all of its checks."""

import json
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from django.utils import timezone

from crm.actions.accounts import issue_token
from crm.models import OrgUnit
from crm.values.measures import Role
from tests.api.fuzzer_report import answers_to, followed, made
from tests.api.fuzzer_world import fuzzer_world
from tests.api.resources import DELETABLE, RESOURCES
from tests.builders import figure, make_outcome, make_unit, system
from tests.builders_closed import Closed, make_closed
from tests.builders_concurrence import person
from tests.faults.feed_clients import token
from tests.laws.scenarios import make_world
from tests.served import served

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.timeout(900)]
FUZZER = Path(sys.executable).with_name("schemathesis")
CONFIG = Path(__file__).with_name("schemathesis.toml")
PEERS = Path(__file__).with_name("schemathesis_peers.toml")
HOOKS = Path(__file__).with_name("fuzzer_hooks.py")
REPORT = "report.ndjson"
SEED, EXAMPLES = 1, 3
# Which way the fuzzer goes on from an answer is not by the seed: so much it reaches in any run, or of what is deleted, of
# which it does not always ask again, in a few.
MOST, SOME, TIMES = 0.8, 0.25, 4
# What the limits of the document suggest is asked of one resource of each shape: there are seventeen thousand questions
# to all of them. At random, and from one answer to the next, everything is asked. Not at its limits is what is named by
# another system: to its If-Match the fuzzer says "0" there, which the document's own pattern forbids.
OF_EACH_SHAPE = (
    r"^/api/v1/(changes|changes/(digest|outcome)|organisations(/\{id\}.*)?|outcomes|bulk/outcomes|figures/.*)$"
)
MADE = {*RESOURCES, "ledger-entries"}
# Who reads is led to the records by the feed of each kind: what the lists hold is too open a shape to tell the fuzzer so.
FEEDS = "outcome|ledger_entry|document|follow_up|concurrence|approval|demonstration|chain_link"
NEW_ID = "01890000-0000-7000-8000-00000000abcd"


def test_the_fuzzer_finds_nothing_at_the_limits(tmp_path: Path) -> None:
    make_world(timezone.now())
    assert _everything_asked(tmp_path, token(), "coverage", OF_EACH_SHAPE) == 0


def test_the_fuzzer_finds_nothing_at_random_and_one_after_the_other(tmp_path: Path) -> None:
    """What it is to try it must have reached: where nothing was made, nothing that is made was read and changed."""
    assert _everything_asked(tmp_path, token(), "fuzzing,stateful", "/", **_told_of_the_world(tmp_path)) == 0
    seen = followed(tmp_path / REPORT)
    print(made(tmp_path / REPORT), seen)
    assert len(made(tmp_path / REPORT)) >= MOST * len(MADE)
    assert len(_kinds(seen, "GET", 200)) >= SOME * len(MADE)
    assert len(_kinds(seen, "PATCH", 200)) >= SOME * len(MADE)


def test_the_fuzzer_finds_nothing_used_after_it_was_deleted(tmp_path: Path) -> None:
    """The check says nothing where nothing was deleted, or what was is not asked for again."""
    addresses = rf"^/api/v1/({'|'.join(DELETABLE)})(/\{{id\}})?$"
    told, key, seen = _told_of_the_world(tmp_path), token(), Counter[tuple[str, str, int, bool]]()
    for time in range(TIMES):
        folder = tmp_path / str(time)
        folder.mkdir()
        assert _everything_asked(folder, key, "stateful", addresses, **told) == 0
        seen += followed(folder / REPORT)
        print(made(folder / REPORT), seen)
        if _are_asked_again(seen):
            break
    assert _are_asked_again(seen)
    assert _kinds(seen, "GET", 200, deleted=True) == set()


def _are_asked_again(seen: Counter[tuple[str, str, int, bool]]) -> bool:
    """Most kinds were deleted, and most were asked for again, in each of the three ways."""
    deleted = _kinds(seen, "DELETE", 204)
    asked = [_kinds(seen, method, 404, deleted=True) for method in ("GET", "PATCH", "DELETE")]
    return all(asked) and min(len(deleted), len(set().union(*asked))) >= MOST * len(DELETABLE)


def test_the_fuzzer_finds_no_record_that_is_another_s(tmp_path: Path) -> None:
    """Two clients of the same rights, of two departments; the one leads what is closed to the other. What the one reads,
    the fuzzer asks for as the other, once at each address: it finds fault with the same answer, and we with any."""
    closed = make_closed()
    make_outcome("공개 협약", figures=[figure()], lead_unit=closed.lead)
    clients = {"leads": _key("leads", closed.lead), "outside": _key("outside", make_unit("관광국"))}
    (tmp_path / "clients.json").write_text(json.dumps({"auth": [_told(*client) for client in clients.items()]}))
    own = {"LINK": NEW_ID, "OUTCOME": str(closed.outcome.pk), "PARTNER": str(closed.partner.pk)}
    with served(tmp_path) as site:
        found = _asked(
            tmp_path, PEERS, f"{site.url}/api/v1/schema/", "--checks", "object_level_authorization",
            "--phases", "fuzzing", "--mode", "positive", "--max-examples", "10", "--report-ndjson-path", REPORT,
            "--include-name-regex", _read_and_followed(closed), **own,
        )  # fmt: skip
    assert answers_to("outside", tmp_path / REPORT) == {name: {404} for name in closed.records}
    assert found == 0


def _everything_asked(folder: Path, key: str, phases: str, addresses: str, **own: str) -> int:
    with served(folder) as site:
        return _asked(
            folder, CONFIG, f"{site.url}/api/v1/schema/", "--header", f"Authorization: Bearer {key}",
            "--checks", "all", "--phases", phases, "--max-examples", str(EXAMPLES), "--include-path-regex", addresses,
            "--report-ndjson-path", REPORT, **own,
        )  # fmt: skip


def _told_of_the_world(folder: Path) -> dict[str, str]:
    (folder / "world.json").write_text(json.dumps(fuzzer_world()))
    return {"SCHEMATHESIS_HOOKS": str(HOOKS), "FUZZER_WORLD": str(folder / "world.json")}


def _kinds(seen: Counter[tuple[str, str, int, bool]], method: str, status: int, *, deleted: bool = False) -> set[str]:
    """Of what kinds a record was so asked for, and so answered, by a link from its being made."""
    return {kind for kind, *how in seen if how == [method, status, deleted]}


def _asked(folder: Path, config: Path, *how: str, **own: str) -> int:
    """What the fuzzer ends with."""
    told = folder / "told.txt"
    with told.open("w") as kept:
        done = subprocess.run(
            [FUZZER, "--no-color", "--config-file", config, "run", *how, "--seed", str(SEED), "--continue-on-failure",
             "--warnings", "off"],
            cwd=folder, env=_alone() | own, stdout=kept, stderr=subprocess.STDOUT, check=False,
        )  # fmt: skip
    print(told.read_text()[-20_000:])
    return done.returncode


def _key(name: str, unit: OrgUnit) -> str:
    return issue_token(system(), person(name, Role.API_CLIENT, unit), "fuzzer", ["read", "write", "feed"])[1]


def _told(name: str, key: str) -> dict[str, object]:
    return {"name": name, "fixedHeaders": [{"name": "Authorization", "value": f"Bearer {key}"}]}


def _read_and_followed(closed: Closed) -> str:
    """What reads single records, and what leads to them: the feeds of their kinds; for links to partners, making one."""
    single = rf"GET /api/v1/({'|'.join(closed.records)})/\{{id\}}"
    return rf"^({single}|GET /api/v1/changes/({FEEDS})|POST /api/v1/confirmations)$"


def _alone() -> dict[str, str]:
    """The environment without what would lead it elsewhere: proxies, and settings of its own or of hypothesis."""
    lead = ("SCHEMATHESIS", "HYPOTHESIS")
    kept = {name: value for name, value in os.environ.items() if not name.upper().startswith(lead)}
    return {name: value for name, value in kept.items() if not name.lower().endswith("_proxy")} | {"NO_PROXY": "*"}
