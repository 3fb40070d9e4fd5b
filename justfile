# What contributors and CI run. `./eth install` makes the environment that these recipes use.

bin := justfile_directory() / ".venv/bin"

# List the recipes.
default:
    @just --list

# Everything that CI checks, without the tests.
check:
    .ci/check

# Style and likely mistakes.
lint:
    .ci/check lint

# Strict types.
types:
    .ci/check types

# Who may import whom.
architecture:
    .ci/check architecture

# The dashboard's style and types, and whether its API types are current.
frontend:
    .ci/check frontend

# No tracked file names a folder of one machine.
paths:
    .ci/check paths

# Repair what can be repaired by itself.
fix:
    {{bin}}/ruff check --fix .
    {{bin}}/ruff format .
    cd frontend && npm run format

# Fast tests, without network.
unit *arguments:
    ./eth test unit -- {{arguments}}

# All tests.
test *arguments:
    ./eth test all -- {{arguments}}

# What CI does.
ci:
    .ci/run
