"""The cube at scale: seconds and peak memory, from sealed answers and from kept codes.

Each measurement is a process of its own, so that its peak is its own. Processor seconds stand
beside those of the clock: on a machine with other work they are the ones that mean something.
"""

import json
import os
import resource
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

SIZES = {2_287: "1 s", 40_000: "10 s", 3_500_000: "10 min and 4 GB"}
SEALED = 2_287  # responses of 49 sealed pages, as a lesson leaves them


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        for pupils, target in SIZES.items():
            place = str(Path(folder) / str(pupils))
            _child("synthetic", "write", place, pupils)
            found = _child("synthetic", "count", place, pupils)
            print(f"  {pupils:,} pupils x 125 questions from kept codes (wanted: {target})")
            _print(found)
        _sealed(Path(folder))


def _sealed(folder: Path) -> None:
    os.environ |= {"DATA_DIR": str(folder), "KEY_DIR": str(folder / "keys"), "DEBUG": "1"}
    _child("sealed", "write", SEALED)
    opened = _child("sealed", "open")
    print(f"  {SEALED:,} pupils of the core questionnaire (49 pages each) from sealed answers")
    _print(opened)
    each = opened["stages"]["all"][1] / SEALED
    print(f"    a response {1000 * each:.2f} ms; 40,000 at that rate {40_000 * each:.0f} s")
    shared = _child("sealed", "side_by_side")["stages"]
    for who, (clock, _) in shared.items():
        print(f"  opened and kept by {who}: {clock:.2f} s")
    print("  the same from kept codes")
    _print(_child("sealed", "kept"))


def _child(module: str, *words: Any) -> dict[str, Any]:
    command = [sys.executable, "-m", f"benchmarks.cube.{module}", *map(str, words)]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def _print(found: dict[str, Any]) -> None:
    for stage, (clock, processor) in found["stages"].items():
        print(f"    {stage:<28} {clock:8.2f} s  {processor:8.2f} s of processor")
    print(f"    {'peak memory':<28} {found['peak']:8,.0f} MB")


def report(stages: dict[str, tuple[float, float]]) -> None:
    """What a child prints: seconds by stage (clock, processor) and its peak in MB."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"stages": stages, "peak": peak}))
