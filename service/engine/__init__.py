"""Where documents are read: one `concurrent.futures.Executor`, chosen by `DONDOC_ENGINE`, and one function.

Whichever it is, a document is read in a warm child process with all its limits (service/child.py); what the
executor carries is bytes in and an answer out. What is done, by whom and how often is the ledger's alone.
"""

from service.engine.engine import Engine
from service.engine.opening import reading_engine

__all__ = ["Engine", "reading_engine"]
