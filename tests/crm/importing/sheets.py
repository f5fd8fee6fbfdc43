"""Sheets as officers keep them, and what they do with them on the pages."""

import io
from datetime import date
from typing import Any

import openpyxl
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from crm.importing.applying import A_STEP
from crm.importing.outcome_rows import field_of
from crm.importing.sheets import Sheet, read_sheet
from crm.models import Account, ImportBatch

HEADINGS = ["구분", "성과명", "기업명", "행사", "체결일", "금액", "고용", "비고"]

SYLLABLES = (
    "가나다라마바사아자차카타파하거너더러머버서어저처커터퍼허고노도로모보소오조초코토포호구누두루무부수우주추쿠투푸후"
)


def company(number: int) -> str:
    """A company's name of five syllables, each unlike the others."""
    letters, left = "", number * 7_368_787 % len(SYLLABLES) ** 5
    for _place in range(5):
        left, place = divmod(left, len(SYLLABLES))
        letters += SYLLABLES[place]
    return f"㈜{letters}"


def row(number: int, **cells: Any) -> list[Any]:
    """A row about a memorandum of its own with a company of its own; `cells` by their headings."""
    told = {"구분": "업무협약", "성과명": f"{number}호 협약", "기업명": company(number), "체결일": "2023-01-07"}
    return [(told | cells).get(heading) for heading in HEADINGS]


def book(*rows: list[Any], merge: str = "") -> bytes:
    workbook = openpyxl.Workbook()
    sheet = workbook.worksheets[0]
    for row in rows:
        sheet.append(row)
    if merge:
        sheet.merge_cells(merge)
    saved = io.BytesIO()
    workbook.save(saved)
    return saved.getvalue()


def read(content: bytes, name: str = "명단.xlsx") -> Sheet:
    return read_sheet(name, content, lambda text: bool(field_of(text)))


def signed_in(account: Account) -> Client:
    client = Client()
    client.force_login(account, "django.contrib.auth.backends.ModelBackend")
    return client


def bring(client: Client, content: bytes, name: str = "명단.xlsx") -> Any:
    """Uploads the sheet; gives the page that follows."""
    return client.post("/imports/", {"file": SimpleUploadedFile(name, content)}, follow=True)


def groups(answer: Any) -> dict[str, list[int]]:
    return {group.key: [row.number for row in group.rows] for group in answer.context["page"].groups}


def apply(client: Client) -> Any:
    batch = ImportBatch.objects.order_by("-created_at")[0]
    return client.post(f"/imports/{batch.pk}/apply/", {"position": "0"}, follow=True)


ROWS = (
    ["투자협약", "㈜솔 투자협약", "㈜솔", "CES 2023", "2023. 1. 7.", "500억원", 20, "메모"],
    ["수출계약", "", "벤텍프런티어", "CES 2023", date(2023, 1, 6), "연간 1천만 달러", "", ""],
)


def mend(client: Client, **sent: str) -> Any:
    batch = ImportBatch.objects.order_by("-created_at")[0]
    return client.post(f"/imports/{batch.pk}/change/", {"version": batch.version, **sent}, follow=True)


def apply_all(client: Client) -> ImportBatch:
    batch = ImportBatch.objects.order_by("-created_at")[0]
    for position in range(0, len(batch.rows), A_STEP):
        client.post(f"/imports/{batch.pk}/apply/", {"position": str(position)})
    batch.refresh_from_db()
    return batch
