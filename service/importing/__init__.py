"""An office's former book, a workbook, in; duties of the book out, entered once the user says so.

sheets    the workbook's rows, read in a bounded child
columns   what each column holds, by its heading (headings.toml)
rows      what each row says: units by the register, deadlines by the grammar, the state reached
entering  rows into the book, each once, whatever is imported again
"""
