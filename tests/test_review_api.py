"""The REST API of the review, by hand and fuzzed from its own description."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("fastapi")
pytest.importorskip("httpx")

from hypothesis import HealthCheck, Phase, settings
from starlette.testclient import TestClient

from tests.test_review_store import read_into
from vnlegal.records import Analysis
from vnlegal.review.app import create_app
from vnlegal.review.desk import Settings

ORIGIN = "http://127.0.0.1"
TOKEN = "0123456789abcdef0123"


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    made = create_app(Settings(tmp_path_factory.mktemp("api") / "state", workers=0, most_bytes=10_000))
    read_into(made.state.desk.store)
    yield made
    made.state.desk.close()


@pytest.fixture
def client(app: Any) -> TestClient:
    return TestClient(app, base_url=ORIGIN)


def test_documents_items_and_changes(client: TestClient) -> None:
    (document,) = client.get("/api/documents").json()
    assert document["number"] == "1234/BCT-KHTC"
    items = client.get("/api/documents/1/items").json()
    assert document["items"] == len(items)
    wanted = {"action": "edit", "base": 0, "fields": {"target": "1/2025/NĐ-CP"}}
    after = client.post("/api/documents/1/items/c2", json=wanted).json()
    assert after["value"]["target"] == "1/2025/NĐ-CP"
    assert after["verdict"] == "accepted"
    clash = client.post("/api/documents/1/items/c2", json=wanted)
    assert clash.status_code == 409
    assert clash.json() == after
    (event,) = client.get("/api/documents/1/events").json()
    assert event["id"] == after["version"]
    assert event["who"] == "API"
    result = Analysis.model_validate(client.get("/api/documents/1/result").json(), strict=False)
    text = client.get("/api/documents/1/text").json()["text"]
    assert all(text[row.start : row.end] == row.text for row in result.citations)
    assert client.get("/api/search", params={"q": "tong hop"}).json()["total"] == 1
    asked = {"agency": "so cong thuong", "role": "lead", "doc_kind": "công văn", "overdue_on": "2025-08-01"}
    assert client.get("/api/search", params=asked).json()["total"] == 1


def test_a_file_is_sent(client: TestClient, app: Any) -> None:
    sent = client.post("/api/documents", files={"file": ("../thư.txt", "Kính gửi: Bộ Tài chính".encode())})
    assert sent.status_code == 201
    assert sent.json()["name"] == "thư.txt"
    assert sent.json()["status"] == "queued"
    refused = client.post("/api/documents", files={"file": ("x.exe", b"MZ")})
    assert refused.status_code == 422
    assert "không nhận" in refused.json()["error"]


@pytest.mark.parametrize("origin", ["http://evil.example", "null", "http://127.0.0.1.evil.example"])
def test_a_page_of_another_site_changes_nothing(client: TestClient, app: Any, origin: str) -> None:
    before = app.state.desk.store.events(1)
    answer = client.post("/api/documents/1/items/c1", json={"action": "accept", "base": 0}, headers={"Origin": origin})
    assert answer.status_code in (401, 403)
    assert app.state.desk.store.events(1) == before


def test_the_token_is_needed_where_there_is_one(tmp_path: Path) -> None:
    made = create_app(Settings(tmp_path / "state", token=TOKEN, workers=0))
    client = TestClient(made, base_url=ORIGIN)
    assert client.get("/api/documents").status_code == 401
    assert client.get("/api/openapi.json").status_code == 401
    assert client.get("/api/documents", headers={"Authorization": f"Bearer {TOKEN}x"}).status_code == 401
    assert client.get("/api/documents", headers={"Authorization": f"Bearer {TOKEN}"}).json() == []
    made.state.desk.close()


def test_its_description_is_a_page_of_our_own(client: TestClient) -> None:
    words = client.get("/api").text
    assert "/api/documents/{doc}/items/{name}" in words
    assert "https://" not in words


def test_fuzzed_from_its_description(app: Any) -> None:
    schemathesis = pytest.importorskip("schemathesis")
    schema = schemathesis.openapi.from_dict(app.openapi())
    client = TestClient(app, base_url=ORIGIN, raise_server_exceptions=False)
    tried = 0
    for found in schema.get_all_operations():
        operation = found.ok()

        @settings(
            max_examples=12, deadline=None, database=None, phases=[Phase.generate], derandomize=True,
            suppress_health_check=list(HealthCheck),
        )  # fmt: skip
        @operation_cases(operation)
        def run(case: Any) -> None:
            nonlocal tried
            tried += 1
            kwargs = case.as_transport_kwargs(base_url=ORIGIN)
            kwargs.pop("cookies", None)
            answer = client.request(**kwargs)
            assert answer.status_code < 500, (case.method, case.path, kwargs)
            if answer.status_code < 400:
                assert answer.headers["content-type"].startswith("application/json")

        run()
    assert tried > 50


def operation_cases(operation: Any) -> Any:
    from hypothesis import given

    return given(case=operation.as_strategy())
