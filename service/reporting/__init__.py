"""Reports of the book as people take them away: one sheet of figures, shown as a page, a table, a letter.

sheet      what a report says: its columns, rows, ranks, what is overdue for longest
charts     the same as drawings
workbook   as XLSX
letter     as DOCX in the form of Nghị định 30/2020/NĐ-CP, and as PDF
"""
