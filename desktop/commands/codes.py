"""Verbs about the codes on papers: verify, keys."""

from typing import TYPE_CHECKING

from desktop.commands.verbs import Answer, Arguments, Verbs, add_verb, as_json, existing_file, new_file

if TYPE_CHECKING:
    from desktop.app import Program
    from desktop.services.signing.keys import KeyRow
    from desktop.services.signing.verification_pages import WrittenList


def add_to(verbs: Verbs) -> None:
    """Add the verbs of this subject."""
    verify = add_verb(verbs, "verify", _verify, "核验证卡二维码的内容")
    what = verify.add_mutually_exclusive_group(required=True)
    what.add_argument("text", nargs="?", metavar="TEXT", help="扫出来的文字")
    what.add_argument("--picture", metavar="FILE", help="拍了二维码的图片")

    keys = add_verb(verbs, "keys", _list, "签名钥匙：列出、更换、吊销、导出核验页")
    actions = keys.add_subparsers(metavar="ACTION")
    add_verb(actions, "list", _list, "列出签名钥匙")
    add_verb(actions, "replace", _replace, "换一把新钥匙，旧钥匙签的仍然有效")
    page = add_verb(actions, "page", _page, "写一个离线核验网页")
    page.add_argument("-o", dest="target", required=True, metavar="FILE.html")
    revocations = add_verb(actions, "revocations", _revocations, "写一份签名的吊销名单")
    revocations.add_argument("-o", dest="target", required=True, metavar="FILE.json")
    revoke = add_verb(actions, "revoke", _revoke, "吊销一把钥匙，它签的都不再有效")
    revoke.add_argument("key", metavar="KEY")
    revoke.add_argument("--reason", required=True, metavar="TEXT")


def _verify(program: "Program", chosen: Arguments) -> Answer:
    from desktop.services.signing.verifying import PHOTOCOPY

    if chosen.picture is not None:
        verdict = program.verifying.picture(existing_file(chosen.picture), by=program.actor)
    else:
        verdict = program.verifying.text(chosen.text, by=program.actor)
    answer = {
        "genuine": verdict.genuine,
        "number": verdict.number or None,
        "status": verdict.status,
        "as_of": verdict.as_of,
        "reason": verdict.reason,
        "title": verdict.title or None,
        "holder": verdict.holder or None,
        "place": verdict.place or None,
        "valid_until": verdict.valid_until,
    }
    if not verdict.genuine:
        return Answer(answer, "", refusal=f"核验没有通过：{verdict.reason}")
    until = verdict.valid_until or "长期"
    is_living = verdict.status is not None and verdict.status.is_living
    headline = "核验通过" if is_living else "签名是真的，但是不能再用"
    text = (
        f"{headline}：{verdict.title} {verdict.number}\n持证人 {verdict.holder}\n地点 {verdict.place}\n"
        f"有效期至 {until}\n{verdict.reason}\n{PHOTOCOPY}"
    )
    return Answer(answer, text)


def _list(program: "Program", chosen: Arguments) -> Answer:
    rows = program.signing_keys.all(by=program.actor)
    return Answer(list(rows), "\n".join(_line(row) for row in rows) or "还没有签名钥匙")


def _replace(program: "Program", chosen: Arguments) -> Answer:
    made = program.signing_keys.replace(by=program.actor)
    return Answer({"key": made.id}, f"换好了：从现在起用钥匙 {made.id} 签名；旧钥匙签的仍然有效")


def _revoke(program: "Program", chosen: Arguments) -> Answer:
    gone = program.signing_keys.revoke(chosen.key.upper(), reason=chosen.reason, by=program.actor)
    said = f"钥匙 {gone.id} 吊销了；它签的 {gone.paper_count} 张有效证卡要重新打印换发"
    return Answer({"key": gone.id, "to_print_again": gone.paper_count}, said)


def _page(program: "Program", chosen: Arguments) -> Answer:
    written = program.verification_pages.write_page(new_file(chosen.target, ".html"), by=program.actor)
    return _written_answer(written)


def _revocations(program: "Program", chosen: Arguments) -> Answer:
    written = program.verification_pages.write_list(new_file(chosen.target, ".json"), by=program.actor)
    return _written_answer(written)


def _written_answer(written: "WrittenList") -> Answer:
    return Answer(as_json(written), f"{written.file}：{written.keys} 把钥匙，{written.papers} 张已失效的证卡")


def _line(row: "KeyRow") -> str:
    state = "使用中" if row.is_in_use else "已换下"
    if row.revoked_on is not None:
        state = f"{row.revoked_on} 吊销（{row.revoked_reason}）"
    return f"{row.id}  {row.made_on}  {state}  {row.paper_count} 张有效证卡"
