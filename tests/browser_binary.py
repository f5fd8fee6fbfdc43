"""The browser of the browser tests: the system's Chromium, or Playwright's own, or one that is installed now."""

import functools
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
MISSING = (
    "no Chromium was found and none could be installed; install the package chromium, "
    "or run `.venv/bin/python -m playwright install --with-deps chromium`, and run the tests again"
)


@functools.cache
def system_browser() -> str | None:
    """The path of a Chromium on PATH that does start: some distributions put a script there that only says where
    to get one."""
    for name in NAMES:
        path = shutil.which(name)
        if path and _starts(path):
            return path
    return None


def _starts(path: str) -> bool:
    try:
        said = subprocess.run([path, "--version"], capture_output=True, text=True, timeout=60, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return said.returncode == 0 and re.search(r"Chrom\w+ \d", said.stdout) is not None


def playwrights_own() -> bool:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        return Path(playwright.chromium.executable_path).exists()


def ensure() -> None:
    """Installs a browser where there is none. Ends with a sentence where that is impossible."""
    if system_browser() or playwrights_own():
        return
    print("ieum: installing Chromium for the browser tests; once on this machine", flush=True)
    said = ""
    for commands in _ways():
        said += _try(commands)
        system_browser.cache_clear()
        if system_browser() or playwrights_own():
            return
    print(said.rstrip(), file=sys.stderr)
    sys.exit(f"ieum: {MISSING}.")


def _ways() -> list[list[list[str]]]:
    ways = []
    if shutil.which("apt-get"):
        as_root = [] if os.geteuid() == 0 else ["sudo", "-n"]
        if not as_root or shutil.which("sudo"):
            apt = [*as_root, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq"]
            ways.append([[*apt, "update"], [*apt, "install", "-y", "--no-install-recommends", "chromium"]])
    ways.append([[sys.executable, "-m", "playwright", "install", "chromium"]])
    return ways


def _try(commands: list[list[str]]) -> str:
    """What the commands said, up to the first that fails."""
    said = ""
    for command in commands:
        done = subprocess.run(
            command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False
        )
        said += f"$ {' '.join(command)}\n{done.stdout}"
        if done.returncode != 0:
            break
    return said


if __name__ == "__main__":
    ensure()
