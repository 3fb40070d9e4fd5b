"""Which data folders have been used, so that `status` also finds stacks outside the default."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

from eth_cli.data_folder import DataFolder, data_folders
from eth_cli.repository import BUILD, DATA

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
    noted = [DataFolder(Path(note.read_text())) for note in sorted(NOTES.glob("*"))]
    folders = [*data_folders(DATA), *(folder for folder in noted if folder.lock_file.exists())]
    return list({folder.root: folder for folder in folders}.values())
