"""`python -m vnlegal` is `vnlegal`."""

from vnlegal.cli import main

if __name__ == "__main__":
    main(prog_name="vnlegal")
