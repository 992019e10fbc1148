"""The only place where real parts are put together.

Everything else takes its parts as arguments; tests put their own in by keyword.
"""

import shlex
from pathlib import Path

from assistant.answering import Assistant
from assistant.briefing.editor import BriefingEditor
from assistant.briefing.store import BriefingStore
from assistant.reader.reader import SentenceReader
from assistant.settings import Settings
from assistant.speakers.kept_utterances import KeptUtterances
from assistant.writing.audit import Audit
from assistant.writing.chat_model import ChatModel, LangChainModel, Patience
from assistant.writing.composing import Writer, tokens_to_think
from assistant.writing.local_model import LocalModel, file_of
from assistant.writing.parameters import CapName, Parameters
from index.damage import check_catalogue_is_there
from index.embedder import Embedder, SentenceTransformerEmbedder
from index.encoder.encoder import MultilingualEncoder
from index.encoder.files import BUNDLED, MULTILINGUAL
from index.encoder.minilm import MiniLMEmbedder
from index.indexing import resume
from index.library import (
    Library,
    fingerprint_of,
    index_folder,
    models_of,
    open_fresh_index,
    open_library,
)
from index.reranker import CrossEncoderReranker
from sources.catalogue import Catalogue
from sources.database import FILE_NAME
from sources.errors import UseError
from sources.reading import readable_kinds


def make_embedder(settings: Settings) -> Embedder:
    """The embedding model that the settings name, else the one for English; loads at first use."""
    name = settings.embedder or BUNDLED
    if name == MULTILINGUAL:
        return MultilingualEncoder()
    if name == BUNDLED:
        return MiniLMEmbedder()
    return SentenceTransformerEmbedder(name, may_download=settings.may_download)


def make_embedder_of_what_is_left(settings: Settings) -> Embedder:
    """The same for a library whose catalogue is lost: where none is named, an index tells it."""
    for_english, for_others = make_embedder(settings), MultilingualEncoder()

    def has_index(embedder: Embedder) -> bool:
        return index_folder(settings.home, fingerprint_of(embedder)).is_dir()

    is_other = settings.embedder is None and has_index(for_others) and not has_index(for_english)
    return for_others if is_other else for_english


def make_reranker(settings: Settings) -> CrossEncoderReranker | None:
    """The cross-encoder that the settings name, if any; it loads at first use."""
    if settings.reranker is None:
        return None
    return CrossEncoderReranker(settings.reranker, may_download=settings.may_download)


def make_reader(embedder: Embedder) -> SentenceReader:
    """What finds sentences that may answer, for a library with that embedder; loads at first use.

    It shares the embedder's model where that is the one for several languages.
    """
    if isinstance(embedder, MultilingualEncoder):
        return SentenceReader(embedder)
    return SentenceReader(MultilingualEncoder())


def make_catalogue(settings: Settings) -> Catalogue:
    """The cards and texts alone, for commands that need no index."""
    return Catalogue(_library_file(settings))


def make_library(
    settings: Settings, *, embedder: Embedder | None = None, is_to_be_checked: bool = False
) -> Library:
    """The library that the settings name, open and matched with its index.

    What an interruption left half done is finished first. With `is_to_be_checked`, also one
    whose sides disagree.
    """
    library = make_library_as_it_is(settings, embedder=embedder, is_to_be_checked=is_to_be_checked)
    resume(library)
    return library


def make_library_as_it_is(
    settings: Settings, *, embedder: Embedder | None = None, is_to_be_checked: bool = False
) -> Library:
    """The same, and nothing in it is changed by opening it.

    While the index for another model is being built, this is the one in use. With
    `is_to_be_checked`, also one whose sides disagree.
    """
    _library_file(settings)
    in_use, being_built = models_of(settings.home)
    is_open = embedder is None and settings.embedder is None and in_use in (None, BUNDLED)
    if in_use is not None and (settings.embedder is None or being_built is not None):
        settings = settings.model_copy(update={"embedder": in_use})
    return open_library(
        settings.home,
        embedder=embedder or make_embedder(settings),
        for_other_languages=MultilingualEncoder() if is_open else None,
        chroma_address=settings.chroma,
        is_to_be_checked=is_to_be_checked,
    )


def make_fresh_index(settings: Settings, *, embedder: Embedder | None = None) -> Library:
    """The same library beside a new index, for `index.reindexing.reindex`.

    Where the settings name no model, it is that of an index left half built, else the one in use.
    """
    if settings.embedder is None:
        in_use, being_built = models_of(settings.home)
        settings = settings.model_copy(update={"embedder": being_built or in_use})
    return open_fresh_index(
        settings.home,
        embedder=embedder or make_embedder(settings),
        chroma_address=settings.chroma,
    )


def make_writer(settings: Settings, *, library: Library, checker: SentenceReader) -> Writer | None:
    """The chat model that the settings name; `None`, whatever keys there are, without one."""
    if settings.model is None:
        return None
    model = make_chat_model(settings, settings.model)
    return Writer(
        model,
        count_tokens=library.embedder.count_tokens,
        checker=checker,
        audit=Audit(settings.audit or settings.home / "audit", keeps_words=settings.audit_words),
        window_tokens=(
            model.window_tokens if isinstance(model, LocalModel) else settings.model_window
        ),
        answer_tokens=settings.answer_tokens,
        thinking_tokens=settings.thinking_tokens,
        day_tokens=settings.day_tokens,
        strict=settings.strict,
        check_with_model=settings.check_with_model,
    )


def make_chat_model(settings: Settings, name: str) -> ChatModel:
    """The chat model of that name, with what the settings say of it; it starts at first use.

    Raises `UseError` or `StateError` where it is a file that cannot be one, or its package lacks.
    """
    window, answer = settings.model_window, settings.answer_tokens
    thinking = tokens_to_think(window=window, answer=answer, thinking=settings.thinking_tokens)
    temperature = None if settings.temperature == "unset" else settings.temperature
    names: tuple[CapName, ...] = ("max_completion_tokens", "max_tokens")
    if settings.token_limit != "auto":
        names = (settings.token_limit,)
    elif settings.model_url:
        names = names[::-1]
    parameters = Parameters(temperature=temperature, cap=answer + thinking, cap_names=names)
    patience = Patience(settings.first_word_s, settings.next_word_s, settings.whole_answer_s)
    file = file_of(name)
    if file is not None:
        return LocalModel(
            file,
            parameters=parameters,
            window_tokens=window,
            threads=settings.model_threads,
            patience=patience,
        )
    key = settings.model_key.get_secret_value() if settings.model_key else None
    return LangChainModel(
        name,
        address=settings.model_url,
        key=key,
        parameters=parameters,
        window_tokens=window,
        patience=patience,
    )


def make_assistant(settings: Settings, *, library: Library | None = None) -> Assistant:
    """The assistant over the library, with the models, that the settings name."""
    library = library or make_library(settings)
    reader = make_reader(library.embedder)
    return Assistant(
        library,
        writer=make_writer(settings, library=library, checker=reader),
        reranker=make_reranker(settings),
        reader=reader,
    )


def make_editor(settings: Settings, *, catalogue: Catalogue | None = None) -> BriefingEditor:
    """The briefings of the library that the settings name."""
    path = _library_file(settings)
    catalogue = catalogue or Catalogue(path)
    return BriefingEditor(catalogue, BriefingStore(path), KeptUtterances(path))


def _library_file(settings: Settings) -> Path:
    """The file of the library in the folder of the settings, there or not yet.

    Raises `UseError` where that is a folder of texts: a library among them is hardly meant,
    and `DamagedLibraryError` where there was a library and its file is gone.
    """
    path = settings.home / FILE_NAME
    check_catalogue_is_there(settings.home)
    if not path.exists() and settings.home.is_dir():
        kinds = tuple(readable_kinds())
        found = sorted(one.name for one in settings.home.iterdir() if one.is_file())
        text = next((name for name in found if name.lower().endswith(kinds)), None)
        if text is not None:
            raise UseError(
                f"{str(settings.home)!r} is a folder of files ({text!r}) and no library.",
                remedy="Name a new folder, and add these files with `assistant sources add"
                f" {shlex.quote(str(settings.home))}`.",
            )
    return path
