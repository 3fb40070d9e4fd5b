"""`python -m maintenance_service`."""

from maintenance_service.app import NAME, build_app
from maintenance_service.backup_errors import BackupError
from maintenance_service.settings import MaintenanceSettings
from service_kit.service import run_service

if __name__ == "__main__":
    run_service(NAME, MaintenanceSettings, build_app, refusals=(BackupError,))
