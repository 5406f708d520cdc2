"""Makes the PDFs of sample_docs: invented payers in the layouts that real policies have."""
