"""What is it worth? Pure arithmetic on arrays: numbers in, numbers out."""
