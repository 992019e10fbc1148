"""Who has been named so far in a text: whom a pronoun or a title may mean."""

from dataclasses import dataclass, field

from assistant.speakers.parties import Party
from assistant.speakers.people import is_one_person


@dataclass(slots=True)
class Memory:
    """The people, bodies and titles of the sentences before."""

    people: list[Party] = field(default_factory=list)
    """Latest last."""
    group: Party | None = None
    roles: dict[str, Party] = field(default_factory=dict)
    pronouns: dict[str, str] = field(default_factory=dict)
    unnamed: dict[str, Party] = field(default_factory=dict)
    """Who was spoken of without a name, by the noun: ``official``."""
    publishers: dict[str, str] = field(default_factory=dict)
    asked: set[str] = field(default_factory=set)
    """The names that were looked for among the publishers, folded."""

    def meet(self, party: Party, role: str | None = None) -> None:
        if party.kind == "unnamed" and role and is_one_person(role.split()[-1]):
            self.people.append(party)
        if party.kind == "person":
            self.people.append(party)
            if role:
                self.roles[role] = party
                self.roles[role.split()[-1]] = party
            return
        self.group = party
        if party.kind == "unnamed":
            self.unnamed[party.name.split()[-1]] = party

    def meant_by(self, pronoun: str) -> Party | None:
        if pronoun == "they":
            return self.group
        for party in reversed(self.people):
            known = party.pronoun or self.pronouns.get(party.name)
            if known in (None, pronoun):
                self.pronouns[party.name] = pronoun
                return party
        return None

    def go_on_about(self, pronoun: str) -> None:
        """Whoever the pronoun means is the last one spoken of, whoever else is mentioned."""
        party = self.meant_by(pronoun)
        if party is not None:
            self.people.append(party)
