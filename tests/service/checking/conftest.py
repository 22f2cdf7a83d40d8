from __future__ import annotations

import pytest
from checking_office import Checked, opened_for_checking

from service.store import Store


@pytest.fixture
def office(store: Store) -> Checked:
    return opened_for_checking(store)
