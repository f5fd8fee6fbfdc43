"""How often an address may knock at a door that is open to everybody.

Kept in files of the data folder, one a key: workers on one machine share them, and no server is needed. Each knock
appends its moment, which is one step for the system, so that none is lost between two workers."""

import hashlib
import struct
from datetime import datetime
from pathlib import Path

from django.conf import settings

WINDOW = 60  # seconds
_MOMENT = struct.Struct(">d")


def too_many(key: str, now: datetime, most: int) -> bool:
    """Counts one attempt, and says whether there were more than `most` within the last minute, this one included."""
    folder = Path(settings.DATA_DIR) / "attempts"
    folder.mkdir(mode=0o700, exist_ok=True)
    path = folder / hashlib.sha256(key.encode()).hexdigest()
    moment = now.timestamp()
    with path.open("a+b") as file:
        file.write(_MOMENT.pack(moment))
        file.flush()
        size = file.tell()
        back = (most + 1) * _MOMENT.size
        if size < back:
            earliest = None
        else:
            file.seek(size - back)
            (earliest,) = _MOMENT.unpack(file.read(_MOMENT.size))
    if size == _MOMENT.size:
        _forget(folder, moment)
    return earliest is not None and moment - earliest < WINDOW


def _forget(folder: Path, moment: float) -> None:
    """Takes away what nobody has touched for ten minutes."""
    for path in folder.iterdir():
        try:
            if path.stat().st_mtime < moment - 10 * WINDOW:
                path.unlink(missing_ok=True)
        except FileNotFoundError:
            continue  # another worker was faster
