"""`python -m ml_service`."""

from ml_service.app import build_app
from ml_service.settings import MlSettings
from service_kit.service import run_service

if __name__ == "__main__":
    run_service("ml-service", MlSettings, build_app)
