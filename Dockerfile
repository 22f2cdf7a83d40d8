FROM python:3.12-slim-bookworm
RUN apt-get update \
    && apt-get install -y --no-install-recommends tesseract-ocr tesseract-ocr-vie libreoffice-writer-nogui fonts-croscore \
    && rm -rf /var/lib/apt/lists/*
WORKDIR /opt/dondoc
COPY . .
RUN pip install --no-cache-dir -c constraints.txt -e '.[oidc]' \
    && useradd --system --create-home dondoc && mkdir /data && chown dondoc /data
USER dondoc
ENV DONDOC_DATA_DIR=/data HOME=/tmp
EXPOSE 8000
CMD ["dondoc", "serve", "--host", "0.0.0.0"]
