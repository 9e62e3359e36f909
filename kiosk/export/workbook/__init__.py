"""Workbook of a package: the tables as an Excel file with the sheets that users of ZMS know."""
