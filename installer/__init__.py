"""What brings the program onto a machine: set-up of a clone, fonts and icons, bundles and installers."""
