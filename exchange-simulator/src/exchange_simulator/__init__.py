"""Speaks Binance spot's REST and WebSocket; replays recordings or a seeded market."""
