"""The settings under test: config.settings, read in the environment of the tests.

pytest-django reads the settings before any conftest, so the environment is made here. The module then stands for
config.settings itself, and every other process that a test starts is told that name.
"""

import importlib
import os
import sys

from tests.environment import ROOT, for_tests, own_folder

_inside = for_tests(os.environ) | {
    "DJANGO_SETTINGS_MODULE": "config.settings",
    "IEUM_DATA": str(own_folder(ROOT / "var" / "test")),
}
os.environ.clear()
os.environ.update(_inside)
sys.modules[__name__] = importlib.import_module("config.settings")
