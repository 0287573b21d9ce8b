"""The Papers port on ReportLab: each paper is set, read back and checked before it is given out."""

from __future__ import annotations

from app.documents.consent_pdf import render_consent
from app.documents.read_back import check_consent_pdf
from app.documents.recovery_pdf import render_recovery
from app.documents.withdrawal_pdf import render_withdrawal
from app.domain.paper import ConsentPaper, PageSize, RecoverySheet, WithdrawalPaper


class ReportLabPapers:
    """Papers in the scripts that ReportLab sets right."""

    def consent(self, paper: ConsentPaper, size: PageSize) -> bytes:
        """The patient's copy. Raises PAPER-001 when reading it back finds a fault."""
        data = render_consent(paper, page=size)
        check_consent_pdf(data, paper)
        return data

    def withdrawal(self, paper: WithdrawalPaper, size: PageSize) -> bytes:
        """The confirmation of a withdrawal."""
        return render_withdrawal(paper, page=size)

    def recovery(self, sheet: RecoverySheet, size: PageSize) -> bytes:
        """The recovery sheet."""
        return render_recovery(sheet, page=size)
