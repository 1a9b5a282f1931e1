"""Results as files: a table for spreadsheets, a document for programs, a page for people."""
