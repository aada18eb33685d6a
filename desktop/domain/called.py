"""What people call an establishment."""


def called(name: str | None, operator_name: str, products: str | None) -> str:
    """Return its name; a stall without one is 姓名＋品种 (DOMAIN §4.1 no. 3)."""
    if name:
        return name
    first = (products or "").replace("，", "、").split("、")[0]
    return f"{operator_name}（{first}）" if first else operator_name
