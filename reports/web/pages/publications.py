"""What the pages of published reports show."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.urls import reverse

from crm.models import Publication
from crm.models.labels import label
from crm.values.publications import PublicationState
from reports.catalogue import REPORTS
from reports.figures import definitions
from reports.publishing import Rerun

A_PAGE: Final = 50
_TONGUES: Final = {"ko": "한국어", "en": "English"}


@dataclass(frozen=True, slots=True)
class Edition:
    address: str
    title: str
    edition: int
    as_of: datetime
    language: str
    published_at: datetime
    published_by: str
    state: str
    is_published: bool


@dataclass(frozen=True, slots=True)
class KeptFile:
    """`again`: None where it was not made again, else whether the bytes are the same. Size in bytes."""

    format: str
    address: str
    size: int
    sha256: str
    again: bool | None


@dataclass(frozen=True, slots=True)
class PublicationPage:
    edition: Edition
    files: tuple[KeptFile, ...]
    figures_hash: str
    definitions: str
    definitions_changed: bool
    live: str
    again: str
    was_made_again: bool
    is_same: bool
    figures_are_same: bool
    may_finish: bool
    finish: str
    compare: str


@dataclass(frozen=True, slots=True)
class PublishedPage:
    """`earlier` and `later` are addresses, "" where there is no such page."""

    editions: tuple[Edition, ...]
    count: int
    earlier: str
    later: str


def published_page(number: str) -> PublishedPage:
    found = Publication.objects.select_related("published_by").order_by("-created_at", "-id")
    at = Paginator(found, A_PAGE).get_page(number)
    return PublishedPage(
        tuple(_edition(one) for one in at.object_list),
        at.paginator.count,
        f"?page={at.number - 1}" if at.has_previous() else "",
        f"?page={at.number + 1}" if at.has_next() else "",
    )


def publication_page(publication: Publication, again: Rerun | None, *, may_publish: bool) -> PublicationPage:
    address = reverse("reports:publication", args=[publication.pk])
    same = {one.format: one.is_same for one in again.documents} if again else {}
    live = f"{reverse('reports:report', args=[publication.report])}?{urlencode(publication.asked)}"
    is_compared = publication.report == "quarterly"
    return PublicationPage(
        edition=_edition(publication),
        files=tuple(
            KeptFile(
                file.format,
                reverse("reports:publication-file", args=[publication.pk, file.format]),
                file.size,
                file.sha256,
                same.get(file.format),
            )
            for file in publication.files.all()
        ),
        figures_hash=publication.figures_hash,
        definitions=publication.inputs.get("definition", ""),
        definitions_changed=publication.inputs.get("definition") != definitions.VERSION,
        live=live,
        again=f"{address}?again=1",
        was_made_again=again is not None,
        is_same=again is not None and again.is_same,
        figures_are_same=again is not None and again.figures_are_same,
        may_finish=may_publish and publication.state == PublicationState.CLOSED,
        finish=reverse("reports:publication-finish", args=[publication.pk]),
        compare=f"{reverse('reports:restatement')}?publication={publication.pk}" if is_compared else "",
    )


def _edition(publication: Publication) -> Edition:
    return Edition(
        address=reverse("reports:publication", args=[publication.pk]),
        title=publication.title or REPORTS[publication.report].called(publication.about, publication.language),
        edition=publication.edition,
        as_of=publication.as_of,
        language=_TONGUES.get(publication.language, publication.language),
        published_at=publication.created_at,
        published_by=publication.published_by.name,
        state=label(PublicationState(publication.state)),
        is_published=publication.state == PublicationState.PUBLISHED,
    )
