"""Filing without a look within a budget of errors: the promise, what the machine accepts, how it is kept."""
