.PHONY: setup demo test check
setup:
	./scripts/setup.sh
