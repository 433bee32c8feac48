"""For scripts that run beside a site: the same thing many times at the same moment, each on a connection of its own."""

from threading import Barrier, Thread

from django.db import connection


def at_once(acts, refusals=()):
    """How many of these came to their end; one of ``refusals`` is none, and any other error is told."""
    start, done = Barrier(len(acts)), []

    def run(act):
        start.wait()
        try:
            act()
        except refusals:
            pass
        else:
            done.append(act)
        finally:
            connection.close()

    threads = [Thread(target=run, args=[act]) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return len(done)
