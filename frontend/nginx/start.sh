#!/bin/sh
# Nginx in a container: fill in the template and become Nginx. The file system may be read-only but
# for NGINX_STATE. A list is separated by spaces or commas.
set -eu

# The first: Nginx takes turns, where everybody else asks the next only when one does not answer, and
# outside of a stack of containers nobody knows its names.
name_server() {
    awk '$1 == "nameserver" { print ($2 ~ /:/) ? "[" $2 "]" : $2; exit }' /etc/resolv.conf
}

trusted() {
    for proxy in $(echo "${NGINX_TRUSTED_PROXIES:-127.0.0.1}" | tr ',' ' '); do
        printf 'set_real_ip_from %s; ' "$proxy"
    done
}

# A full name where there are no search domains to complete it: Nginx asks for it as it stands.
export GATEWAY="${GATEWAY:-api-gateway:3001}"
export NGINX_LISTEN="${NGINX_LISTEN:-8080}"
NGINX_HOSTS="$(echo "${NGINX_HOSTS:-localhost 127.0.0.1 [::1]}" | tr ',' ' ')"
export NGINX_HOSTS
export NGINX_ROOT="${NGINX_ROOT:-/usr/share/nginx/html}"
export NGINX_STATE="${NGINX_STATE:-/tmp}"
NGINX_RESOLVER="${NGINX_RESOLVER:-$(name_server)}"
export NGINX_RESOLVER
NGINX_TRUST="$(trusted)"
export NGINX_TRUST
export NGINX_ACCESS_LOG="${NGINX_ACCESS_LOG:-/dev/stdout}"
export NGINX_REQUESTS_PER_SECOND="${NGINX_REQUESTS_PER_SECOND:-100}"
export NGINX_REQUEST_BURST="${NGINX_REQUEST_BURST:-500}"
export NGINX_SOCKETS_PER_CLIENT="${NGINX_SOCKETS_PER_CLIENT:-500}"

# Named one by one: Nginx has variables of its own.
# shellcheck disable=SC2016
envsubst '${GATEWAY} ${NGINX_LISTEN} ${NGINX_HOSTS} ${NGINX_ROOT} ${NGINX_STATE} ${NGINX_RESOLVER}
    ${NGINX_TRUST} ${NGINX_ACCESS_LOG} ${NGINX_REQUESTS_PER_SECOND} ${NGINX_REQUEST_BURST}
    ${NGINX_SOCKETS_PER_CLIENT}' <"${NGINX_TEMPLATE:-/etc/nginx/nginx.conf.template}" \
    >"$NGINX_STATE/nginx.conf"

# Each socket takes two of them, and a container often starts with 1,024.
ulimit -n "$(ulimit -H -n)" 2>/dev/null || true

exec nginx -e stderr -p "$NGINX_STATE" -c "$NGINX_STATE/nginx.conf"
