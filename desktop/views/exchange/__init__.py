"""数据交换: workbooks of the villages are looked over, taken in, and taken back."""
