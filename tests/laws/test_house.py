"""The import rules of pyproject.toml hold, and can fail: each contract is broken once, in a copy of the house."""

import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.environment import ROOT

ROOMS = ("crm", "api", "reports", "config")

# For each contract what breaks it and no other: a wrong import, or a module that nobody gave a layer.
WRONG = {
    "downwards": ("crm/values/wrong.py", "import reports.report"),
    "crm": ("crm/utils.py", ""),
    "reports": ("reports/utils.py", ""),
    "api": ("api/utils.py", ""),
    "config": ("config/utils.py", ""),
    "reports-read-only": ("reports/figures/wrong.py", "import crm.actions.base"),
    "report-stands-alone": ("reports/report.py", "import crm.values"),
    "values-plain": ("crm/values/wrong.py", "import django.db"),
    "rest-in-api": ("crm/web/wrong.py", "import rest_framework"),
    "formats": ("crm/web/wrong.py", "import openpyxl"),
}


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    for room in ROOMS:
        for source in (ROOT / room).rglob("*.py"):
            target = tmp_path / source.relative_to(ROOT)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, target)
    shutil.copyfile(ROOT / "pyproject.toml", tmp_path / "pyproject.toml")
    return tmp_path


def lint(house: Path) -> tuple[int, dict[str, str]]:
    """The exit status, and KEPT or BROKEN for each contract by its name."""
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-logo", "--no-cache"]
    done = subprocess.run(command, cwd=house, capture_output=True, text=True, check=False)
    verdicts = re.findall(r"^(.+?)\s+(KEPT|BROKEN)\b", done.stdout, re.MULTILINE)
    return done.returncode, dict(verdicts)


def contracts() -> dict[str, str]:
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    return {contract["id"]: contract["name"] for contract in declared}


def test_the_house_keeps_its_contracts(copy: Path) -> None:
    status, verdicts = lint(copy)

    assert status == 0
    assert verdicts == dict.fromkeys(contracts().values(), "KEPT")


@pytest.mark.parametrize("contract", contracts())
def test_each_contract_can_break(copy: Path, contract: str) -> None:
    path, line = WRONG[contract]
    with (copy / path).open("a") as file:
        file.write(f"\n{line}\n")

    status, verdicts = lint(copy)

    assert status == 1
    assert [name for name, verdict in verdicts.items() if verdict == "BROKEN"] == [contracts()[contract]]


def test_every_folder_with_code_is_a_package() -> None:
    """The import rules see packages only: a folder without __init__.py would be out of their sight."""
    folders = {path.parent for room in ROOMS for path in (ROOT / room).rglob("*.py")}

    assert [str(folder) for folder in sorted(folders) if not (folder / "__init__.py").exists()] == []
