"""What each layer costs against its bare equivalent, as ratios within one run."""
