"""Groups of what hangs together by links, and the strongest way between two of a group (Kruskal 1956)."""

from __future__ import annotations

from collections import defaultdict
from typing import Generic, TypeVar

T = TypeVar("T", int, str)


class Forest(Generic[T]):
    """The strongest links that hold each group together: those between any two members are the best way there is."""

    def __init__(self) -> None:
        self._up: dict[T, T] = {}
        self._links: defaultdict[T, list[tuple[T, float]]] = defaultdict(list)

    def group(self, name: T) -> T:
        """One name that stands for all that are linked to it."""
        up = self._up
        root = name
        while (above := up.get(root, root)) != root:
            root = above
        while (above := up.get(name, name)) != root:
            up[name], name = root, above
        return root

    def link(self, one: T, other: T, similarity: float = 0.0) -> None:
        """Called in order, the strongest first."""
        tops = self.group(one), self.group(other)
        if tops[0] != tops[1]:
            self._up[max(tops)] = min(tops)
            self._links[one].append((other, similarity))
            self._links[other].append((one, similarity))

    def weakest_from(self, start: T) -> dict[T, float]:
        """Of each member of the group, the weakest similarity on its way from `start`."""
        found = {start: 1.0}
        ahead = [start]
        while ahead:
            here = ahead.pop()
            for there, similarity in self._links.get(here, ()):
                if there not in found:
                    found[there] = min(found[here], similarity)
                    ahead.append(there)
        return found
