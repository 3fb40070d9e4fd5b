"""Memory of every part of a running stack: private and shared pages (PSS), and resident (RSS)."""

import argparse

from stack_memory import MIB, stack_memory, together


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data-dir", help="as given to ./eth up")
    sizes = stack_memory(parser.parse_args().data_dir)
    print(f"{'part':14}{'PSS MiB':>10}{'RSS MiB':>10}")
    for name, memory in [*sizes.items(), ("together", together(sizes))]:
        print(f"{name:14}{memory.pss / MIB:10.0f}{memory.rss / MIB:10.0f}")


if __name__ == "__main__":
    main()
