"""Whether a newly trained model comes to serve: skill first, then the better of the two.

Not loaded by what serves: to compare takes what training takes.
"""

import asyncio
from dataclasses import dataclass

from ml_service.learning.compare import Comparison, another_question, compare, label_rule_of
from ml_service.learning.dataset import LabelRule, TrainingData
from ml_service.learning.loaded_model import LoadedModel
from ml_service.registry.model_contents import Trained
from ml_service.registry.model_file_error import ModelFileError
from ml_service.registry.model_files import ModelFiles
from ml_service.registry.model_store import ModelStore
from ml_service.registry.promotion import Promotion
from ml_service.registry.role import Role
from ml_service.registry.serving_model import may_serve
from service_kit.series import Series


@dataclass(frozen=True, slots=True)
class Consideration:
    promoted: bool
    sentence: str


@dataclass(frozen=True, slots=True)
class Contest:
    """What both models are looked up in; `data` are the candles of the training."""

    store: ModelStore
    files: ModelFiles
    data: TrainingData
    question: LabelRule
    """What the operator has models of the series asked; no other takes the place by itself."""

    async def consider(
        self, series: Series, role: Role, trained: Trained, at_ms: int
    ) -> Consideration:
        """Promote it if it has skill and no model serves, or it is better than the one that does.

        A model of another question than the one that serves, or is to be served, never is.

        Raises StoreUnavailableError.
        """
        card = trained.card
        if not may_serve(card, role):
            return Consideration(
                promoted=False, sentence=f"{card.feature_set} does not answer {role}"
            )
        if not card.gate.passed:
            return Consideration(promoted=False, sentence=card.gate.sentence)
        serving = await self.store.serving(series, role)
        if serving is not None and serving.model_id == card.model_id:
            return Consideration(promoted=False, sentence="the same model serves already")
        verdict = await self._compare(serving, trained)
        if verdict.better:
            await self.store.promote(series, role, card.model_id, verdict.sentence, at_ms)
        return Consideration(promoted=verdict.better, sentence=verdict.sentence)

    async def _compare(self, serving: Promotion | None, trained: Trained) -> Comparison:
        if serving is None:
            return self._first(trained, "it has skill, and no model served")
        try:
            champion = await self.files.load(serving.model_id)
        except ModelFileError as error:
            return self._first(
                trained, f"it has skill, and the one that served is unreadable: {error}"
            )
        return await asyncio.to_thread(self._against, champion, trained)

    def _against(self, champion: LoadedModel, trained: Trained) -> Comparison:
        return compare(champion, LoadedModel.of(trained.trees, trained.card), self.data)

    def _first(self, trained: Trained, sentence: str) -> Comparison:
        rule = label_rule_of(trained.card)
        if rule == self.question:
            return Comparison(better=True, sentence=sentence)
        asked = f"models of this series are to answer, {self.question}"
        return Comparison(better=False, sentence=another_question(trained.card, asked))
