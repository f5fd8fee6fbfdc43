"""The commands: what they write, and the words with which they refuse."""

import io
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.utils import timezone

from crm.models import Account, FxRate, OrgUnit
from tests.founding_case import CASE

pytestmark = pytest.mark.django_db


def call(*words: str) -> str:
    out = io.StringIO()
    call_command(*words, stdout=out)
    return out.getvalue()


def refused(*words: str) -> str:
    with pytest.raises(CommandError) as error:
        call(*words)
    return str(error.value)


def report(tmp_path: Path, *words: str) -> bytes:
    file = tmp_path / "report"
    call("report", "quarterly", "--period", "2023Q1", "--as-of", "2023-03-31", "--output", str(file), *words)
    return file.read_bytes()


def test_the_founding_case_says_what_it_did() -> None:
    assert ": 0 records added" not in call("load_founding_case", str(CASE))
    assert ": 0 records added" in call("load_founding_case", str(CASE))


@pytest.mark.parametrize("command", ["load_founding_case", "import_fx_rates"])
def test_a_file_that_cannot_be_read(tmp_path: Path, command: str) -> None:
    for path in (tmp_path, tmp_path / "missing"):
        assert str(path) in refused(command, str(path))


@pytest.mark.parametrize("command", ["load_founding_case", "import_fx_rates"])
def test_a_refused_file_names_its_lines(tmp_path: Path, command: str) -> None:
    file = tmp_path / "file"
    file.write_text("currency,date,rate\nUSD,x,1\n")
    assert "nothing was written" in refused(command, str(file))


def test_rates(tmp_path: Path) -> None:
    file = tmp_path / "rates.csv"
    file.write_text("currency,date,rate\nUSD,2023-01-06,1271.4\n")
    assert "1 rates added" in call("import_fx_rates", str(file))
    assert FxRate.objects.count() == 1


@pytest.mark.parametrize(
    ("kind", "start"), [("xlsx", b"PK"), ("pdf", b"%PDF"), ("hwpx", b"PK"), ("csv", b"\xef\xbb\xbf"), ("json", b"{")]
)
@pytest.mark.parametrize("language", ["ko", "en"])
def test_the_report_in_every_format(tmp_path: Path, kind: str, start: bytes, language: str) -> None:
    call("load_founding_case", str(CASE))
    assert report(tmp_path, "--format", kind, "--lang", language).startswith(start)


def test_the_report_on_standard_output(tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    call("load_founding_case", str(CASE))
    call("report", "quarterly", "--period", "2023Q1", "--as-of", "2023-03-31", "--format", "json")
    assert capfdbinary.readouterr().out == report(tmp_path, "--format", "json")


def test_today_s_evening_is_not_known_yet(tmp_path: Path) -> None:
    call("load_founding_case", str(CASE))
    today = timezone.localdate().isoformat()
    assert b"23:59" not in report(tmp_path, "--format", "json", "--as-of", today)


@pytest.mark.parametrize(
    "words",
    [
        ("--period", "2023Q5"),
        ("--period", "2023"),
        ("--period", "2099Q1"),
        ("--period", "2023Q1", "--as-of", "2023-02-06"),
        ("--period", "2023Q1", "--as-of", "2099-01-01"),
        ("--period", "2023Q1", "--as-of", "0001-01-01"),
        ("--period", "2023Q1", "--as-of", "soon"),
        ("--period", "2023Q1", "--output", "/no/such/folder/x"),
    ],
)
def test_a_report_that_cannot_be(words: tuple[str, ...]) -> None:
    call("load_founding_case", str(CASE))
    assert len(refused("report", "quarterly", *words).splitlines()) == 1


def test_an_account_is_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    call("load_founding_case", str(CASE))
    monkeypatch.setenv("ACCOUNT_PASSWORD", "a-long-password-1")
    call("open_account", "kim", "--role", "officer", "--unit", "planning")
    account = Account.objects.get(username="kim")
    assert account.check_password("a-long-password-1")
    assert account.org_unit == OrgUnit.objects.get(code="planning")
    assert refused("open_account", "kim", "--role", "officer")
    assert "moon" in refused("open_account", "lee", "--role", "officer", "--unit", "moon")


def test_a_short_password_opens_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ACCOUNT_PASSWORD", "short")
    assert refused("open_account", "kim", "--role", "officer")
    assert not Account.objects.filter(username="kim").exists()


def test_the_demonstration_is_served_as_such_only() -> None:
    assert "IEUM_ENV=demo" in refused("serve_demo")


def test_a_volume_of_nothing() -> None:
    assert refused("seed_volume", "--outcomes", "0")
