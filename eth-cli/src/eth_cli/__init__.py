"""The local stack: embedded PostgreSQL, Valkey and Nginx, the services, the commands."""
