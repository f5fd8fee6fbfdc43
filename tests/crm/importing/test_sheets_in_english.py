"""What the page of a sheet says in English."""

import pytest
from django.test import Client

from crm.models import ImportBatch
from tests.crm.importing.sheets import HEADINGS, book, bring, row


@pytest.mark.django_db
def test_one_row_is_one_row(officer: Client) -> None:
    officer.cookies["django_language"] = "en"
    read = bring(officer, book(HEADINGS, row(1))).content.decode()
    assert "1 of 1 row would be written." in read and "Apply 1 row<" in read
    address = f"/imports/{ImportBatch.objects.get().pk}/"
    assert "1 row is on record" in officer.post(f"{address}apply/", {"position": "0"}, follow=True).content.decode()
    assert "Apply 2 rows<" in bring(officer, book(HEADINGS, row(2), row(3))).content.decode()
