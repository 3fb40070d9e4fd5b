"""Whether the memory of every part of a running stack stays flat: its slope over an hour.

Start a stack first, at `--speed 60`, so that the hour is two and a half days of the market. The
slope (PSS without files, least squares) is that of the last two thirds: at first caches fill, and
history.
"""

import argparse
import time

import numpy as np

from stack_memory import MIB, Memory, stack_memory, together

WARM_UP_SHARE = 1 / 3


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data-dir", help="as given to ./eth up")
    parser.add_argument("--minutes", type=float, default=60)
    parser.add_argument("--every", type=float, default=20, help="seconds between two looks")
    options = parser.parse_args()
    _print(*_look(options.data_dir, options.minutes * 60, options.every))


def _look(
    data_dir: str | None, seconds: float, every: float
) -> tuple[np.ndarray, list[dict[str, Memory]]]:
    """Times in seconds, and what every part took then."""
    began = time.monotonic()
    times: list[float] = []
    looks: list[dict[str, Memory]] = []
    while time.monotonic() - began < seconds:
        times.append(time.monotonic() - began)
        looks.append(stack_memory(data_dir))
        print(
            f"\r{times[-1] / 60:5.1f} of {seconds / 60:.0f} min:"
            f" {together(looks[-1]).pss / MIB:7.1f} MiB",
            end="",
            flush=True,
        )
        time.sleep(every)
    return np.array(times), looks


def _print(times: np.ndarray, looks: list[dict[str, Memory]]) -> None:
    warm = times >= times[-1] * WARM_UP_SHARE
    print(f"\r{'part':12}{'start':>9}{'a third in':>12}{'end':>9}{'most':>9}{'slope':>15}")
    for name in sorted(set.intersection(*map(set, looks))):
        size = np.array([look[name].pss_without_files for look in looks]) / MIB
        slope = np.polyfit(times[warm] / 3600, size[warm], 1)[0]
        print(
            f"{name:12}{size[0]:9.1f}{size[warm][0]:12.1f}{size[-1]:9.1f}{size.max():9.1f}"
            f"{slope:+11.2f} MiB/h"
        )


if __name__ == "__main__":
    main()
