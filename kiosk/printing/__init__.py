"""What leaves on paper: the receipt's pages and its code, and the printers that they go to."""
