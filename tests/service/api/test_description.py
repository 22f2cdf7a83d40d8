"""The API is as its description says, whatever is asked of it."""

from __future__ import annotations

import pytest
from fastapi import FastAPI
from hypothesis import HealthCheck, given, settings
from people import document, filed, task, unit
from senders import client_of

from service.access.roles import Right, Role
from service.store import Store

schemathesis = pytest.importorskip("schemathesis")
checks = pytest.importorskip("schemathesis.specs.openapi.checks")
CHECKS = [
    schemathesis.checks.not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_headers_conformance,
    checks.response_schema_conformance,
    checks.negative_data_rejection,
    checks.unsupported_method,
]
pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("ignore")]


def test_every_answer_is_as_described(app: FastAPI, store: Store):
    filed(store, document("12", task("a", "Rà soát", unit("Sở Y tế"))))
    client = client_of(app, "quan-tri", Role.ADMINISTRATOR, scopes=frozenset(Right))
    headers = {"authorization": client.headers["authorization"]}
    failures = []
    for found in schemathesis.openapi.from_asgi("/api/v1/openapi.json", app).get_all_operations():
        operation = found.ok()

        @settings(max_examples=20, deadline=None, database=None, suppress_health_check=list(HealthCheck))
        @given(case=operation.as_strategy())
        def answers(case) -> None:
            case.call_and_validate(headers=headers, checks=CHECKS)

        try:
            answers()
        except BaseException as error:
            failures.append(f"{operation.label}: {error}")
    assert not failures, "\n\n".join(failures)
