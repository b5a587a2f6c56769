//! Operations that demand the current version (`If-Match`) or a key of the request (`Idempotency-Key`) are brought to their
//! success, and what they made is removed.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex};

use bytes::Bytes;
use http_body_util::{BodyExt as _, Full};
use hyper::service::service_fn;
use hyper::{Request, Response};
use hyper_util::rt::TokioIo;
use tokio::net::TcpListener;
use verify::callers::Callers;
use verify::coverage::Mark;
use verify::http::Http;
use verify::run::{Settings, run};
use verify::schema::Contracts;

const CONTRACT: &str = r"
openapi: 3.0.3
info: {title: Notes, version: 1.0.0}
paths:
  /note:
    post:
      operationId: addNote
      parameters: [{name: Idempotency-Key, in: header, required: true, schema: {type: string, minLength: 8, maxLength: 64}}]
      requestBody: {required: true, content: {application/json: {schema: {$ref: '#/components/schemas/Note'}}}}
      responses:
        '201': {description: Added., content: {application/json: {schema: {$ref: '#/components/schemas/Note'}}}}
        4XX: {description: Refused.}
  /note/{id}:
    parameters: [{name: id, in: path, required: true, schema: {type: string, pattern: '^[a-z]{1,8}$'}}]
    get:
      operationId: getNote
      responses:
        '200': {description: The note., headers: {ETag: {schema: {type: string}}}, content: {application/json: {schema: {$ref: '#/components/schemas/Note'}}}}
        4XX: {description: Refused.}
    put:
      operationId: replaceNote
      parameters: [{name: If-Match, in: header, required: true, schema: {type: string, minLength: 1, maxLength: 20}}]
      requestBody: {required: true, content: {application/json: {schema: {$ref: '#/components/schemas/Note'}}}}
      responses:
        '204': {description: Replaced.}
        4XX: {description: Refused.}
    delete:
      operationId: removeNote
      parameters: [{name: if-match, in: header, required: true, schema: {type: string, minLength: 1, maxLength: 20}}]
      responses:
        '204': {description: Removed.}
        4XX: {description: Refused.}
  /note/{id}/close:
    parameters: [{name: id, in: path, required: true, schema: {type: string, pattern: '^[a-z]{1,8}$'}}]
    post:
      operationId: closeNote
      parameters: [{name: If-Match, in: header, required: true, schema: {type: string, minLength: 1, maxLength: 20}}]
      responses:
        '204': {description: Closed.}
        4XX: {description: Refused.}
components:
  schemas:
    Note:
      type: object
      required: [id]
      properties: {id: {type: string, pattern: '^[a-z]{1,8}$'}}
";

#[derive(Default)]
struct State {
    /// The version of each note, by its id.
    versions: BTreeMap<String, u32>,
    /// The keys of requests that added one.
    keys: BTreeSet<String>,
    /// Requests with a key of another one.
    n_repeated: usize,
}

type Notes = Arc<Mutex<State>>;

/// Notes with a version each, which every change must name.
fn serve(
    notes: &Notes,
    method: &str,
    path: &str,
    [tag, key]: [Option<&str>; 2],
    body: &[u8],
) -> Response<Full<Bytes>> {
    let answer = |status: u16, tag: Option<u32>, body: String| {
        let mut answer = Response::builder().status(status);
        if let Some(tag) = tag {
            answer = answer.header("etag", format!("\"{tag}\""));
        }
        let typed = if body.is_empty() {
            answer
        } else {
            answer.header("content-type", "application/json")
        };
        typed.body(Full::new(Bytes::from(body))).unwrap()
    };
    let mut state = notes.lock().unwrap();
    let json: Option<serde_json::Value> = serde_json::from_slice(body).ok();
    let sent = json.as_ref().and_then(|note| note["id"].as_str()).map(str::to_owned);
    let is_id =
        |id: &String| (1..=8).contains(&id.len()) && id.bytes().all(|b| b.is_ascii_lowercase());
    let sent = sent.filter(is_id);
    let Some(rest) = path.strip_prefix("/note/") else {
        let key = key.filter(|key| (8..=64).contains(&key.len()));
        let (Some(id), Some(key)) = (sent.filter(|_| method == "POST"), key) else {
            return answer(400, None, String::new());
        };
        if !state.keys.insert(key.to_owned()) {
            state.n_repeated += 1;
            return answer(422, None, String::new());
        }
        state.versions.insert(id.clone(), 1);
        return answer(201, None, format!("{{\"id\": \"{id}\"}}"));
    };
    let id = rest.trim_end_matches("/close").to_owned();
    let Some(version) = state.versions.get(&id).copied() else {
        return answer(404, None, String::new());
    };
    if method == "GET" {
        return answer(200, Some(version), format!("{{\"id\": \"{id}\"}}"));
    }
    if tag.is_none() {
        return answer(400, None, String::new());
    }
    if tag != Some(&format!("\"{version}\"")) {
        return answer(412, None, String::new());
    }
    match method {
        "DELETE" => drop(state.versions.remove(&id)),
        _ => drop(state.versions.insert(id, version + 1)),
    }
    answer(204, None, String::new())
}

#[tokio::test]
async fn changes_name_the_current_version_and_additions_a_key_of_their_own() {
    let notes = Notes::default();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let kept = Arc::clone(&notes);
    let task = tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let notes = Arc::clone(&kept);
            tokio::spawn(async move {
                let answer = service_fn(|request: Request<hyper::body::Incoming>| {
                    let notes = Arc::clone(&notes);
                    async move {
                        let (parts, body) = request.into_parts();
                        let body = body.collect().await.unwrap().to_bytes();
                        let headers = ["if-match", "idempotency-key"]
                            .map(|name| parts.headers.get(name)?.to_str().ok());
                        let (method, path) = (parts.method.as_str(), parts.uri.path());
                        let answer = serve(&notes, method, path, headers, &body);
                        Ok::<_, std::convert::Infallible>(answer)
                    }
                });
                let http = hyper::server::conn::http1::Builder::new();
                let _ = http.serve_connection(TokioIo::new(stream), answer).await;
            });
        }
    });
    let (sources, system) = crate::contract::read(CONTRACT);
    let (contracts, http) = (Contracts::of(&sources), Http::new(&url, &[]).unwrap());
    let settings = Settings { seed: 3, n_drawn: 3, keep: false };
    let outcome = run(&system, &contracts, &http, &Callers::default(), settings).await.unwrap();
    task.abort();
    for operation in &system.services[0].operations {
        let covered = outcome.coverage.is_covered(&Mark::operation(operation));
        assert!(covered, "{} never succeeds", operation.id.wire);
    }
    let state = notes.lock().unwrap();
    assert_eq!((outcome.n_left, state.versions.len(), state.n_repeated), (0, 0, 0));
}
