"""The book of duties: reviewed tasks are followed, urged, checked and reported until they are done.

filing     a filed document's tasks → duties
life       what may be done with a duty, and what comes of it (transitions.toml)
book       duties within one transaction: entered, moved, told
parts      a group's duty divided among its members, a central one handed down, their states rolled up
recurring  a duty that comes back: an occurrence for each period
timing     in time or overdue, as of any day
"""
