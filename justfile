# What contributors and CI run. `./eth test` first makes the environment that these recipes use.

bin := justfile_directory() / ".venv/bin"
packages := "trading-core service-kit market-service scheduler api-gateway exchange-simulator eth-cli"

# Everything that CI checks, without the tests.
check: lint types architecture frontend-check paths

# Style and likely mistakes.
lint:
    {{bin}}/ruff check .
    {{bin}}/ruff format --check .

# Repair what can be repaired by itself.
fix:
    {{bin}}/ruff check --fix .
    {{bin}}/ruff format .
    cd frontend && npm run format

# Strict types, package by package.
types:
    for package in {{packages}}; do {{bin}}/mypy "$package/src" || exit 1; done

# Who may import whom.
architecture:
    {{bin}}/lint-imports

# The dashboard's style, types and the types of the API.
frontend-check:
    cd frontend && npm run lint && npm run format:check && npm run typecheck && npm run api:check

# No tracked file names a folder of one machine.
paths:
    .ci/no-machine-paths

# Fast tests, without network.
unit *arguments:
    ./eth test unit -- {{arguments}}

# All tests.
test *arguments:
    ./eth test all -- {{arguments}}

# What CI does.
ci:
    .ci/run
