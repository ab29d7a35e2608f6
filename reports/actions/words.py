"""Edit the words of the reports. What is released keeps its words: an edit counts from the next
build on."""

from django.db import transaction

from reports import queries
from reports.models import WordsEdit
from reports.words import KINDS, problems
from schools.audit import record
from schools.models import Authority, School, User
from surveys.refusal import Refused


@transaction.atomic
def edit_words(
    *,
    authority: Authority,
    kind: str,
    measure: str,
    school: str,
    pattern: str,
    after: int,
    by: User | None,
) -> WordsEdit:
    """From now on a council's own words are in force for a sentence, or no longer are.

    Args:
        measure: "" for the whole kind. school: "" for all; one school has words about one measure.
        pattern: "" for the words that are in force without this edit.
        after: the number of the newest edit of this sentence that the editor has seen, 0 for none.

    Raises:
        Refused: where the pattern breaks a rule (with every problem), nothing would change,
            somebody else has edited the sentence meanwhile, or there is no such sentence.
    """
    # One edit of a council's words at a time: `after` must not change under the check.
    Authority.objects.select_for_update().get(pk=authority.pk)
    _check_sentence(authority, kind, measure, school)
    newest = queries.words_edits(authority, kind, measure, school).first()
    if after != (newest.pk if newest else 0):
        raise Refused("Somebody has edited these words since you opened them. Look at them first.")
    if pattern and (found := problems(KINDS[kind], pattern)):
        raise Refused("These words cannot be used.", problems=tuple(map(str, found)))
    before = newest.pattern if newest else ""
    if pattern == queries.words_without(authority, kind, measure, school):
        pattern = ""
    if pattern == before:
        raise Refused("These words are in force already.")
    edit = WordsEdit.objects.create(
        authority=authority, kind=kind, measure=measure, school=school, pattern=pattern, made_by=by
    )
    details = {"kind": kind, "measure": measure, "school": school}
    details |= {"before": before, "after": pattern}
    record(by=by, action="words.edited", subject=authority.code, details=details)
    return edit


def _check_sentence(authority: Authority, kind: str, measure: str, school: str) -> None:
    found = KINDS.get(kind)
    told = queries.measures_told(authority)
    if found is None or (measure and not (measure in told and found.fits(told[measure]))):
        raise Refused("There is no such sentence.")
    if school and (found.audience != "school" or not measure):
        raise Refused("Words for one school are words to schools about one measure.")
    if school and not School.objects.filter(authority=authority, key=school).exists():
        raise Refused("There is no such school.")
