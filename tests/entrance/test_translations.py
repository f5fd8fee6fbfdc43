"""The translations are compiled when they are newer, and a wrong one is named."""

import gettext
import os
from pathlib import Path

import pytest

from config.translations import compile_stale

HEAD = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'


@pytest.fixture
def source(tmp_path: Path) -> Path:
    folder = tmp_path / "locale" / "ko" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    return folder / "django.po"


def compiled(source: Path) -> gettext.GNUTranslations:
    with source.with_suffix(".mo").open("rb") as file:
        return gettext.GNUTranslations(file)


def test_a_text_is_compiled(source: Path, tmp_path: Path) -> None:
    source.write_text(HEAD + 'msgid "Outcome"\nmsgstr "성과"\n')

    assert compile_stale(tmp_path) == []
    assert compiled(source).gettext("Outcome") == "성과"


def test_only_a_newer_source_is_compiled(source: Path, tmp_path: Path) -> None:
    source.write_text(HEAD)
    compile_stale(tmp_path)
    target = source.with_suffix(".mo")
    os.utime(target, (2_000_000_000, 2_000_000_000))

    compile_stale(tmp_path)
    assert target.stat().st_mtime == 2_000_000_000

    os.utime(source, (2_000_000_001, 2_000_000_001))
    compile_stale(tmp_path)
    assert target.stat().st_mtime != 2_000_000_000


def test_a_lost_placeholder_is_named_and_the_old_catalogue_stays(source: Path, tmp_path: Path) -> None:
    source.write_text(HEAD + '#, python-format\nmsgid "%(count)s outcomes"\nmsgstr "성과 %(number)s건"\n')

    (complaint,) = compile_stale(tmp_path)

    assert f"{source}:5" in complaint
    assert not source.with_suffix(".mo").exists()


def test_a_file_that_is_no_catalogue_is_named(source: Path, tmp_path: Path) -> None:
    source.write_text(HEAD + 'msgid "open\n')

    (complaint,) = compile_stale(tmp_path)

    assert str(source) in complaint
