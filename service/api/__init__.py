"""The API under /api/v1, a module a resource: routes parse, call and answer, nothing else."""

from __future__ import annotations

from collections.abc import Sequence

from fastapi import APIRouter


def routers() -> Sequence[APIRouter]:
    """All resources."""
    from service.api import (
        assigning,
        decisions,
        documents,
        duties,
        exports,
        pictures,
        tasks,
        tokens,
        uploads,
        webhooks,
    )

    modules = (uploads, documents, assigning, pictures, tasks, decisions, duties, exports, webhooks, tokens)
    return [module.router for module in modules]
