"""What edited drafts were found to say, kept beside them where many lie, so that each is read once.

A reading is known by what was read: the bytes of the file, the form it was read by and the program that read it.
Where one of them changes it is read anew. The file may be deleted at any time, and does not go with the drafts.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args, get_origin, get_type_hints

from .. import disk
from ..form.model import Form
from ..model.provenance import Provenance
from ..reading.word_file import WordFile

if TYPE_CHECKING:
    from .folder import There

FILE = ".reportgen-已读.json"
MANY = 10
"""So many edited drafts are worth a file of their own."""
LARGEST = 50 * 1024 * 1024
PACKAGE = Path(__file__).parents[1]


def read_all(files: Sequence[There]) -> None:
    """Read edited Word files; one that was read before from what was kept of that."""
    for folder in {each.path.parent for each in files}:
        here = [each for each in files if each.path.parent == folder]
        known = known_in(folder, here[0].form)
        found = [(each, word) for each in here if (word := recalled(known, each.made))]
        for each, word in found:
            vars(each)["read"] = word  # where the property keeps it
        if len(found) < len(here):
            keep(folder, here[0].form, filter(None, (each.word for each in here)))


def known_in(folder: Path, form: Form) -> dict[str, Any]:
    """The readings that are kept in a folder, by the fingerprint of the file; none where they are of another program."""
    try:
        kept = json.loads(disk.read(folder / FILE, LARGEST))
        return dict(kept["readings"]) if kept["by"] == _reader(form) else {}
    except (OSError, ValueError, TypeError, KeyError, RecursionError):
        return {}


def fingerprint(made: Provenance) -> str:
    """Of the bytes of a file."""
    return hashlib.sha256(made.data).hexdigest()


def recalled(known: Mapping[str, Any], made: Provenance) -> WordFile | None:
    """The reading of this very file, if it is known."""
    stored = known.get(fingerprint(made))
    try:
        return _read(stored, made) if stored else None
    except (TypeError, KeyError, ValueError, AttributeError):
        return None


def keep(folder: Path, form: Form, words: Iterable[WordFile]) -> None:
    """Keep the readings of all edited drafts of a folder where they are many; those of other files are forgotten."""
    found = list(words)
    if len(found) < MANY:
        return
    readings = {fingerprint(word.made): stored for word in found if (stored := _stored(word))}
    data = json.dumps({"by": _reader(form), "readings": readings}, ensure_ascii=False)
    whole = folder / f".reportgen-{os.urandom(6).hex()}.tmp"
    with suppress(OSError):
        try:
            whole.write_text(data, encoding="utf-8")
            whole.replace(folder / FILE)
        finally:
            whole.unlink(missing_ok=True)


def _reader(form: Form) -> str:
    """What reads: this very program with this very form."""
    digest = hashlib.sha256()
    for folder in filter(None, (PACKAGE, form.folder, form.base)):
        for path in sorted([*folder.rglob("*.py"), *folder.glob("*.toml")]):
            data = disk.read(path)
            digest.update(f"{path.name} {len(data)}\n".encode() + data)
    return digest.hexdigest()


# ── readings as JSON ────────────────────────────────────────────────────────────────────────────────


def _stored(word: WordFile) -> dict[str, Any] | None:
    """A reading as JSON takes it; None where it would not come back the same."""
    at_hand = (word.made, word.properties)  # they stand in the draft itself
    stored = {
        name: _plain(value)
        for name, value in vars(word).items()
        if not any(value is each for each in at_hand)
    }
    try:
        again = _read(json.loads(json.dumps(stored)), word.made)
    except (TypeError, KeyError, ValueError):
        return None
    return stored if again == word and repr(again) == repr(word) else None


def _plain(value: Any) -> Any:
    if is_dataclass(value):
        return {each.name: _plain(getattr(value, each.name)) for each in fields(value)}
    if isinstance(value, Mapping):
        return {key: _plain(each) for key, each in value.items()}
    if isinstance(value, (set, frozenset)):
        return sorted(value)
    return [_plain(each) for each in value] if isinstance(value, (tuple, list)) else value


def _read(stored: Mapping[str, Any], made: Provenance) -> WordFile:
    hints = get_type_hints(WordFile)
    values = {name: _typed(hints[name], value) for name, value in stored.items()}
    return WordFile(made=made, properties=made.properties, **values)


def _typed(kind: Any, value: Any) -> Any:
    """A value of JSON as the type that a field has.

    Raises:
        TypeError: it is another.
    """
    outer: Any = get_origin(kind) or kind
    inner = get_args(kind)
    if hasattr(outer, "__dataclass_fields__"):
        hints = get_type_hints(outer)
        return outer(**{name: _typed(hints[name], each) for name, each in value.items()})
    if outer in (tuple, frozenset):
        return outer(_typed(inner[0], each) for each in value)
    if isinstance(value, dict):
        return {key: _typed(inner[-1], each) for key, each in value.items()}
    if not isinstance(value, outer):
        raise TypeError(outer)
    return value
