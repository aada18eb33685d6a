"""The monthly exchange (月度交换): workbooks that go out to villages and come back."""
