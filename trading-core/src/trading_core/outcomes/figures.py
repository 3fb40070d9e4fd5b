"""What a left position made, over all rows of a book: the formulas of `Outcome`."""

import numpy as np

from trading_core.outcomes.book import Book
from trading_core.outcomes.price_path import FloatArray


def gross_r(book: Book) -> FloatArray:
    return (book.exit - book.entry) / (book.entry - book.stop)


def net_r(book: Book) -> FloatArray:
    return _net(book) / (book.entry - book.stop)


def profit_loss_percent(book: Book) -> FloatArray:
    return 100.0 * _net(book) / np.abs(book.entry)


def max_favourable_percent(book: Book) -> FloatArray:
    return 100.0 * (book.best - book.entry) / np.abs(book.entry)


def max_adverse_percent(book: Book) -> FloatArray:
    return 100.0 * (book.entry - book.worst) / np.abs(book.entry)


def _net(book: Book) -> FloatArray:
    fees: FloatArray = book.fee_rate * (np.abs(book.entry) + np.abs(book.exit))
    return (book.exit - book.entry) - fees
