"""The patient's copy of a consent, as a PDF made with ReportLab."""

from __future__ import annotations

from collections.abc import Iterator

from app.documents import consent_sections as sections
from app.documents import consent_summary as summary
from app.documents.design import LEAD, STRONG, SUNKEN
from app.documents.flow import Row
from app.documents.letter import Fact, Letter, PageText
from app.documents.sheet import Particulars
from app.documents.withdrawal_slip import withdrawal_slip
from app.domain.paper import ConsentPaper, Decider, PageSize, PaperPerson


def render_consent(paper: ConsentPaper, *, page: PageSize) -> bytes:
    """The consent copy as a PDF; the same paper gives the same bytes."""
    about = Particulars(
        title=paper.title,
        author=paper.clinic.name,
        subject=f"{paper.labels.consent_id} {paper.consent}",
        language=paper.language,
        made_at=paper.made_at,
    )
    return Letter(page, about).publish(_rows(Letter(page, about), paper), _page_text(paper))


def _page_text(paper: ConsentPaper) -> PageText:
    labels, form = paper.labels, paper.form
    wording = labels.form_version.format(form=form.id, version=form.version, language=form.language)
    return PageText(
        running=paper.title,
        owner=paper.patient.name,
        foot=(f"{labels.consent_id} {paper.consent}", f"{labels.form} {wording}"),
        page=labels.page,
    )


def _rows(letter: Letter, paper: ConsentPaper) -> Iterator[Row]:
    """First what a patient looks for: what was decided, how to take it back, whom to ring."""
    labels = paper.labels
    yield letter.letterhead(paper.clinic)
    yield from letter.title(paper.title, labels.copy_note)
    yield letter.panel(Fact(labels.patient, paper.patient.name, LEAD), _who(paper))
    yield from summary.answers(letter, paper)
    yield letter.card(
        labels.withdraw_heading,
        paper.how_to_withdraw,
        Fact(labels.contact, paper.clinic.contact, STRONG),
    )
    confirmed = paper.refusal_confirmed_at
    note = labels.confirmed.format(time=labels.time(confirmed)) if confirmed else ""
    yield letter.callout(paper.refusal_statement, note, fill=SUNKEN)
    yield from sections.pictures(letter, paper)
    yield from sections.statements(letter, paper)
    yield from sections.uses(letter, paper)
    if paper.care_record_note:
        yield letter.heading(labels.care_record_heading)
        yield letter.paragraph(paper.care_record_note, gap=6)
    yield from sections.signatures(letter, paper)
    yield from sections.checking(letter, paper)
    yield from withdrawal_slip(letter, paper)


def _who(paper: ConsentPaper) -> list[Fact]:
    """Everything about the people and the day, what is unknown left away."""
    labels, patient = paper.labels, paper.patient
    facts = [
        Fact(labels.birth_date, patient.birth_date),
        Fact(labels.identifiers, "\n".join(patient.identifiers)),
        Fact(labels.encounter_date, labels.date(paper.encounter_date)),
        Fact(labels.decided_by, _decider(paper.decider, labels.the_patient)),
        Fact(labels.interpreter, _person(paper.interpreter)),
        Fact(labels.witness, _person(paper.witness)),
    ]
    return [fact for fact in facts if fact.value]


def _decider(decider: Decider, the_patient: str) -> str:
    if not decider.relationship:
        return the_patient
    return "\n".join(filter(None, (decider.name, decider.relationship, decider.authority)))


def _person(person: PaperPerson | None) -> str:
    return "\n".join(filter(None, (person.name, person.detail))) if person else ""
