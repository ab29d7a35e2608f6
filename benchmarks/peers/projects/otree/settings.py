"""The project file that oTree asks for: one app, no payments."""

SESSION_CONFIGS = [{"name": "journey", "app_sequence": ["journey"], "num_demo_participants": 1}]
SESSION_CONFIG_DEFAULTS = {"real_world_currency_per_point": 1, "participation_fee": 0}
LANGUAGE_CODE = "en"
USE_POINTS = True
ADMIN_USERNAME = "admin"
SECRET_KEY = "of-a-benchmark-only"  # noqa: S105
