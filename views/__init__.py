"""What is shown? One file a page; no arithmetic and no SQL."""
