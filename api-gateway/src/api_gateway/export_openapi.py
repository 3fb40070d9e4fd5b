"""Write the merged OpenAPI document, from running siblings or from files of theirs.

    python -m api_gateway.export_openapi --output docs/api/openapi.json
    python -m api_gateway.export_openapi --output docs/api/openapi.json market-service=market.json

Without NAME=FILE the documents are asked for where the settings say that the siblings are.
"""

import argparse
import asyncio
import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from pydantic import Field, SecretStr

from api_gateway.app import build_app
from api_gateway.forward_routes import forward_routes
from api_gateway.openapi_document import Document, merge_documents, public_paths, to_json
from api_gateway.settings import GatewaySettings
from api_gateway.sibling_documents import SiblingDocuments


class ExportSettings(GatewaySettings):
    redis_url: SecretStr = Field(default=SecretStr("redis://127.0.0.1:6379/0"))
    database_url: SecretStr = Field(default=SecretStr("postgresql+asyncpg://127.0.0.1/none"))
    """A document is written without Redis and without a database."""


def own_document() -> Document:
    """What the gateway itself answers."""
    return build_app(ExportSettings()).openapi()


def read_documents(arguments: Iterable[str]) -> dict[str, Document]:
    """`name=file` each; what is public of a sibling goes by its public paths.

    Raises:
        ValueError: an argument of another form, or a file that holds no JSON.
        OSError: a file that cannot be read.

    """
    documents: dict[str, Document] = {}
    routes = {route.sibling: route for route in forward_routes(ExportSettings())}
    for argument in arguments:
        name, separator, file = argument.partition("=")
        if not separator:
            raise ValueError(f"{argument!r} is not of the form NAME=FILE")
        if name not in routes:
            raise ValueError(f"there is no sibling {name!r}")
        documents[name] = public_paths(json.loads(Path(file).read_text()), routes[name])
    return documents


async def ask_siblings() -> Mapping[str, Document]:
    """Raises ConnectionError where a sibling has no document for us."""
    routes = forward_routes(ExportSettings())
    async with SiblingDocuments(routes) as documents:
        found = await documents.current()
    missing = sorted({r.sibling for r in routes} - found.keys())
    if missing:
        raise ConnectionError(f"{', '.join(missing)} cannot be reached: start it, or give its file")
    return found


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m api_gateway.export_openapi")
    parser.add_argument("--output", type=Path, help="where to write (default: standard output)")
    parser.add_argument("documents", nargs="*", metavar="NAME=FILE", help="a sibling's document")
    given = parser.parse_args(arguments)
    try:
        files = read_documents(given.documents)
        siblings: Mapping[str, Document] = files or asyncio.run(ask_siblings())
        text = to_json(merge_documents(own_document(), siblings))
        if given.output is None:
            sys.stdout.write(text)
        else:
            given.output.parent.mkdir(parents=True, exist_ok=True)
            given.output.write_text(text)
    except (OSError, ValueError) as error:
        sys.stderr.write(f"export_openapi: {error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
