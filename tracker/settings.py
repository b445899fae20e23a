"""The tracker's settings: one file, read from top to bottom."""

from tracker import env

# -- where, and for whom ------------------------------------------------------------
BASE_DIR = env.BASE_DIR
ENVIRONMENT = env.choice("B12_ENVIRONMENT", env.DEMO, env.PRODUCTION)
IS_PRODUCTION = ENVIRONMENT == env.PRODUCTION
VAR_DIR = env.folder("B12_VAR")
DEBUG = False
SECRET_KEY = env.secret_key(environment=ENVIRONMENT, kept_in=VAR_DIR)
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS")
PUBLIC_URL = env.text("PUBLIC_URL").rstrip("/")
CLOCK_SHIFT = env.text("B12_CLOCK_SHIFT")

# -- what it is made of -------------------------------------------------------------
INSTALLED_APPS = [
    "tracker",
    "notifications",
    "schedules",
    "patients",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "csp",
    "rest_framework",
    "knox",
    "django_filters",
    "drf_spectacular",
    "drf_standardized_errors",
    "simple_history",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "tracker.preview.middleware.Previews",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
]
ROOT_URLCONF = "tracker.urls"
WSGI_APPLICATION = "tracker.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "tracker.context.seat",
            ],
        },
    },
]

# -- what it keeps ------------------------------------------------------------------
DATABASES = {"default": env.database(kept_in=VAR_DIR)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# -- who may sign in ----------------------------------------------------------------
AUTH_USER_MODEL = "patients.User"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
LOGIN_URL = "sign-in"
LOGIN_REDIRECT_URL = "today"
LOGOUT_REDIRECT_URL = "sign-in"
SESSION_COOKIE_AGE = 8 * 60 * 60  # a working day: a forgotten screen signs itself out
SESSION_COOKIE_HTTPONLY = True
# What was saved names patients: it stays on the server, not in a cookie.
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# -- what a browser may do ----------------------------------------------------------
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = IS_PRODUCTION
SECURE_SSL_REDIRECT = IS_PRODUCTION
SECURE_REDIRECT_EXEMPT = [r"^health/"]  # asked from inside, without TLS
SECURE_HSTS_SECONDS = 31_536_000 if IS_PRODUCTION else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if IS_PRODUCTION else None
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL] if IS_PRODUCTION else []
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'"],
        "connect-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
    },
}
DATA_UPLOAD_MAX_MEMORY_SIZE = FILE_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024

# -- how it speaks ------------------------------------------------------------------
LANGUAGE_CODE = "en-gb"
LANGUAGES = [("en-gb", "English")]  # as many as the pages can speak
USE_TZ = True
TIME_ZONE = "UTC"  # instants are UTC; days belong to clinics, which have zones
STATIC_URL = "static/"
STATIC_ROOT = VAR_DIR / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}

# -- the API ------------------------------------------------------------------------
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["knox.auth.TokenAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["tracker.parsers.PlainJSON"],
    "DEFAULT_SCHEMA_CLASS": "tracker.preview.schema.WithPreviews",
    "DEFAULT_PAGINATION_CLASS": "tracker.paging.NewestFirst",
    "EXCEPTION_HANDLER": "drf_standardized_errors.handler.exception_handler",
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
}
DRF_STANDARDIZED_ERRORS = {
    "EXCEPTION_HANDLER_CLASS": "tracker.problems.Handler",
    "EXCEPTION_FORMATTER_CLASS": "tracker.problems.Formatter",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "B12 tracker",
    "VERSION": "1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SERVE_PERMISSIONS": ["rest_framework.permissions.AllowAny"],
    "SCHEMA_PATH_PREFIX": "/api/v1",
}

# -- what leaves the house ----------------------------------------------------------
# In production a message has to leave for somewhere: a folder takes it in silence.
SMTP_URL = env.needed("SMTP_URL", in_production=IS_PRODUCTION)
EMAIL_FROM = env.text("EMAIL_FROM")
KANNEL_URL = env.needed("KANNEL_URL", in_production=IS_PRODUCTION)
OUTBOX_DIR = VAR_DIR / "outbox"

# -- who wakes whom -----------------------------------------------------------------
# The broker only wakes: a task carries nothing, and a lost one is made up by the next.
REMINDER_EVERY_SECONDS = env.number("REMINDER_EVERY_SECONDS")
CELERY_BROKER_URL = env.text("REDIS_URL") or f"redis+socket://{VAR_DIR}/valkey.sock"
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "unacked_restore_interval": 10,
    "visibility_timeout": 300,
    "socket_timeout": 5,
    "socket_connect_timeout": 2,
}
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_DB_REUSE_MAX = 1000  # or the connection is closed around every task
CELERY_TIMEZONE = "UTC"

# -- what it writes down about itself -----------------------------------------------
# Codes, counts and ids of rows; never a name, a number or an address of a person.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "INFO"},
}
