from pathlib import Path

import pytest

from ml_service.registry.model_folder import ModelFolder
from ml_service.registry.model_id import is_model_id
from model_cards import model_card


def test_a_model_is_named_by_what_its_answers_rest_on() -> None:
    one, same, other = (model_card(trees=trees) for trees in (b"a", b"a", b"b"))
    assert one.model_id == same.model_id != other.model_id
    assert one.model_id.startswith("ETHUSDT-1h-spec16-")
    assert is_model_id(one.model_id)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "..",
        "../../etc/passwd",
        "ETHUSDT-1h-spec16-0123456789ab/..",
        "ETHUSDT-1h-spec16-0123456789ab\n",
        "ETHUSDT-1h-spec16-0123456789AB",
        "ETHUSDT-1h-spec16-0123456789abc",
        "ETHUSDT-1h-spec16-0123456789ab.ubj",
        "ETHUSDT-1h-../x-0123456789ab",
        "ETHUSDT\0-1h-spec16-0123456789ab",
    ],
)
def test_what_could_leave_the_folder_is_no_model(text: str, tmp_path: Path) -> None:
    assert not is_model_id(text)
    with pytest.raises(ValueError, match="no model's name"):
        ModelFolder(tmp_path).path(text, ".json")
