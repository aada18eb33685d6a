"""Who signed in last at a desk: a name for the sign-in page, nothing more."""

from sqlalchemy import select

from desktop.models.audit import AuditEntry
from desktop.services.open_office import OpenOffice


class SignIns:
    """Asks the trail; nobody is signed in yet when it is asked."""

    def __init__(self, office: OpenOffice) -> None:
        self.office = office

    def last_name(self, *, desk: str) -> str:
        """Return who signed in last at this desk; empty where nobody has."""
        query = (
            select(AuditEntry.account)
            .where(
                # The object type is indexed: a trail of a million entries is not read from end to end.
                AuditEntry.object_type == "Account",
                AuditEntry.action == "account.sign_in",
                AuditEntry.desk == desk,
            )
            .order_by(AuditEntry.id.desc())
            .limit(1)
        )
        with self.office.db.reading() as session:
            return session.scalar(query) or ""
