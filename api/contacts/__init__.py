"""People at organisations: personal data, shown with the scope `personal` only, and every showing logged."""
