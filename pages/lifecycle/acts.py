"""The verbs: ending entries, one or several at once, and undoing that. Each leaves a row and a line in the log."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.formats import date_format
from wagtail.log_actions import log

from cms.models import User
from pages.lifecycle import state
from pages.lifecycle.lineage import Reason, Refused, Settled, settle
from pages.lifecycle.signals import in_force, undone
from pages.models import EntryPage, LifecycleAct

Ending = EntryPage.Ending

SUCCESSORS: Mapping[str, tuple[int, int | None]] = {
    Ending.DISSOLVED: (0, 0),
    Ending.MERGED: (1, None),
    Ending.RENAMED: (1, 1),
    Ending.SPLIT: (2, None),
    Ending.PARTLY_TAKEN_OVER: (1, None),
}
"""How many entries continue one that ended in some way: at least, and at most."""

NUMBERS = {
    Ending.DISSOLVED: "Wat is opgeheven, heeft geen opvolger. Gaat het werk ergens verder? Kies dan hoe.",
    Ending.MERGED: "Kies waarin het is opgegaan.",
    Ending.RENAMED: "Wat een andere naam kreeg, heeft één opvolger: de vermelding met die naam.",
    Ending.SPLIT: "Wat is gesplitst, heeft ten minste twee opvolgers.",
    Ending.PARTLY_TAKEN_OVER: "Kies wie een deel overnam.",
}


class RefusedError(Exception):
    """What an editor asked cannot be; the text says why."""


@dataclass(frozen=True, slots=True)
class Ended:
    act: LifecycleAct
    explanations: tuple[str, ...]
    """Where an asked successor no longer existed, and what took its place."""


@transaction.atomic
def end(
    *, entries: Sequence[EntryPage], how: str, on: date, successors: Sequence[EntryPage] = (), by: User | None
) -> Ended:
    """Let entries end on a day, the first on which they no longer exist; it may be a day to come.

    A successor that itself ended by then is followed to what continues it. Raises RefusedError.
    """
    _lock(entries, successors)
    settled = check(entries=entries, how=how, on=on, successors=successors)
    pks = [entry.pk for entry in entries]
    before = state.read(pks)
    state.put({str(pk): {"ended_on": on.isoformat(), "ended_as": how, "successors": settled.successors} for pk in pks})
    act = LifecycleAct.objects.create(how=how, on=on, before=before, by=by)
    act.ended.set(pks)
    act.successors.set(settled.successors)
    _record("end", act, by)
    if on <= timezone.localdate():
        _bring_into_force(act)
    return Ended(act, tuple(_explanations(settled)))


def check(*, entries: Sequence[EntryPage], how: str, on: date, successors: Sequence[EntryPage] = ()) -> Settled:
    """What would continue them, as things are now. Raises RefusedError where ``end`` would."""
    ending, chosen = [entry.pk for entry in entries], [successor.pk for successor in successors]
    now = EntryPage.objects.in_bulk([*ending, *chosen])
    for entry in (now[pk] for pk in ending):
        if entry.is_overview:
            raise RefusedError(f"{entry.title} is een landelijk overzicht en kan niet eindigen.")
        if entry.ended_on and not entry.has_ended:
            raise RefusedError(f"Van {entry.title} staat al vast wanneer het eindigt. Maak dat eerst ongedaan.")
        if entry.ended_on and on > timezone.localdate():
            raise RefusedError(f"{entry.title} bestaat al niet meer. Kies een dag die al is geweest.")
    for entry in now.values():
        if not entry.live:
            raise RefusedError(f"{entry.title} staat niet op de site. Publiceer die vermelding eerst.")
    at_least, at_most = SUCCESSORS[how]
    lineage = state.read_lineage()
    try:
        return settle(lineage, ending, chosen, on, at_least=at_least, at_most=at_most)
    except Refused as refused:
        raise RefusedError(_why_not(refused, {pk: entry.title for pk, entry in now.items()}, how)) from refused


def _why_not(refused: Refused, names: Mapping[int, str], how: str) -> str:
    name = names.get(refused.entry or 0, "")
    match refused.reason:
        case Reason.ALREADY:
            return f"{name} heeft al een opvolger. Maak dat eerst ongedaan, en beëindig het daarna opnieuw."
        case Reason.ITSELF:
            return f"{name} kan niet zichzelf opvolgen."
        case Reason.CIRCLE:
            return (
                f"{name} kan geen opvolger zijn: het werk daarvan gaat al verder bij wat je nu beëindigt. "
                "Zo zouden ze elkaar opvolgen, en vindt een lezer nooit iets dat nog bestaat."
            )
        case Reason.DEAD_END:
            return f"{name} bestaat dan zelf niet meer en heeft geen opvolger. Kies een vermelding die nog bestaat."
        case _:
            return NUMBERS[Ending(how)]


def _explanations(settled: Settled) -> list[str]:
    pks = {*settled.detours, *(pk for living in settled.detours.values() for pk in living)}
    names = dict(EntryPage.objects.filter(pk__in=pks).values_list("pk", "title"))
    return [
        f"{names[asked]} bestaat dan zelf niet meer. Het werk gaat verder bij "
        f"{' en '.join(names[pk] for pk in living)}, dus dat is nu de opvolger."
        for asked, living in settled.detours.items()
    ]


@transaction.atomic
def undo(*, act: LifecycleAct, by: User) -> None:
    """Put back exactly what stood there before. Only the last thing that was done to an entry can be undone.

    Raises RefusedError.
    """
    _lock(act.ended.all(), act.successors.all())
    act = LifecycleAct.objects.select_for_update(of=("self",)).get(pk=act.pk)
    if why := why_it_stays(act):
        raise RefusedError(why)
    if act.in_force_at:
        undone.send(LifecycleAct, act=act)
    state.put(act.before)
    act.undone_at, act.undone_by = timezone.now(), by
    act.save(update_fields=["undone_at", "undone_by"])
    _record("undo", act, by)


def why_it_stays(act: LifecycleAct) -> str:
    """Why an act cannot be undone; nothing when it can."""
    if act.undone_at:
        return "Dit is al ongedaan gemaakt."
    touched = {entry.pk for entry in (*act.ended.all(), *act.successors.all())}
    if not touched.issuperset(map(int, act.before)) or not _left(act):
        return "Een van deze vermeldingen is intussen verwijderd. Dit is niet meer ongedaan te maken."
    if later := _later(act, touched).first():
        names = ", ".join(entry.title for entry in later.ended.all())
        return f"Daarna gebeurde er nog iets met dezelfde vermeldingen. Maak eerst de beëindiging van {names} ongedaan."
    return ""


def _left(act: LifecycleAct) -> bool:
    """Whether all are there that continued an ended entry before."""
    pks = {pk for one in act.before.values() for pk in one["successors"]}
    return EntryPage.objects.filter(pk__in=pks).count() == len(pks)


def _later(act: LifecycleAct, touched: set[int]) -> QuerySet[LifecycleAct]:
    """What was done after it with the same entries; of an end on a day to come that day counts, once it is there."""
    concerned = Q(ended__in=touched) | Q(successors__in=touched)
    acts = LifecycleAct.objects.filter(concerned, undone_at=None).exclude(pk=act.pk)
    acts = acts.alias(counts_at=Coalesce("in_force_at", "made_at"))
    mine = act.in_force_at or act.made_at
    after = Q(counts_at__gt=mine) | Q(counts_at=mine, pk__gt=act.pk)
    return acts.filter(after).distinct().order_by(F("counts_at").desc(), "-pk")


def bring_into_force(today: date | None = None) -> None:
    """The job of every day: what was to end today has ended. Done twice, or by two at once, it counts once."""
    due = LifecycleAct.objects.filter(on__lte=today or timezone.localdate(), in_force_at=None, undone_at=None)
    for pk in due.order_by("pk").values_list("pk", flat=True):
        with transaction.atomic():
            if act := due.select_for_update(of=("self",)).filter(pk=pk).first():
                _bring_into_force(act)


def _bring_into_force(act: LifecycleAct) -> None:
    act.in_force_at = timezone.now()
    act.save(update_fields=["in_force_at"])
    in_force.send(LifecycleAct, act=act)


def _record(action: str, act: LifecycleAct, by: User | None) -> None:
    names = [entry.title for entry in act.successors.all()]
    told = {"how": act.get_how_display(), "on": date_format(act.on, "j F Y"), "successors": names}
    for entry in act.ended.all():
        log(entry, f"pages.lifecycle.{action}", user=by, data=told)


def _lock(*entries: Sequence[EntryPage] | QuerySet[EntryPage]) -> None:
    """Of two acts that meet anywhere in a line of successors the second finds what the first made of it."""
    pks = [entry.pk for some in entries for entry in some]
    concerned = EntryPage.objects.filter(Q(pk__in=pks) | Q(ended_on__isnull=False)).order_by("pk")
    list(concerned.select_for_update(of=("self",)).values_list("pk"))
