"""The register: found, leafed through, shown in full, compared, joined."""
