"""Checking (kiểm tra): inspections of how duties are done, what follows from them, measures against units.

course       what may be done with an inspection, and what comes of it (course.toml)
vocabulary   its kinds, contents, results, measures (vocabulary.toml)
plan         what is said of an inspection when it is planned, and when it is concluded
inspections  inspections within one transaction: planned, moved, concluded
findings     the duties that one looks at, and what it found of each
following    duties that are entered because of a conclusion
measures     what was done against a unit for a duty
forms        what people type → all of these
letter       the notice that states a conclusion, as DOCX
desk         all of these over one transaction
"""
