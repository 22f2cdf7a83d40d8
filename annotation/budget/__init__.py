"""How much may be filed without a look: reviewed tasks and a promise in, a threshold and its watch out."""
