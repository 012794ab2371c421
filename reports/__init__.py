"""What is told? Charts and spreadsheets, for screen and paper alike."""
