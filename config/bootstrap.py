"""Prepares a fresh machine: virtual environment, packages, translations. Runs with the system's own Python.

A second run compares hashes and ends at once. An install that was cut short is begun again from nothing, because
pip cannot tell a half-written package from a whole one.
"""

from __future__ import annotations  # a Python that is too old must still read as far as the sentence that says so

import fcntl
import hashlib
import importlib.util
import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
INSTALLED = VENV / "ieum-installed.json"
UNFINISHED = VENV / "ieum-unfinished"
LOCK = ROOT / "var" / "bootstrap.lock"

FONTS = "requirements-fonts.txt"
TO_RUN = ("requirements.txt", FONTS)
TO_TEST = ("requirements.txt", "requirements-dev.txt", FONTS)


def main(arguments: Sequence[str]) -> None:
    _check_python()
    signal.signal(signal.SIGTERM, _end)
    files = TO_TEST if "--tests" in arguments else TO_RUN
    try:
        with _alone():
            if not _up_to_date(files):
                _install(files)
            _run(
                [str(PYTHON), "-m", "config.translations"],
                "the translations could not be compiled; mend the file named above",
            )
    except OSError as error:
        _stop(f"{error.filename or ROOT} cannot be used ({error.strerror}); make {ROOT} writable for this user")
    except KeyboardInterrupt:
        sys.exit(130)


def _check_python() -> None:
    version = "{}.{}".format(*sys.version_info[:2])
    if sys.version_info < (3, 11):  # noqa: UP036 - this file alone meets older ones
        _stop(f"Python 3.11 or later is needed and this is {version}; install python3.11 and run this again")
    if any(importlib.util.find_spec(name) is None for name in ("venv", "ensurepip")):
        _stop(
            f"this Python cannot make virtual environments; install its venv module "
            f"(Debian and Ubuntu: apt-get install python{version}-venv) and run this again"
        )


def _up_to_date(files: Sequence[str]) -> bool:
    if not (PYTHON.exists() and INSTALLED.exists()) or UNFINISHED.exists():
        return False
    try:
        installed: dict[str, str] = json.loads(INSTALLED.read_text())
    except ValueError:
        return False
    return _wanted(files).items() <= installed.items()


def _wanted(files: Sequence[str]) -> dict[str, str]:
    """What the environment must be made of: the hash of every requirement file, and the place, since scripts and
    pyvenv.cfg hold absolute paths."""
    hashes = {name: hashlib.sha256((ROOT / name).read_bytes()).hexdigest() for name in files}
    return {"place": str(VENV), **hashes}


def _install(files: Sequence[str]) -> None:
    print("ieum: installing packages into .venv; the first time takes a minute or two", flush=True)
    if not _sound():
        _make_environment()
    UNFINISHED.touch()
    INSTALLED.unlink(missing_ok=True)
    packages = [name for name in files if name != FONTS]
    _pip(*(part for name in packages for part in ("-r", name)))
    _pip("--no-deps", "-r", FONTS)
    INSTALLED.write_text(json.dumps(_wanted(files), indent=1))
    UNFINISHED.unlink()


def _sound() -> bool:
    """Whether the environment may be added to, instead of being made anew."""
    if UNFINISHED.exists() or not PYTHON.exists():
        return False
    if INSTALLED.exists() and f'"{VENV}"' not in INSTALLED.read_text():
        return False
    check = [str(PYTHON), "-c", "import pip, sys; sys.exit(sys.version_info < (3, 11))"]
    return subprocess.run(check, capture_output=True, check=False).returncode == 0


def _make_environment() -> None:
    if VENV.is_symlink():
        VENV.unlink()  # another project's, which is left alone
    VENV.mkdir(exist_ok=True)
    UNFINISHED.touch()
    for old in VENV.iterdir():
        if old.is_dir() and not old.is_symlink():
            shutil.rmtree(old)
        elif old != UNFINISHED:
            old.unlink()
    # The resolved path: the command may come from an activated .venv, whose own interpreter has just been removed.
    system_python = os.path.realpath(sys.executable)
    _run([system_python, "-m", "venv", str(VENV)], "the virtual environment could not be made; see the error above")


def _pip(*arguments: str) -> None:
    command = [str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-input", *arguments]
    _run(command, "the packages could not be installed; check the network or pip's settings and run this again")


def _run(command: list[str], complaint: str) -> None:
    """Runs quietly; on failure shows everything the command said, and one sentence."""
    done = subprocess.run(
        command,
        cwd=ROOT,
        close_fds=False,  # the lock's: a pip that outlives this process keeps the next one waiting
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        check=False,
    )
    if done.returncode != 0:
        print(done.stdout.rstrip(), file=sys.stderr)
        _stop(complaint)


@contextmanager
def _alone() -> Iterator[None]:
    """Two makes at once: the second waits for the first. The lock ends with the process that holds it."""
    LOCK.parent.mkdir(exist_ok=True)
    with LOCK.open("a") as file:
        os.set_inheritable(file.fileno(), True)
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            print("ieum: another make is preparing .venv; waiting for it", flush=True)
            fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _end(*_: object) -> NoReturn:
    """SIGTERM ends pip too, instead of leaving it writing without the lock."""
    sys.exit(143)


def _stop(complaint: str) -> NoReturn:
    sys.exit(f"ieum: {complaint}.")


if __name__ == "__main__":
    main(sys.argv[1:])
