"""The same journey on this product and on its peers, side by side (see ../peers.md)."""


def main() -> None:
    """For ``make bench``, which installs nobody else's software."""
    print("  by itself: python -m benchmarks.peers (see benchmarks/peers.md)")
