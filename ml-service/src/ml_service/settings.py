"""What ml-service is told from outside."""

from pathlib import Path
from typing import Annotated

from pydantic import BeforeValidator, Field
from pydantic_settings import NoDecode

from ml_service.training.label_rules import LabelRules, read_label_rules
from service_kit.settings import DatabaseSettings, Port, ServiceSettings


class MlSettings(ServiceSettings, DatabaseSettings):
    port: Port = 8001
    models_dir: Path = Path("models")
    auto_train: Annotated[
        bool, Field(description="train the first symbol's 1h model once there is history for it")
    ] = True
    label_rules: Annotated[LabelRules, NoDecode, BeforeValidator(read_label_rules)] = LabelRules()
