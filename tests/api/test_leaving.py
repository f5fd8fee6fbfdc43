"""What goes away is announced where clients look: in the answers, and in the document."""

from datetime import date
from typing import Any

import pytest
from drf_spectacular.generators import SchemaGenerator

from api.changes.views import Changes
from api.leaving import Leaving
from api.programmes.views import ProgrammeViewSet
from tests.api.conftest import ApiClient
from tests.laws.scenarios import World

pytestmark = pytest.mark.django_db
LEAVING = Leaving(date(2027, 1, 1), date(2028, 1, 1), "/api/docs/")


@pytest.mark.parametrize(("kind", "address"), [(ProgrammeViewSet, "programmes"), (Changes, "changes")])
def test_every_answer_says_so(
    api: ApiClient, world: World, monkeypatch: pytest.MonkeyPatch, kind: Any, address: str
) -> None:
    monkeypatch.setattr(kind, "leaving", LEAVING)
    for answer in (api.get(address), api.get(address, {"colour": "blue"})):
        assert answer["Deprecation"] == "@1798761600"
        assert answer["Sunset"] == "Sat, 01 Jan 2028 00:00:00 GMT"
        assert answer["Link"] == '</api/docs/>; rel="deprecation"'
    assert not {"Deprecation", "Sunset", "Link"} & set(api.get("organisations").headers)


def test_the_document_says_so_of_these_operations_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ProgrammeViewSet, "leaving", LEAVING)
    document: Any = SchemaGenerator().get_schema(public=True)  # type: ignore[no-untyped-call]
    told = {path for path, ways in document["paths"].items() for way in ways.values() if way.get("deprecated")}
    assert told and all(path.startswith("/api/v1/programmes") for path in told)
    assert told == {path for path in document["paths"] if path.startswith("/api/v1/programmes")}


def test_nobody_has_less_than_a_year() -> None:
    with pytest.raises(ValueError, match="a year"):
        Leaving(date(2027, 1, 1), date(2027, 12, 31), "/api/docs/")
