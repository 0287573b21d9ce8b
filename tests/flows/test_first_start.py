"""The first start: from an empty computer to a vault that is ready for patients."""

from PIL import Image
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QFileDialog

from app.domain.audit import Action
from app.services import activity
from app.ui.door.founding import Founding, FoundingStep
from tests.ui.door.doorways import LONG_MS, NAME, PASSPHRASE, PIN, press, seen, type_in

CONTACT = "Consent office, 01 555 0188"


def at_founding(doorway):
    program = doorway.start()
    program.door_page.page.new_wanted.emit()
    return program, program.door_page.findChild(Founding)


def step_of(founding):
    return founding.step


def fill_clinic(program):
    type_in(program.window, "clinic-name", "St Brigid's Hospital")
    type_in(program.window, "clinic-contact", CONTACT)
    press(program.window, "footer-primary")


def fill_you(program, pin=PIN):
    type_in(program.window, "your-name", NAME)
    for field in ("new-passphrase", "new-passphrase-again"):
        type_in(program.window, field, PASSPHRASE)
    for field in ("new-pin", "new-pin-again"):
        type_in(program.window, field, pin)
    press(program.window, "footer-primary")


def make(doorway, program, founding, name="Skin"):
    fill_clinic(program)
    fill_you(program)
    type_in(program.window, "vault-folder", str(doorway.folder / "Clinic photographs"))
    type_in(program.window, "vault-name", name)
    press(program.window, "footer-primary")
    doorway.until(lambda: founding.step is FoundingStep.RECOVERY)


def answer(program, founding):
    step = founding._recovery
    groups = step.ask_back._groups
    press(program.window, "footer-primary")
    for number in step.ask_back.asked:
        type_in(program.window, f"asked-group-{number}", groups[number - 1].lower())
    press(program.window, "footer-primary")


def read_to_the_end(program):
    bar = seen(program.window, "form-text").verticalScrollBar()
    bar.setValue(bar.maximum())


def test_a_clinic_begins_with_nothing_and_can_work(doorway):
    program, founding = at_founding(doorway)

    make(doorway, program, founding)
    answer(program, founding)
    doorway.until(lambda: founding.step is FoundingStep.FORM)
    read_to_the_end(program)
    with doorway.qtbot.waitSignal(program.unlocked, timeout=LONG_MS):
        press(program.window, "footer-primary")

    room = program.pages.room
    with room.workplace.vault.reading() as records:
        clinic = records.people.clinic()
    assert (clinic.name, clinic.contact) == ("St Brigid's Hospital", CONTACT)
    assert [approval.by for approval in clinic.approvals] == [NAME]
    staff = room.desk.staff
    assert staff.name == NAME
    assert room.workplace.pins.matches(PIN, staff.pin_verifier)
    vault = doorway.folder / "Clinic photographs" / "Skin.clinigraph"
    assert vault.is_file()
    assert doorway.core.settings.last_vault == str(vault)


def test_the_form_may_be_approved_later_and_the_pin_set_later(doorway):
    program, founding = at_founding(doorway)
    fill_clinic(program)
    fill_you(program, pin="")
    press(program.window, "footer-primary")
    doorway.until(lambda: founding.step is FoundingStep.RECOVERY)
    answer(program, founding)
    doorway.until(lambda: founding.step is FoundingStep.FORM)

    with doorway.qtbot.waitSignal(program.unlocked, timeout=LONG_MS):
        press(program.window, "founding-later")

    room = program.pages.room
    assert room.desk.staff.pin_verifier == ""
    with room.workplace.vault.reading() as records:
        assert records.people.clinic().approvals == ()


def test_a_form_is_approved_only_when_it_was_read(doorway):
    program, founding = at_founding(doorway)
    make(doorway, program, founding)
    answer(program, founding)
    doorway.until(lambda: founding.step is FoundingStep.FORM)
    assert not founding.footer.primary.isEnabled()

    read_to_the_end(program)

    assert founding.footer.primary.isEnabled()


def test_nothing_goes_on_without_what_is_needed(doorway):
    program, founding = at_founding(doorway)

    press(program.window, "footer-primary")
    assert step_of(founding) is FoundingStep.CLINIC
    type_in(program.window, "clinic-name", "St Brigid's Hospital")
    press(program.window, "footer-primary")
    assert step_of(founding) is FoundingStep.CLINIC
    fill_clinic(program)
    press(program.window, "footer-primary")
    assert step_of(founding) is FoundingStep.YOU
    fill_you(program, pin="12")
    assert step_of(founding) is FoundingStep.YOU
    fill_you(program)
    type_in(program.window, "vault-name", "a/b")
    press(program.window, "footer-primary")

    assert step_of(founding) is FoundingStep.PLACE
    assert "letters" in founding._place.place._name.error()
    type_in(program.window, "vault-name", "Skin")
    type_in(program.window, "vault-folder", "somewhere")
    press(program.window, "footer-primary")
    assert "Choose a folder" in founding._place.place._folder.error()


def test_passphrases_that_differ_or_are_short_are_told(doorway):
    program, founding = at_founding(doorway)
    fill_clinic(program)
    type_in(program.window, "your-name", NAME)
    type_in(program.window, "new-passphrase", "short")

    press(program.window, "footer-primary")
    assert "at least 8" in founding._you.passphrase._first.error()
    type_in(program.window, "new-passphrase", PASSPHRASE)
    type_in(program.window, "new-passphrase-again", "another one")
    type_in(program.window, "new-pin", "1234")
    type_in(program.window, "new-pin-again", "1235")
    press(program.window, "footer-primary")

    assert "not the same" in founding._you.passphrase._again.error()
    assert "not the same" in founding._you.pin._again.error()
    assert step_of(founding) is FoundingStep.YOU


def test_going_back_loses_nothing(doorway):
    program, founding = at_founding(doorway)
    fill_clinic(program)

    press(program.window, "footer-back")

    assert seen(program.window, "clinic-name").text() == "St Brigid's Hospital"
    press(program.window, "footer-back")
    assert program.door_page.findChild(Founding) is None or not founding.isVisible()


def test_an_existing_vault_is_never_written_over(doorway):
    vault = doorway.vault("Skin")
    before = vault.read_bytes()
    program, founding = at_founding(doorway)
    fill_clinic(program)
    fill_you(program)
    type_in(program.window, "vault-folder", str(doorway.folder))
    type_in(program.window, "vault-name", "Skin")

    press(program.window, "footer-primary")

    doorway.until(lambda: founding._notice is not None)
    assert founding._notice._code == "VAULT-015"
    assert vault.read_bytes() == before
    type_in(program.window, "vault-name", "Skin 2")
    assert founding._notice is None


def test_a_folder_that_a_cloud_copies_is_warned_of_once(doorway):
    program, founding = at_founding(doorway)
    fill_clinic(program)
    fill_you(program)
    type_in(program.window, "vault-folder", str(doorway.folder / "Dropbox"))
    press(program.window, "footer-primary")
    doorway.until(founding._place.place._sync.isVisible)
    assert step_of(founding) is FoundingStep.PLACE

    press(program.window, "footer-primary")

    doorway.until(lambda: founding.step is FoundingStep.RECOVERY)


def test_a_vault_that_cannot_be_made_is_told_and_can_be_tried_again(doorway):
    (doorway.folder / "file").write_text("no folder")
    program, founding = at_founding(doorway)
    fill_clinic(program)
    fill_you(program)
    type_in(program.window, "vault-folder", str(doorway.folder / "file" / "below"))

    press(program.window, "footer-primary")

    doorway.until(lambda: founding._notice is not None)
    assert founding._notice._code == "VAULT-009"
    assert step_of(founding) is FoundingStep.YOU
    assert seen(program.window, "new-passphrase").text() == ""


def test_wrong_groups_are_told_and_the_code_can_be_seen_again(doorway):
    program, founding = at_founding(doorway)
    make(doorway, program, founding)
    step = founding._recovery
    press(program.window, "footer-primary")
    number = step.ask_back.asked[0]
    type_in(program.window, f"asked-group-{number}", "----")

    press(program.window, "footer-primary")

    assert step_of(founding) is FoundingStep.RECOVERY
    assert "not what stands" in step.ask_back._fields[0].error()
    press(program.window, "footer-back")
    assert seen(program.window, "recovery-groups")


def test_the_recovery_sheet_is_saved_and_noted(doorway):
    program, founding = at_founding(doorway)
    make(doorway, program, founding)
    target = doorway.folder / "Recovery sheet.pdf"
    paper = founding._recovery.paper

    press(program.window, "recovery-save-button")
    dialog = program.window.findChild(QFileDialog, "recovery-file")
    with doorway.qtbot.waitSignal(paper.saved, timeout=LONG_MS):
        dialog.fileSelected.emit(str(target))
    dialog.reject()

    assert target.read_bytes().startswith(b"%PDF")
    with founding._room.workplace.vault.reading() as records:
        newest = activity.newest(records, founding._room.desk)
    assert Action.REPORT_WRITTEN in {entry.action for entry in newest}
    with doorway.qtbot.waitSignal(paper.failed, timeout=LONG_MS):
        paper._save(str(target))
    assert founding._recovery._notice._code == "PAPER-010"


def test_the_recovery_sheet_is_printed(doorway):
    program, founding = at_founding(doorway)
    make(doorway, program, founding)
    paper = founding._recovery.paper
    press(program.window, "recovery-print-button")
    doorway.until(lambda: isinstance(paper.dialog, QPrintDialog))
    printed = doorway.folder / "printed.pdf"
    paper._printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    paper._printer.setOutputFileName(str(printed))

    with doorway.qtbot.waitSignal(paper.printed, timeout=LONG_MS):
        paper.dialog.accepted.emit(paper._printer)  # the dialog itself would look for a printer
    paper.dialog.reject()

    assert printed.read_bytes().startswith(b"%PDF")


def test_the_logo_is_drawn_anew(doorway):
    program, founding = at_founding(doorway)
    logo = doorway.folder / "logo.jpg"
    Image.new("RGB", (60, 30), "teal").save(logo)
    field = founding._clinic.form.logo

    press(program.window, "logo-choose")
    dialog = program.window.findChild(QFileDialog, "logo-file")
    with doorway.qtbot.waitSignal(field.changed, timeout=LONG_MS):
        dialog.fileSelected.emit(str(logo))
    dialog.reject()

    assert field.logo()
    assert field.logo() != logo.read_bytes()
    press(program.window, "logo-remove")
    assert field.logo() == b""


def test_a_logo_that_is_none_is_refused_with_its_code(doorway):
    _program, founding = at_founding(doorway)
    field = founding._clinic.form.logo
    text = doorway.folder / "logo.png"
    text.write_text("no picture")

    field.read(text)
    doorway.until(lambda: "IMAGE-" in field.words())
    field.read(doorway.folder / "gone.png")

    doorway.until(lambda: "cannot be read" in field.words())
    assert field.logo() == b""


def test_closing_in_the_middle_leaves_a_vault_that_opens(doorway):
    program, founding = at_founding(doorway)
    make(doorway, program, founding)

    program.window.close()

    again = doorway.start(doorway.folder / "Clinic photographs" / "Skin.clinigraph")
    doorway.unlock(again)
