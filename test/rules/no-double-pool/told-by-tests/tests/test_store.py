from store import open_store


def test_store():
    store = open_store("postgresql://app@localhost/app", {"min_size": 1, "max_size": 1})
    assert store
