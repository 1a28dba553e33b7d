"""Bulletins (通报): a table of units with words around it, as a workbook and on paper.

Bulletin                        what is told, without Django or the database (bulletin.py)
write_workbook(bulletin, path)  an .xlsx (workbook.py)
write_pdf(bulletin, path)       an A4 PDF, printed by the press (printed.py)

The printing process imports this package for the layout, so nothing is imported here.
"""
