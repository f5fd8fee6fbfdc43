"""The first page of a document as a small picture, so that evidence is recognised before it is opened.

Whatever is wrong with the file, there is no picture then; the file itself can be downloaded all the same."""

import logging
import threading
from io import BytesIO
from typing import Final

import pypdfium2
from PIL import Image, ImageOps

from crm.models import Document

WIDTH: Final = 480
_LARGEST_SIDE: Final = 1200
# Larger pictures are not unpacked: a small file can hold a picture that fills the memory.
_MOST_PIXELS: Final = 60_000_000
_PICTURES: Final = ("image/jpeg", "image/png", "image/webp", "image/tiff")
_FORMATS: Final = ("JPEG", "PNG", "WEBP", "TIFF")
_PREVIEWED: Final = (*_PICTURES, "application/pdf")

# The library that draws PDFs may be in one thread at a time.
_drawing = threading.Lock()
log = logging.getLogger(__name__)


def is_previewed(document: Document) -> bool:
    """Whether there is a file, and of a kind that is drawn."""
    return bool(document.file) and document.media_type in _PREVIEWED


def preview_of(document: Document) -> bytes | None:
    """A PNG of at most WIDTH × 1200 points of a document that is previewed; None where its file cannot be read."""
    try:
        with document.file.open("rb") as file:
            content = file.read()
        picture = _picture(content) if document.media_type in _PICTURES else _first_page(content)
        picture.thumbnail((WIDTH, _LARGEST_SIDE))
        drawn = BytesIO()
        picture.convert("RGB").save(drawn, "PNG", optimize=True)
    except (OSError, ValueError, SyntaxError, pypdfium2.PdfiumError, Image.DecompressionBombError) as error:
        log.info("no preview of document %s: %s", document.pk, error)
        return None
    return drawn.getvalue()


def _picture(content: bytes) -> Image.Image:
    picture = Image.open(BytesIO(content), formats=_FORMATS)
    if picture.width * picture.height > _MOST_PIXELS:
        raise ValueError("too many pixels")
    picture.draft("RGB", (WIDTH * 2, _LARGEST_SIDE * 2))
    return ImageOps.exif_transpose(picture)


def _first_page(content: bytes) -> Image.Image:
    with _drawing:
        paper = pypdfium2.PdfDocument(content)
        try:
            page = paper[0]
            width, height = page.get_size()
            if width <= 0 or height <= 0:
                raise ValueError("a page without a size")
            found: Image.Image = page.render(scale=min(WIDTH / width, _LARGEST_SIDE / height)).to_pil()
            return found
        finally:
            paper.close()
