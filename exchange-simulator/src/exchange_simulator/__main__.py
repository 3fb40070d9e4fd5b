"""`python -m exchange_simulator`."""


def main() -> None:
    # Imported late: the child process that reads recordings imports this module too.
    from exchange_simulator.run_simulator import run_simulator  # noqa: PLC0415

    run_simulator()


if __name__ == "__main__":
    main()
