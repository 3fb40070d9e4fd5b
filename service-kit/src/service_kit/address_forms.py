"""Addresses in settings, by form. Some hold a credential, so none is shown when it is wrong."""

import re
from typing import Annotated, Final
from urllib.parse import urlsplit

from pydantic import AfterValidator, SecretStr

_PRINTABLE: Final = re.compile(r"[!-~]+")
_HOST: Final = r"(\[[0-9A-Fa-f:.]+\]|[^\s/@:?#\[\]]+)(:[0-9]+)?"
_PATH: Final = r"(/[^\s?#]*)?"


def _checked(pattern: str, form: str, text: str) -> None:
    """Raises ValueError."""
    if not (_PRINTABLE.fullmatch(text) and re.fullmatch(pattern, text)):
        raise ValueError(f"it is not of the form {form}")
    _ = urlsplit(text).port  # which raises ValueError for one that no port can be


def _open_form(pattern: str, form: str) -> AfterValidator:
    def check(value: str) -> str:
        _checked(pattern, form, value)
        return value

    return AfterValidator(check)


def _secret_form(pattern: str, form: str) -> AfterValidator:
    def check(value: SecretStr) -> SecretStr:
        _checked(pattern, form, value.get_secret_value())
        return value

    return AfterValidator(check)


CollectorUrl = Annotated[str, _open_form(f"https?://{_HOST}{_PATH}", "http://HOST:4318")]
SentryDsn = Annotated[
    SecretStr,
    _secret_form(
        rf"https?://[0-9A-Za-z]+(:[^\s/@]*)?@{_HOST}(/[^\s/?#]+)*/[0-9]+",
        "https://KEY@HOST/PROJECT",
    ),
]
ElasticsearchUrl = Annotated[
    SecretStr,
    _secret_form(
        rf"https?://([^\s/@:]+:[^\s/@]*@)?{_HOST}{_PATH}", "https://USER:PASSWORD@HOST:9200"
    ),
]
