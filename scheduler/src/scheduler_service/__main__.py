"""`python -m scheduler_service`: run the scheduler."""

from scheduler_service.app import NAME, build_app
from scheduler_service.settings import SchedulerSettings
from service_kit.service import run_service

if __name__ == "__main__":
    run_service(NAME, SchedulerSettings, build_app)
