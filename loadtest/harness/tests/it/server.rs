//! A server that takes a fixed time for each request, and stands still at the beginning of each period.

use std::time::{Duration, Instant};

use axum::Router;
use axum::extract::State;
use axum::routing::get;

/// When the server serves.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Rhythm {
    /// When its first period began.
    pub(crate) began: Instant,
    /// How long a period is.
    pub(crate) period: Duration,
    /// How long nothing is served at its beginning.
    pub(crate) stall: Duration,
    /// How long a request takes otherwise.
    pub(crate) work: Duration,
}

impl Rhythm {
    /// When a request is answered that comes `after` the first period began: what the server does, as arithmetic.
    pub(crate) fn answered(&self, after: f64) -> f64 {
        let into_period = after % self.period.as_secs_f64();
        let waits = (self.stall.as_secs_f64() - into_period).max(0.0);
        after + waits + self.work.as_secs_f64()
    }
}

/// Serves until it is dropped, on a thread of its own.
pub(crate) struct Server {
    pub(crate) url: String,
    pub(crate) rhythm: Rhythm,
    runtime: Option<tokio::runtime::Runtime>,
}

impl Server {
    pub(crate) fn start(period: Duration, stall: Duration, work: Duration) -> Self {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(1)
            .enable_all()
            .build()
            .unwrap();
        let listener = runtime.block_on(tokio::net::TcpListener::bind("127.0.0.1:0")).unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let rhythm = Rhythm { began: Instant::now(), period, stall, work };
        let router = Router::new().route("/", get(serve)).with_state(rhythm);
        runtime.spawn(async move { axum::serve(listener, router).await.unwrap() });
        Self { url, rhythm, runtime: Some(runtime) }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}

async fn serve(State(rhythm): State<Rhythm>) -> &'static str {
    let after = rhythm.began.elapsed().as_secs_f64();
    let wait = Duration::from_secs_f64(rhythm.answered(after) - after);
    tokio::time::sleep(wait).await;
    "done"
}
