"""摸底调查: the register as a table, one sheet as a form, many sheets as a grid."""
