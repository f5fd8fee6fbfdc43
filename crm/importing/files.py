"""The reader of files in a process of its own: started, held to its limits, asked for one sheet after the other."""

import json
import os
import subprocess
import sys
import tempfile
import threading
from collections.abc import Generator, Iterator
from typing import Any, Final

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from crm.importing.grids import Leaf
from crm.importing.refusal import Fault, Refused

# A sheet of 20,000 rows and 20 columns takes 400 MB and 20 seconds.
MOST_BYTES: Final = 800 * 1024 * 1024
MOST_SECONDS: Final = 60
# The clock may run on while others use the machine.
LONGEST_WAIT: Final = 2 * MOST_SECONDS
# What the process is told of its surroundings: nothing that a file could make use of.
_HANDED_ON: Final = ("PATH", "LD_LIBRARY_PATH", "LANG", "LC_ALL")
# So many files at once; others wait their turn, and the memory of the machine is enough.
_TURNS: Final = threading.BoundedSemaphore(2)
REASONS: Final[dict[str, Any]] = {
    "locked": gettext_lazy("This workbook is protected by a password or of the old .xls form. Save it as .xlsx first."),
    "page": gettext_lazy(
        "This is a web page under the name of a workbook. Open it in Excel and save it as .xlsx first."
    ),
    "unpacked": gettext_lazy("This workbook unpacks to more than can be read."),
    "damaged": gettext_lazy("This workbook is damaged and cannot be read."),
    "csv": gettext_lazy("This CSV file is damaged: %(about)s."),
    "neither": gettext_lazy("This is neither an Excel workbook nor a CSV file."),
    "ended": gettext_lazy(
        "This file takes more time or memory than a sheet may. Copy the cells that matter into a new workbook."
    ),
}


def grids_of(name: str, content: bytes) -> Generator[Leaf, None, None]:
    """The sheets of the file in their order, each read when it is asked for. Raises Refused with one clear sentence."""
    with _TURNS, tempfile.TemporaryFile() as file:
        file.write(content)
        file.seek(0)
        process = _start(name, file)
        clock = threading.Timer(LONGEST_WAIT, process.kill)
        clock.start()
        try:
            yield from _answers(process)
        finally:
            clock.cancel()
            process.kill()
            process.communicate()


def _start(name: str, file: Any) -> "subprocess.Popen[bytes]":
    named = "workbook" if name.lower().endswith((".xlsx", ".xlsm")) else "other"
    return subprocess.Popen(
        [sys.executable, "-m", "crm.importing.grids", named, str(MOST_BYTES), str(MOST_SECONDS)],
        cwd=settings.BASE_DIR,
        env={key: os.environ[key] for key in _HANDED_ON if key in os.environ},
        stdin=file,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )


def _answers(process: "subprocess.Popen[bytes]") -> Iterator[Leaf]:
    assert process.stdout is not None
    for line in process.stdout:
        told: Any = json.loads(line) if line.endswith(b"\n") else {"refused": "ended", "about": ""}
        if "refused" not in told:
            yield Leaf(**told)
        elif told["refused"]:
            raise refused(REASONS[told["refused"]] % {"about": told["about"]})
        else:
            return
    raise refused(str(REASONS["ended"]))


def refused(reason: str) -> Refused:
    return Refused([Fault(_("file"), reason)])
