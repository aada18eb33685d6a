"""The words for what people did, as the trail keeps it in codes."""

from datetime import date

from desktop.domain.paper_life import PaperAct
from desktop.domain.today import Happening

_ACTIONS = {
    "register.make": "建立登记册",
    "survey.open": "开始一轮摸底",
    "survey.enter": "录入摸底",
    "survey.change": "修改档案",
    "survey.close": "结束一轮摸底",
    "survey.print_blank": "打印空白调查表",
    "draft.save": "存草稿",
    "draft.discard": "丢弃草稿",
    "establishment.reveal": "查看完整号码",
    "establishment.open_sheet": "打开调查表",
    "establishment.status": "改存续状态",
    "establishment.route": "定处置意见",
    "establishment.join": "并档",
    "establishment.tell_apart": "认定是不同的户",
    "establishment.ask_again": "撤回不同户的认定",
    "establishment.separate": "撤回并档",
    "import.take_in": "导入台账",
    "import.undo": "撤回导入",
    "exchange.make": "做月度交换表",
    "exchange.merge": "合并月度交换表",
    "exchange.decide": "定交换冲突",
    "exchange.remind": "印催报函",
    "duplicate.same": "认定为同一户",
    "duplicate.different": "认定为另一户",
    "duplicate.drop": "不收疑似重复的行",
    "registration.apply": "收下申请",
    "registration.complete": "告知补正",
    "registration.accept": "受理申请",
    "registration.site_check": "现场核查",
    "registration.refuse": "不予登记",
    "registration.approve": "准予登记",
    "registration.batch": "成批登记",
    "paper.print": "打印证卡",
    "paper.sign": "给证卡签核验码",
    "paper.hand_over": "登记领取证卡",
    **{f"paper.{act}": f"办理{act.label}" for act in PaperAct},
    "number.reserve": "预留号段",
    "number.return": "退回号段",
    "number.record_issued": "登记村里已发的号",
    "number.take_in": "补录老证",
    "number.explain": "说明空号",
    "blank.receive": "领入空白证",
    "blank.use": "用了空白证",
    "blank.spoil": "作废空白证",
    "key.make": "换上新签名钥匙",
    "key.revoke": "吊销签名钥匙",
    "code.export": "导出离线核验网页",
    "message.told": "记下已通知",
    "message.phones": "查看通知名单的完整电话",
    "export": "导出表格",
    "inspection.record": "录入检查",
    "rectification.order": "下达整改",
    "rectification.serve": "送达文书",
    "rectification.report": "登记报改",
    "rectification.extend": "批准延期",
    "rectification.reinspect": "录入复查",
    "rectification.supervise": "挂账督办",
    "rectification.transfer": "移送立案",
    "rectification.close_out": "销号",
    "look_back.record": "回头看",
    "draw.draw": "随机抽取检查对象",
    "inspector.add": "加入检查人员名录",
    "inspector.leave": "检查人员离岗",
    "inspector.keep_away": "登记回避",
    "campaign.save": "定专项整治",
    "campaign.end": "专项整治收尾",
    "plan.decide": "定年度计划",
    "sampling.take": "记下抽检",
    "sampling.tell": "记下抽检结果",
    "risk.decide": "评定风险等级",
    "shutdown.ordered": "限期关停",
    "shutdown.verified": "核实关停",
    "shutdown.forced": "取缔",
    "photo.add": "加照片",
    "photo.remove": "删照片",
    "photo.caption": "改照片说明",
    "account.add": "新建账号",
    "account.change": "改账号角色",
    "account.reset_password": "重设密码",
    "calendar.load": "装入放假安排",
    "layout.save": "改了证卡版式",
    "layout.restore": "恢复了证卡版式",
    "layout.scan": "换了证卡底图",
    "preference.keep": "记住显示习惯",
    "printer_offset.keep": "校准打印位置",
    "account.sign_in": "登录",
    "account.sign_in_failed": "登录失败",
}


def action_words(action: str) -> str:
    """Return what people call it; an act without a word of its own shows its code."""
    is_print = action.endswith(".print")
    return _ACTIONS.get(action, "打印文书" if is_print else action)


def when(one: Happening, today: date) -> str:
    """Return the time of what was done today, else the day on which it was done."""
    local = one.at.astimezone()
    if one.on == today:
        return f"{local:%H:%M}" if local.date() == today else "今天"
    return "昨天" if (today - one.on).days == 1 else f"{one.on:%m-%d}"


def about(one: Happening) -> str:
    """Return about whom it was."""
    return f"{one.title}等 {one.count} 户" if one.count > 1 else one.title
