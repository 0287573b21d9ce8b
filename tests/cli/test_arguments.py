import pytest

from app import __version__
from app.cli.arguments import parser
from app.cli.exit_codes import ExitCode
from tests.command_line import command_line

COMMANDS = ("demo", "new-vault", "import", "list", "export-original", "export-consent", "verify")


def parsed(*arguments):
    return parser().parse_args(arguments)


def test_without_a_command_the_window_is_meant():
    assert parsed().command is None


def test_vault_is_named_before_or_after_the_command():
    before = parsed("--vault", "v", "--passphrase-file", "p", "verify")
    after = parsed("verify", "--vault", "v", "--passphrase-file", "p")

    assert before == after
    assert (str(after.vault), str(after.passphrase_file)) == ("v", "p")


def test_what_is_named_after_the_command_counts():
    assert str(parsed("--vault", "a", "verify", "--vault", "b").vault) == "b"


def test_files_may_begin_with_a_dash():
    assert parsed("import", "--patient", "A|1", "--", "-x.jpg").files == ["-x.jpg"]


def test_file_names_are_kept_as_they_were_typed():
    assert parsed("import", "--patient", "A|1", "./a//b.jpg", "\udcff").files == [
        "./a//b.jpg",
        "\udcff",
    ]


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_is_explained(command):
    assert command_line(command, "--help").code == ExitCode.DONE
    assert command in command_line("--help").out


def test_help_names_every_exit_code():
    said = command_line("--help").out

    assert [code for code in ExitCode if f"\n  {code.value} " not in said] == []


def test_version_is_told():
    assert command_line("--version").out == f"clinigraph {__version__}\n"


@pytest.mark.parametrize(
    "arguments",
    [
        ("nonsense",),
        ("import", "--patient", "A|1"),
        ("import", "a.jpg"),
        ("list", "passphrases"),
        ("new-vault",),
        ("export-original", "id", "--reason", "r", "--out", "o"),
        ("verify", "--pass", "secret"),
        ("verify", "--passphrase", "secret"),
        ("--passphrase", "secret", "verify"),
    ],
)
def test_what_is_not_understood_ends_with_two(arguments):
    ended = command_line(*arguments)

    assert ended.code == ExitCode.NOT_UNDERSTOOD
    assert ended.err.startswith("usage: clinigraph")
    assert ended.out == ""


@pytest.mark.parametrize(
    "arguments",
    [
        ("new-vault", "--clinic", "\udcff"),
        ("import", "--patient", "A|\udcff", "x.jpg"),
        ("export-original", "\udcff", "--reason", "r", "--recipient", "r", "--out", "o"),
        ("export-original", "i", "--reason", "\udcff", "--recipient", "r", "--out", "o"),
        ("export-consent", "\udcff", "--out", "o"),
    ],
)
def test_text_that_is_no_unicode_is_not_taken(arguments):
    ended = command_line(*arguments)

    assert ended.code == ExitCode.NOT_UNDERSTOOD
    assert "no UTF-8" in ended.err
