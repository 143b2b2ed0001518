"""State while YAML is read: collections that are being filled, and values that aliases can refer to."""

from yaml.events import CollectionStartEvent

from linkcheck.model import Json, Span


class Anchor:
    """A value that an alias can refer to, and which pointers of the trail are below it (`last` < 0: still open).

    `size` is about its number of characters, with aliases expanded.
    """

    __slots__ = ("first", "height", "last", "pointer", "size", "value")

    def __init__(self, value: Json, pointer: str, first: int, last: int, size: int) -> None:
        self.value = value
        self.pointer = pointer
        self.first = first
        self.last = last
        self.size = size
        self.height = 0


class Frame:
    """A collection that is being filled. `waiting` means that a key was read and its value comes next.

    `merging` means that the next value is that of a merge key, or that the collection is a list of mappings to merge.
    `merges` are the values of the merge keys that were read, with their pointers.
    """

    __slots__ = (
        "anchor",
        "child",
        "height",
        "is_key",
        "is_map",
        "keep",
        "key",
        "key_span",
        "merges",
        "merging",
        "own_key",
        "pointer",
        "start",
        "value",
        "waiting",
    )

    def __init__(self, value: "list[Json] | dict[str, Json]", pointer: str, start: CollectionStartEvent) -> None:
        self.value = value
        self.pointer = pointer
        self.start = start
        self.own_key: Span | None = None
        self.anchor: Anchor | None = None
        self.is_key = False
        self.is_map = isinstance(value, dict)
        self.height = 1
        self.waiting = False
        self.merging = False
        self.merges: tuple[tuple[str, Json], ...] = ()
        self.keep = True
        self.key = ""
        self.child = ""
        self.key_span: Span | None = None
