import pytest

from lessons import HONEST, lesson_data
from ml_service.learning.dataset import TrainingData
from ml_service.learning.loaded_model import LoadedModel
from ml_service.learning.make_model import TrainedModel
from ml_service.learning.train import train
from ml_service.learning.training_plan import TrainingPlan


@pytest.fixture(scope="session")
def market() -> TrainingData:
    return lesson_data(600)


@pytest.fixture(scope="session")
def trained(market: TrainingData) -> TrainedModel:
    plan = TrainingPlan(feature_sets=("spec16",))
    (model,) = train(market, plan, 1, lambda _: None, {"spec16": HONEST}).models
    return model


@pytest.fixture(scope="session")
def model(trained: TrainedModel) -> LoadedModel:
    return LoadedModel.of(trained.trees, trained.card)
