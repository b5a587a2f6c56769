//! A service that keeps the parcels' contract, or breaks it in one way.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use bytes::Bytes;
use codegen::model::{Operation, Service, System};
use http_body_util::{BodyExt as _, Full};
use hyper::body::Incoming;
use hyper::service::service_fn;
use hyper::{Request, Response};
use hyper_util::rt::TokioIo;
use serde_json::{Value, json};
use tokio::net::TcpListener;
use verify::value::{Sender, coerced, violations};

/// What the service does wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fault {
    None,
    /// A body of any content is taken.
    NoValidation,
    /// Parcels of more than 10 kg are refused.
    Stricter,
    /// A parcel without its weight.
    IncompleteBody,
    /// A parcel as text.
    OtherMediaType,
    /// A parcel that is cut off.
    BrokenJson,
    /// 418 for a parcel that is not there.
    OtherStatus,
    /// 500 for a body that is no JSON.
    Crash,
    /// No `Location`.
    NoLocation,
    /// A `Location` elsewhere.
    BadLocation,
    /// A body with 204.
    BodyWithout,
    /// A problem of another status.
    OtherProblem,
    /// 404 for a method that is not there.
    NoMethod,
    /// An `Allow` without a method that is allowed.
    ShortAllow,
    /// A parcel that is sent and cannot be tracked.
    Forgets,
    /// A parcel that is recalled and can be tracked.
    Remembers,
    /// The connection ends without an answer.
    HangsUp,
}

/// A running service.
pub(crate) struct Server {
    pub(crate) url: String,
    /// Every request line with its body, in order.
    pub(crate) log: Arc<Mutex<Vec<String>>>,
    /// The values of the header `X-Reason` of each request.
    pub(crate) reasons: Arc<Mutex<Vec<Vec<String>>>>,
    task: tokio::task::JoinHandle<()>,
}

impl Drop for Server {
    fn drop(&mut self) {
        self.task.abort();
    }
}

struct Depot {
    system: System,
    fault: Fault,
    parcels: Mutex<BTreeMap<String, Value>>,
    log: Arc<Mutex<Vec<String>>>,
    reasons: Arc<Mutex<Vec<Vec<String>>>>,
}

/// Starts the service on a free port.
pub(crate) async fn start(system: &System, fault: Fault) -> Server {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let log = Arc::new(Mutex::new(Vec::new()));
    let reasons = Arc::new(Mutex::new(Vec::new()));
    let depot = Arc::new(Depot {
        system: system.clone(),
        fault,
        parcels: Mutex::default(),
        log: Arc::clone(&log),
        reasons: Arc::clone(&reasons),
    });
    let task = tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let depot = Arc::clone(&depot);
            tokio::spawn(async move {
                let answer = service_fn(|request| {
                    let depot = Arc::clone(&depot);
                    async move { depot.serve(request).await }
                });
                // A connection that breaks is what some of the tests are about.
                let _ = hyper::server::conn::http1::Builder::new()
                    .serve_connection(TokioIo::new(stream), answer)
                    .await;
            });
        }
    });
    Server { url, log, reasons, task }
}

type Answer = Response<Full<Bytes>>;

fn answer(status: u16, media_type: &str, body: impl Into<Bytes>) -> Answer {
    Response::builder()
        .status(status)
        .header("content-type", media_type)
        .body(Full::new(body.into()))
        .unwrap()
}

impl Depot {
    async fn serve(&self, request: Request<Incoming>) -> Result<Answer, String> {
        let (parts, body) = request.into_parts();
        let body = body.collect().await.unwrap().to_bytes();
        let text = String::from_utf8_lossy(&body[..body.len().min(500)]).into_owned();
        self.log.lock().unwrap().push(format!("{} {} {text}", parts.method, parts.uri));
        let reasons = parts.headers.get_all("x-reason").iter();
        let reasons = reasons.map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned());
        self.reasons.lock().unwrap().push(reasons.collect());
        let media_type = parts.headers.get("content-type").map(|value| value.to_str().unwrap());
        let path = parts.uri.path();
        let code = path.strip_prefix("/parcel/").map(decoded);
        if self.fault == Fault::HangsUp && parts.method == "DELETE" && code.is_some() {
            return Err("the connection ends here".to_owned());
        }
        Ok(match (parts.method.as_str(), code) {
            ("POST", None) => self.send(media_type, &body),
            ("GET", None) => self.list(parts.uri.query().unwrap_or_default()),
            ("GET", Some(code)) => self.track(&code),
            ("DELETE", Some(code)) => {
                let reason = parts.headers.get("x-reason").map(|value| value.to_str().unwrap());
                self.recall(&code, reason)
            }
            _ if self.fault == Fault::NoMethod => self.problem(404),
            (_, code) => {
                let allow = match (self.fault, code) {
                    (Fault::ShortAllow, _) => "GET",
                    (_, None) => "GET, POST",
                    (_, Some(_)) => "GET, DELETE",
                };
                let mut answer = self.problem(405);
                answer.headers_mut().insert("allow", allow.parse().unwrap());
                answer
            }
        })
    }

    fn service(&self) -> &Service {
        &self.system.services[0]
    }

    fn operation(&self, id: &str) -> &Operation {
        self.service().operations.iter().find(|one| one.id.wire == id).unwrap()
    }

    fn problem(&self, status: u16) -> Answer {
        let told = if self.fault == Fault::OtherProblem { 499 } else { status };
        let body = json!({ "title": "Refused", "status": told }).to_string();
        answer(status, "application/problem+json", body)
    }

    fn parameter_is_right(&self, operation: &str, name: &str, text: Option<&str>) -> bool {
        let operation = self.operation(operation);
        let parameter = operation.parameters.iter().find(|one| one.name.wire == name).unwrap();
        let Some(text) = text else { return !parameter.required };
        let value = coerced(self.service(), &parameter.ty, &Value::from(text));
        violations(self.service(), Sender::Client, &parameter.ty, &parameter.origin, &value)
            .is_empty()
    }

    fn send(&self, media_type: Option<&str>, body: &[u8]) -> Answer {
        if body.len() > 10 * 1024 * 1024 {
            return self.problem(413);
        }
        if media_type != Some("application/json") {
            return self.problem(415);
        }
        let Ok(mut parcel) = serde_json::from_slice::<Value>(body) else {
            return self.problem(if self.fault == Fault::Crash { 500 } else { 400 });
        };
        let declared = self.operation("sendParcel").body.as_ref().unwrap();
        let found = violations(
            self.service(),
            Sender::Client,
            &declared.contents[0].ty,
            &declared.origin,
            &parcel,
        );
        let heavy = parcel["grams"].as_f64().is_some_and(|grams| grams > 10_000.0);
        let refused = match self.fault {
            Fault::NoValidation => !parcel.is_object(),
            Fault::Stricter => !found.is_empty() || heavy,
            _ => !found.is_empty(),
        };
        if refused {
            return self.problem(400);
        }
        parcel["sentOn"] = json!("2026-11-01");
        let code = parcel["code"].as_str().unwrap_or_default().to_owned();
        if self.fault != Fault::Forgets {
            self.parcels.lock().unwrap().insert(code.clone(), parcel.clone());
        }
        let mut answer = self.parcel(201, parcel);
        let location = match self.fault {
            Fault::NoLocation => return answer,
            Fault::BadLocation => format!("/elsewhere/{code}"),
            _ => format!("/parcel/{code}"),
        };
        if let Ok(location) = location.parse() {
            answer.headers_mut().insert("location", location);
        }
        answer
    }

    fn parcel(&self, status: u16, mut parcel: Value) -> Answer {
        if self.fault == Fault::IncompleteBody {
            parcel.as_object_mut().unwrap().remove("grams");
        }
        let mut text = parcel.to_string();
        if self.fault == Fault::BrokenJson {
            text.pop();
        }
        let media_type =
            if self.fault == Fault::OtherMediaType { "text/plain" } else { "application/json" };
        answer(status, media_type, text)
    }

    fn list(&self, query: &str) -> Answer {
        let value = |name: &str| {
            let pair = query.split('&').find_map(|pair| pair.strip_prefix(&format!("{name}=")));
            pair.map(decoded)
        };
        let (limit, state) = (value("limit"), value("state"));
        if !self.parameter_is_right("listParcels", "limit", limit.as_deref())
            || !self.parameter_is_right("listParcels", "state", state.as_deref())
        {
            return self.problem(400);
        }
        let limit = limit.map_or(50, |limit| limit.parse().unwrap());
        let parcels: Vec<_> = self.parcels.lock().unwrap().values().take(limit).cloned().collect();
        answer(200, "application/json", json!(parcels).to_string())
    }

    fn track(&self, code: &str) -> Answer {
        if !self.parameter_is_right("getParcel", "code", Some(code)) {
            return self.problem(400);
        }
        match self.parcels.lock().unwrap().get(code).cloned() {
            Some(parcel) => self.parcel(200, parcel),
            None if self.fault == Fault::OtherStatus => self.problem(418),
            None => self.problem(404),
        }
    }

    fn recall(&self, code: &str, reason: Option<&str>) -> Answer {
        if !self.parameter_is_right("recallParcel", "code", Some(code))
            || !self.parameter_is_right("recallParcel", "X-Reason", reason)
        {
            return self.problem(400);
        }
        let mut parcels = self.parcels.lock().unwrap();
        let found = match self.fault {
            Fault::Remembers => parcels.get(code).cloned(),
            _ => parcels.remove(code),
        };
        match found {
            None => self.problem(404),
            Some(_) if self.fault == Fault::BodyWithout => {
                // HTTP lets no server send a body with 204.
                answer(202, "application/json", "{}")
            }
            Some(_) => Response::builder().status(204).body(Full::default()).unwrap(),
        }
    }
}

fn decoded(text: &str) -> String {
    percent_encoding::percent_decode_str(text).decode_utf8_lossy().into_owned()
}
