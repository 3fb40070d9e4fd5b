"""`python -m analysis_service`."""

from analysis_service.app import build_app
from analysis_service.settings import AnalysisSettings
from service_kit.service import run_service

if __name__ == "__main__":
    run_service("analysis-service", AnalysisSettings, build_app)
