"""Publishing: the books are closed as of a time, then the documents are kept as they go out."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils.translation import gettext as _

from crm.actions.base import Caller, Conflict, action, hold, store
from crm.models import Publication, PublicationFile
from crm.values.publications import PublicationState


@dataclass(frozen=True, slots=True)
class Made:
    """A document as it was made: its format, its name and its bytes."""

    format: str
    name: str
    content: bytes

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.content).hexdigest()


@action("report.publish", alone=True)
def close_books(
    caller: Caller,
    /,
    report: str,
    about: str,
    as_of: datetime,
    language: str,
    asked: Mapping[str, Any],
    inputs: Mapping[str, Any],
    *,
    id: UUID | None = None,
) -> Publication:
    """Begins an edition: from its commit on nothing is recorded at or before `as_of`. Its documents are made after
    it, from what can no longer change. Raises ValidationError: a time that is not yet."""
    if as_of > caller.now:
        raise ValidationError(
            {"as_of": _("The as-of time lies in the future: what will be known then is not known now.")}
        )
    if id is not None and (known := Publication.objects.filter(pk=id).first()) is not None:
        return known
    earlier = Publication.objects.filter(report=report, about=about, language=language)
    latest = earlier.order_by("-edition").values_list("edition", flat=True).first() or 0
    fields = {
        "report": report,
        "about": about,
        "as_of": as_of,
        "language": language,
        "asked": dict(asked),
        "inputs": dict(inputs),
        "edition": latest + 1,
        "published_by": caller.account,
    }
    return store(Publication(), fields | ({"id": id} if id else {}))


@action("report.publish")
def keep_documents(
    caller: Caller, /, publication: Publication, title: str, figures_hash: str, made: Sequence[Made]
) -> Publication:
    """Keeps the documents of an edition under their hashes. Raises Conflict where it has its documents already."""
    hold(publication)
    if publication.state != PublicationState.CLOSED:
        raise Conflict(_("This edition was published already."))
    for one in made:
        fields = {"format": one.format, "file_name": one.name, "sha256": one.sha256, "size": len(one.content)}
        store(PublicationFile(), {"publication": publication, "file": _kept(one), **fields})
    return store(publication, {"title": title, "figures_hash": figures_hash, "state": PublicationState.PUBLISHED})


def _kept(made: Made) -> str:
    """Written before the transaction ends: a file without a row does no harm, a row without its file would."""
    path = f"published/{made.sha256[:2]}/{made.sha256}.{made.format}"
    if not default_storage.exists(path):
        default_storage.save(path, ContentFile(made.content))
    return path
