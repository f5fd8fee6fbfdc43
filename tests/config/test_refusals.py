"""What an administrator can mend ends in one sentence on stderr, exit status not 0, no traceback."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
KEY = "k" * 50
PRODUCTION = {"IEUM_ENV": "production", "SECRET_KEY": KEY, "ALLOWED_HOSTS": "ieum.example"}
REPORT = ("manage.py", "report", "quarterly", "--period", "2023Q1", "--output", os.devnull)
GUNICORN = ("-m", "gunicorn", "config.wsgi", "--bind", "127.0.0.1:0", "--workers", "1")


def last_words(folder: Path, command: tuple[str, ...], **settings: str) -> str:
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    inside = {**kept, "IEUM_DATA": str(folder), **settings}
    done = subprocess.run(
        [sys.executable, *command], cwd=ROOT, env=inside, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode != 0
    assert "Traceback" not in done.stderr
    return done.stderr.strip()


@pytest.mark.parametrize(
    ("settings", "named"),
    [
        ({"IEUM_ENV": "staging"}, "IEUM_ENV"),
        ({**PRODUCTION, "SECRET_KEY": "short"}, "SECRET_KEY"),
        ({**PRODUCTION, "SECRET_KEY": ""}, "SECRET_KEY"),
        ({**PRODUCTION, "ALLOWED_HOSTS": "*"}, "ALLOWED_HOSTS"),
        ({**PRODUCTION, "ALLOWED_HOSTS": ""}, "ALLOWED_HOSTS"),
        ({"DATABASE_URL": "mysql://x/y"}, "DATABASE_URL"),
        ({"DATABASE_URL": "postgres://x@/"}, "DATABASE_URL"),
        ({"DATABASE_URL": "sqlite:////no/such/folder/x.sqlite3"}, "DATABASE_URL"),
        ({"DATABASE_URL": "postgres://ieum@127.0.0.1:1/ieum"}, "DATABASE_URL"),
        ({"WEBHOOK_TARGETS": "10.1.2.3/8"}, "WEBHOOK_TARGETS"),
        ({"WEBHOOK_TARGETS": "https://hooks.city.example"}, "WEBHOOK_TARGETS"),
        ({"MAX_UPLOAD_MB": "many"}, "MAX_UPLOAD_MB"),
        ({"HTTPS": "maybe"}, "HTTPS"),
        ({}, "migrate"),
    ],
)
def test_a_command_ends_in_one_sentence(tmp_path: Path, settings: dict[str, str], named: str) -> None:
    words = last_words(tmp_path, REPORT, **settings)
    assert words.startswith("ieum: ")
    assert named in words
    assert len(words.splitlines()) == 1


def test_a_folder_that_is_none(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    assert "IEUM_DATA" in last_words(tmp_path / "file", REPORT)


def test_a_database_that_is_none(tmp_path: Path) -> None:
    (tmp_path / "ieum.sqlite3").write_text("no database" * 100)
    assert len(last_words(tmp_path, REPORT).splitlines()) == 1


def test_the_web_server_ends_too(tmp_path: Path) -> None:
    words = last_words(tmp_path, GUNICORN, **{**PRODUCTION, "SECRET_KEY": "short"})
    assert "ieum: SECRET_KEY" in words
