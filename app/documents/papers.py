"""The Papers port on ReportLab: each paper is set, read back and checked before it is given out.

What sets and reads a paper is loaded with the first one, not with the program: it would be a fifth
of the start.
"""
# ruff: noqa: PLC0415

from __future__ import annotations

from app.domain.paper import ConsentPaper, PageSize, RecoverySheet, WithdrawalPaper


class ReportLabPapers:
    """Papers in the scripts that ReportLab sets right."""

    def consent(self, paper: ConsentPaper, size: PageSize) -> bytes:
        """The patient's copy. Raises PAPER-001 when reading it back finds a fault."""
        from app.documents.consent_pdf import render_consent
        from app.documents.read_back import check_consent_pdf

        data = render_consent(paper, page=size)
        check_consent_pdf(data, paper)
        return data

    def withdrawal(self, paper: WithdrawalPaper, size: PageSize) -> bytes:
        """The confirmation of a withdrawal. Raises PAPER-001 as above."""
        from app.documents.read_back import check_withdrawal_pdf
        from app.documents.withdrawal_pdf import render_withdrawal

        data = render_withdrawal(paper, page=size)
        check_withdrawal_pdf(data, paper)
        return data

    def recovery(self, sheet: RecoverySheet, size: PageSize) -> bytes:
        """The recovery sheet. Raises PAPER-001 as above."""
        from app.documents.read_back import check_recovery_pdf
        from app.documents.recovery_pdf import render_recovery

        data = render_recovery(sheet, page=size)
        check_recovery_pdf(data, sheet)
        return data
