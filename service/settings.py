"""Environment variables DONDOC_… in, one frozen `Settings` out; every bound of the product is named here."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

from pipeline.exchange.package import Organ
from pipeline.limits import Limits

_MARKED = 2  # pages of a scan on which a secrecy mark is looked for


def _data_dir() -> Path:
    home = os.environ.get("XDG_DATA_HOME", "")
    return (Path(home) if home else Path.home() / ".local" / "share") / "dondoc"


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class Settings(BaseSettings):
    """All settings; each is an environment variable with the prefix DONDOC_."""

    model_config = SettingsConfigDict(env_prefix="DONDOC_", frozen=True, extra="ignore")

    data_dir: Path = Field(
        default_factory=_data_dir,
        description="folder of the store, private to its user; without it ~/.local/share/dondoc",
    )
    database_url: str = Field(
        default="",
        description="postgresql+psycopg://user@host/name; empty: an SQLite file in the data folder",
    )
    log_level: str = Field(default="WARNING", description="DEBUG, INFO, WARNING or ERROR")
    metrics_token: SecretStr = Field(
        default=SecretStr(""), description="bearer token with which /metrics is read; empty: there is none"
    )

    engine: str = Field(
        default="processes",
        pattern=r"^(inline|(processes|dask://local)(:[1-9]\d{0,2})?|dask(\+tls)?://[^\s/]+:\d+)$",
        description="where files are read: `inline` (one at a time), `processes:4` (so many here), "
        "`dask://host:8786`, `dask+tls://host:8786` (a cluster), `dask://local` (one of its own)",
    )
    workers: int = Field(
        default_factory=_cores,
        ge=1,
        le=256,
        description="files read at the same time, if the engine names no number; without it one a core",
    )
    files_per_child: int = Field(default=1000, ge=1, description="files after which a child is replaced")
    child_memory_mb: int = Field(
        default=2048, ge=64, description="resident MiB of a child and its own children, for one file"
    )
    child_file_mb: int = Field(
        default=1024, ge=1, description="MiB that a child may write into one temporary file"
    )
    child_cpu_seconds: float = Field(
        default=1200.0, gt=0, description="processor seconds for one file, or one slice of a long scan"
    )
    child_wall_seconds: float = Field(
        default=1200.0, gt=0, description="seconds of waiting for one file, or one slice of a long scan"
    )
    slice_pages: int = Field(
        default=5, ge=1, description="scanned pages read in one go: a longer scan is read in such slices"
    )
    lease_seconds: float = Field(
        default=60.0, gt=0, description="seconds until a silent worker's job is free again"
    )
    most_attempts: int = Field(
        default=3, ge=1, description="times a job may be begun before it counts as crashing its worker"
    )

    max_bytes: int = Field(default=Limits().max_bytes, ge=1, description="bytes of one file")
    max_unpacked_bytes: int = Field(
        default=Limits().max_unpacked_bytes, ge=1, description="bytes that one file may unpack to"
    )
    max_unpack_ratio: int = Field(
        default=Limits().max_unpack_ratio, ge=1, description="times that a file may grow by unpacking"
    )
    max_pages: int = Field(default=Limits().max_pages, ge=1, description="pages of one file")
    max_ocr_pages: int = Field(
        default=Limits().max_ocr_pages, ge=0, description="pages read by OCR in a file"
    )
    max_pixels: int = Field(default=Limits().max_pixels, ge=1, description="pixels of one picture")
    convert_seconds: float = Field(
        default=Limits().convert_seconds, gt=0, description="seconds for one run of an external program"
    )
    ocr_dpi: int = Field(default=Limits().ocr_dpi, ge=72, le=600, description="dots an inch for OCR")

    max_upload_files: int = Field(default=100, ge=1, description="files of one request")
    max_upload_bytes: int = Field(
        default=4 * Limits().max_bytes, ge=1, description="bytes of one request with all its files"
    )
    picture_seconds: float = Field(default=60.0, gt=0, description="seconds for the picture of a page")
    picture_cache_mb: int = Field(default=1024, ge=1, description="MiB of pages' pictures that are kept")

    duty_files: int = Field(default=5, ge=1, le=50, description="files attached to one step of a duty")
    duty_file_bytes: int = Field(
        default=20 * 2**20, ge=1, description="bytes of one file attached to a step of a duty"
    )
    duty_file_seconds: float = Field(
        default=90.0, gt=0, description="seconds for looking one such file through for a secrecy mark"
    )

    import_rows: int = Field(default=5000, ge=1, description="rows of a sheet of a former book")

    export_hours: float = Field(default=24.0, gt=0, description="hours that an export is kept")
    export_seconds: float = Field(default=1800.0, gt=0, description="seconds that one export may take")
    due_soon_days: int = Field(default=3, ge=0, le=60, description="days before a deadline that are soon")
    update_days: int = Field(
        default=7, ge=1, le=366, description="days for which what a unit told of a duty counts as up to date"
    )
    report_bands: tuple[int, ...] = Field(
        default=(300, 50), description="numbers of duties from which units are ranked apart, a JSON list"
    )

    office_parent: str = Field(default="…", description="body above the office, at the head of its letters")
    office_name: str = Field(default="Văn phòng", description="the office, at the head of its letters")
    office_id: str = Field(
        default="", description="its id in the exchange of documents (OrganId), such as 000.00.01.H32"
    )
    office_place: str = Field(default="…", description="where its letters are dated")
    office_notation: str = Field(default="BC-VP", description="notation of its reports, behind the number")
    office_letter_notation: str = Field(default="VP", description="notation of its letters that urge units")
    office_position: str = Field(default="Chánh Văn phòng", description="who signs its reports")
    office_recipients: tuple[str, ...] = Field(
        default=("Như trên", "Lưu: VT"), description="who gets its reports, a JSON list"
    )

    private_webhooks: bool = Field(
        default=False, description="webhooks may lead to private and loopback addresses"
    )

    audit_key_file: Path | None = Field(
        default=None,
        description="key that signs the audit's heads, in a folder that the server can write to; "
        "empty: keys/audit.pem in the data folder",
    )
    audit_sign_minutes: float = Field(
        default=10.0, gt=0, description="minutes between two signatures of the audit's head while serving"
    )
    second_look_share: float = Field(
        default=0.05,
        ge=0,
        le=1,
        description="share of reviewed documents that a second person looks at again",
    )
    secure_cookies: bool = Field(
        default=False, description="cookies over https only: set it behind a server that speaks https"
    )

    remind_days: str = Field(
        default="7,3,1",
        pattern=r"^\d{1,3}(,\d{1,3})*$",
        description="days before a deadline on which its unit is reminded",
    )
    remind_again_days: int = Field(
        default=7, ge=1, description="days between two reminders of what is overdue"
    )
    remind_undated_months: int = Field(
        default=3, ge=1, description="months after which a unit is reminded of what has no deadline"
    )
    remind_hours: str = Field(
        default="07:30-17:00",
        pattern=r"^([01]\d|2[0-3]):[0-5]\d-([01]\d|2[0-3]):[0-5]\d$",
        description="the office's hours, Viet Nam's time; nobody is reminded outside them or on days off",
    )

    confidence_model: str = Field(
        default="",
        description='id of the confidence model to read by, or "shipped"; empty: the promoted one',
    )

    reader_model: str = Field(
        default="", description="the same for the second reader, whose agreement the probabilities know of"
    )

    protected_slices: tuple[str, ...] = Field(
        default=("all", "source:scan", "source:text", "length:long", "deadline:with"),
        description="slices that no promoted model may read worse, a JSON list",
    )

    smtp_host: str = Field(default="", description="mail server that takes reminders; empty: no mail")
    smtp_port: int = Field(default=587, ge=1, le=65535, description="its port")
    smtp_tls: Literal["starttls", "tls", "none"] = Field(
        default="starttls", description="how the way to it is encrypted"
    )
    smtp_ca_file: Path | None = Field(
        default=None, description="certificates trusted besides the system's, for a server of the house"
    )
    smtp_user: str = Field(default="", description="who logs in there; empty: nobody")
    smtp_password_file: Path | None = Field(default=None, description="file that holds the password")
    smtp_from: str = Field(default="", description="the sender's address; empty: dondoc@ its host")
    alert_mail: str = Field(
        default="",
        pattern=r"^$|^[^@\s,;<>]+@[^@\s,;<>]+$",
        description="the administrators' address: told when nothing more is accepted unseen; empty: nobody",
    )

    imap_host: str = Field(default="", description="mail server whose folder is taken from; empty: none")
    imap_port: int = Field(default=993, ge=1, le=65535, description="its port")
    imap_tls: Literal["tls", "starttls", "none"] = Field(
        default="tls", description="how the way to it is encrypted"
    )
    imap_ca_file: Path | None = Field(
        default=None, description="certificates trusted besides the system's, for a server of the house"
    )
    imap_user: str = Field(default="", description="who logs in there")
    imap_password_file: Path | None = Field(default=None, description="file that holds the password")
    imap_folder: str = Field(default="INBOX", description="folder whose mails are taken, best one of its own")
    imap_as: str = Field(default="", description="login of the user in whose name documents are sent in")
    imap_senders: str = Field(
        default="", description="addresses, or @domain, from which mail is taken, by commas; empty: all"
    )
    imap_text: bool = Field(
        default=False, description="the text of a mail that carries no file is a document itself"
    )
    imap_done_folder: str = Field(
        default="", description="folder that mails are moved to once they are read; empty: they are marked"
    )
    imap_failed_folder: str = Field(
        default="", description="folder for mails that somebody should look at; empty: as the others"
    )
    imap_seconds: float = Field(default=60.0, ge=1, description="seconds between two looks into the folder")

    public_url: str = Field(
        default="",
        description="address under which people open the product, such as https://dondoc.example.vn",
    )
    oidc_issuer: str = Field(
        default="", description="address of an OpenID provider that people log in by; empty: by password only"
    )
    oidc_client_id: str = Field(default="", description="what the product is called at the provider")
    oidc_client_secret: SecretStr = Field(
        default=SecretStr(""), description="its secret there; empty for a client without one"
    )
    oidc_client_secret_file: Path | None = Field(
        default=None, description="file that holds the secret, instead of it"
    )
    oidc_name: str = Field(default="", description="what the button on the login page calls the provider")
    oidc_scopes: str = Field(default="openid profile", description="what is asked of the provider")
    oidc_login_claim: str = Field(
        default="preferred_username", description="claim by which a first login finds its account"
    )
    oidc_new_users: bool = Field(
        default=False, description="a first login makes an account, of a unit's role without units"
    )
    oidc_only: bool = Field(default=False, description="passwords are for administrators alone")

    @property
    def office_organ(self) -> Organ:
        """The office as it stands in packages of the exchange."""
        return Organ(self.office_id, self.office_name)

    @property
    def audit_key(self) -> Path:
        """The file of the key that signs the audit's heads."""
        return self.audit_key_file or self.data_dir / "keys" / "audit.pem"

    @property
    def url(self) -> str:
        """The database's URL: the given one, else the SQLite file in the data folder."""
        return self.database_url or f"sqlite:///{self.data_dir / 'dondoc.sqlite3'}"

    @property
    def units_file(self) -> Path:
        """The office's own units (`dondoc units import`)."""
        return self.data_dir / "units.tsv"

    @property
    def models_dir(self) -> Path:
        """The office's own models (`dondoc train`)."""
        return self.data_dir / "models"

    @property
    def limits(self) -> Limits:
        """The path's own bounds."""
        return Limits(**{name: getattr(self, name) for name in Limits.__dataclass_fields__})

    @property
    def limits_of_evidence(self) -> Limits:
        """The same for a file attached to a step, of which only the first pages need be recognised."""
        return replace(self.limits, max_ocr_pages=min(self.max_ocr_pages, _MARKED))
