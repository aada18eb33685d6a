"""Part of the register may be mapped without the rest, as long as its tables find what they refer to."""

from desktop.models import register
from tests.architecture.reading import CLONE, imports

PARTS = [f"desktop.models.{name}" for name in register.__all__ if name != "Base"]
HOME = {mapper.local_table: mapper.class_.__module__ for mapper in register.Base.registry.mappers}


def drawn_in(module: str) -> set[str]:
    """Return the modules that are read when one is imported."""
    found, waiting = set(), [module]
    while waiting:
        one = waiting.pop()
        if one in PARTS and one not in found:
            found.add(one)
            waiting += imports(CLONE / f"{one.replace('.', '/')}.py")
    return found


def test_a_part_draws_in_every_table_that_it_refers_to() -> None:
    missing = {
        (module, key.target_fullname)
        for table, module in HOME.items()
        for key in table.foreign_keys
        if HOME[key.column.table] not in drawn_in(module)
    }
    assert missing == set()


def test_every_module_of_mapped_classes_belongs_to_the_register() -> None:
    assert set(HOME.values()) == set(PARTS)
