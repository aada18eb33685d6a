"""Proofs (样张): the card as it would be, before anything is decided or a number is given."""

from pathlib import Path

from desktop.domain.act import Actor
from desktop.domain.lifecycle import PaperStatus
from desktop.domain.paper_life import PaperAct
from desktop.errors import EnvironmentFailedError, UserError, words_of
from desktop.models.establishment import Establishment
from desktop.models.registration import Paper
from desktop.services.office.villages import villages_of
from desktop.services.open_office import OpenOffice
from desktop.services.papers.layouts import document_of
from desktop.services.papers.printing_facts import registration_facts
from desktop.services.registration.issuing import paper_facts
from desktop.services.rights import Right, require, require_village


class Proofs:
    """Draws what a candidate would be given."""

    def __init__(self, office: OpenOffice, fonts: Path) -> None:
        self.office = office
        self.fonts = fonts

    def proof(self, establishment_id: int, number: str, target: Path, *, by: Actor) -> tuple[str, ...]:
        """Write the proof of a paper with the number it would get; return what would stop its print.

        With reasons there is no file. Nothing is kept: no paper, no number, no log.
        """
        from printing.batch import BatchRefused, print_batch  # ReportLab is slow to load
        from printing.errors import PrintError
        from printing.fonts import Faces

        require(by, Right.SEE)
        paper = self._paper(establishment_id, number, by)
        facts = registration_facts(paper, self.office.profile)
        try:
            print_batch(document_of(self.office, paper.code), [facts], target, Faces(self.fonts))
        except BatchRefused as refused:
            return tuple(reason.sentence for reason in refused.reasons)
        except PrintError as wrong:
            raise UserError(str(wrong)) from wrong
        except OSError as failed:
            raise EnvironmentFailedError(
                f"样张写不进 {target.parent}（{words_of(failed)}）；请检查磁盘和文件夹权限"
            ) from failed
        return ()

    def _paper(self, establishment_id: int, number: str, by: Actor) -> Paper:
        """Return a paper that belongs to no session and is never stored."""
        today = self.office.clock.today()
        with self.office.db.reading() as session:
            record = session.get(Establishment, establishment_id)
            if record is None:
                raise UserError(f"没有编号为 {establishment_id} 的档案，请刷新后再试")
            require_village(by, record.village_id)
            villages = {village.id: village for village in villages_of(session)}
            rule = self.office.profile.trade(record.kind).paper
            return Paper(
                establishment_id=record.id,
                code=rule.code,
                kind=record.kind,
                number=number,
                edition=1,
                act=PaperAct.ISSUE,
                issued_on=today,
                valid_from=today,
                valid_until=rule.validity.ends_on(today),
                status=PaperStatus.VALID,
                facts=paper_facts(record, villages[record.village_id].name, self.office.profile),
            )
