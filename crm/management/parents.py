"""A process that serves another one ends with it."""

import ctypes
import os
import signal
import sys

PR_SET_PDEATHSIG = 1


def end_with_parent() -> None:
    """Asks the system to end this process when its parent ends, however that ends. Linux only; elsewhere it does
    nothing. Ends at once where the parent is gone already."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
        if str(os.getppid()) != os.environ.get("IEUM_WITH_PARENT"):
            sys.exit(0)
