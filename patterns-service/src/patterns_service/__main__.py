"""`python -m patterns_service`."""

from patterns_service.app import build_app
from patterns_service.settings import PatternsSettings
from service_kit.service import run_service

if __name__ == "__main__":
    run_service("patterns-service", PatternsSettings, build_app)
