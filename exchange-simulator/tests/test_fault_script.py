import json
from pathlib import Path

import pytest

from exchange_simulator.faults.catalogue import ENTRIES
from exchange_simulator.faults.entries import CandleEntry, LastingEntry
from exchange_simulator.faults.script import (
    ScriptError,
    parse_script,
    read_script,
    read_script_file,
    refuse_strange_symbols,
)
from trading_core.symbol import Symbol

KINDS = {
    "drop_sockets", "refuse_sockets", "half_open", "silent_stream", "expire_connections",
    "server_shutdown", "refuse_rest", "too_many_requests", "ban", "slow_answers", "html_answers",
    "truncated_json", "broken_json", "empty_answers", "server_errors", "firewall",
    "unavailable_here", "null_values", "nan_values", "huge_values", "short_rows",
    "inconsistent_candles", "future_candles", "duplicate_candles", "out_of_order_candles",
    "late_candles", "missing_closes", "kline_without_k", "truncated_frames", "broken_frames",
    "html_frames", "revised_candles", "outage", "clock_skew",
}  # fmt: skip


def written(**fault: object) -> bytes:
    return json.dumps({"seed": 7, "faults": [fault]}).encode()


def test_the_catalogue_has_every_kind() -> None:
    assert set(ENTRIES) == KINDS


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_every_kind_is_read_and_written_again(kind: str) -> None:
    fault: dict[str, object] = {"kind": kind, "at": 1.5}
    if issubclass(ENTRIES[kind], LastingEntry):
        fault["for"] = 3
    if issubclass(ENTRIES[kind], CandleEntry):
        fault |= {"symbols": ["ETH/USDT"], "timeframes": ["1m", "1d"]}
    script = parse_script(written(**fault))
    assert script.entries[0].kind == kind
    assert read_script(json.loads(json.dumps(script.json()))) == script


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (b"{", "a fault script is JSON"),
        (b'{"seed":1,"faults":[],"x":NaN}', "a fault script is JSON"),
        (b"[]", "a fault script is an object with a seed and faults"),
        (b'{"faults":[]}', "the script's seed: Field required"),
        (b'{"seed":-1,"faults":[]}', "the script's seed: "),
        (b'{"seed":1e30,"faults":[]}', "the script's seed: "),
        (b'{"seed":1,"faults":[],"more":1}', "the script's more: Extra inputs are not permitted"),
        (b'{"seed":1,"faults":[3]}', "fault 0 does not say its kind"),
        (written(kind="meteor", at=0), "fault 0: 'meteor' is no kind of fault"),
        (written(kind=["ban"], at=0), "fault 0 does not say its kind"),
        (written(kind="ban", at=0, lasts=3), "fault 0 (ban): "),
        (written(kind="ban", at=0, x=json.loads("[" * 300 + "]" * 300)), "fault 0 (ban): "),
        (written(kind="drop_sockets"), "fault 0 (drop_sockets): at: Field required"),
        (written(kind="drop_sockets", at=-1), "fault 0 (drop_sockets): at: "),
        (written(kind="drop_sockets", at=1e12), "fault 0 (drop_sockets): at: "),
        (written(kind="drop_sockets", at="1"), "fault 0 (drop_sockets): at: "),
        (written(kind="drop_sockets", at=0, **{"for": 1}), "fault 0 (drop_sockets): for: Extra"),
        (written(kind="ban", at=0), "fault 0 (ban): for: Field required"),
        (written(kind="ban", at=0, **{"for": 0}), "fault 0 (ban): for: "),
        (written(kind="ban", at=0, **{"for": 1}, retry_after=0), "fault 0 (ban): retry_after: "),
        (written(kind="firewall", at=0, **{"for": 1}, retry_after=3), "fault 0 (firewall): retry_"),
        (written(kind="outage", at=0, **{"for": 1}, timeframes=["1m"]), "fault 0 (outage): time"),
        (written(kind="outage", at=0, **{"for": 1}, symbols=["?"]), "fault 0 (outage): "),
        (written(kind="null_values", at=0, **{"for": 1}, timeframes=["2m"]), "fault 0 (null_val"),
        (written(kind="null_values", at=0, **{"for": 1}, timeframes=[]), "fault 0 (null_val"),
    ],
)
def test_a_wrong_script_is_refused_in_one_sentence(text: bytes, sentence: str) -> None:
    with pytest.raises(ScriptError) as refusal:
        parse_script(text)
    assert str(refusal.value).startswith(sentence)
    assert "\n" not in str(refusal.value)


def test_a_symbol_that_is_not_listed_is_refused() -> None:
    script = parse_script(written(kind="outage", at=0, **{"for": 1}, symbols=["BTCUSDT"]))
    with pytest.raises(ScriptError, match="BTCUSDT is not on this exchange"):
        refuse_strange_symbols(script, [Symbol("ETH", "USDT")])
    refuse_strange_symbols(script, [Symbol("BTC", "USDT")])


def test_a_script_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    with pytest.raises(ScriptError, match=r"none\.json cannot be read: No such file"):
        read_script_file(tmp_path / "none.json")
    (tmp_path / "half.json").write_text('{"seed":')
    with pytest.raises(ScriptError, match=r"half\.json: a fault script is JSON"):
        read_script_file(tmp_path / "half.json")
