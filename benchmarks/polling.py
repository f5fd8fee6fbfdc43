"""Fifty clients that read the feed while twenty write, each once in two seconds: how long a page of the feed takes.

`python -m benchmarks.polling` serves the database that the environment names, as an installation does, with two
processes, and writes `polling` of benchmarks/results.json. Clients, server and database share the machine. Readers have
what is there and follow what is new; a writer records a new organisation each time."""

import hashlib
import json
import statistics
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import Any

from benchmarks.run import RESULTS

READERS, WRITERS, SECONDS, EVERY = 50, 20, 60, 2.0


def main() -> int:
    from django.db import connection

    import config.wsgi  # noqa: F401  as the web server starts
    from benchmarks.sync import client_token
    from crm.sequencer import number_committed
    from tests.served import served

    token, head = client_token(), number_committed(all_of_it=True).head
    with tempfile.TemporaryDirectory() as folder, served(Path(folder)) as site:
        found = _run(site.url, token, head)
    found |= {"entries": head}
    results = json.loads(RESULTS.read_text()) if RESULTS.exists() else {}
    results.setdefault("polling", {})[connection.vendor] = found
    RESULTS.write_text(json.dumps(results, indent=2, ensure_ascii=False) + "\n")
    print(connection.vendor, json.dumps(found, indent=2))
    return 0


def _run(url: str, token: str, head: int) -> dict[str, Any]:
    stops, pages, writes, wrong = threading.Event(), list[float](), list[float](), list[Any]()

    def read(_number: int) -> None:
        after = head
        while not stops.wait(0):
            began = time.perf_counter()
            status, body = _send("GET", f"{url}/api/v1/changes?after={after}", token)
            _note(pages, wrong, began, status, 200)
            after = json.loads(body)["next_after"] if status == 200 else after
            stops.wait(max(0.0, EVERY - (time.perf_counter() - began)))

    def write(number: int) -> None:
        turn = 0
        while not stops.wait(0):
            began, turn = time.perf_counter(), turn + 1
            name = hashlib.sha256(f"{time.time_ns()} {number} {turn}".encode()).hexdigest()[:14]
            status, _body = _send("POST", f"{url}/api/v1/organisations", token, {"name": f"㈜{name}"})
            _note(writes, wrong, began, status, 201)
            stops.wait(max(0.0, EVERY - (time.perf_counter() - began)))

    threads = [threading.Thread(target=read, args=(number,)) for number in range(READERS)]
    threads += [threading.Thread(target=write, args=(number,)) for number in range(WRITERS)]
    for thread in threads:
        thread.start()
        stops.wait(EVERY / len(threads))  # not all in the same moment
    stops.wait(SECONDS)
    stops.set()
    for thread in threads:
        thread.join()
    return {
        "readers": READERS,
        "writers": WRITERS,
        "seconds": SECONDS,
        "each_every_seconds": EVERY,
        "pages": len(pages),
        "page_median_ms": round(statistics.median(pages), 1),
        "page_p95_ms": round(_p95(pages), 1),
        "writes": len(writes),
        "write_p95_ms": round(_p95(writes), 1),
        "other_answers": len(wrong),
    }


def _send(method: str, url: str, token: str, body: Any = None) -> tuple[int, bytes]:
    from tests.faults.feed_clients import send

    status, answer, _headers = send(method, url, token, body)
    return status, answer


def _note(times: list[float], wrong: list[Any], began: float, status: int, expected: int) -> None:
    if status == expected:
        times.append((time.perf_counter() - began) * 1000)
    else:
        wrong.append(status)


def _p95(times: list[float]) -> float:
    return statistics.quantiles(times, n=20, method="inclusive")[-1]


if __name__ == "__main__":
    sys.exit(main())
