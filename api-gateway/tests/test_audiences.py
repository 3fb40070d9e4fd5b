from api_gateway.audiences import Audiences


def test_who_enters_hears_until_it_leaves() -> None:
    audiences = Audiences[int]()
    audiences.enter("room", "a", 1)
    audiences.enter("room", "a", 1)
    audiences.enter("room", "b", 2)
    audiences.enter("other", "b", 2)
    assert (sorted(audiences.members("room")), audiences.ids("room")) == ([1, 2], ["a", "b"])
    audiences.leave("room", "a")
    audiences.leave("room", "a")
    audiences.leave("nowhere", "a")
    assert (list(audiences.members("room")), list(audiences.members("other"))) == ([2], [2])


def test_who_is_forgotten_is_nowhere_and_leaves_nothing_behind() -> None:
    audiences = Audiences[int]()
    audiences.enter("room", "a", 1)
    audiences.enter("other", "a", 1)
    audiences.forget("a")
    audiences.forget("a")
    assert list(audiences.members("room")) == []
    assert audiences.ids("other") == []
    assert (audiences._members, audiences._entered) == ({}, {})
