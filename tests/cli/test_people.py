"""Who a command works as, and what of protected pictures it tells and gives out."""

import pytest

from app.domain.clinical_image import ImageFactKind
from app.domain.staff import Role
from app.services import staffing
from tests.contracts.workbench import Workbench

BENS = "nine geese fly south"


@pytest.fixture
def shared(rooms):
    """A vault of two people; Ben reads."""
    with rooms.opened() as workplace:
        secret = bytearray(BENS.encode())
        uow = workplace.vault.unit_of_work()
        staffing.add(uow, workplace.desk, workplace.slots, "Ben Okafor", Role.READER, secret)
    return rooms


@pytest.fixture
def protected(clinic_rooms, furnished):
    """The vault, in which somebody else's picture is protected now."""
    with clinic_rooms.opened() as workplace:
        Workbench(workplace.vault).say(furnished.image, ImageFactKind.SENSITIVITY, "forensic")
    return clinic_rooms


def test_without_a_user_the_passphrase_says_who_it_is(shared):
    assert shared("list", "patients").code == 0


def test_a_user_is_named_before_or_after_the_command(shared):
    assert shared("--user", "ADMINISTRATOR", "list", "patients").code == 0
    assert shared("list", "patients", "--user", "administrator").code == 0


@pytest.mark.parametrize("name", ["Nobody", "Ben Okafor"])
def test_a_passphrase_of_somebody_else_opens_nothing(shared, name):
    ended = shared("list", "patients", "--user", name)

    assert ended.code != 0
    assert ended.known_code == "VAULT-001"


def test_what_a_command_may_do_depends_on_the_role(shared, card):
    shared.passphrase_file.write_text(BENS, encoding="utf-8")

    assert shared("list", "patients", "--user", "Ben Okafor").code == 0
    refused = shared("import", "--patient", "MRN|1", card / "1.jpg", "--user", "Ben Okafor")
    assert "SESSION-001" in refused.out + refused.err


def test_of_a_protected_picture_the_list_tells_only_that_it_is_there(protected, furnished):
    rows = {row["id"]: row for row in protected.listed("images")}

    row = rows[furnished.image.id]
    assert row["sensitivity"] == "protected"
    assert (row["body_site"], row["laterality"], row["view"]) == (None, None, None)
    assert rows[furnished.moved.id]["sensitivity"] == "ordinary"


def test_a_protected_picture_is_not_given_out(protected, furnished, tmp_path):
    original, consent = tmp_path / "original.jpg", tmp_path / "consent.pdf"

    asked = ("--reason", "second opinion", "--recipient", "Dr Z", "--out", original)
    first = protected("export-original", furnished.image.id, *asked)
    second = protected("export-consent", furnished.consent.id, "--out", consent)

    assert (first.known_code, second.known_code) == ("SIGHT-001", "SIGHT-001")
    assert not original.exists()
    assert not consent.exists()
