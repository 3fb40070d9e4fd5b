"""What must not leave the process: the settings' secrets, and the passwords inside of them."""

from collections.abc import Iterator
from typing import Any, Final
from urllib.parse import unquote, urlsplit

from pydantic import SecretStr
from pydantic_settings import BaseSettings

SHORTEST: Final = 4
"""Anything shorter would be found in every other word."""
SCRUBBED: Final = "[secret]"


class SecretWords:
    def __init__(self, settings: BaseSettings) -> None:
        values = (value for _name, value in settings)
        secrets = (one.get_secret_value() for one in values if isinstance(one, SecretStr))
        words = {word for secret in secrets for word in _words(secret) if len(word) >= SHORTEST}
        self._words = sorted(words, key=len, reverse=True)  # a whole URL before its password

    def scrub_text(self, text: str) -> str:
        for word in self._words:
            text = text.replace(word, SCRUBBED)
        return text

    def scrub(self, value: Any) -> Any:  # noqa: ANN401 - whatever JSON can hold
        """The same with every text in it scrubbed."""
        if isinstance(value, str):
            return self.scrub_text(value)
        if isinstance(value, dict):
            return {self.scrub(name): self.scrub(one) for name, one in value.items()}
        if isinstance(value, list | tuple):
            return [self.scrub(one) for one in value]
        return value


def _words(secret: str) -> Iterator[str]:
    yield secret
    password = urlsplit(secret).password if "://" in secret else None
    if password:
        yield password
        yield unquote(password)
