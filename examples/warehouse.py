"""Ieum into a warehouse by dlt's own REST source: `python warehouse.py https://ieum.example.kr outcome organisation`.

Configuration alone: the feed of one type as flat rows, followed by `seq`, rows that are gone taken out. The token
stands in IEUM_TOKEN (scopes: feed, and read for what is pulled). Where Ieum answers 410 the pipeline's place leads
nowhere any more: run it once with --anew, which drops what it had and pulls everything."""

import argparse
import os
from typing import Any

import dlt
from dlt.sources.rest_api import rest_api_source
from dlt.sources.rest_api.typing import RESTAPIConfig


def configuration(site: str, token: str, types: list[str]) -> RESTAPIConfig:
    """A resource a type: merged by id, incremental by the number of the change."""
    resources: list[Any] = [
        {
            "name": kind,
            "primary_key": "id",
            "write_disposition": {"disposition": "merge", "strategy": "upsert"},
            "columns": {"deleted": {"data_type": "bool", "hard_delete": True}},
            "endpoint": {
                "path": f"changes/{kind}",
                "params": {"flat": "true", "limit": 1000, "after": "{incremental.start_value}"},
                "data_selector": "results",
                "incremental": {"cursor_path": "seq", "initial_value": 0},
            },
        }
        for kind in types
    ]
    return {
        "client": {
            "base_url": f"{site.rstrip('/')}/api/v1/",
            "auth": {"type": "bearer", "token": token},
            "paginator": {"type": "json_link", "next_url_path": "next"},
        },
        "resources": resources,
    }


if __name__ == "__main__":
    asked = argparse.ArgumentParser()
    asked.add_argument("site")
    asked.add_argument("types", nargs="+")
    asked.add_argument("--anew", action="store_true", help="drop what was pulled, and pull everything")
    given = asked.parse_args()
    # In a closed network nobody is told that a pipeline ran.
    dlt.config["runtime.dlthub_telemetry"] = False
    pipeline = dlt.pipeline("ieum", destination="duckdb", dataset_name="record")
    source = rest_api_source(configuration(given.site, os.environ["IEUM_TOKEN"], given.types))
    print(pipeline.run(source, refresh="drop_sources") if given.anew else pipeline.run(source))
