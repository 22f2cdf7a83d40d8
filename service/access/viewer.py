"""Who is asking: a user as the rest of the product sees him, in a browser or through a client's token."""

from __future__ import annotations

from dataclasses import dataclass

from service.access.roles import Right, Role, rights_of


class Forbidden(Exception):  # noqa: N818 - says what happened
    """The viewer lacks a right; the message names it."""


@dataclass(frozen=True, slots=True)
class Viewer:
    """A logged-in user. `units` and `unit_keys` are those that he speaks for in the role "unit"; `vouched`
    where the OpenID provider said who he is; `scopes` narrow what a token may do, None in a browser."""

    id: int
    login: str
    name: str
    role: Role
    units: tuple[str, ...] = ()
    unit_keys: tuple[str, ...] = ()
    clearance: int = 0
    locale: str = "vi"
    must_change: bool = False
    vouched: bool = False
    has_password: bool = True
    scopes: frozenset[Right] | None = None

    @property
    def rights(self) -> frozenset[Right]:
        """What he may do."""
        rights = rights_of(self.role)
        return rights if self.scopes is None else rights & self.scopes

    def may(self, right: Right) -> bool:
        """Whether he has the right."""
        return right in self.rights

    def need(self, right: Right) -> None:
        """Raises `Forbidden` unless he has the right."""
        if not self.may(right):
            raise Forbidden(right.value)
