"""Which data folders have been used, so that stacks outside the default one are found as well."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable
from pathlib import Path

from eth_cli.data_folder import DataFolder, data_folders
from eth_cli.repository import BUILD, DATA
from eth_cli.stack_errors import WrongOptionError

NOTES = BUILD / "data-folders"


def remember_folder(folder: DataFolder) -> None:
    root = str(folder.root.resolve())
    NOTES.mkdir(parents=True, exist_ok=True)
    note = NOTES / hashlib.sha256(os.fsencode(root)).hexdigest()[:16]
    note.write_text(root)


def known_folders(data_dir: Path | None) -> list[DataFolder]:
    """Those below `data_dir`; without one, the default's and all that were used elsewhere."""
    if data_dir:
        return data_folders(data_dir.resolve())
    folders = [*data_folders(DATA), *_noted_folders()]
    return list({folder.root: folder for folder in folders}.values())


def meant_folders(running: Iterable[DataFolder]) -> list[DataFolder]:
    """Which of the running stacks is meant when none is named: the default's, else the only one.

    Raises WrongOptionError when that leaves a choice: to stop somebody's other stack by accident
    would be worse than to ask.
    """
    running = list(running)
    usual = [folder for folder in running if folder.root.parent == DATA]
    if usual or len(running) <= 1:
        return usual or running
    named = ", ".join(str(folder.root.parent) for folder in running)
    raise WrongOptionError(f"Several stacks run; say which with --data-dir: {named}.")


def _noted_folders() -> list[DataFolder]:
    """Forgets those that are no longer there."""
    folders = []
    for note in sorted(NOTES.glob("*")):
        folder = DataFolder(Path(note.read_text()))
        if folder.lock_file.exists():
            folders.append(folder)
        else:
            note.unlink(missing_ok=True)
    return folders
