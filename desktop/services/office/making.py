"""Makes an empty register: its rule pack, its villages and the account that holds every role."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from desktop.clock import Clock
from desktop.domain.act import Act, Actor, Role
from desktop.domain.profile import Profile
from desktop.errors import UserError
from desktop.models.office import Account, Office, Village
from desktop.services.office.accounts import hash_password
from desktop.services.office.villages import kind_of
from desktop.services.signing.signer import make_key_in
from desktop.storage.database import Database, start_trail
from desktop.storage.schema import bring_up_to_date


@dataclass(frozen=True, slots=True)
class NewRegister:
    """What a new register is made of."""

    profile: Profile
    township: str
    villages: Sequence[tuple[str, str]]
    administrator: str
    password: str
    is_sample: bool = False


def make_register(
    db: Database, new: NewRegister, *, clock: Clock, identity: UUID, secret: bytes, desk: str
) -> None:
    """Make an empty register; one that exists is refused and left as it is.

    ``secret`` are the 32 random bytes of its first signing key.
    """
    if not new.administrator.strip():
        raise UserError("请先定下管理员的姓名（SANXIAO_USER）和密码（SANXIAO_PASSWORD）")
    hashed = hash_password(new.password)  # refuses a short one before a file is made
    if db.has_register():
        raise UserError("这里已经有一本登记册，没有动它；要另建，请用 --data 指定别的文件夹")
    bring_up_to_date(db)
    maker = Actor(0, new.administrator, frozenset(Role), None, desk)
    act = Act(by=maker, action="register.make", on=clock.today(), at=clock.now())
    with db.writing(act) as session:
        start_trail(session)
        session.add(
            Office(
                id=1,
                register_id=str(identity),
                profile=new.profile.name,
                township=new.township,
                made_at=clock.now(),
                is_sample=new.is_sample,
            )
        )
        session.add(
            Account(
                name=new.administrator,
                password_hash=hashed,
                roles=[str(role) for role in Role],
                village_id=None,
                locked_until=None,
            )
        )
        make_key_in(session, secret, act)
        session.add_all(
            Village(code=code, name=name, kind=kind_of(name), position=position)
            for position, (code, name) in enumerate(new.villages, 1)
        )
