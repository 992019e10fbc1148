"""What the view "Briefing" does when something happens on it: values in, HTML out.

The store on disk is the truth; a session only remembers which briefing it has open.
"""

import logging
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from threading import Lock

import gradio as gr

from assistant.answering import Assistant
from assistant.briefing.briefings import Briefing, LineKind
from assistant.briefing.changes import WhatChanged
from assistant.briefing.editor import BriefingEditor
from assistant.briefing.states import library_state
from assistant.conversing.conversation import Conversation
from assistant.export.briefings import export_briefing
from assistant.formatting import written_day
from assistant.ui.briefing_rendering import render_briefing, render_check_failure, render_checks
from assistant.ui.event_fields import fields_of, whole
from assistant.ui.notices import Notice, render_notice
from sources.errors import AssistantError, UseError
from sources.source import Span

_log = logging.getLogger(__name__)
_WRITABLE: Mapping[str, LineKind] = {
    "section": "section",
    "subsection": "subsection",
    "own": "own",
    "note": "note",
}


class BriefingEvents:
    """The handlers of the briefing view over one editor."""

    def __init__(self, editor: BriefingEditor, assistant: Assistant) -> None:
        self.editor = editor
        self.assistant = assistant
        self._turns: defaultdict[str, Lock] = defaultdict(Lock)

    def show(self, name: str | None) -> tuple[str | None, str]:
        """The briefing of that name, or the one that was changed last."""
        known = [one.name for one in self.editor.store.briefings()]
        if name not in known:
            name = known[0] if known else None
        return name, self._render(name)

    def act(self, name: str | None, event: gr.EventData) -> Iterator[tuple[object, ...]]:
        """Do what was asked for and show the briefing; a failure is shown above it.

        Of a briefing that is gone a notice says how it comes back. One wish a briefing is done at
        a time: what is shown last then is what was done last.
        """
        with self._turns[name or ""]:
            yield from self._act(name, event)

    def _act(self, name: str | None, event: gr.EventData) -> Iterator[tuple[object, ...]]:
        wish = fields_of(event)
        do = str(wish.get("do", ""))
        if do in _SLOW:
            yield name, self._render(name, busy=_SLOW[do]), gr.skip()
        changed = None
        told: object = gr.skip()
        if do == "delete" and name:
            told = render_notice(Notice(f"Deleted. `assistant brief undo {name}` brings it back."))
        try:
            if do == "changes" and name:
                changed = self.editor.changes(name, self.assistant)
            else:
                before = len(self.editor.store.get(name).lines) if do == "draft" and name else 0
                name = self._done(do, name, wish)
                if before and name:
                    told = self._told_of_draft(name, before)
        except AssistantError as error:
            yield name, self._render(name, problem=(error.problem, error.remedy)), gr.skip()
            return
        except Exception:  # noqa: BLE001 - the visitor must keep the briefing, whatever broke
            _log.exception("A change to a briefing failed")
            problem = ("That did not work.", "The terminal of `assistant chat` says why.")
            yield name, self._render(name, problem=problem), gr.skip()
            return
        yield name, self._render(name, changed=changed), told

    def pin(
        self, name: str | None, conversation: Conversation, event: gr.EventData
    ) -> tuple[str | None, str, str]:
        """Pin a statement, an answer or words of a source to the open briefing, and say so."""
        wish = fields_of(event)
        was_chosen = name is not None
        try:
            name = name or self._any_briefing()
            self._pin(name, conversation, wish)
        except AssistantError as error:
            return *self.show(name), render_notice(Notice(error.problem, remedy=error.remedy))
        pinned = self.editor.store.get(name)
        count = f"{len(pinned.lines)} line{'' if len(pinned.lines) == 1 else 's'}"
        others = len(self.editor.store.briefings()) > 1
        choose = " Choose another in the tab “Briefing”." if others else ""
        why = "" if was_chosen or not others else ", the one changed last"
        notice = Notice(f"Pinned to “{pinned.title}”{why}, which has {count} now.{choose}")
        return name, self._render(name), render_notice(notice)

    def check(self, file: str | None) -> str:
        """How the footnotes and lines of a document stand; empty without a document."""
        from assistant.export.verifying import verify_document

        if not file:
            return ""
        try:
            found = verify_document(Path(file), self.editor.catalogue, kept=self.editor.kept)
        except AssistantError as error:
            return render_check_failure(error.problem, error.remedy)
        return render_checks(found, file=Path(file).name)

    def export(
        self,
        name: str,
        ending: str,
        *,
        with_positions: bool = False,
        with_unsupported: bool = False,
    ) -> bytes:
        """The bytes of the exported briefing; raises what the editor raises."""
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / f"{name}{ending}"
            export_briefing(
                self.editor,
                name,
                path,
                with_positions=with_positions,
                with_unsupported=with_unsupported,
            )
            return path.read_bytes()

    def _told_of_draft(self, name: str, before: int) -> str:
        """Where the lines of a draft are that went below others, and the way back."""
        drafted = self.editor.store.get(name)
        where = f"{len(drafted.lines) - before} lines at the end of “{drafted.title}”"
        return render_notice(Notice(f"Drafted {where}. “Undo” above takes them out."))

    def _done(self, do: str, name: str | None, wish: Mapping[str, object]) -> str | None:
        """Make the change; the name of the briefing that is open afterwards."""
        words = str(wish.get("words", ""))
        if do == "choose":
            return words
        if do == "new":
            return self.editor.new(words or _title_of_today()).name
        if do == "draft":
            topic = words.strip()
            if not topic:
                raise UseError("A draft needs a topic.", remedy="Say what it is about.")
            if name is None:
                return self.editor.draft_new(topic, self.assistant).name
            self.editor.draft(name, topic, self.assistant)
            return name
        if name is None:
            raise UseError("No briefing is open.", remedy="Make a new one first.")
        if do == "delete":
            self.editor.store.delete(name)
            return self.show(None)[0]
        self._edit(do, name, wish, words)
        return name

    def _edit(self, do: str, name: str, wish: Mapping[str, object], words: str) -> None:
        editor, line = self.editor, whole(wish.get("line"))
        match do:
            case "rename":
                editor.rename(name, words)
            case "add":
                kind = _WRITABLE.get(str(wish.get("kind")))
                if kind is None:
                    raise UseError("That cannot be added.", remedy="Choose what to add.")
                after = self._place(name, line) if line else None
                editor.write(name, kind, words, at=after + 1 if after else None)
            case "reword":
                editor.reword(name, line, words)
            case "remove":
                editor.remove(name, line)
            case "move":
                by = whole(wish.get("by"))
                if by:
                    editor.move_by(name, line, by)
                else:
                    to = min(max(whole(wish.get("to")), 1), len(editor.store.get(name).lines))
                    editor.move(name, line, to)
            case "undo":
                editor.store.undo(name)
            case "redo":
                editor.store.redo(name)
            case "accept":
                editor.accept(name)
            case "pin":
                after = self._place(name, line) if line else None
                span = Span(whole(wish.get("start")), whole(wish.get("end")))
                at = after + 1 if after else None
                editor.pin_words(name, str(wish.get("source")), span, at=at)

    def _pin(self, name: str, conversation: Conversation, wish: Mapping[str, object]) -> None:
        turn = wish.get("turn")
        if isinstance(turn, int):
            if not 0 <= turn < len(conversation.exchanges):
                raise UseError("That answer is gone.", remedy="Ask again.")
            answer = conversation.exchanges[turn].answer
            if answer is None:
                raise UseError("There is no answer yet.", remedy="Wait until it is complete.")
            statement = wish.get("statement")
            self.editor.pin_answer(
                name, answer, statement=statement if isinstance(statement, int) else None
            )
            return
        slug, start, end = str(wish.get("source")), wish.get("start"), wish.get("end")
        if not isinstance(start, int) or not isinstance(end, int) or not 0 <= start < end:
            raise UseError("No words are selected.", remedy="Select some in the text first.")
        if wish.get("sha256") != self.editor.catalogue.source(slug).sha256:
            raise UseError(
                "This is an earlier text of the source.", remedy="Pin from the text of today."
            )
        self.editor.pin_words(
            name, slug, Span(start, end), speaker=str(wish.get("speaker") or "") or None
        )

    def _any_briefing(self) -> str:
        known = self.editor.store.briefings()
        return known[0].name if known else self.editor.new(_title_of_today()).name

    def _place(self, name: str, line: int) -> int:
        """The place of a line, counted from 1."""
        briefing = self.editor.store.get(name)
        return briefing.lines.index(briefing.line(line)) + 1

    def _render(
        self,
        name: str | None,
        *,
        changed: WhatChanged | None = None,
        problem: tuple[str, str] | None = None,
        busy: str | None = None,
    ) -> str:
        known = self.editor.store.briefings()
        briefing = (
            self.editor.store.get(name) if name in {one.name for one in known} and name else None
        )
        return render_briefing(
            briefing,
            known=known,
            drift=self._drift(briefing) if briefing else (0, 0, 0),
            changed=changed,
            problem=problem,
            busy=busy,
        )

    def _drift(self, briefing: Briefing) -> tuple[int, int, int]:
        """How many sources were added, replaced and removed since the briefing was made."""
        now = library_state(self.editor.catalogue)
        if now.fingerprint == briefing.library:
            return 0, 0, 0
        then = {one.slug: one.sha256 for one in self.editor.store.state(briefing.library).sources}
        found = Counter(
            "added" if one.slug not in then else "replaced"
            for one in now.sources
            if then.get(one.slug) != one.sha256
        )
        gone = len(then.keys() - {one.slug for one in now.sources})
        return found["added"], found["replaced"], gone


_SLOW = {"draft": "Drafting from the library", "changes": "Reading what is new"}
"""What takes longer than a moment, and what is said meanwhile."""


def _title_of_today() -> str:
    return f"Briefing of {written_day(datetime.now(UTC).date())}"
