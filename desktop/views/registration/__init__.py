"""Registering and printing (登记发证): applications, batches, papers, the print centre."""
