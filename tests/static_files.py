"""Looks for the files of the pages once in each process.

Every new client of Django's builds all middleware anew, and WhiteNoise then reads the details of a hundred files: more
work than the request that the client is made for. A server does that once, when it starts.
"""

from typing import Any

from whitenoise.middleware import WhiteNoiseMiddleware

_found: dict[str, Any] = {}


def find_once() -> None:
    middleware: Any = WhiteNoiseMiddleware  # it brings no stubs
    look_for_all = middleware.add_files_from_finders

    def look_for_all_once(self: Any) -> None:
        if not _found:
            look_for_all(self)
            _found.update(self.files)
        self.files.update(_found)

    middleware.add_files_from_finders = look_for_all_once
