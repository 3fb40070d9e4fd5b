"""How often the skill gate abstains where labels are random: it should in at least 97 of 100.

Each seed draws a random walk and trains on it just as the product does, both feature sets and all
configurations. `.venv/bin/python benchmarks/skill_gate.py` needs no data.
"""

import argparse

from ml_service.learning.train import train
from ml_service.learning.training_plan import TrainingPlan
from training_markets import random_market

WANTED = 0.97


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--seeds", type=int, default=100)
    parser.add_argument("--bars", type=int, default=4_000)
    options = parser.parse_args()
    abstained = {"serving model": 0, "spec16 model": 0}
    for seed in range(options.seeds):
        models = train(random_market(options.bars, seed), TrainingPlan(), 0, lambda _: None).models
        for name, model in zip(abstained, (models[0], models[-1]), strict=True):
            abstained[name] += not model.card.gate.passed
        print(f"\r{seed + 1:4}/{options.seeds}", end="", flush=True)
    print()
    for name, count in abstained.items():
        verdict = "as wanted" if count >= WANTED * options.seeds else "too few"
        print(f"{name}: abstained for {count} of {options.seeds} seeds, {verdict}")


if __name__ == "__main__":
    main()
