"""A server that stands in for DashScope on this machine: its paths, bodies, error codes and the way
its tasks go, with faults on demand and a bill of what would have been paid.

It knows what the public documents say and no more; nothing that it makes is a model's.
"""
