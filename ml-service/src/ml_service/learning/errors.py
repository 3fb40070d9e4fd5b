"""What can go wrong while a model is made or asked.

LearningError
├── TrainingRefusedError         a sentence with a remedy
│   ├── TooLittleDataError
│   ├── ClassMissingError
│   └── CandlesMissingError
├── TrainingCancelledError       raised by whoever is told of the steps, to stop
├── UnknownFeatureSetError
└── ContributionsDifferError     an explanation does not add up to what it explains
"""


class LearningError(Exception):
    """Any of these."""


class TrainingRefusedError(LearningError):
    """Nothing is wrong with the code: these candles make no model."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class TooLittleDataError(TrainingRefusedError):
    """Fewer labelled bars than it takes to fit, calibrate and test."""


class ClassMissingError(TrainingRefusedError):
    """A stretch of time that needs all three classes lacks one."""


class CandlesMissingError(TrainingRefusedError):
    """Bars are neither stored nor recorded as outages."""


class TrainingCancelledError(LearningError):
    """Somebody asked for the training to stop."""


class UnknownFeatureSetError(LearningError):
    """There is no feature set of the name."""


class ContributionsDifferError(LearningError):
    """The sum of the contributions is not the margin."""
