"""Guiding Hand: a terminal game of Five-Year Plans."""
