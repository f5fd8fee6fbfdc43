"""The first page of evidence as a small picture; whatever is wrong with a file, the page stands."""

from io import BytesIO

import pytest
from django.test import Client
from PIL import Image
from reportlab.pdfgen.canvas import Canvas

from crm.values.measures import Disclosure
from tests.builders import Cast, make_document, make_outcome
from tests.crm.web.conftest import SignIn


def picture(size: tuple[int, int], kind: str = "JPEG") -> bytes:
    drawn = BytesIO()
    Image.new("RGB", size, "#256ef4").save(drawn, kind)
    return drawn.getvalue()


def paper() -> bytes:
    drawn = BytesIO()
    canvas = Canvas(drawn, pagesize=(595, 842))
    canvas.setFillColorRGB(0.9, 0.1, 0.1)
    canvas.rect(0, 421, 595, 421, stroke=0, fill=1)
    canvas.save()
    return drawn.getvalue()


def shown(client: Client, content: bytes, name: str) -> Image.Image | None:
    """None where the sign for a file that cannot be read stands in its place."""
    outcome = make_outcome()
    document = make_document(outcome, content, name)
    address = f"/documents/{document.pk}/preview/"
    assert address in client.get(f"/outcomes/{outcome.pk}/evidence/").content.decode()
    answer = client.get(address)
    if answer.status_code == 302:
        sign = client.get(answer["Location"])
        assert sign.status_code == 200 and sign["Content-Type"] == "image/svg+xml"
        return None
    assert answer["Content-Type"] == "image/png" and "private" in answer["Cache-Control"]
    return Image.open(BytesIO(answer.content))


def test_a_pdf_shows_its_first_page(officer: Client) -> None:
    found = shown(officer, paper(), "협약서.pdf")
    assert found is not None and found.width == 480
    red, _green, blue = found.getpixel((240, 10))  # type: ignore[misc]
    assert red > 200 and blue < 60
    assert found.getpixel((240, found.height - 10)) == (255, 255, 255)


@pytest.mark.parametrize(("kind", "name"), [("JPEG", "명함.jpg"), ("PNG", "명함.png"), ("WEBP", "명함.webp")])
def test_a_photo_is_made_small(officer: Client, kind: str, name: str) -> None:
    found = shown(officer, picture((3000, 1500), kind), name)
    assert found is not None and found.size == (480, 240)


def test_what_is_no_picture_has_no_preview(officer: Client) -> None:
    document = make_document(outcome := make_outcome(), b"text", "메모.txt")
    address = f"/documents/{document.pk}/preview/"
    assert address not in officer.get(f"/outcomes/{outcome.pk}/evidence/").content.decode()
    assert officer.get(address).status_code == 404


@pytest.mark.parametrize("content", [b"", b"%PDF-1.4", b"%PDF-1.4\n\xff\x00" * 50, paper()[:300], picture((9, 9))])
def test_a_broken_pdf_leaves_the_page_standing(officer: Client, content: bytes) -> None:
    if content:
        assert shown(officer, content, "협약서.pdf") is None


def test_a_picture_that_unpacks_to_gigabytes_is_not_unpacked(officer: Client) -> None:
    drawn = BytesIO()
    Image.new("1", (12_000, 12_000)).save(drawn, "PNG")
    assert shown(officer, drawn.getvalue(), "사진.png") is None


def test_what_is_kept_from_a_reader_has_no_preview_either(cast: Cast, signed_in: SignIn) -> None:
    closed = make_outcome(lead_unit=cast.unit, disclosure_level=Disclosure.PARTLY)
    document = make_document(closed, picture((10, 10), "PNG"), "사진.png")
    address = f"/documents/{document.pk}/preview/"
    assert signed_in(cast.officer).get(address).status_code == 200
    assert signed_in(cast.outsider).get(address).status_code == 404
