"""Candles from files into the tables: every row checked, a file whole or not at all."""
