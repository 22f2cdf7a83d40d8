"""The API under /api/v1, a module a resource: routes parse, call and answer, nothing else."""

from __future__ import annotations

from collections.abc import Sequence

from fastapi import APIRouter


def routers() -> Sequence[APIRouter]:
    """All resources."""
    from service.api import (
        assigning,
        book,
        budget,
        decisions,
        documents,
        duties,
        duty_files,
        exchange,
        exports,
        inspections,
        measures,
        pictures,
        relations,
        reports,
        runs,
        tasks,
        tokens,
        uploads,
        webhooks,
    )

    read = (uploads, documents, relations, exchange, assigning, pictures, tasks, decisions)
    followed = (duties, duty_files, book, inspections, measures, reports)
    return [module.router for module in (*read, *followed, exports, webhooks, tokens, budget, runs)]
