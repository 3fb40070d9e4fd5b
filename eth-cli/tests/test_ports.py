import pytest

from eth_cli.ports import HIGHEST, LOWEST, PUBLIC, USUAL, Ports
from eth_cli.stack_errors import WrongOptionError


def test_every_port_shifts_by_the_same() -> None:
    shifted = Ports.shifted_to(3900)
    assert {shifted[part] - usual for part, usual in USUAL.items()} == {900}


def test_the_usual_port_changes_nothing() -> None:
    assert Ports.shifted_to(PUBLIC).by_part == USUAL


@pytest.mark.parametrize("public", [LOWEST, HIGHEST])
def test_the_outermost_ports_can_all_be_listened_on(public: int) -> None:
    assert all(LOWEST <= port <= 65535 for port in Ports.shifted_to(public).by_part.values())


@pytest.mark.parametrize("public", [LOWEST - 1, HIGHEST + 1, 0, -1, 80])
def test_a_port_too_low_or_too_high_is_refused(public: int) -> None:
    with pytest.raises(WrongOptionError, match="--port"):
        Ports.shifted_to(public)
