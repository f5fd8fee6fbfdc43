"""The plumbing of the tests: databases, browser, order. Who acts in them stands in the cast."""

import gc
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from django.conf import settings
from django.utils import translation
from playwright.sync_api import Playwright

from tests import clearing, static_files
from tests.browser_binary import MISSING, system_browser

# The closed network begins with the browser: without these it asks its maker's hosts.
BROWSER_FLAGS = [
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

# Of the files that are tried in a browser, those that take minutes.
LONGEST = ("test_every_address.py", "test_every_page.py")

# The same examples every time and no deadline: a busy machine must not turn a test red.
hypothesis.settings.register_profile("ieum", deadline=None, derandomize=True, database=None)
hypothesis.settings.load_profile("ieum")


def pytest_configure(config: pytest.Config) -> None:
    if os.environ.get("IEUM_ENV") != "test":
        pytest.exit("ieum: unset DJANGO_SETTINGS_MODULE; the tests bring their own settings.", returncode=2)
    clearing.install()
    static_files.find_once()


def pytest_unconfigure(config: pytest.Config) -> None:
    folder = Path(settings.DATA_DIR)
    if not hasattr(config, "workerinput") and folder.name.startswith("ieum-test-"):
        shutil.rmtree(folder, ignore_errors=True)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Browser tests last: Playwright's event loop runs on from the first of them, and no other test should meet it. The
    longest of them first: at the end one worker would wait minutes for the other."""

    def place(item: pytest.Item) -> tuple[bool, bool]:
        is_in_browser = "playwright" in getattr(item, "fixturenames", ())
        return is_in_browser, is_in_browser and item.path.name not in LONGEST

    items.sort(key=place)


def pytest_collection_finish(session: pytest.Session) -> None:
    """What was loaded so far stays until the end: to look through it for what is not used any more, again and again,
    took an eighth of the time and more."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


@pytest.fixture(autouse=True)
def _language_of_its_own() -> Iterator[None]:
    """The language that a page was read in ends with its test."""
    with translation.override(settings.LANGUAGE_CODE):
        yield


@pytest.fixture(scope="session")
def playwright(playwright: Playwright) -> Iterator[Playwright]:
    # While the loop runs Django takes every query for one from a coroutine.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    yield playwright
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any], playwright: Playwright) -> dict[str, Any]:
    flags = [*BROWSER_FLAGS, "--no-sandbox"] if os.geteuid() == 0 else BROWSER_FLAGS
    launch = {**browser_type_launch_args, "args": flags}
    has_own = Path(playwright.chromium.executable_path).exists()
    if path := system_browser(has_own):
        launch["executable_path"] = path
    elif not has_own:
        pytest.fail(MISSING, pytrace=False)
    return launch


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    return {**browser_context_args, "locale": "ko-KR", "timezone_id": "Asia/Seoul"}
