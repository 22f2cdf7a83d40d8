"""The office of tests/service/tracking_office.py."""

from __future__ import annotations

import pytest
from tracking_office import Office, opened

from service.store import Store


@pytest.fixture
def office(store: Store) -> Office:
    return opened(store)
