"""When the set-up installs, when it leaves the environment alone, and when it begins again. Nothing is downloaded."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from config import bootstrap
from tests.environment import ROOT


@pytest.fixture
def commands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """The commands that the set-up would run, in a project that has a sound but unfilled environment."""
    for name in bootstrap.TO_TEST:
        (tmp_path / name).write_text("Django\n")
    venv = tmp_path / ".venv"
    (venv / "bin").mkdir(parents=True)
    (venv / "bin" / "python").symlink_to(sys.executable)
    monkeypatch.setattr(bootstrap, "ROOT", tmp_path)
    monkeypatch.setattr(bootstrap, "VENV", venv)
    monkeypatch.setattr(bootstrap, "PYTHON", venv / "bin" / "python")
    monkeypatch.setattr(bootstrap, "INSTALLED", venv / "installed")
    monkeypatch.setattr(bootstrap, "UNFINISHED", venv / "unfinished")
    ran: list[list[str]] = []
    monkeypatch.setattr(bootstrap, "_run", lambda command, complaint: ran.append(command))
    return ran


def test_what_tests_need_is_enough_to_run(commands: list[list[str]]) -> None:
    bootstrap._install(bootstrap.TO_TEST)

    assert bootstrap._up_to_date(bootstrap.TO_RUN)
    assert bootstrap._up_to_date(bootstrap.TO_TEST)


def test_what_runs_is_not_enough_for_tests(commands: list[list[str]]) -> None:
    bootstrap._install(bootstrap.TO_RUN)

    assert not bootstrap._up_to_date(bootstrap.TO_TEST)


def test_a_changed_requirement_is_installed_into_the_same_environment(commands: list[list[str]]) -> None:
    bootstrap._install(bootstrap.TO_RUN)
    (bootstrap.ROOT / "requirements.txt").write_text("Django==5.2\n")
    commands.clear()

    assert not bootstrap._up_to_date(bootstrap.TO_RUN)
    bootstrap._install(bootstrap.TO_RUN)
    assert [command[1:3] for command in commands] == [["-m", "pip"], ["-m", "pip"]]


def test_an_install_cut_short_begins_again(commands: list[list[str]], monkeypatch: pytest.MonkeyPatch) -> None:
    def cut_short(*arguments: str) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(bootstrap, "_pip", cut_short)
        bootstrap._install(bootstrap.TO_RUN)

    assert not bootstrap._up_to_date(bootstrap.TO_RUN)
    bootstrap._install(bootstrap.TO_RUN)
    assert commands[0][1:3] == ["-m", "venv"]


def test_an_environment_from_another_place_is_made_anew(commands: list[list[str]]) -> None:
    bootstrap._install(bootstrap.TO_RUN)
    bootstrap.INSTALLED.write_text(json.dumps({"place": "/somewhere/else/.venv"}))
    commands.clear()

    bootstrap._install(bootstrap.TO_RUN)

    assert commands[0][1:3] == ["-m", "venv"]


def test_an_environment_of_another_project_that_is_linked_here_is_left_alone(
    commands: list[list[str]], tmp_path: Path
) -> None:
    other = tmp_path / "other"
    bootstrap.VENV.rename(other)
    bootstrap.VENV.symlink_to(other)
    bootstrap.UNFINISHED.touch()

    bootstrap._install(bootstrap.TO_RUN)
    assert (other / "bin" / "python").exists() and not bootstrap.VENV.is_symlink()


def test_a_failure_is_shown_whole_and_ends_in_a_sentence(capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="it did not work; do this"):
        bootstrap._run([sys.executable, "-c", "print('the reason'); raise SystemExit(1)"], "it did not work; do this")

    assert "the reason" in capfd.readouterr().err


def test_an_old_python_reads_a_sentence() -> None:
    pretend = "import sys; sys.version_info = (3, 9, 2); import runpy; runpy.run_path({!r}, run_name='__main__')"
    command = [sys.executable, "-c", pretend.format(str(ROOT / "config" / "bootstrap.py"))]
    done = subprocess.run(command, capture_output=True, text=True, check=False)

    assert done.returncode == 1
    assert done.stderr == (
        "ieum: Python 3.11 or later is needed and this is 3.9; install python3.11 and run this again.\n"
    )
