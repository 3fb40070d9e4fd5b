"""`python -m ml_service.registry list|promote|rollback`: which models there are, and which serve.

JSON lines on standard output: a ModelSummary each, or the PromotionAnswer that was made. What stops
it is one sentence on standard error: exit code 2 for a wrong question, 1 otherwise. A running
service follows within seconds.
"""

import argparse
import sys
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from pydantic import BaseModel

from ml_service.model_schemas import ModelSummary, PromotionAnswer
from ml_service.registry.model_files import ModelFiles
from ml_service.registry.model_store import ModelStore
from ml_service.registry.promotion import Promotion, standing
from ml_service.registry.promotions import Promotions
from ml_service.registry.role import Role
from ml_service.report.report_json import model_summary
from ml_service.settings import MlSettings
from service_kit.clock import Clock
from service_kit.database import Database, create_database
from service_kit.logging import configure_logging
from service_kit.program import print_line, run_program
from service_kit.series import Series
from trading_core.symbol import Symbol
from trading_core.timeframe import Timeframe


def parse_arguments(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m ml_service.registry")
    commands = parser.add_subparsers(dest="command", required=True)
    listing = commands.add_parser("list", help="every model, newest first")
    promoting = commands.add_parser("promote", help="let a model serve that has skill")
    rolling_back = commands.add_parser("rollback", help="let the model before it serve again")
    promoting.add_argument("model_id")
    for command in (listing, rolling_back):
        is_needed = command is rolling_back
        command.add_argument("--symbol", required=is_needed)
        command.add_argument(
            "--timeframe", type=Timeframe, choices=list(Timeframe), required=is_needed
        )
    for command in (promoting, rolling_back):
        command.add_argument("--role", type=Role, choices=list(Role), default=Role.CANDLES)
    return parser.parse_args(arguments)


async def run(given: argparse.Namespace) -> int:
    """Raises ValidationError, ServiceError, InvalidSymbolError, ClockFileError."""
    settings = MlSettings()
    configure_logging("ml-registry", settings.log_level, settings.log_format)
    for answer in await answers(given, settings):
        print_line(answer.model_dump_json())
    return 0


async def answers(given: argparse.Namespace, settings: MlSettings) -> Sequence[BaseModel]:
    symbol = Symbol.parse(given.symbol) if getattr(given, "symbol", None) else None
    database = create_database(settings)
    try:
        if given.command == "list":
            return await list_models(ModelStore(database), symbol, given.timeframe)
        return [await change(database, settings, given, symbol)]
    finally:
        await database.dispose()


async def list_models(
    store: ModelStore, symbol: Symbol | None, timeframe: Timeframe | None
) -> list[ModelSummary]:
    """Newest first."""
    cards = await store.cards(symbol, timeframe)
    roles = serving_roles(await store.all_promotions())
    return [model_summary(card, roles.get(card.model_id, ())) for card in cards]


def serving_roles(promotions: Iterable[Promotion]) -> Mapping[str, Sequence[Role]]:
    """By model id, of those that the tables say serve."""
    places = defaultdict(list)
    for one in promotions:
        places[one.series, one.role].append(one)
    roles = defaultdict(list)
    for (_, role), history in places.items():
        roles[standing(history)[-1].model_id].append(role)
    return roles


async def change(
    database: Database, settings: MlSettings, given: argparse.Namespace, symbol: Symbol | None
) -> PromotionAnswer:
    files = ModelFiles(database, settings.models_dir)
    await files.take_up()
    promotions = Promotions(ModelStore(database), files)
    now_ms = Clock(settings.clock_file).now_ms()
    if symbol is None:
        return PromotionAnswer.of(await promotions.promote(given.model_id, given.role, now_ms))
    series = Series(symbol, given.timeframe)
    return PromotionAnswer.of(await promotions.rollback(series, given.role, now_ms))


if __name__ == "__main__":
    arguments = parse_arguments(sys.argv[1:])
    sys.exit(run_program(lambda: run(arguments)))
