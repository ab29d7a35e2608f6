"""manage.py collect_messages: bring surveys/locale up to date with the words of pupils' pages."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from surveys.languages import ENGLISH, LANGUAGES
from surveys.messages import LOCALE, collected

# The same words give the same files, whenever they are collected.
_UNDATED = datetime(2026, 1, 1, tzinfo=UTC)


class Command(BaseCommand):
    help = (
        "Collect the sentences of pupils' pages into surveys/locale/*.po, keep what is translated, "
        "compile the .mo files, and say what still has to be translated. Needs Babel."
    )
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--folder", type=Path, default=LOCALE, help="another folder than surveys/locale"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        for code in LANGUAGES.keys() - {ENGLISH.code}:
            folder = options["folder"] / code / "LC_MESSAGES"
            missing = update(folder, code)
            self.stdout.write(f"{code}: {len(missing)} sentence(s) to translate")
            for words in missing:
                self.stdout.write(f"  {words}")


def update(folder: Path, code: str) -> list[str]:
    """Rewrite one language's files. Returns what is not translated yet."""
    from babel.messages.catalog import Catalog
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po, write_po

    folder.mkdir(parents=True, exist_ok=True)
    file = folder / "django.po"
    known = read_po(file.open("rb"), locale=code) if file.exists() else Catalog(locale=code)
    catalog = Catalog(
        locale=code,
        project="Youth Wellbeing Census",
        version="1",
        creation_date=_UNDATED,
        revision_date=_UNDATED,
        last_translator="a machine; to be checked by a speaker",
        language_team=code,
        header_comment="# Drafts made by a machine, to be checked by a speaker.",
        fuzzy=False,
    )
    for words, places in collected().items():
        held = known.get(words)
        said = held.string if held is not None else ""
        catalog.add(words, said, locations=[(place, 1) for place in places])
    with file.open("wb") as po, file.with_suffix(".mo").open("wb") as mo:
        write_po(po, catalog, width=98, include_lineno=False)
        write_mo(mo, catalog)
    return [str(message.id) for message in catalog if message.id and not message.string]
