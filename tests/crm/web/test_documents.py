"""Evidence: attached once, handed out as a download, to those who may read."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django.fixtures import Settings
from uuid_utils.compat import uuid7

from crm.models import Document
from tests.builders import Cast, make_document, make_outcome

Text = Callable[[Any], str]


def sent(**changes: Any) -> dict[str, Any]:
    return {"id": str(uuid7()), "title": "협약서", "grade": "signed_document", **changes}


def pdf(name: str = "협약서.pdf", content: bytes = b"%PDF-1.4") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def test_a_file_is_attached_once(officer: Client) -> None:
    outcome, form = make_outcome(), sent()
    for _twice in range(2):
        assert officer.post(f"/outcomes/{outcome.pk}/documents/new/", {**form, "upload": pdf()}).status_code == 302
    document = Document.objects.get()
    assert (document.outcome, document.file_name) == (outcome, "협약서.pdf")


def test_it_is_handed_out_as_a_download_and_never_run(officer: Client) -> None:
    document = make_document(make_outcome(), b"<script>alert(1)</script>", "메모.txt")
    answer = officer.get(f"/documents/{document.pk}/download/")
    assert b"".join(answer.streaming_content) == b"<script>alert(1)</script>"
    assert answer["Content-Disposition"].startswith("attachment;")
    assert answer["X-Content-Type-Options"] == "nosniff"


def test_a_number_is_enough(officer: Client) -> None:
    outcome = make_outcome()
    officer.post(f"/outcomes/{outcome.pk}/documents/new/", sent(document_number="인공지능정책과-123"))
    document = Document.objects.get()
    assert document.document_number == "인공지능정책과-123"
    assert officer.get(f"/documents/{document.pk}/download/").status_code == 404


def test_nothing_to_be_found_by_is_refused(officer: Client, text: Text) -> None:
    answer = officer.post(f"/outcomes/{make_outcome().pk}/documents/new/", sent())
    assert answer.context["form"].non_field_errors() and not Document.objects.exists()


def test_empty_large_and_unknown_files_are_refused_at_the_field(officer: Client, settings: Settings) -> None:
    settings.MAX_UPLOAD_BYTES = 10
    outcome = make_outcome()
    for file in (pdf(content=b""), pdf(content=b"x" * 11), pdf("run.exe")):
        answer = officer.post(f"/outcomes/{outcome.pk}/documents/new/", sent(upload=file))
        assert answer.context["form"].errors["upload"]
    assert not Document.objects.exists()


def test_a_file_that_is_sent_with_a_fault_elsewhere_is_said_to_be_chosen_again(officer: Client, text: Text) -> None:
    """It would be missed only when the evidence is looked for."""
    answer = officer.post(f"/outcomes/{make_outcome().pk}/documents/new/", sent(upload=pdf(), grade=""))
    assert "파일은 저장되지 않았습니다. 다시 고르십시오." in text(answer)
    assert "파일은 저장되지 않았습니다" not in text(officer.get(f"/outcomes/{make_outcome().pk}/documents/new/"))


def test_without_signing_in_there_is_no_download(cast: Cast, client: Client) -> None:
    document = make_document(make_outcome())
    assert client.get(f"/documents/{document.pk}/download/").status_code == 302


def test_leadership_reads_and_does_not_attach(leader: Client) -> None:
    outcome = make_outcome()
    document = make_document(outcome)
    assert leader.get(f"/documents/{document.pk}/download/").status_code == 200
    assert leader.post(f"/outcomes/{outcome.pk}/documents/new/", sent(upload=pdf())).status_code == 403


def test_an_unknown_document_is_not_found(officer: Client) -> None:
    assert officer.get(f"/documents/{UUID(int=1)}/download/").status_code == 404
