"""Benchmarks: each shows one of the project's claims on this machine."""
