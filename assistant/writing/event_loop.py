"""One event loop, in a thread of its own, for all chat models of the process.

The packages of the providers share their connections between models of one address. A
connection belongs to the loop it was made in, so that models with a loop each would take over
connections of a loop that is closed, or is another's.
"""

import asyncio
import atexit
import threading

_starting = threading.Lock()
_running: list[asyncio.AbstractEventLoop] = []


def event_loop() -> asyncio.AbstractEventLoop:
    """The loop, which runs until the process ends."""
    with _starting:
        if not _running:
            loop = asyncio.new_event_loop()
            thread = threading.Thread(target=_run, args=(loop,), name="chat models", daemon=True)
            thread.start()
            atexit.register(_stop, loop, thread)
            _running.append(loop)
        return _running[0]


def _stop(loop: asyncio.AbstractEventLoop, thread: threading.Thread) -> None:
    loop.call_soon_threadsafe(loop.stop)
    thread.join(timeout=5.0)


def _run(loop: asyncio.AbstractEventLoop) -> None:
    """Run what is given to the loop until it is stopped, and leave nothing of it open."""

    async def end() -> None:
        left = asyncio.all_tasks() - {asyncio.current_task()}
        for task in left:
            task.cancel()
        await asyncio.gather(*left, return_exceptions=True)
        await loop.shutdown_asyncgens()

    try:
        loop.run_forever()
        loop.run_until_complete(end())
    finally:
        loop.close()
