"""Reading the barcode of an old paper policy from a phone's photo."""
