import pytest
from django.db import DatabaseError

from config import health


def test_healthz_answers_without_a_database(client):
    assert client.get("/healthz").content == b"ok"


def test_readyz_is_ready_when_all_is_well(client, db):
    assert client.get("/readyz").json() == {"ready": True}


def test_readyz_names_migrations_that_are_missing(client, db, monkeypatch):
    plan = [("members", "0002")]
    monkeypatch.setattr(health.MigrationExecutor, "migration_plan", lambda self, targets: plan)
    response = client.get("/readyz")

    assert (response.status_code, response.json()["reason"]) == (503, "migrations: 1 not applied")


def test_readyz_names_a_database_that_does_not_answer(client, db, monkeypatch):
    def fail(connection):
        raise DatabaseError("secret address")

    monkeypatch.setattr(health, "MigrationExecutor", fail)

    assert client.get("/readyz").json()["reason"] == "database: DatabaseError"


@pytest.mark.parametrize("broker", ["redis://127.0.0.1:1/0"])
def test_readyz_names_a_broker_that_does_not_answer(client, db, settings, monkeypatch, broker):
    settings.CELERY_TASK_ALWAYS_EAGER = False
    monkeypatch.setattr(health.current_app.conf, "broker_url", broker)
    monkeypatch.setattr(health.current_app.conf, "broker_read_url", broker)

    assert client.get("/readyz").json()["reason"] == "broker: OperationalError"
