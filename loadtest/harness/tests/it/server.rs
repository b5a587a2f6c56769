//! A server that takes a fixed time for each request, stands still at the beginning of each period, and makes things,
//! of which it loses and doubles some.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::routing::{get, post};
use axum::{Json, Router};

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

/// What becomes of each so-manieth thing that is asked for; zero for none.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Faults {
    /// Answered with success, and not there.
    pub(crate) lose: u64,
    /// Answered with success, and there twice.
    pub(crate) double: u64,
    /// Refused, and there all the same.
    pub(crate) betray: u64,
}

/// What the server did: how often each fault happened.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Done {
    pub(crate) asked: u64,
    pub(crate) lost: u64,
    pub(crate) doubled: u64,
    pub(crate) betrayed: u64,
}

#[derive(Default)]
struct Things {
    made: BTreeMap<String, u8>,
    done: Done,
    /// Takes requests from now on, and answers none.
    hangs: bool,
}

/// Serves until it is dropped, on a thread of its own.
pub(crate) struct Server {
    pub(crate) url: String,
    pub(crate) rhythm: Rhythm,
    things: Arc<Mutex<Things>>,
    runtime: Option<tokio::runtime::Runtime>,
}

impl Server {
    pub(crate) fn start(period: Duration, stall: Duration, work: Duration) -> Self {
        Self::start_with(period, stall, work, Faults::default())
    }

    pub(crate) fn start_with(
        period: Duration,
        stall: Duration,
        work: Duration,
        faults: Faults,
    ) -> Self {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(1)
            .enable_all()
            .build()
            .unwrap();
        let listener = runtime.block_on(tokio::net::TcpListener::bind("127.0.0.1:0")).unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let rhythm = Rhythm { began: Instant::now(), period, stall, work };
        let things = Arc::new(Mutex::new(Things::default()));
        let router = Router::new()
            .route("/", get(serve))
            .route("/things/{key}", post(make).get(list))
            .with_state((rhythm, faults, Arc::clone(&things)));
        runtime.spawn(async move { axum::serve(listener, router).await.unwrap() });
        Self { url, rhythm, things, runtime: Some(runtime) }
    }

    /// What it did so far.
    pub(crate) fn done(&self) -> Done {
        self.things.lock().unwrap().done
    }

    /// Waits until it was asked so often.
    pub(crate) fn wait_for(&self, n_asked: u64) {
        let patience = Instant::now() + Duration::from_secs(60);
        while self.done().asked < n_asked {
            assert!(Instant::now() < patience, "nobody comes");
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    /// Answers nothing from now on.
    pub(crate) fn hang(&self) {
        self.things.lock().unwrap().hangs = true;
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}

type Shared = (Rhythm, Faults, Arc<Mutex<Things>>);

async fn work(rhythm: Rhythm) {
    let after = rhythm.began.elapsed().as_secs_f64();
    let wait = Duration::from_secs_f64(rhythm.answered(after) - after);
    if !wait.is_zero() {
        tokio::time::sleep(wait).await;
    }
}

async fn serve(State((rhythm, ..)): State<Shared>) -> &'static str {
    work(rhythm).await;
    "done"
}

async fn make(
    State((rhythm, faults, things)): State<Shared>,
    Path(key): Path<String>,
) -> StatusCode {
    work(rhythm).await;
    if things.lock().unwrap().hangs {
        std::future::pending::<()>().await;
    }
    let mut things = things.lock().unwrap();
    things.done.asked += 1;
    let number = things.done.asked;
    let hits = |every: u64| every > 0 && number.is_multiple_of(every);
    let (n_made, status) = if hits(faults.lose) {
        things.done.lost += 1;
        (0, StatusCode::CREATED)
    } else if hits(faults.double) {
        things.done.doubled += 1;
        (2, StatusCode::CREATED)
    } else if hits(faults.betray) {
        things.done.betrayed += 1;
        (1, StatusCode::CONFLICT)
    } else {
        (1, StatusCode::CREATED)
    };
    things.made.insert(key, n_made);
    status
}

async fn list(State((.., things)): State<Shared>, Path(key): Path<String>) -> Json<Vec<String>> {
    if things.lock().unwrap().hangs {
        std::future::pending::<()>().await;
    }
    let n_made = things.lock().unwrap().made.get(&key).copied().unwrap_or_default();
    Json((0..n_made).map(|n| format!("{key}-{n}")).collect())
}
