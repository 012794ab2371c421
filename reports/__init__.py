"""What is told? Charts and spreadsheets, for screen and paper alike."""

# Workbooks are written by the same parser as they are read: indicators says which.
import indicators as indicators
