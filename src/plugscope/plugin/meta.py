"""What a plugin says about itself while it starts."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Platform:
    """A platform in OCI's terms (image-spec ``Platform``)."""

    os: str = ""
    architecture: str = ""
    variant: str = ""
    os_version: str = ""
    os_features: tuple[str, ...] = ()

    @classmethod
    def parse(cls, text: str) -> "Platform":
        """Read ``os/architecture[/variant]``; an ``os(version)`` part is taken apart.

        Raises ``ValueError`` for a text with no or more than two slashes, or an empty part.
        """
        parts = text.split("/")
        if not 2 <= len(parts) <= 3 or not all(parts):
            raise ValueError(f"a platform reads os/architecture[/variant], not {text!r}")
        system, _, version = parts[0].partition("(")
        return cls(system, parts[1], parts[2] if len(parts) == 3 else "", version.removesuffix(")"))

    def __str__(self) -> str:
        system = f"{self.os}({self.os_version})" if self.os_version else self.os
        return "/".join(part for part in (system, self.architecture, self.variant) if part)


@dataclass(slots=True)
class Meta:
    """Filled in by an init function (``Meta``): platforms, exported values, feature switches."""

    platforms: list[Platform] = field(default_factory=list)
    exports: dict[str, str] = field(default_factory=dict)
    capabilities: list[str] = field(default_factory=list)

    def copy(self) -> "Meta":
        """A copy that later changes do not reach."""
        return Meta(list(self.platforms), dict(self.exports), list(self.capabilities))
