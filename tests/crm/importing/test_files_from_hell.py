"""What cannot be read is refused at the file's field, and takes neither the server nor the record with it."""

import io
import resource
import zipfile
from typing import Any

import openpyxl
import pytest
from django.test import Client

from crm.importing import files
from crm.models import ImportBatch
from tests.builders import make_event
from tests.crm.importing.sheets import HEADINGS, ROWS, book, bring, groups

pytestmark = pytest.mark.django_db
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
SHEET = "xl/worksheets/sheet1.xml"


def packed(**parts: bytes) -> bytes:
    saved = io.BytesIO()
    with zipfile.ZipFile(saved, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return saved.getvalue()


def with_sheet(xml: bytes) -> bytes:
    """A workbook as Excel saves it, of which one part is not."""
    with zipfile.ZipFile(io.BytesIO(book(HEADINGS))) as good:
        return packed(**{name: good.read(name) for name in good.namelist()} | {SHEET: xml})


def refusal(answer: Any) -> str:
    """What is said at the field of the file, and only there."""
    assert answer.status_code == 422 and not ImportBatch.objects.exists()
    (said,) = answer.context["form"].errors.pop("file")
    page = answer.content.decode()
    assert 'aria-invalid="true"' in page and 'aria-describedby="id_file_helptext id_file_error"' in page
    assert 'id="id_file_error"' in page and 'href="#id_file"' in page and page.count('role="alert"') == 1
    return str(said)


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("빈 파일.xlsx", b"", "빈 파일"),
        ("암호.xlsx", OLE + "EncryptedPackage".encode("utf-16-le"), "암호를 풀고"),
        ("옛 형식.xls", OLE + "Workbook".encode("utf-16-le"), ".xlsx로 저장"),
        ("보고서.hwp", OLE + "FileHeader".encode("utf-16-le"), "엑셀 파일도 CSV 파일도"),
        ("보고서.docx", packed(**{"word/document.xml": b"<w/>"}), "엑셀 파일도 CSV 파일도"),
        ("사진.png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\xff\xfe", "엑셀 파일도 CSV 파일도"),
        ("반쪽.xlsx", book(HEADINGS, *ROWS)[:3000], "손상"),
        ("뒤바뀐.xlsx", with_sheet(b"<worksheet><sheetData>"), "손상"),
        ("따옴표.csv", '구분,기업명\n투자협약,"㈜솔"라\n'.encode(), "손상된 CSV"),
        ("백만 행.csv", b",\n" * 1_000_000, "최대 20000행"),
        ("제목 없음.xlsx", book(["아무", "말"], ["가", "나"]), "제목 줄"),
    ],
    ids="empty locked old hangul word picture half xml quotes rows headings".split(),
)  # fmt: skip
def test_it_is_refused_at_its_field(officer: Client, name: str, content: bytes, words: str) -> None:
    assert words in refusal(bring(officer, content, name))


def test_what_unpacks_to_hundreds_of_times_its_size_is_not_unpacked(officer: Client) -> None:
    saved = io.BytesIO()
    archive = zipfile.ZipFile(saved, "w", zipfile.ZIP_DEFLATED, compresslevel=1)
    with archive, archive.open(SHEET, "w", force_zip64=True) as part:
        for _megabyte in range(400):
            part.write(b"0" * 1024 * 1024)
    assert len(saved.getvalue()) < 2 * 1024 * 1024
    assert "압축을 풀면" in refusal(bring(officer, saved.getvalue()))


def test_thirty_megabytes_are_not_read(officer: Client) -> None:
    assert refusal(bring(officer, b"0" * 30 * 1024 * 1024, "큰 파일.xlsx")) == "파일이 20 MB보다 큽니다."


def test_no_file_at_all_is_said_there_too(officer: Client) -> None:
    assert "파일을 고르십시오" in refusal(officer.post("/imports/", {}))


def test_an_entity_is_not_expanded(officer: Client) -> None:
    lines = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 9}">' for n in range(1, 12))
    xml = f'<!DOCTYPE worksheet [<!ENTITY e0 "x">{lines}]><worksheet>&e11;</worksheet>'
    assert "손상" in refusal(bring(officer, with_sheet(xml.encode())))


def test_one_that_takes_all_memory_ends_in_a_sentence_and_the_server_goes_on(
    officer: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Twelve million cells without a word in them: 60 kB to send, gigabytes to read."""
    monkeypatch.setattr(files, "MOST_BYTES", 160 * 1024 * 1024)
    make_event()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    cells = b"<c/>" * 12_000_000
    xml = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row>%b</row></sheetData></worksheet>'
    content = with_sheet(xml % cells)
    assert len(content) < 100_000
    assert "메모리" in refusal(bring(officer, content))
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    assert grown < 160 * 1024  # kilobytes: what this test itself makes of the file, and not what reading it takes
    monkeypatch.undo()
    assert groups(bring(officer, book(HEADINGS, *ROWS))) == {"new": [2, 3]}


def test_one_that_takes_too_long_ends_in_a_sentence(officer: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "MOST_SECONDS", 1)
    workbook = openpyxl.Workbook(write_only=True)
    sheet = workbook.create_sheet()
    for number in range(15_000):
        sheet.append([number] * 8)
    saved = io.BytesIO()
    workbook.save(saved)
    assert "시간" in refusal(bring(officer, saved.getvalue()))


def test_texts_that_many_cells_share_are_counted_as_often_as_they_stand(officer: Client) -> None:
    workbook = openpyxl.Workbook(write_only=True)
    sheet = workbook.create_sheet()
    sheet.append(HEADINGS)
    for _number in range(3_000):
        sheet.append(["가" * 5_000])
    saved = io.BytesIO()
    workbook.save(saved)
    assert "압축을 풀면" in refusal(bring(officer, saved.getvalue()))


def test_a_formula_for_a_company_is_refused_at_its_cell_and_never_written(officer: Client) -> None:
    make_event()
    answer = bring(officer, book(HEADINGS, ["투자협약", "협약", '=HYPERLINK("http://x","솔")', "CES 2023"]))
    (row,) = answer.context["page"].groups[0].rows
    assert [(cell.key, cell.error) for cell in row.cells if cell.error] == [
        ("party", "수식은 읽지 않습니다. 값을 적으십시오.")
    ]
