"""From the body's tree to task drafts: who has to do what, and why everything else is no task.

`find_drafts` is the stage; walk.py goes down the tree, leaves.py judges a clause, roles.py finds who is
named, segments.py cuts an item where the lead changes, tables.py reads assignment tables, clauses.py names
what is no task. `note` gives conditions and marks of tasks, `find_relations` tells what a document does to
earlier ones, `find_carried` which it carries out.
"""

from pipeline.assignments.carrying import find_carried
from pipeline.assignments.clauses import distribution
from pipeline.assignments.find import find_drafts
from pipeline.assignments.marks import Noted, note
from pipeline.assignments.relations import find_relations
from pipeline.assignments.scope import Draft

__all__ = ["Draft", "Noted", "distribution", "find_carried", "find_drafts", "find_relations", "note"]
