"""What the checks and tests see of the environment: the settings of the caller's shell never reach them."""

import os
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SETTINGS = (
    "DJANGO_SETTINGS_MODULE",
    "SECRET_KEY",
    "DATABASE_URL",
    "ALLOWED_HOSTS",
    "IEUM_DATA",
    "ORGANISATION",
    "HTTPS",
    "BEHIND_PROXY",
    "TRUSTED_PROXIES",
    "GUARD_WRITES",
    "MAX_UPLOAD_MB",
    "API_REQUESTS_A_MINUTE",
    "SITE_URL",
    "MAIL_URL",
    "MAIL_FROM",
    "WEBHOOK_TARGETS",
    "PORT",
    "DEMO_PASSWORD",
    "DEMO_TOKEN",
)


def for_tests(outside: Mapping[str, str]) -> dict[str, str]:
    """The environment with IEUM_ENV=test. Only TEST_DATABASE_URL names a database: a DATABASE_URL may be a real one."""
    inside = {name: value for name, value in outside.items() if name not in SETTINGS}
    if url := outside.get("TEST_DATABASE_URL"):
        inside["DATABASE_URL"] = url
    # Receivers of webhooks are this machine's own.
    return inside | {"IEUM_ENV": "test", "WEBHOOK_TARGETS": "127.0.0.1/32"}


def own_folder(parent: Path) -> Path:
    """A folder that carries this process's number, so that runs at the same time don't share databases. Folders of
    processes that were killed are removed on the way."""
    parent.mkdir(parents=True, exist_ok=True)
    for left in parent.glob("ieum-test-*-*"):
        process = left.name.split("-")[2]
        if process.isdigit() and not _alive(int(process)):
            shutil.rmtree(left, ignore_errors=True)
    return Path(tempfile.mkdtemp(prefix=f"ieum-test-{os.getpid()}-", dir=parent))


def _alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass  # another user's
    return True
