"""Pages of kept documents as pictures, whole or only the places that prove something."""
