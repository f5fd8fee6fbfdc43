"""What the checks and tests see of the environment: the settings of the caller's shell never reach them."""

import os
import shutil
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SETTINGS = (
    "SECRET_KEY",
    "DATABASE_URL",
    "ALLOWED_HOSTS",
    "IEUM_DATA",
    "ORGANISATION",
    "HTTPS",
    "GUARD_WRITES",
    "MAX_UPLOAD_MB",
    "PORT",
    "DEMO_PASSWORD",
    "DEMO_TOKEN",
)


def for_tests(outside: Mapping[str, str], data: Path | None = None) -> dict[str, str]:
    """The environment with IEUM_ENV=test. Only TEST_DATABASE_URL names a database: a DATABASE_URL may be a real one."""
    inside = {name: value for name, value in outside.items() if name not in SETTINGS}
    inside |= {"IEUM_ENV": "test", "DJANGO_SETTINGS_MODULE": "config.settings"}
    if url := outside.get("TEST_DATABASE_URL"):
        inside["DATABASE_URL"] = url
    if data:
        inside["IEUM_DATA"] = str(data)
    return inside


def own_folder(parent: Path) -> Path:
    """A folder that carries this process's number, so that runs at the same time don't share databases. Folders of
    processes that were killed are removed on the way."""
    parent.mkdir(parents=True, exist_ok=True)
    for left in parent.glob("ieum-test-*"):
        if not _alive(int(left.name.rsplit("-", 1)[1])):
            shutil.rmtree(left, ignore_errors=True)
    folder = parent / f"ieum-test-{os.getpid()}"
    folder.mkdir(mode=0o700)
    return folder


def _alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
