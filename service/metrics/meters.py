"""What happens in this process in, counts of it out, in a registry of the application's own.

Labels are of closed lists alone: route templates, never an address that was asked for, no name, no login.
"""

from __future__ import annotations

from prometheus_client import CollectorRegistry, Counter, Histogram, ProcessCollector, disable_created_metrics

from service.outcomes import Result

_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
_BUCKETS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)
# When each series began would double their number.
disable_created_metrics()  # type: ignore[no-untyped-call]


class Meters:
    """The counters of one application; safe for several threads."""

    def __init__(self) -> None:
        own = self.registry = CollectorRegistry()
        ProcessCollector(registry=own)
        self._requests = Counter(
            "dondoc_http_requests", "Requests answered.", ("route", "method", "status"), registry=own
        )
        self._durations = Histogram(
            "dondoc_http_request_duration_seconds",
            "Seconds from a request to the end of its answer.",
            ("route",),
            buckets=_BUCKETS,
            registry=own,
        )
        self._documents = Counter(
            "dondoc_documents_read",
            "Documents that this process read, by what became of them.",
            ("outcome", "reason"),
            registry=own,
        )
        self._pages = Counter("dondoc_pages_read", "Pages of documents that it kept.", registry=own)
        self._reading = Counter(
            "dondoc_reading_seconds", "Seconds of reading and storing, of all workers.", registry=own
        )

    def answered(self, route: str, method: str, status: int, seconds: float) -> None:
        """A request to a route template, and how it was answered; 0 for none that went away before."""
        known = method if method in _METHODS else "other"
        self._requests.labels(route, known, f"{status // 100}xx" if status else "none").inc()
        self._durations.labels(route).observe(seconds)

    def read(self, result: Result, pages: int, seconds: float) -> None:
        """A document that was read."""
        self._documents.labels(str(result.outcome), str(result.reason or "")).inc()
        self._pages.inc(pages)
        self._reading.inc(seconds)
