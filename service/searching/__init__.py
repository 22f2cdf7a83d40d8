"""Words in, the rows that hold them out: the one place that knows how either database searches.

A table that is searched has a column `words`: what a row is searched by, without diacritics, case and marks
("điều" → "dieu"). SQLite looks it up in an FTS5 index that triggers keep, so that nothing can be forgotten
there; PostgreSQL in a GIN index over the same words.

index     what is made for a table in the database
words     what a person typed, as a condition on its rows
"""
