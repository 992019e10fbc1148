"""The only reader of the environment and of the settings file.

Order, first wins: what the command line says, the environment (``ASSISTANT_…``), the file
``settings.toml`` in the library's folder, the defaults.
"""

import os
import re
import tomllib
from collections.abc import Mapping
from difflib import get_close_matches
from ipaddress import ip_network
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit

from platformdirs import user_data_path
from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import (
    BaseSettings,
    NoDecode,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from assistant.writing.hosts import is_host, is_web_address
from sources.errors import UseError

FILE_NAME = "settings.toml"


class Settings(BaseSettings):
    """Everything that can be set. Unknown names in the file are refused."""

    model_config = SettingsConfigDict(
        env_prefix="ASSISTANT_",
        env_ignore_empty=True,
        extra="forbid",
        frozen=True,
        protected_namespaces=(),
    )

    home: Path = user_data_path("guarantees-assistant")
    """The folder of the library."""
    embedder: str | None = None
    """The embedding model: one of the two that come along (``all-MiniLM-L6-v2`` for English,
    ``multilingual-e5-small``), a folder, or a name on the Hugging Face hub. `None` is the one
    that the library was built with; the first texts decide on that of a new one."""
    reranker: str | None = None
    """A sentence-transformers `CrossEncoder` that orders what was found: a folder or hub name."""
    may_download: bool = False
    """Whether a model that is not on this machine may be fetched."""
    chroma: str | None = None
    """``host:port`` of a Chroma server; `None` keeps the vectors in the library's folder."""

    model: str | None = None
    """``provider:name`` of a chat model that writes the answers, or ``local:FILE.gguf`` for one
    that runs in this process; `None` is quotes mode."""
    model_url: str | None = None
    """Where the model is served, for another place than the provider's own."""
    model_key: SecretStr | None = None
    """The key to send; without it the provider's own variable is read, once `model` is set."""
    model_window: int = Field(8_000, ge=2_000)
    """Tokens that the model takes in, passages and answer together."""
    strict: bool = False
    """Whether written sentences that are not fully supported are left out, not marked."""
    check_with_model: bool = False
    """Whether the chat model is asked again, of each written sentence, if the cited words say it;
    that can only lower what is found without it."""
    answer_tokens: int = Field(1_000, ge=50)
    """The most tokens of one written answer."""
    thinking_tokens: int = Field(1_000, ge=0)
    """What a reasoning model may think before it, and beside it; at most half of what the window
    has room for."""
    temperature: float | Literal["unset"] = Field(0.0, union_mode="left_to_right")
    """How freely the model chooses its words; ``unset`` sends none. One that a model refuses is
    not sent to it again."""
    token_limit: Literal["auto", "max_tokens", "max_completion_tokens"] = "auto"
    """What a server of OpenAI's protocol is told the cap by; with ``auto`` the other name is
    tried where one is refused."""
    first_word_s: float = Field(120.0, gt=0)
    """Seconds to wait for the model's first word."""
    next_word_s: float = Field(60.0, gt=0)
    """The same between words."""
    whole_answer_s: float = Field(600.0, gt=0)
    """The same for the whole answer."""
    model_threads: int | None = Field(None, ge=1)
    """Threads of a local model; `None` leaves one of the machine's cores free."""
    day_tokens: int | None = None
    """The most tokens of a day, sent and received; `None` is no cap."""
    audit: Path | None = None
    """Where to write down what was sent; `None` is ``audit`` in the library's folder."""
    audit_words: bool = False
    """Whether the words themselves are written down there, beside their hashes."""

    host_names: Annotated[tuple[str, ...], NoDecode] = ()
    """Names by which the page may be called besides the loopback ones, ``name`` or
    ``name:port``; in the environment with commas between them, as the next two."""
    origins: Annotated[tuple[str, ...], NoDecode] = ()
    """Other sites whose pages may call this one, ``https://name``."""
    proxies: Annotated[tuple[str, ...], NoDecode] = ()
    """Addresses or networks of reverse proxies whose ``X-Forwarded-…`` headers are believed."""
    path_prefix: str = ""
    """``/path`` under which a reverse proxy shows the page."""
    calls_a_minute: int = Field(300, ge=0)
    """What one visitor may do on the page in a minute, or at once; 0 is no limit."""
    waiting_calls: int = Field(128, ge=1)
    """How much may wait to be worked on before the page says that it is busy."""
    visitor_upload_mb: int = Field(1024, ge=1)
    """Of files that one visitor has sent and that are not taken in yet."""
    upload_mb: int = Field(4096, ge=1)
    """The same of all visitors together."""

    @field_validator("host_names", "origins", "proxies", mode="before")
    @classmethod
    def _are_listed(cls, value: object) -> object:
        if not isinstance(value, str):
            return value
        return tuple(one.strip() for one in value.split(",") if one.strip())

    @field_validator("host_names")
    @classmethod
    def _are_hosts(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        for name in value:
            if not is_host(name):
                raise ValueError(f"{name!r} is no name like briefings.example or host:8000")
        return value

    @field_validator("origins")
    @classmethod
    def _are_origins(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        for origin in value:
            if not is_web_address(origin) or urlsplit(origin).path not in ("", "/"):
                raise ValueError(f"{origin!r} is no site like https://briefings.example")
        return value

    @field_validator("proxies")
    @classmethod
    def _are_networks(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        for network in value:
            try:
                ip_network(network, strict=False)
            except ValueError as error:
                raise ValueError(f"{network!r} is no address like 10.0.0.2 or 10.0.0.0/24") from (
                    error
                )
        return value

    @field_validator("path_prefix")
    @classmethod
    def _is_a_path(cls, value: str) -> str:
        path = value.rstrip("/")
        if path and not re.fullmatch(r"(/[\w.~-]+)+", path, re.ASCII):
            raise ValueError("not a path like /briefings")
        return path

    @field_validator("model_url")
    @classmethod
    def _is_an_address(cls, value: str | None) -> str | None:
        if value is not None and not is_web_address(value):
            raise ValueError("not an address like http://127.0.0.1:8000/v1")
        return value

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        return init_settings, env_settings, TomlConfigSettingsSource(settings_cls)


def read_settings(*, home: Path | None = None) -> Settings:
    """The settings in force; `home` from the command line beats every other place.

    Raises `UseError` when a value or the file cannot be understood.
    """
    chosen: Mapping[str, Path] = {} if home is None else {"home": home.expanduser()}
    folder = chosen.get("home") or Path(
        os.environ.get("ASSISTANT_HOME") or Settings.model_fields["home"].default
    )
    file = folder.expanduser() / FILE_NAME

    class SettingsWithFile(Settings):
        model_config = SettingsConfigDict(toml_file=file)

    try:
        settings = SettingsWithFile(**chosen)  # type: ignore[arg-type]  # only `home` is in it
    except ValidationError as error:
        first = error.errors()[0]
        name = ".".join(str(part) for part in first["loc"])
        if first["type"] == "extra_forbidden":
            near = get_close_matches(name, Settings.model_fields, n=1)
            known = ", ".join(sorted(Settings.model_fields))
            raise UseError(
                f"The settings file {str(file)!r} has {name!r}, which is no setting.",
                remedy=f"Did you mean {near[0]!r}?" if near else f"Settings: {known}.",
            ) from error
        raise UseError(
            f"The setting {name!r} is {first.get('input')!r}:"
            f" {first['msg'].removeprefix('Value error, ')}.",
            remedy=f"Correct ASSISTANT_{name.upper()} or {str(file)!r}.",
        ) from error
    except tomllib.TOMLDecodeError as error:
        raise UseError(
            f"The settings file {str(file)!r} is not valid TOML: {error}.",
            remedy="Correct that line, or remove the file.",
        ) from error
    return settings.model_copy(update={"home": settings.home.expanduser()})
