"""Measurements against peers; `python tests/benchmarks/run.py --help` says how."""
