"""Which rules of arithmetic a result was made by."""

# Counted up whenever the same answers and the same framework could lead to another digit.
ENGINE = "1"
