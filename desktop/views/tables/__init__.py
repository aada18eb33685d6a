"""The place 统计报表: what the office reports, as workbooks in their official layout."""
