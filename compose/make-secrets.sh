#!/bin/sh
# Once, before the first `docker compose up`: makes the passwords and tokens of docker-compose.yml in
# .secrets, and .env, which says where they are. What is there already stays as it is.
set -eu
cd "$(dirname "$0")/.."

secret() {
    [ -e ".secrets/$1" ] || printf '%s' "$2" >".secrets/$1"
}

random() {
    od -An -N32 -tx1 /dev/urandom | tr -d ' \n'
}

# Only its owner can enter the folder; the services, of other accounts, get single files mounted.
mkdir -p -m 700 .secrets
secret postgres_password "$(random)"
secret redis_password "$(random)"
secret admin_token "$(random)"
secret grafana_password "$(random)"
secret database_url "postgresql+asyncpg://eth:$(cat .secrets/postgres_password)@postgres:5432/eth"
secret redis_url "redis://:$(cat .secrets/redis_password)@redis:6379/0"
secret redis_auth.conf "requirepass $(cat .secrets/redis_password)"
# Empty: nobody is told. Write an address into them, and `docker compose up -d --force-recreate`.
secret sentry_dsn ""
secret elasticsearch_url ""
chmod 644 .secrets/*

[ -e .env ] || printf '%s\n' "# Settings of docker-compose.yml; what there is stands there." "SECRETS_FOLDER=./.secrets" >.env
echo "The secrets are in .secrets. Now: docker compose up -d"
