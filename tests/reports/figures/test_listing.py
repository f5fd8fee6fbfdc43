"""Long lists are as long as what they are made of, and what is looked at is what stands there."""

import pytest

from reports.figures.listing import Joined, Made

PARTS = [["가", "나"], [], ["다"], [], [], ["라", "마", "바"], []]
WHOLE = [one for part in PARTS for one in part]


def joined() -> Joined[str]:
    return Joined([len(part) for part in PARTS], PARTS.__getitem__)


@pytest.mark.parametrize("start", range(-1, 8))
@pytest.mark.parametrize("stop", range(-1, 8))
def test_a_stretch_of_joined_lists_is_that_of_the_whole(start: int, stop: int) -> None:
    assert joined()[start:stop] == WHOLE[start:stop]


def test_joined_lists_are_one_list() -> None:
    assert (len(joined()), list(joined()), joined()[3], joined()[-1]) == (6, WHOLE, "라", "바")
    with pytest.raises(IndexError):
        joined()[6]
    assert not Joined([], PARTS.__getitem__) and list(Joined([0], lambda _place: [])) == []


def test_only_what_is_looked_at_is_made() -> None:
    made = list[int]()

    def make(row: int) -> str:
        made.append(row)
        return str(row)

    listed = Made(range(1000), make)
    assert (len(listed), listed[7], listed[2:4], listed[-1]) == (1000, "7", ["2", "3"], "999")
    assert made == [7, 2, 3, 999]
