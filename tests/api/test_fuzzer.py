"""The OpenAPI document against the site as it is installed: a fuzzer asks of every operation what the document allows and
forbids, and for what follows from one answer to the next. Its own program, all of its checks, all of its phases."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.utils import timezone

from tests.faults.feed_clients import token
from tests.faults.served import served
from tests.laws.scenarios import make_world

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.timeout(900)]
FUZZER = Path(sys.executable).with_name("schemathesis")
CONFIG = Path(__file__).with_name("schemathesis.toml")
# Enough that each operation is asked all that the document's limits suggest, and some at random.
PHASES, SEED, EXAMPLES = "examples,coverage,fuzzing,stateful", 1, 3


def test_the_fuzzer_finds_nothing(tmp_path: Path) -> None:
    make_world(timezone.now())
    key = token()
    told = tmp_path / "told.txt"
    with served(tmp_path) as site:
        done = subprocess.run(
            [FUZZER, "--no-color", "--config-file", CONFIG, "run", f"{site.url}/api/v1/schema/",
             "--header", f"Authorization: Bearer {key}", "--checks", "all", "--phases", PHASES, "--seed", str(SEED),
             "--max-examples", str(EXAMPLES), "--continue-on-failure", "--warnings", "off"],
            cwd=tmp_path, env=_alone(), stdout=told.open("w"), stderr=subprocess.STDOUT, check=False,
        )  # fmt: skip
    print(told.read_text()[-20_000:])
    assert done.returncode == 0


def _alone() -> dict[str, str]:
    """The environment without what would lead it elsewhere: proxies, and settings of its own or of hypothesis."""
    lead = ("SCHEMATHESIS", "HYPOTHESIS")
    kept = {name: value for name, value in os.environ.items() if not name.upper().startswith(lead)}
    return {name: value for name, value in kept.items() if not name.lower().endswith("_proxy")} | {"NO_PROXY": "*"}
