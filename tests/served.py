"""The site in processes of its own on the test's database, as it is installed: a master that starts workers anew."""

import os
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from django.conf import settings

from tests.databases import address


class Served:
    """`kill_workers` is what a machine that runs out of memory does: SIGKILL, in the middle of whatever they do. `end` is
    what a power failure does; it may `start` again at its address."""

    def __init__(self, folder: Path, *, threads: int = 4, requests_a_minute: int = 10**9) -> None:
        self._threads, self._requests = threads, requests_a_minute
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = free.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        self._folder = folder
        self.start()

    def start(self) -> None:
        own = {
            "IEUM_ENV": "test",
            "DATABASE_URL": address(),
            "IEUM_DATA": str(self._folder),
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "API_REQUESTS_A_MINUTE": str(self._requests),
        }
        command = [sys.executable, "-m", "gunicorn", "config.wsgi:application", "--bind", f"127.0.0.1:{self.port}",
                   "--preload", "--workers", "2", "--threads", str(self._threads), "--log-level", "critical", "--no-control-socket"]  # fmt: skip
        self._master = subprocess.Popen(
            command, cwd=settings.BASE_DIR, env={**os.environ, **own}, start_new_session=True,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        while not self._answers():
            assert self._master.poll() is None, "the server did not start"

    def kill_workers(self) -> int:
        """Returns how many were killed."""
        children = self._children()
        for child in children:
            with suppress(ProcessLookupError):
                os.kill(child, signal.SIGKILL)
        return len(children)

    def _answers(self) -> bool:
        with suppress(OSError), urllib.request.urlopen(f"{self.url}/healthz", timeout=5) as answer:
            return bool(answer.status == 200)
        return False

    def end(self) -> int:
        """Returns how many processes were killed."""
        number = 1 + len(self._children())
        with suppress(ProcessLookupError):
            os.killpg(self._master.pid, signal.SIGKILL)
        self._master.wait()
        return number

    def _children(self) -> list[int]:
        try:
            told = Path(f"/proc/{self._master.pid}/task/{self._master.pid}/children").read_text()
        except OSError:
            return []
        return [int(process) for process in told.split()]


@contextmanager
def served(folder: Path, **how: int) -> Iterator[Served]:
    site = Served(folder, **how)
    try:
        yield site
    finally:
        site.end()
