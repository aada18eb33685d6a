"""The law and the words of the office: pure rules without database, window or paper."""
