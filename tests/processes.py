"""Runs another command to its end and hands on its exit status."""

import signal
import subprocess
from collections.abc import Mapping, Sequence


def run(command: Sequence[str], environment: Mapping[str, str]) -> int:
    """Returns the exit status, 128 + n for signal n. Ctrl-C reaches the command from the terminal itself, so here it
    only must not cut the clearing up short; SIGTERM is passed on."""
    with subprocess.Popen(command, env=environment) as process:
        before = {
            signal.SIGINT: signal.signal(signal.SIGINT, lambda *_: None),
            signal.SIGTERM: signal.signal(signal.SIGTERM, lambda *_: process.terminate()),
        }
        try:
            status = process.wait()
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)
    return status if status >= 0 else 128 - status
