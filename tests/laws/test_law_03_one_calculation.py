"""Law 3: whoever shows a number gets it from reports/figures. Nothing else adds up."""

import ast

import pytest

from tests.laws.sources import calls, modules

ADDING = {"Sum", "models.Sum", "Avg", "models.Avg", "sum", "fsum", "math.fsum", "statistics.mean"}
EVERYWHERE_ELSE = ("crm", "api", "config", "reports/building", "reports/documents", "reports/web", "reports/report.py")
# These add up something other than figures: check digits, changed rows, columns' widths, characters' widths.
NOT_FIGURES = {
    "crm/actions/fx.py": "counts the entries it valued",
    "crm/deliveries.py": "counts the deliveries it planned",
    "crm/values/registration_numbers.py": "check digit",
    "crm/webhooks/sending.py": "counts the deliveries it sent",
}


def adding(tree: ast.AST) -> set[str]:
    return {name for name in calls(tree) if name in ADDING or name.endswith(".aggregate")}


def test_only_the_figures_add_up() -> None:
    found = {path: adding(tree) for path, tree in modules(*EVERYWHERE_ELSE)}
    wrong = {path: names for path, names in found.items() if names and path not in NOT_FIGURES}
    layout = {path for path in wrong if path.startswith("reports/documents/")}
    assert {p: n for p, n in wrong.items() if p not in layout} == {}
    assert all("Sum" not in name for path in layout for name in wrong[path])


def test_the_figures_do_add_up() -> None:
    assert any(adding(tree) for _path, tree in modules("reports/figures"))


@pytest.mark.parametrize(
    "source", ["total = sum(e.value for e in entries)", "x = q.aggregate(t=Count('id'))", "q.annotate(t=Sum('value'))"]
)
def test_a_sum_elsewhere_would_be_found(source: str) -> None:
    assert adding(ast.parse(source))
