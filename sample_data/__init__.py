"""Invented cities, and the script that makes them."""
