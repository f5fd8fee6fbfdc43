"""An empty installation gets all of its tables in one step."""

from collections.abc import Sequence
from importlib import import_module
from typing import Any

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState


class MadeAtOnce(Operation):
    """The tables that these migrations of the app come to, each whole with its indexes and constraints. One step after
    the other, Django would put together anew for every model and column all models that are there already: a minute for
    what takes seconds. What the steps do to rows is left out: there are none."""

    def __init__(self, steps: Sequence[str]) -> None:
        self.steps = steps

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        state.__dict__.pop("apps", None)  # put together again where it is asked for: when all models are known
        package, _is_named = MigrationLoader.migrations_module(app_label)
        for step in self.steps:
            for operation in import_module(f"{package}.{step}").Migration.operations:
                operation.state_forwards(app_label, state)

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        for model in _models(app_label, to_state):
            schema_editor.create_model(model)

    def database_backwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        for model in reversed(_models(app_label, from_state)):
            schema_editor.delete_model(model)


def _models(app_label: str, state: ProjectState) -> list[Any]:
    return list(state.apps.get_app_config(app_label).get_models())
