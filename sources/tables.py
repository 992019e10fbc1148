"""The catalogue's tables, and how those of an earlier version become them."""

MIGRATIONS = (
    """
CREATE TABLE source (
    slug      TEXT PRIMARY KEY,
    title     TEXT NOT NULL,
    publisher TEXT,
    author    TEXT,
    published TEXT,
    url       TEXT,
    language  TEXT,
    tags      TEXT NOT NULL,
    sha256    TEXT NOT NULL UNIQUE,
    origin    TEXT NOT NULL,
    state     TEXT NOT NULL CHECK (state IN ('adding', 'ready', 'removing')),
    passages  INTEGER NOT NULL DEFAULT 0,
    content   TEXT NOT NULL,
    sentences TEXT NOT NULL,
    added     TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%SZ', 'now'))
);
CREATE INDEX source_origin ON source (origin);
CREATE TABLE note (name TEXT PRIMARY KEY, value TEXT NOT NULL);
""",
    """
ALTER TABLE source RENAME TO old_source;
DROP INDEX source_origin;
CREATE TABLE text (
    sha256     TEXT PRIMARY KEY,
    characters INTEGER NOT NULL,
    signature  BLOB,
    sentences  TEXT NOT NULL,
    locators   TEXT NOT NULL,
    content    TEXT NOT NULL
);
CREATE TABLE band (
    number INTEGER NOT NULL,
    value  INTEGER NOT NULL,
    sha256 TEXT NOT NULL,
    PRIMARY KEY (number, value, sha256)
) WITHOUT ROWID;
CREATE TABLE source (
    slug         TEXT PRIMARY KEY,
    title        TEXT NOT NULL,
    publisher    TEXT,
    author       TEXT,
    published    TEXT,
    url          TEXT,
    language     TEXT,
    tags         TEXT NOT NULL,
    sha256       TEXT NOT NULL REFERENCES text (sha256),
    origin       TEXT NOT NULL,
    kind         TEXT NOT NULL,
    problems     TEXT NOT NULL,
    state        TEXT NOT NULL CHECK (state IN ('adding', 'ready', 'removing', 'removed')),
    for_good     INTEGER NOT NULL DEFAULT 0,
    passages     INTEGER NOT NULL DEFAULT 0,
    file_sha256  TEXT NOT NULL,
    file_bytes   INTEGER NOT NULL,
    file_card    TEXT NOT NULL,
    edits        TEXT NOT NULL,
    card_pending INTEGER NOT NULL DEFAULT 0,
    story        TEXT NOT NULL,
    added        TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%SZ', 'now')),
    changed      TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%SZ', 'now'))
);
CREATE INDEX source_text ON source (sha256);
CREATE INDEX source_file ON source (file_sha256);
CREATE INDEX source_story ON source (story);
CREATE INDEX source_unfinished ON source (slug)
    WHERE state IN ('adding', 'removing') OR card_pending;
CREATE TABLE place (
    origin      TEXT PRIMARY KEY,
    slug        TEXT NOT NULL REFERENCES source (slug) ON DELETE CASCADE,
    file_sha256 TEXT NOT NULL
);
CREATE INDEX place_slug ON place (slug);
CREATE TABLE version (
    slug   TEXT NOT NULL REFERENCES source (slug) ON DELETE CASCADE,
    sha256 TEXT NOT NULL REFERENCES text (sha256),
    card   TEXT NOT NULL,
    until  TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%SZ', 'now')),
    PRIMARY KEY (slug, sha256)
);
CREATE INDEX version_text ON version (sha256);
CREATE TABLE indexed (
    fingerprint TEXT NOT NULL,
    slug        TEXT NOT NULL,
    sha256      TEXT NOT NULL,
    passages    INTEGER NOT NULL,
    PRIMARY KEY (fingerprint, slug)
) WITHOUT ROWID;
CREATE TABLE refusal (
    origin TEXT PRIMARY KEY,
    reason TEXT NOT NULL,
    at     TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%SZ', 'now'))
);
INSERT INTO text SELECT sha256, length(content), NULL, sentences, '[]', content FROM old_source;
INSERT INTO source
    SELECT slug, title, publisher, author, published, url, language, tags, sha256, origin,
           'txt', '[]', state, 0, passages, '', length(content),
           json_object('title', title, 'publisher', publisher, 'author', author,
                       'published', published, 'url', url, 'language', language,
                       'tags', json(tags)),
           '{}', 0, sha256, added, added
    FROM old_source;
INSERT INTO place SELECT origin, slug, '' FROM old_source WHERE true
    ON CONFLICT (origin) DO NOTHING;
DROP TABLE old_source;
""",
    """
ALTER TABLE source ADD COLUMN detected_language TEXT;
""",
    """
ALTER TABLE text ADD COLUMN blocks TEXT NOT NULL DEFAULT '[]';
""",
    """
ALTER TABLE source ADD COLUMN readers INTEGER NOT NULL DEFAULT 0;
""",
)
"""SQL scripts, oldest first. A change is a new script at the end, never a changed one."""
