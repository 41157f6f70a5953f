"""The way in. What must answer at once is answered here, before anything else is imported."""

import os
import sys

from sigctl import __version__


def main() -> int:
    """Run sigctl with the arguments of this process, and give its exit code."""
    try:
        if os.environ.get("_SIGCTL_COMPLETE"):
            from sigctl.commands.complete import answer

            return answer(os.environ)
        if sys.argv[1:] == ["--version"]:
            print(f"sigctl {__version__}", flush=True)  # noqa: T201
            return 0
        os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")  # looking for plug-ins takes time, and we want none
        import threading

        from sigctl.commands.run import run

        code = run(sys.argv[1:])
        if threading.active_count() > 1:  # a solver that was told to stop and has not yet: nobody waits for it
            os._exit(code)
        return code
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main())
