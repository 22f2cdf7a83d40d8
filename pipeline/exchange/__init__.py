"""Packages of the national exchange of electronic documents (edXML, QCVN 102:2016/BTTTT): bytes ⇄ values.

`package` holds the values, `opening` reads them from bytes of whatever sender, `writing` writes valid ones.
"""
