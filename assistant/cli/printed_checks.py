"""How ``assistant eval answers`` prints a question that was checked."""

from typing import TYPE_CHECKING

from assistant.cli.console import out

if TYPE_CHECKING:
    from assistant.evaluation.expected import Checked


def checked_fields(checked: "Checked") -> dict[str, object]:
    from assistant.answers import as_contract

    return {
        "_id": checked.expected.id,
        "outcome": checked.outcome,
        "expected": checked.expected.quote,
        "answer": dict(as_contract(checked.answer)),
    }


def print_miss(checked: "Checked") -> None:
    from rich.text import Text

    expected, answer = checked.expected, checked.answer
    head = (f"{checked.outcome}  ", "bold yellow")
    out().print(Text.assemble(head, f"{expected.id}  {expected.question}"))
    if expected.quote is not None:
        out().print(Text(f"    expected  “{expected.quote}”"))
    said = [f"“{statement.text}”" for statement in answer.statements[:1]] or [answer.reason or ""]
    out().print(Text(f"    said      {said[0]}"), end="\n\n")
