"""The first schema."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

DOCUMENT = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
CODE_POINTS = sa.String().with_variant(sa.String(collation="C"), "postgresql")


def upgrade() -> None:
    """Make every table of the first schema."""
    op.create_table(
        "audit_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("worked_on", sa.Date(), nullable=False),
        sa.Column("account", sa.String(), nullable=False),
        sa.Column("roles", DOCUMENT, nullable=False),
        sa.Column("desk", sa.String(), nullable=False),
        sa.Column("action", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("object_type", sa.String(), nullable=False),
        sa.Column("object_id", sa.String(), nullable=False),
        sa.Column("establishment_id", sa.Integer(), nullable=True),
        sa.Column("changes", DOCUMENT, nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_entry")),
    )
    with op.batch_alter_table("audit_entry", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_audit_entry_establishment_id"), ["establishment_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_audit_entry_object_id"), ["object_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_audit_entry_object_type"), ["object_type"], unique=False)

    op.create_table(
        "audit_head",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_head")),
    )
    op.create_table(
        "calendar_year",
        sa.Column("year", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("loaded_on", sa.Date(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("year", name=op.f("pk_calendar_year")),
    )
    op.create_table(
        "office",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("register_id", sa.String(), nullable=False),
        sa.Column("profile", sa.String(), nullable=False),
        sa.Column("township", sa.String(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("is_sample", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_office")),
        sa.UniqueConstraint("register_id", name=op.f("uq_office_register_id")),
    )
    op.create_table(
        "serial",
        sa.Column("scope", sa.String(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("scope", name=op.f("pk_serial")),
    )
    op.create_table(
        "signing_key",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("public_key", sa.String(), nullable=False),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.Column("retired_on", sa.Date(), nullable=True),
        sa.Column("revoked_on", sa.Date(), nullable=True),
        sa.Column("revoked_reason", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("entered_by", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signing_key")),
    )
    op.create_table(
        "signing_secret",
        sa.Column("key_id", sa.String(), nullable=False),
        sa.Column("secret", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["key_id"], ["signing_key.id"], name=op.f("fk_signing_secret_key_id")),
        sa.PrimaryKeyConstraint("key_id", name=op.f("pk_signing_secret")),
    )
    op.create_table(
        "survey",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("is_closed", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_survey")),
        sa.UniqueConstraint("name", name=op.f("uq_survey_name")),
    )
    op.create_table(
        "village",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_village")),
        sa.UniqueConstraint("code", name=op.f("uq_village_code")),
        sa.UniqueConstraint("name", name=op.f("uq_village_name")),
    )
    op.create_table(
        "exchange_book",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("identity", sa.String(), nullable=False),
        sa.Column("village_id", sa.Integer(), nullable=True),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("file", sa.String(), nullable=False),
        sa.Column("row_count", sa.Integer(), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("entered_by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["village_id"], ["village.id"], name=op.f("fk_exchange_book_village_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exchange_book")),
        sa.UniqueConstraint("identity", name=op.f("uq_exchange_book_identity")),
    )
    op.create_table(
        "import_run",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("file", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("imported_on", sa.Date(), nullable=False),
        sa.Column("counts", DOCUMENT, nullable=False),
        sa.Column("village_id", sa.Integer(), nullable=True),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("sender", sa.String(), nullable=False),
        sa.Column("book_id", sa.Integer(), nullable=True),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("entered_by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["village_id"], ["village.id"], name=op.f("fk_import_run_village_id")),
        sa.ForeignKeyConstraint(["book_id"], ["exchange_book.id"], name=op.f("fk_import_run_book_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_run")),
    )
    op.create_table(
        "account",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("password_hash", sa.String(), nullable=False),
        sa.Column("roles", DOCUMENT, nullable=False),
        sa.Column("village_id", sa.Integer(), nullable=True),
        sa.Column("is_closed", sa.Boolean(), nullable=False),
        sa.Column("failed_count", sa.Integer(), nullable=False),
        sa.Column("locked_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["village_id"], ["village.id"], name=op.f("fk_account_village_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account")),
        sa.UniqueConstraint("name", name=op.f("uq_account_name")),
    )
    op.create_table(
        "establishment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uuid", sa.String(), nullable=False),
        sa.Column("archive_number", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=True),
        sa.Column("name_sort", CODE_POINTS, nullable=False),
        sa.Column("village_id", sa.Integer(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("place_key", CODE_POINTS, nullable=False),
        sa.Column("operator_name", sa.String(), nullable=False),
        sa.Column("operator_id_number", sa.String(), nullable=True),
        sa.Column("phone", sa.String(), nullable=True),
        sa.Column("business_licence", sa.Boolean(), nullable=True),
        sa.Column("business_licence_number", sa.String(), nullable=True),
        sa.Column("stated_paper_number", sa.String(), nullable=True),
        sa.Column("products", sa.String(), nullable=True),
        sa.Column("employee_count", sa.Integer(), nullable=True),
        sa.Column("health_certificate_count", sa.Integer(), nullable=True),
        sa.Column("area_m2", sa.Numeric(precision=8, scale=2), nullable=True),
        sa.Column("surveyed_on", sa.Date(), nullable=True),
        sa.Column("surveyed_sort", sa.Date(), nullable=False),
        sa.Column("surveyor", sa.String(), nullable=True),
        sa.Column("remark", sa.String(), nullable=True),
        sa.Column("answers", DOCUMENT, nullable=False),
        sa.Column("operating_status", sa.String(), nullable=False),
        sa.Column("registration_status", sa.String(), nullable=False),
        sa.Column("route", sa.String(), nullable=False),
        sa.Column("disposition", sa.String(), nullable=True),
        sa.Column("banned_until", sa.Date(), nullable=True),
        sa.Column("ban_basis", sa.String(), nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("entered_by", sa.String(), nullable=False),
        sa.CheckConstraint("employee_count >= 0", name=op.f("ck_establishment_employees")),
        sa.CheckConstraint(
            "health_certificate_count <= employee_count", name=op.f("ck_establishment_certificates")
        ),
        sa.ForeignKeyConstraint(["village_id"], ["village.id"], name=op.f("fk_establishment_village_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_establishment")),
        sa.UniqueConstraint("archive_number", name=op.f("uq_establishment_archive_number")),
        sa.UniqueConstraint("uuid", name=op.f("uq_establishment_uuid")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("establishment", schema=None) as batch_op:
        batch_op.create_index("ix_establishment_kind", ["kind", "id"], unique=False)
        batch_op.create_index(
            "ix_establishment_name_sort",
            ["name_sort", "id", "village_id", "kind", "registration_status", "operating_status"],
            unique=False,
        )
        batch_op.create_index(
            batch_op.f("ix_establishment_operator_id_number"), ["operator_id_number"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_establishment_phone"), ["phone"], unique=False)
        batch_op.create_index("ix_establishment_place", ["kind", "place_key"], unique=False)
        batch_op.create_index("ix_establishment_registration", ["registration_status", "id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_establishment_stated_paper_number"), ["stated_paper_number"], unique=False
        )
        batch_op.create_index(
            "ix_establishment_surveyed",
            ["surveyed_sort", "id", "village_id", "kind", "registration_status", "operating_status"],
            unique=False,
        )
        batch_op.create_index(
            "ix_establishment_village",
            ["village_id", "id", "kind", "registration_status", "operating_status", "surveyed_on"],
            unique=False,
        )

    op.create_table(
        "application",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("establishment_id", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("applied_on", sa.Date(), nullable=False),
        sa.Column("accepted_on", sa.Date(), nullable=True),
        sa.Column("site_checked_on", sa.Date(), nullable=True),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("materials", DOCUMENT, nullable=False),
        sa.Column("missing_materials", DOCUMENT, nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("entered_by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["establishment_id"], ["establishment.id"], name=op.f("fk_application_establishment_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_application")),
    )
    with op.batch_alter_table("application", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_application_establishment_id"), ["establishment_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_application_status"), ["status"], unique=False)

    op.create_table(
        "draft",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("label", sa.String(), nullable=False),
        sa.Column("typed", DOCUMENT, nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_draft_account_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draft")),
        sa.UniqueConstraint("account_id", "key", name=op.f("uq_draft_account_id")),
    )
    op.create_table(
        "establishment_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("establishment_id", sa.Integer(), nullable=False),
        sa.Column("change", sa.String(), nullable=False),
        sa.Column("changed_on", sa.Date(), nullable=False),
        sa.Column("old_value", sa.String(), nullable=True),
        sa.Column("new_value", sa.String(), nullable=True),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("entered_by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["establishment_id"], ["establishment.id"], name=op.f("fk_establishment_change_establishment_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_establishment_change")),
    )
    with op.batch_alter_table("establishment_change", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_establishment_change_establishment_id"), ["establishment_id"], unique=False
        )

    op.create_table(
        "exchange_row",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("book_id", sa.Integer(), nullable=False),
        sa.Column("import_id", sa.Integer(), nullable=True),
        sa.Column("identity", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("establishment_id", sa.Integer(), nullable=True),
        sa.Column("answers", DOCUMENT, nullable=False),
        sa.ForeignKeyConstraint(["book_id"], ["exchange_book.id"], name=op.f("fk_exchange_row_book_id")),
        sa.ForeignKeyConstraint(["import_id"], ["import_run.id"], name=op.f("fk_exchange_row_import_id")),
        sa.ForeignKeyConstraint(
            ["establishment_id"], ["establishment.id"], name=op.f("fk_exchange_row_establishment_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exchange_row")),
    )
    with op.batch_alter_table("exchange_row", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_exchange_row_book_id"), ["book_id"], unique=False)
        batch_op.create_index("ix_exchange_row_identity", ["identity", "book_id"], unique=False)

    op.create_table(
        "exchange_conflict",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("import_id", sa.Integer(), nullable=False),
        sa.Column("book_id", sa.Integer(), nullable=False),
        sa.Column("identity", sa.String(), nullable=False),
        sa.Column("establishment_id", sa.Integer(), nullable=True),
        sa.Column("sheet", sa.String(), nullable=False),
        sa.Column("row", sa.Integer(), nullable=True),
        sa.Column("base", DOCUMENT, nullable=False),
        sa.Column("theirs", DOCUMENT, nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("resolution", sa.String(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by", sa.String(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("entered_by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["import_id"], ["import_run.id"], name=op.f("fk_exchange_conflict_import_id")
        ),
        sa.ForeignKeyConstraint(["book_id"], ["exchange_book.id"], name=op.f("fk_exchange_conflict_book_id")),
        sa.ForeignKeyConstraint(
            ["establishment_id"], ["establishment.id"], name=op.f("fk_exchange_conflict_establishment_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exchange_conflict")),
    )
    op.create_table(
        "exchange_reminder",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("village_id", sa.Integer(), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("reminded_on", sa.Date(), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("entered_by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["village_id"], ["village.id"], name=op.f("fk_exchange_reminder_village_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exchange_reminder")),
    )
    op.create_table(
        "column_choice",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("shape", sa.String(), nullable=False),
        sa.Column("village_id", sa.Integer(), nullable=True),
        sa.Column("columns", DOCUMENT, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("entered_by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["village_id"], ["village.id"], name=op.f("fk_column_choice_village_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_column_choice")),
    )
    with op.batch_alter_table("column_choice", schema=None) as batch_op:
        batch_op.create_index("ix_column_choice_shape", ["shape"], unique=False)

    op.create_table(
        "import_row",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("import_id", sa.Integer(), nullable=False),
        sa.Column("sheet", sa.String(), nullable=False),
        sa.Column("row", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("establishment_id", sa.Integer(), nullable=True),
        sa.Column("version_after", sa.Integer(), nullable=True),
        sa.Column("before", DOCUMENT, nullable=True),
        sa.ForeignKeyConstraint(
            ["establishment_id"], ["establishment.id"], name=op.f("fk_import_row_establishment_id")
        ),
        sa.ForeignKeyConstraint(["import_id"], ["import_run.id"], name=op.f("fk_import_row_import_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_row")),
    )
    with op.batch_alter_table("import_row", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_import_row_import_id"), ["import_id"], unique=False)

    op.create_table(
        "inspection",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("establishment_id", sa.Integer(), nullable=False),
        sa.Column("inspected_on", sa.Date(), nullable=False),
        sa.Column("mode", sa.String(), nullable=False),
        sa.Column("inspectors", DOCUMENT, nullable=False),
        sa.Column("not_applicable", DOCUMENT, nullable=False),
        sa.Column("signature", sa.String(), nullable=False),
        sa.Column("refusal_reason", sa.String(), nullable=False),
        sa.Column("witness", sa.String(), nullable=False),
        sa.Column("late_reason", sa.String(), nullable=False),
        sa.Column("late_approved_by", sa.String(), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("entered_by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["establishment_id"], ["establishment.id"], name=op.f("fk_inspection_establishment_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inspection")),
    )
    with op.batch_alter_table("inspection", schema=None) as batch_op:
        batch_op.create_index(
            "ix_inspection_establishment", ["establishment_id", "inspected_on", "mode"], unique=False
        )

    op.create_table(
        "message_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("establishment_id", sa.Integer(), nullable=False),
        sa.Column("occasion", sa.String(), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("means", sa.String(), nullable=False),
        sa.Column("told_on", sa.Date(), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("entered_by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["establishment_id"], ["establishment.id"], name=op.f("fk_message_entry_establishment_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_message_entry")),
    )
    with op.batch_alter_table("message_entry", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_message_entry_establishment_id"), ["establishment_id"], unique=False
        )
        batch_op.create_index("ix_message_entry_subject", ["occasion", "subject_id"], unique=False)

    op.create_table(
        "joined_establishment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("establishment_id", sa.Integer(), nullable=False),
        sa.Column("archive_number", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("said", DOCUMENT, nullable=False),
        sa.Column("moved", DOCUMENT, nullable=False),
        sa.Column("before", DOCUMENT, nullable=False),
        sa.Column("state", DOCUMENT, nullable=False),
        sa.Column("joined_on", sa.Date(), nullable=False),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("undone_by", sa.String(), nullable=True),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("entered_by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["establishment_id"], ["establishment.id"], name=op.f("fk_joined_establishment_establishment_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_joined_establishment")),
    )
    with op.batch_alter_table("joined_establishment", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_joined_establishment_archive_number"), ["archive_number"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_joined_establishment_establishment_id"), ["establishment_id"], unique=False
        )

    op.create_table(
        "told_apart",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("establishment_id", sa.Integer(), nullable=False),
        sa.Column("other_id", sa.Integer(), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("entered_by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["establishment_id"], ["establishment.id"], name=op.f("fk_told_apart_establishment_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_told_apart")),
    )
    with op.batch_alter_table("told_apart", schema=None) as batch_op:
        batch_op.create_index("ix_told_apart_establishment", ["establishment_id", "other_id"], unique=False)

    op.create_table(
        "parked_duplicate",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("import_id", sa.Integer(), nullable=True),
        sa.Column("establishment_id", sa.Integer(), nullable=True),
        sa.Column("identity", sa.String(), nullable=True),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("answers", DOCUMENT, nullable=False),
        sa.Column("alike", DOCUMENT, nullable=False),
        sa.Column("sheet", sa.String(), nullable=False),
        sa.Column("row", sa.Integer(), nullable=False),
        sa.Column("resolution", sa.String(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by", sa.String(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("entered_by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["establishment_id"], ["establishment.id"], name=op.f("fk_parked_duplicate_establishment_id")
        ),
        sa.ForeignKeyConstraint(["import_id"], ["import_run.id"], name=op.f("fk_parked_duplicate_import_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_parked_duplicate")),
    )
    op.create_table(
        "photo",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("establishment_id", sa.Integer(), nullable=False),
        sa.Column("caption", sa.String(), nullable=False),
        sa.Column("taken_on", sa.Date(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("picture", sa.LargeBinary(), nullable=False),
        sa.Column("thumbnail", sa.LargeBinary(), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("entered_by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["establishment_id"], ["establishment.id"], name=op.f("fk_photo_establishment_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_photo")),
    )
    with op.batch_alter_table("photo", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_photo_establishment_id"), ["establishment_id"], unique=False)

    op.create_table(
        "inspection_photo",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("photo_id", sa.Integer(), nullable=False),
        sa.Column("inspection_id", sa.Integer(), nullable=False),
        sa.Column("moment", sa.String(), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("entered_by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["photo_id"], ["photo.id"], name=op.f("fk_inspection_photo_photo_id")),
        sa.ForeignKeyConstraint(
            ["inspection_id"], ["inspection.id"], name=op.f("fk_inspection_photo_inspection_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inspection_photo")),
        sa.UniqueConstraint("photo_id", name=op.f("uq_inspection_photo_photo_id")),
    )
    with op.batch_alter_table("inspection_photo", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_inspection_photo_inspection_id"), ["inspection_id"], unique=False
        )

    op.create_table(
        "preference",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("value", DOCUMENT, nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_preference_account_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_preference")),
        sa.UniqueConstraint("account_id", "key", name=op.f("uq_preference_account_id")),
    )
    op.create_table(
        "printer_offset",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("desk", sa.String(), nullable=False),
        sa.Column("printer", sa.String(), nullable=False),
        sa.Column("paper", sa.String(), nullable=False),
        sa.Column("right_tenths", sa.Integer(), nullable=False),
        sa.Column("down_tenths", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_printer_offset")),
        sa.UniqueConstraint("desk", "printer", "paper", name=op.f("uq_printer_offset_desk")),
    )
    op.create_table(
        "rectification_case",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("establishment_id", sa.Integer(), nullable=False),
        sa.Column("stage", sa.String(), nullable=False),
        sa.Column("family", sa.String(), nullable=False),
        sa.Column("is_starred", sa.Boolean(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("closed_out_on", sa.Date(), nullable=True),
        sa.Column("follows_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("entered_by", sa.String(), nullable=False),
        sa.CheckConstraint("stage <> ''", name=op.f("ck_rectification_case_stage")),
        sa.ForeignKeyConstraint(
            ["establishment_id"], ["establishment.id"], name=op.f("fk_rectification_case_establishment_id")
        ),
        sa.ForeignKeyConstraint(
            ["follows_id"], ["rectification_case.id"], name=op.f("fk_rectification_case_follows_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rectification_case")),
    )
    with op.batch_alter_table("rectification_case", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_rectification_case_establishment_id"), ["establishment_id"], unique=False
        )
        batch_op.create_index("ix_rectification_case_stage_due", ["stage", "due_on"], unique=False)

    op.create_table(
        "search_key",
        sa.Column("key", CODE_POINTS, nullable=False),
        sa.Column("establishment_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["establishment_id"],
            ["establishment.id"],
            name=op.f("fk_search_key_establishment_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("key", "establishment_id", name=op.f("pk_search_key")),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("search_key", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_search_key_establishment_id"), ["establishment_id"], unique=False
        )

    op.create_table(
        "shutdown_decision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("establishment_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.Column("close_by", sa.Date(), nullable=True),
        sa.Column("is_unmet", sa.Boolean(), nullable=False),
        sa.Column("authority", sa.String(), nullable=False),
        sa.Column("document", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("entered_by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["establishment_id"], ["establishment.id"], name=op.f("fk_shutdown_decision_establishment_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shutdown_decision")),
    )
    with op.batch_alter_table("shutdown_decision", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_shutdown_decision_establishment_id"), ["establishment_id"], unique=False
        )

    op.create_table(
        "survey_response",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("survey_id", sa.Integer(), nullable=False),
        sa.Column("establishment_id", sa.Integer(), nullable=False),
        sa.Column("surveyed_on", sa.Date(), nullable=True),
        sa.Column("surveyor", sa.String(), nullable=True),
        sa.Column("answers", DOCUMENT, nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("entered_by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["establishment_id"], ["establishment.id"], name=op.f("fk_survey_response_establishment_id")
        ),
        sa.ForeignKeyConstraint(["survey_id"], ["survey.id"], name=op.f("fk_survey_response_survey_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_survey_response")),
    )
    with op.batch_alter_table("survey_response", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_survey_response_establishment_id"), ["establishment_id"], unique=False
        )

    op.create_table(
        "application_step",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("step", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("done_on", sa.Date(), nullable=False),
        sa.Column("people", DOCUMENT, nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("answers", DOCUMENT, nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("entered_by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["application_id"], ["application.id"], name=op.f("fk_application_step_application_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_application_step")),
    )
    with op.batch_alter_table("application_step", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_application_step_application_id"), ["application_id"], unique=False
        )

    op.create_table(
        "finding",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("establishment_id", sa.Integer(), nullable=False),
        sa.Column("inspection_id", sa.Integer(), nullable=True),
        sa.Column("case_id", sa.Integer(), nullable=True),
        sa.Column("item", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("is_starred", sa.Boolean(), nullable=False),
        sa.Column("found_on", sa.Date(), nullable=False),
        sa.Column("is_corrected", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("entered_by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["rectification_case.id"], name=op.f("fk_finding_case_id")),
        sa.ForeignKeyConstraint(
            ["establishment_id"], ["establishment.id"], name=op.f("fk_finding_establishment_id")
        ),
        sa.ForeignKeyConstraint(["inspection_id"], ["inspection.id"], name=op.f("fk_finding_inspection_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_finding")),
    )
    with op.batch_alter_table("finding", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_finding_case_id"), ["case_id"], unique=False)
        batch_op.create_index(
            "ix_finding_establishment",
            ["establishment_id", "item", "found_on", "is_starred"],
            unique=False,
        )

    op.create_table(
        "look_back",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("establishment_id", sa.Integer(), nullable=False),
        sa.Column("looked_on", sa.Date(), nullable=False),
        sa.Column("inspectors", DOCUMENT, nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=True),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("entered_by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["rectification_case.id"], name=op.f("fk_look_back_case_id")),
        sa.ForeignKeyConstraint(
            ["establishment_id"], ["establishment.id"], name=op.f("fk_look_back_establishment_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_look_back")),
    )
    with op.batch_alter_table("look_back", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_look_back_establishment_id"), ["establishment_id"], unique=False)

    op.create_table(
        "risk_decision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("establishment_id", sa.Integer(), nullable=False),
        sa.Column("level", sa.String(), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("entered_by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["establishment_id"], ["establishment.id"], name=op.f("fk_risk_decision_establishment_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_risk_decision")),
    )
    with op.batch_alter_table("risk_decision", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_risk_decision_establishment_id"), ["establishment_id"], unique=False
        )

    op.create_table(
        "inspector",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("card_number", sa.String(), nullable=False),
        sa.Column("left_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("entered_by", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inspector")),
        sa.UniqueConstraint("name", name=op.f("uq_inspector_name")),
    )
    op.create_table(
        "recusal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("inspector_id", sa.Integer(), nullable=False),
        sa.Column("establishment_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("entered_by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["inspector_id"], ["inspector.id"], name=op.f("fk_recusal_inspector_id")),
        sa.ForeignKeyConstraint(
            ["establishment_id"], ["establishment.id"], name=op.f("fk_recusal_establishment_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recusal")),
    )
    with op.batch_alter_table("recusal", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_recusal_inspector_id"), ["inspector_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_recusal_establishment_id"), ["establishment_id"], unique=False)

    op.create_table(
        "random_draw",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("purpose", sa.String(), nullable=False),
        sa.Column("drawn_on", sa.Date(), nullable=False),
        sa.Column("seed", sa.String(), nullable=False),
        sa.Column("algorithm", sa.String(), nullable=False),
        sa.Column("scope", DOCUMENT, nullable=False),
        sa.Column("scope_words", sa.String(), nullable=False),
        sa.Column("quota", sa.String(), nullable=False),
        sa.Column("drawn_count", sa.Integer(), nullable=False),
        sa.Column("candidates", DOCUMENT, nullable=False),
        sa.Column("inspectors", DOCUMENT, nullable=False),
        sa.Column("kept_away", DOCUMENT, nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("entered_by", sa.String(), nullable=False),
        sa.CheckConstraint("drawn_count > 0", name=op.f("ck_random_draw_drawn")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_random_draw")),
    )
    op.create_table(
        "drawn_establishment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("draw_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("establishment_id", sa.Integer(), nullable=False),
        sa.Column("archive_number", sa.String(), nullable=False),
        sa.Column("inspectors", DOCUMENT, nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("entered_by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["draw_id"], ["random_draw.id"], name=op.f("fk_drawn_establishment_draw_id")),
        sa.ForeignKeyConstraint(
            ["establishment_id"], ["establishment.id"], name=op.f("fk_drawn_establishment_establishment_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_drawn_establishment")),
    )
    with op.batch_alter_table("drawn_establishment", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_drawn_establishment_draw_id"), ["draw_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_drawn_establishment_establishment_id"), ["establishment_id"], unique=False
        )

    op.create_table(
        "year_plan",
        sa.Column("year", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.Column("kinds", DOCUMENT, nullable=False),
        sa.Column("inspections", DOCUMENT, nullable=False),
        sa.Column("samplings", DOCUMENT, nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("entered_by", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("year", name=op.f("pk_year_plan")),
    )
    op.create_table(
        "sampling",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("establishment_id", sa.Integer(), nullable=False),
        sa.Column("sampled_on", sa.Date(), nullable=False),
        sa.Column("product", sa.String(), nullable=False),
        sa.Column("result", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("entered_by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["establishment_id"], ["establishment.id"], name=op.f("fk_sampling_establishment_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sampling")),
    )
    with op.batch_alter_table("sampling", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sampling_establishment_id"), ["establishment_id"], unique=False)

    op.create_table(
        "campaign",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("basis", sa.String(), nullable=False),
        sa.Column("scope", DOCUMENT, nullable=False),
        sa.Column("phases", DOCUMENT, nullable=False),
        sa.Column("tasks", DOCUMENT, nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("ended_by", sa.String(), nullable=False),
        sa.Column("conclusion", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("entered_by", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_campaign")),
        sa.UniqueConstraint("name", name=op.f("uq_campaign_name")),
    )
    op.create_table(
        "paper",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("establishment_id", sa.Integer(), nullable=False),
        sa.Column("application_id", sa.Integer(), nullable=True),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("number", CODE_POINTS, nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("act", sa.String(), nullable=False),
        sa.Column("follows_id", sa.Integer(), nullable=True),
        sa.Column("scope", sa.String(), nullable=False),
        sa.Column("serial", sa.Integer(), nullable=True),
        sa.Column("issued_on", sa.Date(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("status_on", sa.Date(), nullable=False),
        sa.Column("status_reason", sa.String(), nullable=False),
        sa.Column("living_place", sa.String(), nullable=True),
        sa.Column("is_newest", sa.Boolean(), nullable=False),
        sa.Column("facts", DOCUMENT, nullable=False),
        sa.Column("signed_code", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("entered_by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["application_id"], ["application.id"], name=op.f("fk_paper_application_id")),
        sa.ForeignKeyConstraint(
            ["establishment_id"], ["establishment.id"], name=op.f("fk_paper_establishment_id")
        ),
        sa.ForeignKeyConstraint(["follows_id"], ["paper.id"], name=op.f("fk_paper_follows_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_paper")),
        sa.UniqueConstraint("follows_id", name=op.f("uq_paper_follows_id")),
        sa.UniqueConstraint("living_place", name=op.f("uq_paper_living_place")),
        sa.UniqueConstraint("number", "edition", name=op.f("uq_paper_number")),
        sa.UniqueConstraint("scope", "serial", "edition", name=op.f("uq_paper_scope")),
    )
    with op.batch_alter_table("paper", schema=None) as batch_op:
        batch_op.create_index("ix_paper_establishment", ["establishment_id", "id"], unique=False)
        batch_op.create_index("ix_paper_issued_on", ["issued_on", "id"], unique=False)
        batch_op.create_index(
            "ix_paper_newest",
            ["establishment_id"],
            unique=True,
            sqlite_where=sa.text("is_newest = 1"),
            postgresql_where=sa.text("is_newest"),
        )
        batch_op.create_index(
            "ix_paper_valid_until",
            ["status", "valid_until", "establishment_id", "kind", "is_newest"],
            unique=False,
        )

    op.create_table(
        "rectification_order",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("family", sa.String(), nullable=False),
        sa.Column("ordered_on", sa.Date(), nullable=False),
        sa.Column("within_days", sa.Integer(), nullable=True),
        sa.Column("within_workdays", sa.Integer(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("party", DOCUMENT, nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("entered_by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["rectification_case.id"], name=op.f("fk_rectification_order_case_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rectification_order")),
        sa.UniqueConstraint("number", name=op.f("uq_rectification_order_number")),
    )
    with op.batch_alter_table("rectification_order", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_rectification_order_case_id"), ["case_id"], unique=False)

    op.create_table(
        "rectification_step",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("step", sa.String(), nullable=False),
        sa.Column("stage", sa.String(), nullable=False),
        sa.Column("done_on", sa.Date(), nullable=False),
        sa.Column("people", DOCUMENT, nullable=False),
        sa.Column("result", sa.String(), nullable=True),
        sa.Column("old_due_on", sa.Date(), nullable=True),
        sa.Column("new_due_on", sa.Date(), nullable=True),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("addressee", sa.String(), nullable=False),
        sa.Column("unmet", DOCUMENT, nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("entered_by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["rectification_case.id"], name=op.f("fk_rectification_step_case_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rectification_step")),
    )
    with op.batch_alter_table("rectification_step", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_rectification_step_case_id"), ["case_id"], unique=False)

    op.create_table(
        "print_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("paper_id", sa.Integer(), nullable=True),
        sa.Column("establishment_id", sa.Integer(), nullable=True),
        sa.Column("document", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("copy_number", sa.Integer(), nullable=False),
        sa.Column("printed_on", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("file", sa.String(), nullable=False),
        sa.Column("file_sha256", sa.String(), nullable=False),
        sa.Column("facts_sha256", sa.String(), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("entered_by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["establishment_id"], ["establishment.id"], name=op.f("fk_print_entry_establishment_id")
        ),
        sa.ForeignKeyConstraint(["paper_id"], ["paper.id"], name=op.f("fk_print_entry_paper_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_print_entry")),
    )
    with op.batch_alter_table("print_entry", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_print_entry_establishment_id"), ["establishment_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_print_entry_paper_id"), ["paper_id"], unique=False)

    op.create_table(
        "number_range",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("scope", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("village_id", sa.Integer(), nullable=False),
        sa.Column("first", sa.Integer(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.Column("reserved_on", sa.Date(), nullable=False),
        sa.Column("returned_on", sa.Date(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("entered_by", sa.String(), nullable=False),
        sa.CheckConstraint("first <= last", name=op.f("ck_number_range_order")),
        sa.ForeignKeyConstraint(["village_id"], ["village.id"], name=op.f("fk_number_range_village_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_number_range")),
    )
    with op.batch_alter_table("number_range", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_number_range_scope"), ["scope"], unique=False)

    op.create_table(
        "number_mark",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("scope", sa.String(), nullable=False),
        sa.Column("serial", sa.Integer(), nullable=False),
        sa.Column("mark", sa.String(), nullable=False),
        sa.Column("marked_on", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("entered_by", sa.String(), nullable=False),
        sa.UniqueConstraint("scope", "serial", name=op.f("uq_number_mark_scope")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_number_mark")),
    )

    op.create_table(
        "blank_lot",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("prefix", sa.String(), nullable=False),
        sa.Column("digits", sa.Integer(), nullable=False),
        sa.Column("first", sa.Integer(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("entered_by", sa.String(), nullable=False),
        sa.CheckConstraint("first <= last", name=op.f("ck_blank_lot_order")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_blank_lot")),
    )
    with op.batch_alter_table("blank_lot", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_blank_lot_prefix"), ["prefix"], unique=False)

    op.create_table(
        "blank_use",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("lot_id", sa.Integer(), nullable=False),
        sa.Column("serial", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("used_on", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("paper_id", sa.Integer(), nullable=True),
        sa.Column("print_entry_id", sa.Integer(), nullable=True),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("entered_by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["lot_id"], ["blank_lot.id"], name=op.f("fk_blank_use_lot_id")),
        sa.ForeignKeyConstraint(["paper_id"], ["paper.id"], name=op.f("fk_blank_use_paper_id")),
        sa.ForeignKeyConstraint(
            ["print_entry_id"], ["print_entry.id"], name=op.f("fk_blank_use_print_entry_id")
        ),
        sa.UniqueConstraint("lot_id", "serial", name=op.f("uq_blank_use_lot_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_blank_use")),
    )
    with op.batch_alter_table("blank_use", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_blank_use_paper_id"), ["paper_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_blank_use_print_entry_id"), ["print_entry_id"], unique=False)

    op.create_table(
        "paper_collection",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("paper_id", sa.Integer(), nullable=False),
        sa.Column("establishment_id", sa.Integer(), nullable=False),
        sa.Column("collected_on", sa.Date(), nullable=False),
        sa.Column("collector", sa.String(), nullable=False),
        sa.Column("is_agent", sa.Boolean(), nullable=False),
        sa.Column("authority", sa.String(), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("entered_by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["paper_id"], ["paper.id"], name=op.f("fk_paper_collection_paper_id")),
        sa.ForeignKeyConstraint(
            ["establishment_id"], ["establishment.id"], name=op.f("fk_paper_collection_establishment_id")
        ),
        sa.UniqueConstraint("paper_id", name=op.f("uq_paper_collection_paper_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_paper_collection")),
    )
    with op.batch_alter_table("paper_collection", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_paper_collection_establishment_id"), ["establishment_id"], unique=False
        )
