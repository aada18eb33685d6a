"""Papers that were issued and materials that were handed in, or are still owed."""

from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from desktop.services.papers.paperwork import PossiblePaper
from desktop.services.register.dossiers import Dossier, DossierPaper, Material
from desktop.views.establishment.desk import EstablishmentDesk
from desktop.views.kit import icons
from desktop.views.kit.arrange import Grow, box, column
from desktop.views.kit.drawing import RIGHT, centred, painter_on, words
from desktop.views.kit.look import look, text_width, typeface
from desktop.views.kit.panels import Panel
from desktop.views.kit.scrolling import scrolling
from desktop.views.kit.statuses import PAPER
from desktop.views.kit.words import Words
from desktop.views.registration.paper_menu import PaperButton

CARD = "card"
"""The choice that stands for the certificate or card itself, which the print centre prints."""


@dataclass(frozen=True, slots=True)
class DocumentText:
    """One line: icon, title, number or day, and how it stands."""

    icon: str
    role: str
    title: str
    more: str
    word: str


class DocumentsPanel(Panel):
    """One line for each."""

    print_asked = Signal()
    paper_asked = Signal(str, str)
    failed = Signal(str)

    def __init__(self, desk: EstablishmentDesk) -> None:
        self.papers = PaperButton(desk, "打印", shortcut="Ctrl+P")
        super().__init__("证卡与材料", self.papers, margins="none", ruled=True)
        self._shown: list[DocumentLine] = []
        self._lines = QVBoxLayout()
        self._lines.setSpacing(0)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._nothing = Words("登记发证以后，证卡和收到的材料列在这里。", role="muted", wraps=True)

        self._place = box(column(self._nothing, margins="medium"))
        self.add(Grow(scrolling(column(self._place, self._lines, None, gap="none"))))

        self.papers.chosen.connect(self._chosen)
        self.papers.failed.connect(self.failed)

    def show_dossier(self, dossier: Dossier) -> None:
        """Show what there is and what is owed."""
        for old in self._shown:
            self._lines.removeWidget(old)
            old.hide()
            old.deleteLater()
        texts = [_paper(paper) for paper in dossier.papers] + [_material(one) for one in dossier.materials]
        self._shown = [DocumentLine(text) for text in texts]
        for line in self._shown:
            self._lines.addWidget(line)
        owed = sum(not material.is_given for material in dossier.materials)
        self.set_note(f"欠交 {owed} 样" if owed else f"{len(texts)} 份" if texts else "")
        self._place.setVisible(not texts)
        living = next((paper for paper in dossier.papers[:1] if paper.status.is_living), None)
        first = PossiblePaper(CARD, living.title) if living is not None else None
        self.papers.set_establishment(dossier.row.id, first)

    def _chosen(self, code: str, title: str) -> None:
        if code == CARD:
            self.print_asked.emit()
        else:
            self.paper_asked.emit(code, title)


def _paper(paper: DossierPaper) -> DocumentText:
    chip = PAPER[paper.status]
    told = f"{chip.word}，打过 {paper.copies} 份" if paper.copies else f"{chip.word}，未打"
    return DocumentText("badge-check", chip.status.value, paper.title, paper.number, told)


def _material(material: Material) -> DocumentText:
    if material.is_given:
        return DocumentText("file-check", "muted", material.name, "", "已收")
    return DocumentText("file-x", "danger", material.name, "", "欠交")


class DocumentLine(QWidget):
    """One paper or material; a number stands on a line of its own."""

    def __init__(self, text: DocumentText) -> None:
        super().__init__()
        self._text = text
        self.setAccessibleName("，".join(filter(None, (text.title, text.more, text.word))))
        self.setToolTip(text.title)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        at = look().at
        return QSize(at.list_least, at.row_list if self._text.more else at.row_register)

    def paintEvent(self, event: QPaintEvent) -> None:
        now = look()
        at = now.at
        painter = painter_on(self)
        area = self.rect().toRectF()
        painter.fillRect(QRectF(0, area.height() - at.hair, area.width(), at.hair), now.colour("border"))
        inside = area.adjusted(at.medium, at.tiny, -at.medium, -at.tiny)
        icons.paint(
            painter, self._text.icon, self._text.role, centred(inside, inside.left(), at.icon, at.icon)
        )
        body, caption = typeface(at.type_body), typeface(at.type_caption)
        lead = inside.adjusted(at.icon + at.small, 0, 0, 0)
        top = QRectF(lead)
        if self._text.more:
            top.setHeight(lead.height() / 2)
            below = lead.adjusted(0, lead.height() / 2, 0, 0)
            words(painter, below, self._text.more, now.colour("muted"), caption)
        colour = now.colour("danger" if self._text.role == "danger" else "muted")
        words(painter, top, self._text.word, colour, caption, RIGHT)
        room = text_width(caption, self._text.word) + at.small
        words(painter, top.adjusted(0, 0, -room, 0), self._text.title, now.colour("text"), body)
        painter.end()
