"""`python -m signals_service`."""

from service_kit.service import run_service
from signals_service.app import build_app
from signals_service.settings import SignalsSettings

if __name__ == "__main__":
    run_service("signals-service", SignalsSettings, build_app)
