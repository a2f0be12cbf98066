"""The same model as other people would write it, to measure the engine against."""
