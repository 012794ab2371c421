"""What do the jurors' marks say? Agreement, severity, doubt, assignment, causes of moves; each in a file of its own."""
