"""档案查重: records of the register that are alike, joined or told apart one pair after the other."""

from dataclasses import dataclass
from functools import partial
from typing import Any, ClassVar

from PySide6.QtCore import Signal

from desktop.errors import UserError
from desktop.services.register.alike_records import AlikePage, AlikePair
from desktop.services.register.joining_comparison import Comparison
from desktop.services.rights import Right
from desktop.views.exchange.desk import ExchangeDesk
from desktop.views.exchange.duplicate_compare import ALIKE
from desktop.views.exchange.record_compare import RecordCompare
from desktop.views.exchange.waiting_view import REFUSED, WaitingView
from desktop.views.jobs import Progress
from desktop.views.kit.arrange import Grow, box, row
from desktop.views.kit.buttons import Button, PrimaryButton, SmallButton
from desktop.views.kit.tokens import Status
from desktop.views.kit.words import Words
from desktop.views.registration.short_model import ShortColumn, ShortRow

COLUMNS = (
    ShortColumn("相像的两户", 8, is_strong=True, grows=True),
    ShortColumn("村", 5),
    ShortColumn("把握", 4),
)
_PAGE = 200
_NAMED = 3
_LABEL = "认定相像的两户"


@dataclass(frozen=True, slots=True)
class _Waiting:
    """A pair with the number that the list knows it by."""

    id: int
    pair: AlikePair


class AlikeView(WaitingView):
    """The two side by side: one of them is kept, or both are somebody."""

    right: ClassVar[Right] = Right.JOIN
    join_asked = Signal(int, str)
    """The record that is kept, and the archive number of the other one: to be looked at in the dossier."""

    def __init__(self, desk: ExchangeDesk) -> None:
        super().__init__(desk, "相像的两户", COLUMNS)
        self._numbers: dict[tuple[int, int], int] = {}
        self._turned: set[int] = set()
        self._told: tuple[int, int] | None = None
        self.note = Words(role="muted", wraps=True)
        self.compare = RecordCompare()
        self.undo_button = SmallButton("撤回刚才的认定", "undo-2", shortcut="Alt+Z")
        self.join_button = PrimaryButton("是同一户，并档", "git-merge", shortcut="Alt+S")
        self.apart_button = Button("不是同一户", "x", shortcut="Alt+N")
        self.turn_button = Button("换一户来留", "refresh-cw", shortcut="Alt+X")
        self.dossier_button = Button("到档案里看", "folder-open", shortcut="Alt+O")

        buttons = (self.join_button, self.apart_button, self.turn_button, self.dossier_button)
        self._arrange(self.compare, buttons, head=box(row(Grow(self.note), self.undo_button, gap="small")))
        self.undo_button.hide()
        self.list.set_empty("档案里没有相像的两户，认定过不是同一户的不再列出。")

        self.join_button.clicked.connect(self._join_pressed)
        self.apart_button.clicked.connect(self._apart_pressed)
        self.turn_button.clicked.connect(self._turn_pressed)
        self.dossier_button.clicked.connect(self._dossier_pressed)
        self.undo_button.clicked.connect(self._undo_pressed)

    def _ask(self, progress: Progress) -> AlikePage:
        return self._desk.alike.page(by=self._desk.actor, limit=_PAGE)

    def _arrived(self, answer: AlikePage) -> None:
        super()._arrived(answer)
        self.note.setText(_summary(answer))
        self.counted.emit(answer.sure + answer.unsure)

    def _rows_in(self, answer: AlikePage) -> list[_Waiting]:
        return [_Waiting(self._number(pair), pair) for pair in answer.pairs]

    def _number(self, pair: AlikePair) -> int:
        return self._numbers.setdefault((pair.kept.id, pair.other.id), len(self._numbers) + 1)

    def _line(self, waiting: _Waiting) -> ShortRow:
        kept, other = waiting.pair.kept, waiting.pair.other
        villages = kept.village if kept.village == other.village else f"{kept.village}、{other.village}"
        titles = kept.title if kept.title == other.title else f"{kept.title}／{other.title}"
        return ShortRow(waiting.id, (titles, villages, "确定" if waiting.pair.is_sure else "拿不准"))

    def _show(self, current: _Waiting | None) -> None:
        self.compare.setVisible(current is not None)
        if current is None:
            self.compare.forget()
            return
        desk, pair = self._desk, current.pair
        sides = (pair.other, pair.kept) if current.id in self._turned else (pair.kept, pair.other)
        shown = self.compare.said
        if shown is None or (shown.kept.id, shown.other.id) != (sides[0].id, sides[1].id):
            self.compare.forget()  # nothing is decided of two that nobody sees
        shown = self.compare.said
        self.join_button.setEnabled(shown is not None and not shown.refusal)
        self.apart_button.setEnabled(shown is not None)

        def compare(progress: Progress) -> tuple[_Waiting, Comparison]:
            return current, desk.joinings.compare(sides[0].id, sides[1].archive_number, by=desk.actor)

        desk.jobs.run(compare, owner=self, done=self._compared, failed=self._not_compared)

    def _compared(self, answer: tuple[_Waiting, Comparison]) -> None:
        asked, said = answer
        if asked.id != self.list.current_id():
            return
        self.compare.show_pair(said, asked.pair.alike, is_sure=asked.pair.is_sure)
        self.join_button.setEnabled(not said.refusal)
        self.apart_button.setEnabled(True)

    def _not_compared(self, error: Exception) -> None:
        self.compare.forget()
        self.news.tell(Status.DANGER, str(error) if isinstance(error, UserError) else REFUSED)

    def _join_pressed(self) -> None:
        desk, said = self._desk, self.compare.said
        if said is None:
            return
        take = self.compare.taken()
        versions = (said.kept.version, said.other.version)

        def join() -> str:
            number = desk.joinings.join(
                said.kept.id, said.other.id, versions=versions, take=take, by=desk.actor
            )
            return f"{number} 已并到 {said.kept.archive_number}；在那一户的档案里可以撤回。"

        self._decide(join, self._is_joined, "并档")

    def _is_joined(self, sentence: str) -> None:
        self._may_undo(None)
        self.news.tell(Status.SUCCESS, sentence)
        self.refresh()

    def _apart_pressed(self) -> None:
        desk, said = self._desk, self.compare.said
        if said is None:
            return
        versions = (said.kept.version, said.other.version)
        tell = partial(desk.alike.tell_apart, said.kept.id, said.other.id, versions=versions, by=desk.actor)

        def decide() -> Comparison:
            tell()
            return said

        self._decide(decide, self._is_told_apart, _LABEL)

    def _is_told_apart(self, said: Comparison) -> None:
        numbers = f"{said.kept.archive_number} 和 {said.other.archive_number}"
        self._may_undo((said.kept.id, said.other.id))
        self.news.tell(Status.SUCCESS, f"已认定 {numbers} 不是同一户，以后不再列出。")
        self.refresh()

    def _undo_pressed(self) -> None:
        desk, told = self._desk, self._told
        if told is not None:
            self._decide(partial(desk.alike.ask_again, *told, by=desk.actor), self._is_undone, _LABEL)

    def _is_undone(self, _nothing: object) -> None:
        self._may_undo(None)
        self.news.tell(Status.SUCCESS, "认定已撤回，这两户又列出来了。")
        self.refresh()

    def _may_undo(self, told: tuple[int, int] | None) -> None:
        self._told = told
        self.undo_button.setVisible(told is not None)

    def _turn_pressed(self) -> None:
        """Keep the other one of the two: what was chosen is asked anew."""
        current = self._current()
        if current is not None:
            self._turned ^= {current.id}
            self._show(current)

    def _dossier_pressed(self) -> None:
        said = self.compare.said
        if said is not None:
            self.join_asked.emit(said.kept.id, said.other.archive_number)

    def _current(self) -> Any:  # noqa: ANN401 - as in the list
        return self._rows.get(self.list.current_id() or 0)


def _summary(page: AlikePage) -> str:
    """Say how many there are, and what so many share that nobody is asked about it."""
    if not page.sure and not page.unsure and not page.shared:
        return ""
    parts = [f"确定 {page.sure} 对，拿不准 {page.unsure} 对"]
    if page.sure + page.unsure > len(page.pairs):
        parts.append(f"先列 {len(page.pairs)} 对，定了以后列后面的")
    shared = [f"{ALIKE[one.what]} {one.value} 有 {one.count} 户" for one in page.shared[:_NAMED]]
    if shared:
        more = f"等 {len(page.shared)} 个" if len(page.shared) > _NAMED else ""
        parts.append(f"共用的户太多、不逐对列出的：{'，'.join(shared)}{more}")
    return "；".join(parts) + "。"
