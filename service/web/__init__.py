"""The product in a browser and over HTTP: one FastAPI application, made by `service.web.app.create`."""
