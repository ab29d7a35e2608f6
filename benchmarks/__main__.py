"""``make bench``: every benchmark of this package, one after the other."""

import importlib
import os
import pkgutil
import platform

import benchmarks


def main() -> None:
    print(f"{platform.node()}: {os.cpu_count()} cores, Python {platform.python_version()}")
    for module in sorted(found.name for found in pkgutil.iter_modules(benchmarks.__path__)):
        if module != "__main__":
            print(f"\n{module}")
            importlib.import_module(f"benchmarks.{module}").main()


if __name__ == "__main__":
    main()
