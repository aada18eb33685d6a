"""How the register lies on disk: database, schema, audit trail, backup."""
