"""The tests see a database only when it was given to them by name, and never a real one."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests import checks
from tests.environment import ROOT, for_tests, own_folder


def test_a_database_of_the_shell_is_not_taken() -> None:
    assert "DATABASE_URL" not in for_tests({"DATABASE_URL": "postgres://real/ieum"})


def test_a_database_given_for_tests_is_taken() -> None:
    inside = for_tests({"DATABASE_URL": "postgres://real/ieum", "TEST_DATABASE_URL": "postgres://other/ieum"})

    assert inside["DATABASE_URL"] == "postgres://other/ieum"


def test_a_killed_run_is_cleared_away_and_a_living_one_is_not(tmp_path: Path) -> None:
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    left = tmp_path / f"ieum-test-{ended.pid}-abc"
    living = tmp_path / f"ieum-test-{os.getppid()}-abc"
    left.mkdir()
    living.mkdir()

    own = own_folder(tmp_path)

    assert sorted(tmp_path.iterdir()) == sorted([living, own])


def test_the_checks_end_at_the_first_that_fails(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    commands = [(sys.executable, "-c", f"print('ran {n}'); raise SystemExit({n})") for n in (0, 3, 4)]
    steps = tuple(checks.Check(f"check {number}", command) for number, command in enumerate(commands))
    monkeypatch.setattr(checks, "CHECKS", {"static": steps})

    assert checks.main(["static"]) == 3
    said = capfd.readouterr()
    assert "ran 3" in said.out
    assert "ran 4" not in said.out
    assert "check 1 failed" in said.err


def test_no_tests_collected_is_a_failure(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", str(tmp_path)]
    environment = for_tests(os.environ)

    assert subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, check=False).returncode == 5
