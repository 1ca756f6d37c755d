"""One file per workload; `benchmarks/workload.py` tells what such a file offers."""
