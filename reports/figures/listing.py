"""A long list of figures: counted and put in order at once, read as far as somebody looks."""

import functools
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import accumulate
from typing import Any, Generic, TypeVar, overload

T = TypeVar("T")
U = TypeVar("U")
CHUNK = 1000
A_PAGE, PAGES = 50, 8


class Listing(Sequence[T], Generic[T]):
    """As long as its `keys`, which `read` turns into what is listed, CHUNK of them at a time. What is read is the same
    whenever it is read, since it is all as of one time; nothing is kept, unless `read` is `remembering`."""

    def __init__(self, keys: Sequence[Any], read: Callable[[Sequence[Any]], Sequence[T]]) -> None:
        self.keys = keys
        self.read = read

    def __len__(self) -> int:
        return len(self.keys)

    @overload
    def __getitem__(self, place: int) -> T: ...
    @overload
    def __getitem__(self, place: slice) -> "Listing[T]": ...
    def __getitem__(self, place: int | slice) -> "T | Listing[T]":
        if isinstance(place, slice):
            return Listing(self.keys[place], self.read)
        return self.read([self.keys[place]])[0]

    def __iter__(self) -> Iterator[T]:
        for begins_at in range(0, len(self.keys), CHUNK):
            yield from self.read(self.keys[begins_at : begins_at + CHUNK])

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and len(self) == len(other) and all(map(_same, self, other))

    __hash__ = None  # type: ignore[assignment]

    def each(self, change: Callable[[T], U]) -> "Listing[U]":
        """The same list with every one of them changed, when it is read."""
        return Listing(self.keys, lambda keys: [change(one) for one in self.read(keys)])

    def followed_by(self, others: Sequence[T]) -> "Listing[T]":
        keys = [*((True, key) for key in self.keys), *((False, one) for one in others)]

        def read(some: Sequence[tuple[bool, Any]]) -> list[T]:
            return [*self.read([key for is_own, key in some if is_own]), *(one for is_own, one in some if not is_own)]

        return Listing(keys, read)


class Made(Sequence[T]):
    """As long as its `rows`, each of which is made into what is listed where somebody looks: tens of thousands of
    tuples are put in order in less time than it takes to make as many heads of them."""

    def __init__(self, rows: Sequence[Any], make: Callable[[Any], T]) -> None:
        self.rows, self._make = rows, make

    def __len__(self) -> int:
        return len(self.rows)

    @overload
    def __getitem__(self, place: int) -> T: ...
    @overload
    def __getitem__(self, place: slice) -> list[T]: ...
    def __getitem__(self, place: int | slice) -> T | list[T]:
        if isinstance(place, slice):
            return [self._make(row) for row in self.rows[place]]
        return self._make(self.rows[place])

    def __iter__(self) -> Iterator[T]:
        return map(self._make, self.rows)


class Joined(Sequence[T]):
    """One list after the other: so many of each are `counted`, and `read` when somebody looks, by its number."""

    def __init__(self, counted: Iterable[int], read: Callable[[int], Sequence[T]]) -> None:
        self._ends, self._read = list(accumulate(counted)), read

    def __len__(self) -> int:
        return self._ends[-1] if self._ends else 0

    @overload
    def __getitem__(self, place: int) -> T: ...
    @overload
    def __getitem__(self, place: slice) -> list[T]: ...
    def __getitem__(self, place: int | slice) -> T | list[T]:
        if isinstance(place, int):
            wanted = range(len(self))[place]
            return self[wanted : wanted + 1][0]
        start, stop, _step = place.indices(len(self))
        found: list[T] = []
        while start < stop:
            which = bisect_right(self._ends, start)
            before = self._ends[which - 1] if which else 0
            found += self._read(which)[start - before : stop - before]
            start = self._ends[which]
        return found

    def __iter__(self) -> Iterator[T]:
        for which in range(len(self._ends)):
            yield from self._read(which)


def remembering(read: Callable[[Sequence[Any]], Sequence[T]]) -> Callable[[Sequence[Any]], Sequence[T]]:
    """Reads the same few once, as a page shows them; long stretches, as documents take them, each time."""
    few = functools.lru_cache(maxsize=PAGES)(lambda keys: tuple(read(keys)))
    return lambda keys: few(tuple(keys)) if len(keys) <= A_PAGE else read(keys)


def _same(one: object, other: object) -> bool:
    return one == other
