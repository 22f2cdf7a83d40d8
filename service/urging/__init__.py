"""Urging (đôn đốc): units are reminded of what they have to do, in the product, by mail, by letter, by word.

causes      a duty and a day → why it is to be reminded of, or nothing
reminders   reminders within one transaction: made once, a digest a unit a day, shown
mailbox     digests on their way as mail, claimed and settled; where units get theirs
message     a digest → its message; sending it by SMTP
urger       what the product does by itself
calls       a log of calls and meetings on a duty
letter      the official letter to a unit about what is overdue; templates that the office can edit
desk        all of these over one transaction
"""
