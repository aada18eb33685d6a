"""The sample township (示例数据): invented people, and a round of the work on them."""
