"""Publishing a report, and making it again: the same inputs give the same bytes, and what went out is kept.

The books are closed first; what the documents are made from can no longer change, however long the making takes."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.conf import settings

from crm.actions.base import Caller
from crm.actions.publications import Made, close_books, keep_documents
from crm.models import Publication
from crm.permissions import Sight, sight_of_all
from reports.catalogue import REPORTS, Question, ReportKind
from reports.documents import FORMATS, file_name, render
from reports.figures import definitions
from reports.figures.plain import plain
from reports.report import Report


@dataclass(frozen=True, slots=True)
class Compared:
    """A document as it was kept and as it is made again: their SHA-256."""

    format: str
    kept: str
    again: str

    @property
    def is_same(self) -> bool:
        return self.kept == self.again


@dataclass(frozen=True, slots=True)
class Rerun:
    """A published report made again. `figures_are_same`: the figures have the hash that they were published with."""

    figures_are_same: bool
    documents: tuple[Compared, ...]

    @property
    def is_same(self) -> bool:
        return self.figures_are_same and all(one.is_same for one in self.documents)


def publish(caller: Caller, kind: ReportKind, question: Question, *, id: UUID | None = None) -> Publication:
    """Publishes the report that answers the question: closes the books as of its time, makes every format, keeps them.

    Raises Forbidden, ValidationError, FontMissing; an edition whose documents could not be made stays closed and is
    finished by `finish`."""
    sight = sight_of_all()
    inputs = {
        "hidden": sorted(str(pk) for pk in sight.hidden),
        "masked": sorted(str(pk) for pk in sight.masked),
        "organisation": settings.ORGANISATION,
        "is_demo": settings.IS_DEMO,
        "definition": question.definition,
        "definitions": dict(definitions.SETS[question.definition]),
    }
    about, said = kind.about(question), kind.said(question)
    publication = close_books(caller, kind.key, about, question.as_of, question.language, said, inputs, id=id)
    return finish(caller, publication)


def finish(caller: Caller, publication: Publication) -> Publication:
    """Makes the documents of a closed edition and keeps them; a published one is given back as it is."""
    if publication.state != "closed":
        return publication
    figures, report = _remade(publication)
    made = [Made(format, file_name(report, format), render(report, format)) for format in FORMATS]
    title = f"{report.title} {report.period_label}"
    return keep_documents(caller, publication, title, hash_of(figures), made)


def run_again(publication: Publication) -> Rerun:
    """Makes a published report again from the ledger as of its time, by the definitions that it was made by, and holds
    it against what went out. Raises UnknownDefinitions."""
    figures, report = _remade(publication)
    kept = {file.format: file.sha256 for file in publication.files.all()}
    documents = tuple(
        Compared(format, digest, hashlib.sha256(render(report, format)).hexdigest())
        for format, digest in sorted(kept.items())
    )
    return Rerun(hash_of(figures) == publication.figures_hash, documents)


def hash_of(figures: Any) -> str:
    """SHA-256 of the figures as canonical JSON: sorted keys, no spaces, exact decimals as text."""
    digest = hashlib.sha256()
    for part in _canonical(plain(figures)):
        digest.update(part.encode("utf-8", errors="replace"))
    return digest.hexdigest()


def _canonical(plain: Any) -> Iterator[str]:
    return json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).iterencode(plain)


def _remade(publication: Publication) -> tuple[Any, Report]:
    inputs, kind = publication.inputs, REPORTS[publication.report]
    sight = Sight(frozenset(map(UUID, inputs["hidden"])), frozenset(map(UUID, inputs["masked"])))
    question = kind.asked_again(publication.about, publication.as_of, publication.language, inputs["definition"])
    figures = kind.figures(question)
    issued = {"organisation": inputs["organisation"], "is_demo": inputs["is_demo"]}
    return figures, kind.made_of(figures, question, sight, **issued)
