"""The change hub: who is seen asks again, who is hidden asks when it is next seen."""

from dataclasses import dataclass
from threading import Thread, current_thread, main_thread

from PySide6.QtWidgets import QStackedWidget

from desktop.views.hub import ChangeHub, Screen


@dataclass(frozen=True)
class Changed:
    topics: frozenset[str]


class StallList(Screen):
    topics = frozenset({"establishment", "paper"})

    def __init__(self, hub: ChangeHub) -> None:
        super().__init__(hub)
        self.asked = 0

    def refresh(self) -> None:
        self.asked += 1


class Form(StallList):
    topics = frozenset()


def announce(hub: ChangeHub, *topics: str) -> None:
    hub.announce(Changed(frozenset(topics)))


def test_a_screen_asks_when_it_is_first_seen(hub: ChangeHub, qtbot) -> None:
    screen = StallList(hub)
    qtbot.addWidget(screen)
    assert screen.asked == 0

    screen.show()

    assert screen.asked == 1


def test_a_visible_screen_asks_again_when_its_topic_has_changed(hub: ChangeHub, qtbot) -> None:
    screen = StallList(hub)
    qtbot.addWidget(screen)
    screen.show()

    with qtbot.waitSignal(hub.changed):
        announce(hub, "paper")

    assert screen.asked == 2


def test_what_a_screen_does_not_show_leaves_it_in_peace(hub: ChangeHub, qtbot) -> None:
    screen = StallList(hub)
    qtbot.addWidget(screen)
    screen.show()

    with qtbot.waitSignal(hub.changed):
        announce(hub, "backup")

    assert screen.asked == 1


def test_a_hidden_screen_asks_once_when_it_is_seen_again(hub: ChangeHub, qtbot) -> None:
    pages = QStackedWidget()
    first, second = StallList(hub), StallList(hub)
    pages.addWidget(first)
    pages.addWidget(second)
    qtbot.addWidget(pages)
    pages.show()
    pages.setCurrentWidget(second)

    for _ in range(3):
        with qtbot.waitSignal(hub.changed):
            announce(hub, "establishment")
    assert first.is_stale
    assert first.asked == 1

    pages.setCurrentWidget(first)
    assert first.asked == 2
    pages.setCurrentWidget(second)
    pages.setCurrentWidget(first)
    assert first.asked == 2


def test_a_form_under_somebodys_hands_is_never_reloaded(hub: ChangeHub, qtbot) -> None:
    form = Form(hub)
    qtbot.addWidget(form)
    form.show()

    with qtbot.waitSignal(hub.changed):
        announce(hub, "establishment", "paper")

    assert form.asked == 1


def test_changes_from_another_thread_arrive_on_the_main_thread(hub: ChangeHub, qtbot) -> None:
    heard: list[tuple[frozenset[str], object]] = []
    hub.changed.connect(lambda topics: heard.append((topics, current_thread())))

    writer = Thread(target=announce, args=(hub, "paper"))
    with qtbot.waitSignal(hub.changed):
        writer.start()
    writer.join()

    assert heard == [(frozenset({"paper"}), main_thread())]


def test_changes_that_come_together_are_told_together(hub: ChangeHub, qtbot) -> None:
    heard: list[frozenset[str]] = []
    hub.changed.connect(heard.append)

    announce(hub, "paper")
    announce(hub, "finding")
    qtbot.waitUntil(lambda: bool(heard))
    qtbot.wait(10)

    assert heard == [frozenset({"paper", "finding"})]
