"""What is kept? Every upload, byte for byte, and nothing is ever overwritten."""
