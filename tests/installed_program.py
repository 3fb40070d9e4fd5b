"""Programs that come with the development packages, beside this Python or on the PATH."""

import os
import shutil
import sys
from pathlib import Path

import pytest


def installed_program(name: str) -> str:
    places = os.pathsep.join((str(Path(sys.executable).parent), os.environ.get("PATH", "")))
    found = shutil.which(name, path=places)
    if found is None:
        pytest.fail(f"no {name} here: `./eth install` installs it")
    return found
