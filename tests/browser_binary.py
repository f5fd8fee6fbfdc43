"""The browser of the browser tests: Chromium without a window (Debian's or Playwright's own), or the whole one, or one
that is installed now.

The one without a window draws the same pages and takes three fifths of the time.
"""

import functools
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

WITHOUT_A_WINDOW = "chromium-headless-shell"
WHOLE = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
MISSING = (
    "no Chromium was found and none could be installed; install the package chromium-headless-shell or chromium, "
    "or run `.venv/bin/python -m playwright install --with-deps chromium`, and run the tests again"
)


def system_browser(has_own: bool) -> str | None:
    """The path of a Chromium on PATH that does start; None where Playwright has one of its own and the system's is no
    better."""
    return _that_starts(WITHOUT_A_WINDOW) or (None if has_own else _that_starts(*WHOLE))


@functools.cache
def _that_starts(*names: str) -> str | None:
    """Some distributions put a script there that only says where to get a browser."""
    return next((path for name in names if (path := shutil.which(name)) and _starts(path)), None)


def _starts(path: str) -> bool:
    try:
        said = subprocess.run([path, "--version"], capture_output=True, text=True, timeout=60, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return said.returncode == 0 and re.search(r"Chrom\w+ \d", said.stdout) is not None


def playwrights_own() -> bool:
    """Playwright starts its own without a window."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        return Path(playwright.chromium.executable_path).exists()


def ensure() -> None:
    """Installs a browser where there is none, and the one without a window where the whole one is all there is and
    the machine knows the package. Ends with a sentence where no browser can be had."""
    if _that_starts(WITHOUT_A_WINDOW) or playwrights_own():
        return
    if _that_starts(*WHOLE):
        # The whole one will do: nothing is asked for what this machine does not know already.
        _try([[*apt, "install", "-y", "--no-install-recommends", WITHOUT_A_WINDOW] for apt in _apt()])
        return
    print("ieum: installing Chromium for the browser tests; once on this machine", flush=True)
    said = ""
    for commands in _ways():
        said += _try(commands)
        _that_starts.cache_clear()
        if _that_starts(WITHOUT_A_WINDOW, *WHOLE) or playwrights_own():
            return
    print(said.rstrip(), file=sys.stderr)
    sys.exit(f"ieum: {MISSING}.")


def _apt() -> list[list[str]]:
    """How packages are installed here: one way or none."""
    as_root = [] if os.geteuid() == 0 else ["sudo", "-n"]
    if not shutil.which("apt-get") or (as_root and not shutil.which("sudo")):
        return []
    return [[*as_root, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq"]]


def _ways() -> list[list[list[str]]]:
    install = ["install", "-y", "--no-install-recommends"]
    packages = (WITHOUT_A_WINDOW, WHOLE[0])
    debians = [[[*apt, "update"], [*apt, *install, package]] for apt in _apt() for package in packages]
    return [*debians, [[sys.executable, "-m", "playwright", "install", "chromium"]]]


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
