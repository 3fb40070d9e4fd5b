import json

from service_kit.events import FeedState, FeedStatus, PriceTick


def test_a_price_tick_is_spelt_as_the_contract_spells_it() -> None:
    tick = PriceTick(symbol="ETHUSDT", price=1.5, timestamp=7, change_24h=-2.0, source="binance")
    fields = json.loads(tick.to_json())
    assert fields["change24h"] == -2.0
    assert {"high24h", "low24h", "volume24h"} <= fields.keys()
    assert PriceTick.model_validate_json(tick.to_json()) == tick


def test_a_feed_state_without_an_age_keeps_the_field() -> None:
    state = FeedState(state=FeedStatus.STALE, age_ms=None, source="replay:x", kind="replay")
    assert json.loads(state.to_json()) == {
        "state": "stale",
        "ageMs": None,
        "source": "replay:x",
        "kind": "replay",
    }
