"""``assistant eval``: measure the assistant on sets of questions with known answers."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli.asking import open_assistant
from assistant.cli.console import AsJson, Home, out, print_json
from assistant.cli.named_files import Force, refuse_to_overwrite
from assistant.cli.printed_checks import checked_fields, print_miss
from assistant.cli.question_sets import following, open_folder, open_set, open_texts

if TYPE_CHECKING:
    from assistant.evaluation.excerpts import Place

app = typer.Typer(
    help="Measure the assistant on sets of questions with known answers.", no_args_is_help=True
)

SetFolder = Annotated[Path, typer.Argument(metavar="DIR", help="A folder in BEIR's layout.")]
Cache = Annotated[
    Path | None,
    typer.Option(help="Where the sets' libraries are kept; else in the library's folder."),
]
Split = Annotated[str, typer.Option(help="Which judgements: qrels/SPLIT.tsv.")]


@app.command()
def retrieval(
    folder: SetFolder,
    *,
    run: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write what was found as a TREC run.")
    ] = None,
    force: Force = False,
    split: Split = "test",
    cache: Cache = None,
    as_json: AsJson = False,
    home: Home = None,
) -> None:
    """Is the right document found? nDCG@10, recall@5, recall@100."""
    from assistant.answering import Assistant
    from assistant.evaluation.beir import (
        judged,
        missing_documents,
        read_documents,
        read_judgements,
        read_questions,
    )
    from assistant.evaluation.retrieving import make_run, measure_run, write_run
    from assistant.settings import read_settings
    from assistant.wiring import make_reranker

    refuse_to_overwrite(run, force=force)
    judgements = read_judgements(folder, split=split)
    every = read_questions(folder)
    questions = judged(every, judgements)
    missing = missing_documents(read_documents(folder), judgements)
    settings = read_settings(home=home)
    with open_set(folder, settings, cache) as own:
        assistant = Assistant(own.library, reranker=make_reranker(settings))
        found = make_run(assistant, own, following(questions, "Searching"))
        size = len(own.slugs)
    if run is not None:
        write_run(found, run)
    figures = measure_run(found, judgements)
    if as_json:
        print_json(
            {
                "set": str(folder),
                "documents": size,
                "questions": len(questions),
                "unjudged": len(every) - len(questions),
                "missing_documents": list(missing),
                "measures": figures,
            }
        )
        return
    out().print(f"{len(questions):,} questions over {size:,} documents")
    if len(every) > len(questions):
        out().print(f"{len(every) - len(questions):,} questions without a judgement are left out")
    if missing:
        names = ", ".join(missing[:5])
        out().print(f"not in the corpus, counted as never found: {names}")
    _print_figures(figures)


@app.command()
def answers(
    file: Annotated[
        Path,
        typer.Argument(
            metavar="FILE", help='Lines {"_id", "question", "history", "verdict", "quote"}.'
        ),
    ],
    *,
    sources: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="Ask over the files of this folder, not the library."),
    ] = None,
    cache: Cache = None,
    as_json: AsJson = False,
    home: Home = None,
) -> None:
    """Does the answer cite the words it should, and is it silent where it should be?"""
    from assistant.answering import Assistant
    from assistant.evaluation.expected import check, count, read_expected
    from assistant.settings import read_settings
    from assistant.wiring import make_reader, make_reranker

    expected = read_expected(file)
    if sources is None:
        checked = check(open_assistant(home), following(expected, "Asking"))
    else:
        settings = read_settings(home=home)
        with open_folder(sources, settings, cache) as library:
            assistant = Assistant(
                library, reranker=make_reranker(settings), reader=make_reader(library.embedder)
            )
            checked = check(assistant, following(expected, "Asking"))
    figures = count(checked)
    if as_json:
        print_json(
            asdict(figures)
            | {"questions": [checked_fields(one) for one in checked], "file": str(file)}
        )
        return
    for one in checked:
        if one.is_miss:
            print_miss(one)
    said, unsaid = f"of {figures.answerable}", f"of {figures.unanswerable}"
    out().print(f"quote in the first statement   {figures.in_first} {said}")
    out().print(f"quote in the answer            {figures.in_answer} {said}")
    out().print(f"quote among what may answer    {figures.likely} {said}")
    out().print(f"wrongly silent                 {figures.wrongly_silent} {said}")
    out().print(f"rightly silent                 {figures.silent} {unsaid}")
    out().print(f"no answer, called likely       {figures.called_likely} {unsaid}")


@app.command()
def abstention(
    folder: SetFolder,
    *,
    curve: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Write both rates at every threshold, as CSV."),
    ] = None,
    force: Force = False,
    closed: Annotated[
        bool, typer.Option("--closed", help="Let a question see only what its qrels name.")
    ] = False,
    split: Split = "test",
    cache: Cache = None,
    as_json: AsJson = False,
    home: Home = None,
) -> None:
    """Is silence kept where the texts do not answer? AUROC, hallucination and error rate."""
    from assistant.answering import Assistant
    from assistant.evaluation.abstaining import (
        auroc,
        check_labels,
        curve_as_csv,
        decide,
        rates,
    )
    from assistant.evaluation.abstaining import curve as make_curve
    from assistant.evaluation.beir import only_judged, read_judgements, read_questions
    from assistant.evaluation.files import write_file
    from assistant.settings import read_settings
    from assistant.wiring import make_reader, make_reranker

    refuse_to_overwrite(curve, force=force)
    questions = read_questions(folder)
    if closed:
        questions = only_judged(questions, read_judgements(folder, split=split))
    check_labels(questions)
    labelled = [question for question in questions if question.answerable is not None]
    settings = read_settings(home=home)
    with open_set(folder, settings, cache) as own:
        assistant = Assistant(
            own.library,
            reranker=make_reranker(settings),
            reader=make_reader(own.library.embedder),
        )
        decisions = decide(assistant, own, following(labelled, "Judging"))
    if curve is not None:
        write_file(curve, curve_as_csv(make_curve(decisions)))
    answerable = sum(one.answerable for one in decisions)
    shipped = rates(decisions)
    figures = {
        "AUROC": auroc(decisions),
        "hallucination rate": shipped.hallucination,
        "error rate": shipped.error,
        "mean of both rates": shipped.mean,
    }
    if as_json:
        print_json(
            {
                "set": str(folder),
                "answerable": answerable,
                "unanswerable": len(decisions) - answerable,
                "unlabelled": len(questions) - len(labelled),
                "measures": figures,
                "questions": [asdict(one) for one in decisions],
            }
        )
        return
    unanswerable = len(decisions) - answerable
    out().print(f"{answerable:,} answerable and {unanswerable:,} unanswerable questions")
    if len(questions) > len(labelled):
        out().print(f"{len(questions) - len(labelled):,} that are labelled neither are left out")
    _print_figures(figures)


@app.command()
def spans(
    folder: Annotated[
        Path, typer.Argument(metavar="DIR", help="A folder with texts/ and questions.jsonl.")
    ],
    *,
    cache: Cache = None,
    as_json: AsJson = False,
    home: Home = None,
) -> None:
    """How exactly are the words found? Recall, precision and IoU in characters."""
    from assistant.answering import Assistant
    from assistant.evaluation.excerpts import (
        PASSAGES,
        find_origins,
        find_passages,
        find_shown,
        first_five,
        first_needed,
        found_perfectly,
        list_passages,
        mean_overlap,
        read_excerpt_questions,
        read_texts,
    )
    from assistant.settings import read_settings
    from assistant.wiring import make_reader, make_reranker

    texts = read_texts(folder)
    questions = read_excerpt_questions(folder, texts)
    settings = read_settings(home=home)
    with open_texts(texts, settings, cache) as library:
        assistant = Assistant(
            library, reranker=make_reranker(settings), reader=make_reader(library.embedder)
        )
        origins = find_origins(library.catalogue, texts)
        passages = find_passages(assistant, origins, following(questions, "Searching"))
        every = list_passages(library, origins)
        shown = find_shown(assistant, origins, following(questions, "Asking"))
    found: dict[str, Sequence[Sequence[Place]]] = {
        f"{PASSAGES} passages": first_five(passages),
        f"{PASSAGES} found perfectly": found_perfectly(questions, every, passages=PASSAGES),
        "passages needed": first_needed(questions, passages, every),
        "needed found perfectly": found_perfectly(questions, every),
        "best sentences": [one.further for one in shown],
        "cited": [one.cited for one in shown],
        "cited or related": [one.cited or one.related for one in shown],
    }
    figures = {name: asdict(mean_overlap(questions, places)) for name, places in found.items()}
    silent = sum(not one.cited for one in shown)
    if as_json:
        print_json(
            {
                "set": str(folder),
                "questions": len(questions),
                "silent": silent,
                "measures": figures,
            }
        )
        return
    out().print(f"{len(questions):,} questions, of which {silent:,} were not answered")
    out().print(f"{'':<24}{'recall':>10}{'precision':>12}{'IoU':>8}")
    for name, value in figures.items():
        cells = f"{value['recall']:>10.3f}{value['precision']:>12.3f}{value['iou']:>8.3f}"
        out().print(f"{name:<24}{cells}")


def _print_figures(figures: Mapping[str, float]) -> None:
    for name, value in figures.items():
        out().print(f"{name:<24}{value:.3f}")
