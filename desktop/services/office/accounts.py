"""Accounts and signing in: no built-in password, growing delays after failures, every act in the trail."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError
from sqlalchemy import select

from desktop.domain.act import Actor, Role
from desktop.errors import NotAllowedError, UserError
from desktop.models.office import Account
from desktop.services.open_office import OpenOffice
from desktop.services.rights import Right, require

HASHER = PasswordHasher()
"""How dear a guess is: the library's own choice, RFC 9106's for machines of little memory."""

SHORTEST_PASSWORD = 8
FAILURES_BEFORE_LOCK = 5
_FIRST_LOCK = timedelta(seconds=30)
_LONGEST_LOCK = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class AccountRow:
    """An account as the list of accounts shows it."""

    id: int
    name: str
    roles: tuple[Role, ...]
    village_id: int | None
    is_closed: bool


def hash_password(password: str) -> str:
    """Return the argon2id hash of a password; refuse one that is too short."""
    if len(password) < SHORTEST_PASSWORD:
        raise UserError(f"密码太短：至少 {SHORTEST_PASSWORD} 个字符，请换一个长些的")
    return HASHER.hash(password)


class Accounts:
    """Who may sign in, and as what."""

    def __init__(self, office: OpenOffice) -> None:
        self.office = office

    def sign_in(self, name: str, password: str, *, desk: str) -> Actor:
        """Return who signed in; refuse without saying whether name or password was wrong."""
        now = self.office.clock.now()
        with self.office.db.reading() as session:
            account = session.scalar(select(Account).where(Account.name == name))
            if account is None or account.is_closed:
                raise NotAllowedError("姓名或密码不对，请再试一次；忘了密码请找管理员重设")
            actor = _actor(account, desk)
            stored, locked_until = account.password_hash, account.locked_until
        if locked_until is not None and now < locked_until:
            seconds = int((locked_until - now).total_seconds()) + 1
            raise NotAllowedError(f"连续输错多次，这个账号暂时锁住了；请等 {seconds} 秒再试")
        is_right = _verified(stored, password)
        self._remember(actor, is_right=is_right, now=now)
        if not is_right:
            raise NotAllowedError("姓名或密码不对，请再试一次；忘了密码请找管理员重设")
        return actor

    def _remember(self, actor: Actor, *, is_right: bool, now: datetime) -> None:
        """Count failures, lock with a delay that doubles, and put both outcomes into the trail."""
        action = "account.sign_in" if is_right else "account.sign_in_failed"
        with self.office.db.writing(self.office.act(actor, action)) as session:
            account = session.get_one(Account, actor.account_id)
            account.failed_count = 0 if is_right else account.failed_count + 1
            beyond = account.failed_count - FAILURES_BEFORE_LOCK
            account.locked_until = now + min(_FIRST_LOCK * 2**beyond, _LONGEST_LOCK) if beyond >= 0 else None
            session.trail.note("Account", actor.account_id, {"signed_in": is_right})

    def add(
        self, *, name: str, password: str, roles: Iterable[Role], village_id: int | None, by: Actor
    ) -> AccountRow:
        """Add an account; a village account needs its village."""
        require(by, Right.ACCOUNTS)
        wanted = tuple(dict.fromkeys(roles))
        if not name.strip():
            raise UserError("账号要有姓名，请填写")
        if not wanted:
            raise UserError(f"账号“{name}”至少要有一个角色")
        if Role.VILLAGE in wanted and village_id is None:
            raise UserError(f"“{name}”是村级账号，请指明是哪个村（--village）")
        hashed = hash_password(password)
        with self.office.db.writing(self.office.act(by, "account.add")) as session:
            if session.scalar(select(Account.id).where(Account.name == name)) is not None:
                raise UserError(f"已有名叫“{name}”的账号，请换一个名字或修改原账号")
            account = Account(
                name=name, password_hash=hashed, roles=list(wanted), village_id=village_id, locked_until=None
            )
            session.add(account)
            session.flush()
            return _row(account)

    def change_roles(self, *, name: str, roles: Iterable[Role], by: Actor) -> AccountRow:
        """Give an account other roles; the last administrator keeps that role."""
        require(by, Right.ACCOUNTS)
        wanted = list(dict.fromkeys(roles))
        if not wanted:
            raise UserError(f"账号“{name}”至少要有一个角色")
        with self.office.db.writing(self.office.act(by, "account.change")) as session:
            accounts = session.scalars(select(Account).where(Account.is_closed.is_(False))).all()
            account = next((one for one in accounts if one.name == name), None)
            if account is None:
                raise UserError(f"没有名叫“{name}”的账号")
            others = [one for one in accounts if one is not account and Role.ADMINISTRATOR in one.roles]
            if Role.ADMINISTRATOR not in wanted and not others:
                raise UserError(f"“{name}”是唯一的系统管理员，不能取消这个角色；请先另设一位")
            if Role.VILLAGE in wanted and account.village_id is None:
                raise UserError(f"“{name}”没有指明村，不能改为村级账号；请另建一个村级账号")
            account.roles = [str(role) for role in wanted]
            session.flush()
            return _row(account)

    def reset_password(self, *, name: str, password: str, by: Actor) -> AccountRow:
        """Give somebody who forgot it a new password, and let them try again at once."""
        require(by, Right.ACCOUNTS)
        hashed = hash_password(password)
        with self.office.db.writing(self.office.act(by, "account.reset_password")) as session:
            account = session.scalar(select(Account).where(Account.name == name))
            if account is None:
                raise UserError(f"没有名叫“{name}”的账号")
            account.password_hash = hashed
            account.failed_count, account.locked_until = 0, None
            # The hash itself never stands in the trail, so what was done is said in words.
            session.trail.note("Account", account.id, {"password": "reset"})
            return _row(account)

    def all(self, *, by: Actor) -> tuple[AccountRow, ...]:
        """Return all accounts by name."""
        require(by, Right.ACCOUNTS)
        with self.office.db.reading() as session:
            return tuple(_row(account) for account in session.scalars(select(Account).order_by(Account.name)))


def _verified(stored: str, password: str) -> bool:
    try:
        return HASHER.verify(stored, password)
    except (VerifyMismatchError, InvalidHashError):
        return False


def _actor(account: Account, desk: str) -> Actor:
    roles = frozenset(Role(role) for role in account.roles)
    return Actor(account.id, account.name, roles, account.village_id, desk)


def _row(account: Account) -> AccountRow:
    roles = tuple(Role(role) for role in account.roles)
    return AccountRow(account.id, account.name, roles, account.village_id, account.is_closed)
