"""The register of insured people, behind one narrow port."""
