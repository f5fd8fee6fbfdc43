"""The OpenAPI document against the site as it is installed: a fuzzer asks of every operation what the document allows and
forbids, and for what follows from one answer to the next. Its own program, and all of its checks."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.utils import timezone

from tests.faults.feed_clients import token
from tests.laws.scenarios import make_world
from tests.served import served

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.timeout(900)]
FUZZER = Path(sys.executable).with_name("schemathesis")
CONFIG = Path(__file__).with_name("schemathesis.toml")
SEED, EXAMPLES = 1, 3
# What the limits of the document suggest is asked of one resource of each shape: there are seventeen thousand questions
# to all of them. At random, and from one answer to the next, everything is asked. Not at its limits is what is named by
# another system: to its If-Match the fuzzer says "0" there, which the document's own pattern forbids.
OF_EACH_SHAPE = (
    r"^/api/v1/(changes|changes/(digest|outcome)|organisations(/\{id\}.*)?|outcomes|bulk/outcomes|figures/.*)$"
)
RUNS = {
    "at random and one after the other": ("fuzzing,stateful", "/"),
    "at the limits": ("coverage", OF_EACH_SHAPE),
}


@pytest.mark.parametrize("phases", RUNS)
def test_the_fuzzer_finds_nothing(tmp_path: Path, phases: str) -> None:
    make_world(timezone.now())
    key = token()
    told = tmp_path / "told.txt"
    named, addresses = RUNS[phases]
    with served(tmp_path) as site, told.open("w") as kept:
        done = subprocess.run(
            [FUZZER, "--no-color", "--config-file", CONFIG, "run", f"{site.url}/api/v1/schema/",
             "--header", f"Authorization: Bearer {key}", "--checks", "all", "--phases", named, "--seed", str(SEED),
             "--max-examples", str(EXAMPLES), "--include-path-regex", addresses, "--continue-on-failure",
             "--warnings", "off"],
            cwd=tmp_path, env=_alone(), stdout=kept, stderr=subprocess.STDOUT, check=False,
        )  # fmt: skip
    print(told.read_text()[-20_000:])
    assert done.returncode == 0


def _alone() -> dict[str, str]:
    """The environment without what would lead it elsewhere: proxies, and settings of its own or of hypothesis."""
    lead = ("SCHEMATHESIS", "HYPOTHESIS")
    kept = {name: value for name, value in os.environ.items() if not name.upper().startswith(lead)}
    return {name: value for name, value in kept.items() if not name.lower().endswith("_proxy")} | {"NO_PROXY": "*"}
