"""`python -m market_service`."""

from market_service.app import build_app
from market_service.settings import MarketSettings
from service_kit.service import run_service

if __name__ == "__main__":
    run_service("market-service", MarketSettings, build_app)
