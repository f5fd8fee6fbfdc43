"""One exhibitor, one buyer, one sitting."""
