//! Figures for other tools while a run is under way: an OpenMetrics endpoint that may be scraped, and OTLP sent to a
//! collector. Neither changes what the run finds: a collector that does not answer is a note.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context as _, bail};
use http_body_util::Full;
use hyper::body::{Bytes, Incoming};
use hyper::header::CONTENT_TYPE;
use hyper::service::service_fn;
use hyper::{Method, Request, Response, StatusCode};
use hyper_util::rt::{TokioIo, TokioTimer};
use jiff::Timestamp;
use tokio::net::TcpListener;
use tokio::task::JoinSet;

use crate::lag::Late;
use crate::options::RunArgs;
use crate::progress::Progress;
use crate::report::{Report, openmetrics, otlp};
use crate::shared::Shared;
use crate::summary;

/// How often figures are sent to a collector.
const EVERY: Duration = Duration::from_secs(10);

/// How long a collector may take to answer, and a scraper to ask.
const PATIENCE: Duration = Duration::from_secs(5);

/// What a run has to say at this moment; nothing before the load.
#[derive(Clone)]
pub(crate) struct Source {
    args: Arc<RunArgs>,
    shared: Arc<Shared>,
    late: Late,
}

impl Source {
    pub(crate) fn new(args: &RunArgs, shared: &Arc<Shared>, late: Late) -> Self {
        Self { args: Arc::new(args.clone()), shared: Arc::clone(shared), late }
    }

    pub(crate) fn args(&self) -> &RunArgs {
        &self.args
    }

    pub(crate) fn report(&self) -> Option<Report> {
        summary::partial(&self.args, &self.shared, &self.late)
    }
}

/// Takes the address of `--metrics`, before anything is made.
///
/// # Errors
/// When somebody has it.
pub(crate) async fn listen(address: SocketAddr) -> anyhow::Result<TcpListener> {
    let listener = TcpListener::bind(address).await;
    listener.with_context(|| format!("--metrics: cannot listen at {address}"))
}

/// What is exported; dropping it ends it.
pub(crate) struct Exports(JoinSet<()>);

impl Exports {
    pub(crate) fn start(
        source: &Source,
        listener: Option<TcpListener>,
        progress: &Progress,
    ) -> Self {
        let mut tasks = JoinSet::new();
        if let Some(listener) = listener {
            tasks.spawn(serve(listener, source.clone()));
        }
        if let Some(collector) = source.args.otlp.clone() {
            let (source, progress) = (source.clone(), progress.clone());
            tasks.spawn(async move {
                let mut has_failed = false;
                loop {
                    tokio::time::sleep(EVERY).await;
                    let Some(report) = source.report() else { continue };
                    // A collector may come back; that it was gone is told once.
                    if let Err(error) = send(&collector, &report).await
                        && !std::mem::replace(&mut has_failed, true)
                    {
                        progress.done("note", &format!("--otlp: {error:#}"));
                    }
                }
            });
        }
        Self(tasks)
    }

    /// Ends them; a request that is being answered is broken off.
    pub(crate) async fn end(mut self) {
        self.0.shutdown().await;
    }
}

async fn serve(listener: TcpListener, source: Source) {
    let mut connections = JoinSet::new();
    loop {
        let Ok((stream, _)) = listener.accept().await else {
            // Out of files, most likely: those come back.
            tokio::time::sleep(Duration::from_millis(100)).await;
            continue;
        };
        while connections.try_join_next().is_some() {}
        let source = source.clone();
        connections.spawn(async move {
            let answer = service_fn(move |request| {
                let answer = answer(&request, &source);
                async move { Ok::<_, std::convert::Infallible>(answer) }
            });
            let mut http = hyper::server::conn::http1::Builder::new();
            http.timer(TokioTimer::new()).header_read_timeout(PATIENCE).keep_alive(false);
            // A client that went away gets no answer.
            let _ = http.serve_connection(TokioIo::new(stream), answer).await;
        });
    }
}

fn answer(request: &Request<Incoming>, source: &Source) -> Response<Full<Bytes>> {
    let is_read = matches!(*request.method(), Method::GET | Method::HEAD);
    let (status, kind, body) = match (request.uri().path(), is_read) {
        ("/metrics", true) => {
            let text = openmetrics::render(source.report().as_ref());
            (StatusCode::OK, openmetrics::MEDIA_TYPE, text)
        }
        ("/metrics", false) => (StatusCode::METHOD_NOT_ALLOWED, "text/plain", String::new()),
        _ => (StatusCode::NOT_FOUND, "text/plain", "there is /metrics\n".to_owned()),
    };
    let mut response = Response::new(Full::new(Bytes::from(body)));
    *response.status_mut() = status;
    response.headers_mut().insert(CONTENT_TYPE, hyper::header::HeaderValue::from_static(kind));
    response
}

/// Sends everything to a collector, by OTLP over HTTP in JSON.
///
/// # Errors
/// When it does not answer, or does not take all of it.
pub(crate) async fn send(collector: &str, report: &Report) -> anyhow::Result<()> {
    let url = format!("{}/v1/metrics", collector.trim_end_matches('/'));
    let client = reqwest::Client::builder().timeout(PATIENCE).build()?;
    let body = otlp::render(report, Timestamp::now()).to_string();
    let mut request = client.post(&url).header("content-type", "application/json").body(body);
    for (name, value) in headers() {
        request = request.header(name, value);
    }
    let response = request.send().await.map_err(reqwest::Error::without_url);
    let response = response.with_context(|| format!("{url} does not answer"))?;
    let (status, text) = (response.status(), response.text().await.unwrap_or_default());
    if !status.is_success() {
        bail!("{url} answers {status}: {}", text.chars().take(200).collect::<String>());
    }
    let answer: serde_json::Value = serde_json::from_str(&text).unwrap_or_default();
    let partly = &answer["partialSuccess"];
    // Numbers of 64 bits are texts, and some collectors write them as numbers all the same.
    let rejected = crate::request::text(&partly["rejectedDataPoints"]);
    if !matches!(rejected.as_str(), "" | "0") {
        bail!("{url} rejected {rejected} points: {}", partly["errorMessage"]);
    }
    Ok(())
}

/// The headers of `OTEL_EXPORTER_OTLP_HEADERS`: `name=value` with commas between them.
fn headers() -> Vec<(String, String)> {
    let all = std::env::var("OTEL_EXPORTER_OTLP_HEADERS").unwrap_or_default();
    let one = |pair: &str| {
        let (name, value) = pair.split_once('=')?;
        Some((name.trim().to_owned(), value.trim().to_owned()))
    };
    all.split(',').filter_map(one).collect()
}
