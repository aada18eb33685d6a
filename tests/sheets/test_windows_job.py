"""What is said to Windows about memory, as its documents want it; that it holds can only be seen there."""

from ctypes import sizeof
from typing import Any

from desktop.sheets.windows_job import BasicLimits, ExtendedLimits, Job, own_job


class Call:
    """One function of the system's library: it remembers what it was given and answers what it is told to."""

    def __init__(self, answer: object) -> None:
        self.answer = answer
        self.given: list[tuple[Any, ...]] = []

    def __call__(self, *given: Any) -> object:
        self.given.append(given)
        return self.answer


class Kernel:
    def __init__(self, *, assigns: bool = True) -> None:
        self.CreateJobObjectW = Call(7)
        self.GetCurrentProcess = Call(-1)
        self.AssignProcessToJobObject = Call(assigns)
        self.SetInformationJobObject = Call(1)


def test_the_limits_have_the_shape_that_a_64_bit_system_expects() -> None:
    assert (sizeof(BasicLimits), sizeof(ExtendedLimits)) == (64, 144)
    assert (ExtendedLimits.process_memory.offset, BasicLimits.flags.offset) == (112, 16)


def test_a_process_puts_itself_into_one_job_and_is_lent_so_much_for_each_order() -> None:
    kernel = Kernel()
    job = Job(kernel)

    assert job.lend(512)
    assert job.lend(1_024)

    assert kernel.AssignProcessToJobObject.given == [(7, -1)]
    said = [(given[0], given[1], given[3]) for given in kernel.SetInformationJobObject.given]
    assert said == [(7, 9, 144), (7, 9, 144)]
    limits = kernel.SetInformationJobObject.given[1][2]._obj
    assert (limits.process_memory, limits.basic.flags) == (2**30, 0x0500)


def test_where_the_system_refuses_nothing_is_said_to_be_held() -> None:
    job = Job(Kernel(assigns=False))
    assert not job.lend(512)


def test_beside_windows_there_is_no_job() -> None:
    assert own_job() is None
