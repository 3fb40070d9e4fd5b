"""What can stop a backup or a restore.

ServiceError
├── BackupError            500  it was not made; the sentence says why
├── RestoreError           500  nothing was changed; the sentence says why
└── ConflictError          409
    └── BackupRunsError    409  another one is being made
"""

from service_kit.errors import ConflictError, ServiceError


class BackupError(ServiceError):
    type = "backup_failed"


class RestoreError(ServiceError):
    type = "restore_failed"


class BackupRunsError(ConflictError):
    def __init__(self) -> None:
        super().__init__("a backup is being made already")
