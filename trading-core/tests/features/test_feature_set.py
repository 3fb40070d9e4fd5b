from dataclasses import replace

from trading_core.features.catalogue import FEATURE_SETS
from trading_core.features.specification import SPEC16


def test_the_catalogue_knows_each_set_by_its_name_and_each_feature_has_its_own() -> None:
    assert list(FEATURE_SETS) == ["spec16", "scale_free"]
    for one in FEATURE_SETS.values():
        assert len(set(one.names)) == len(one.names)


def test_the_hash_changes_with_name_version_and_names_and_with_nothing_else() -> None:
    others = (
        replace(SPEC16, name="spec"),
        replace(SPEC16, version=2),
        replace(SPEC16, names=SPEC16.names[::-1]),
    )
    assert len({one.schema_hash for one in (SPEC16, *others)}) == 4
    assert replace(SPEC16, look_back_bars=1).schema_hash == SPEC16.schema_hash


def test_the_hash_of_a_published_schema_never_changes() -> None:
    """Stored models carry it: whoever changes a set's features gives it a new version."""
    assert {name: one.schema_hash[:12] for name, one in FEATURE_SETS.items()} == {
        "spec16": "66fa2aebb03c",
        "scale_free": "cbd6f6b7f867",
    }
