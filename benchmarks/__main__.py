"""``make bench``: every benchmark of this package, or those named, one after the other."""

import importlib
import os
import pkgutil
import platform
import sys

import benchmarks


def main() -> None:
    print(f"{platform.node()}: {os.cpu_count()} cores, Python {platform.python_version()}")
    found = sorted(module.name for module in pkgutil.iter_modules(benchmarks.__path__))
    for module in sys.argv[1:] or [name for name in found if name != "__main__"]:
        print(f"\n{module}")
        importlib.import_module(f"benchmarks.{module}").main()


if __name__ == "__main__":
    main()
