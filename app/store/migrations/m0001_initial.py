"""Schema 1: immutable rows in recorded order, and indexes that are made from them."""

from __future__ import annotations

from app.store.blobs import create_blob_tables
from app.store.connection import Connection

_HEAD = "seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE"
_STAMP = "workstation TEXT NOT NULL, recorded_by TEXT NOT NULL, recorded_at TEXT NOT NULL"
_BODY = "body TEXT NOT NULL"

# What was recorded. Nothing here is ever changed or deleted; `seq` is the recorded order.
_RECORDED = {
    "workstation": f"{_HEAD}, since TEXT NOT NULL",
    "clinic_version": f"{_HEAD}, {_BODY}, {_STAMP}",
    "staff_version": f"{_HEAD}, staff TEXT NOT NULL, {_BODY}, {_STAMP}",
    "patient": f"{_HEAD}, {_STAMP}",
    "patient_version": (
        f"{_HEAD}, patient TEXT NOT NULL REFERENCES patient (id), {_BODY}, {_STAMP}"
    ),
    "patient_link": (
        f"{_HEAD}, kind TEXT NOT NULL, patient TEXT NOT NULL REFERENCES patient (id),"
        f" survivor TEXT NOT NULL REFERENCES patient (id), {_BODY}, {_STAMP}"
    ),
    "encounter": f"{_HEAD}, patient TEXT NOT NULL REFERENCES patient (id), {_BODY}, {_STAMP}",
    "encounter_fact": (
        f"{_HEAD}, encounter TEXT NOT NULL REFERENCES encounter (id), kind TEXT NOT NULL,"
        f" {_BODY}, {_STAMP}"
    ),
    "image": (
        f"{_HEAD}, sha256 TEXT NOT NULL, original TEXT NOT NULL REFERENCES blob (id),"
        f" thumbnail TEXT NOT NULL REFERENCES blob (id), {_BODY}, {_STAMP}"
    ),
    "image_fact": (
        f"{_HEAD}, image TEXT NOT NULL REFERENCES image (id), kind TEXT NOT NULL, {_BODY}, {_STAMP}"
    ),
    "rendition": (
        f"{_HEAD}, image TEXT NOT NULL REFERENCES image (id), sha256 TEXT NOT NULL,"
        f" blob TEXT NOT NULL REFERENCES blob (id), {_BODY}, {_STAMP}"
    ),
    "assessment": (
        f"{_HEAD}, rendition TEXT NOT NULL REFERENCES rendition (id), {_BODY}, {_STAMP}"
    ),
    "permission_fact": f"{_HEAD}, kind TEXT NOT NULL, encounter TEXT, {_BODY}, {_STAMP}",
    "permission_patient": (
        "patient TEXT NOT NULL, fact INTEGER NOT NULL REFERENCES permission_fact (seq),"
        " PRIMARY KEY (patient, fact)"
    ),
    "permission_image": (
        "image TEXT NOT NULL, fact INTEGER NOT NULL REFERENCES permission_fact (seq),"
        " PRIMARY KEY (image, fact)"
    ),
    "document": (
        f"{_HEAD}, patient TEXT NOT NULL REFERENCES patient (id), encounter TEXT, consent TEXT,"
        f" sha256 TEXT NOT NULL, blob TEXT NOT NULL REFERENCES blob (id), {_BODY}, {_STAMP}"
    ),
    "hand_over": f"{_HEAD}, document TEXT NOT NULL REFERENCES document (id), {_BODY}, {_STAMP}",
    "disclosure": f"{_HEAD}, image TEXT NOT NULL REFERENCES image (id), {_BODY}, {_STAMP}",
    "audit_record": (
        "seq INTEGER PRIMARY KEY, workstation TEXT NOT NULL, sequence INTEGER NOT NULL,"
        " patient TEXT, body TEXT NOT NULL, previous TEXT NOT NULL, hash TEXT NOT NULL,"
        " UNIQUE (workstation, sequence)"
    ),
}

# What is worked out from the rows above so that it is found quickly; rewritten as they come.
_WORKED_OUT = {
    "patient_now": (
        "patient INTEGER PRIMARY KEY REFERENCES patient (seq), birth_date TEXT, name TEXT NOT NULL"
    ),
    "patient_identifier": (
        "issuer TEXT NOT NULL, value TEXT NOT NULL,"
        " patient INTEGER NOT NULL REFERENCES patient (seq), PRIMARY KEY (issuer, value, patient)"
    ),
    "patient_merged": (
        "patient TEXT PRIMARY KEY REFERENCES patient (id),"
        " survivor TEXT NOT NULL REFERENCES patient (id)"
    ),
    "encounter_unfinished": "encounter INTEGER PRIMARY KEY REFERENCES encounter (seq)",
    "image_filed": (
        "image INTEGER PRIMARY KEY REFERENCES image (seq),"
        " patient TEXT NOT NULL, encounter TEXT NOT NULL, state TEXT NOT NULL"
    ),
    # The one table whose rows may go: without them nobody can tell whom the trail speaks of.
    "pseudonym": (
        "pseudonym TEXT PRIMARY KEY, kind TEXT NOT NULL, subject TEXT NOT NULL,"
        " UNIQUE (kind, subject)"
    ),
}

_INDEXES = {
    "staff_version": ("staff",),
    "patient_version": ("patient",),
    "patient_now": ("birth_date", "name"),
    "patient_identifier": ("patient",),
    "patient_merged": ("survivor",),
    "encounter": ("patient", "recorded_at"),
    "encounter_fact": ("encounter, kind",),
    "image": ("sha256", "original", "thumbnail"),
    "image_fact": ("image, kind",),
    "image_filed": ("patient", "encounter"),
    "rendition": ("image", "blob"),
    "assessment": ("rendition",),
    "permission_fact": ("encounter",),
    "document": ("patient", "encounter", "consent", "blob"),
    "hand_over": ("document",),
    "disclosure": ("image",),
    "audit_record": ("patient",),
}

# The words are folded before they come here, so that only spaces part them ("ascii" leaves every
# sign beyond ASCII in a word). Indexes for beginnings of 1 to 3 letters, as they are typed.
_SEARCH = """
CREATE VIRTUAL TABLE patient_search USING fts5(
    words, content='', contentless_delete=1, tokenize='ascii', prefix='1 2 3'
)
"""


def apply(connection: Connection) -> None:
    """Make every table of schema 1 in an empty database, inside the caller's transaction."""
    create_blob_tables(connection)
    for table, columns in (_RECORDED | _WORKED_OUT).items():
        connection.execute(f"CREATE TABLE {table} ({columns}) STRICT")
    for table in _RECORDED:
        for change in ("UPDATE", "DELETE"):
            connection.execute(
                f"CREATE TRIGGER {table}_refuses_{change.lower()} BEFORE {change} ON {table}"
                f" BEGIN SELECT RAISE(ABORT, '{table} is never changed'); END"
            )
    for table, indexed in _INDEXES.items():
        for number, columns in enumerate(indexed, start=1):
            connection.execute(f"CREATE INDEX {table}_by_{number} ON {table} ({columns})")
    connection.execute(_SEARCH)
