"""专项整治推进配档表: what is done when in a campaign, by which measures."""

from dataclasses import replace
from datetime import date

from printing.document import Document
from printing.errors import MISSING_FACT, Reason
from printing.geometry import A4_LANDSCAPE, Align
from printing.list_page import LEFT, ListFacts, draw_list
from printing.page import Page
from printing.tables import Column, Table

TABLE = Table(
    x=LEFT,
    columns=(
        Column("序号", 11),
        Column("时间", 38),
        Column("工作重点", 78, Align.LEFT),
        Column("推进措施", 116, Align.LEFT),
        Column("备注", 30),
    ),
    head_height=9.4,
    row_height=14,
)


def draw(page: Page, facts: ListFacts) -> None:
    """Draw the schedule over as many pages as it needs."""
    if not facts.rows:
        page.refuse(Reason(MISSING_FACT, f"“{facts.title}”还没有写一行，先排好时间和工作重点再打印"))
        return
    draw_list(page, facts, TABLE)


_SAMPLE = ListFacts(
    title="2018年食品三小专项整治推进配档表",
    sender="金城镇食品安全委员会办公室",
    heading="2018年4月1日至2019年10月31日",
    as_of=date(2018, 4, 2),
    rows=(
        (
            "2018年4月底前",
            "召开动员部署会，逐村摸清底数",
            "各村书记带队逐户登记；建立一户一档，新设立、搬迁、关停的随时更新。",
            "食安办牵头",
        ),
        (
            "2018年6月～12月",
            "分类整治，全覆盖检查",
            "督促办证、整改后登记、限期关停三条路线逐户定下；整改一个，销号一个。",
            "",
        ),
        ("2019年7月～10月", "回头看，巩固提升", "对已登记的和已关停的开展回头看，防止死灰复燃。", ""),
    ),
    totals="共3项。",
    note="本表依据专项整治方案编排，进展另附。",
    signatures=("制表人", "审核人"),
)

DOCUMENT = Document(
    code="campaign_schedule",
    title="专项整治推进配档表",
    sheet=A4_LANDSCAPE,
    sample=_SAMPLE,
    longest=replace(
        _SAMPLE,
        sender="常州市金坛区金城镇食品安全委员会办公室",
        rows=tuple(
            (
                f"{year}年12月28日～{year + 1}年10月30日",
                "充分发挥第三方专业优势，重点对冷链食品小作坊及高风险食品小作坊开展第三方检查评价，列出清单逐户销号。",
                "指导各监管所梳理全区冷链食品小作坊及高风险食品小作坊拉出清单；由第三方评价机构与监管所全面、细致进行检查评价，"
                "对检查出的问题及时处置，消除安全隐患；对检查评价的问题开展食品安全风险分析通报，督导强化监管措施，形成工作闭环。",
                "市场监管局金城分局、各村委员会",
            )
            for year in range(2018, 2030)
        ),
        totals="共12项。",
    ),
    draw=draw,
    layout=TABLE,
)
