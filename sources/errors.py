"""Every error a person can meet, each with a problem and a remedy.

    AssistantError
    ├── UseError      the request was wrong: exit code 2
    │   └── UnreadableFileError    a file that cannot become a source
    └── StateError    the library or the machine is not as it must be: exit code 1
        ├── LibraryBusyError       another process is changing the library
        ├── DamagedLibraryError    a part of the library is lost or altered
        ├── ReadOnlyError          the library may only be read
        │   └── FullDiskError      there is no room to change it
        └── IndexMismatchError     the index was built by another model or another cutting

The tree lives in the innermost package so that every room can raise from it.
Libraries' own errors are translated where they are caught, with ``raise … from``.
"""


class AssistantError(Exception):
    """Something a person can mend; `problem` says what is wrong, `remedy` what to do."""

    exit_code = 1

    def __init__(self, problem: str, *, remedy: str) -> None:
        super().__init__(problem)
        self.problem = problem
        self.remedy = remedy

    def __str__(self) -> str:
        return f"{self.problem} {self.remedy}"


class UseError(AssistantError):
    """The request itself was wrong: a missing file, a broken line, an unknown name."""

    exit_code = 2


class UnreadableFileError(UseError):
    """A file that cannot become a source: empty, not text, or damaged."""


class StateError(AssistantError):
    """The library, the index or the machine is not in a state to do what was asked."""


class LibraryBusyError(StateError):
    """Another process holds the lock for changes to the library."""


class ReadOnlyError(StateError):
    """The library's folder may be read and not written, and a change was asked for."""


class FullDiskError(ReadOnlyError):
    """There is no room on the library's disk: it can be read and not changed."""


class DamagedLibraryError(StateError):
    """A part of the library is gone, cannot be read, or is not what was put there.

    Nothing may be made anew in its place, or cleaned by it, but by the remedy.
    """


class IndexMismatchError(StateError):
    """The index on disk was made by another embedding model or another way of cutting."""
