"""Registration (登记): from the application to the paper, and the paper's life after it."""
