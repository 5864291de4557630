"""The open document and what happens to it: QtCore and QtGui, no widgets."""
