"""Why a source could not be read."""

from msgspec import Struct


class Problem(Struct, frozen=True):
    """One thing that is wrong, and where: a file and line, a field, a name."""

    location: str
    message: str

    def __str__(self) -> str:
        return f"{self.location}: {self.message}" if self.location else self.message


class SourceError(Exception):
    """A source that cannot be used. Holds every problem found, not the first alone."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = problems

    @classmethod
    def at(cls, location: str, message: str) -> "SourceError":
        """An error with one problem."""
        return cls(Problem(location, message))


class NothingTold(SourceError):
    """A log that tells of no boot: read as it should be, and silent."""
