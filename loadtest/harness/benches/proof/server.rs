//! Servers whose latencies and faults are arithmetic, as cheap as a server can be: HTTP/1.1 read by its blank line.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

/// What a server does with time and with what it is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Answers after 100 ms, and stands still for 200 ms at each full second.
    Stalls,
    /// Answers 85 of a hundred in 100 ms, 12 in 400 ms and the rest in 1 s.
    Known,
    /// Answers at once.
    Quick,
    /// Answers at once, loses each so-manieth, doubles the next and refuses the one after that, which it makes anyway.
    Faulty(u64),
}

impl fmt::Display for Kind {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Stalls => out.write_str("stalls"),
            Self::Known => out.write_str("known"),
            Self::Quick => out.write_str("quick"),
            Self::Faulty(every) => write!(out, "faulty:{every}"),
        }
    }
}

impl FromStr for Kind {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text.split_once(':') {
            Some(("faulty", every)) => every.parse().map(Self::Faulty).map_err(|_| text.to_owned()),
            _ => [Self::Stalls, Self::Known, Self::Quick]
                .into_iter()
                .find(|kind| kind.to_string() == text)
                .ok_or_else(|| text.to_owned()),
        }
    }
}

const WORK: f64 = 0.100;
const STALL: f64 = 0.200;

/// The latency of the request with this number that comes `after` the start.
fn latency(kind: Kind, number: u64, after: f64) -> f64 {
    match kind {
        Kind::Stalls => (STALL - after.fract()).max(0.0) + WORK,
        Kind::Known => match number % 100 {
            0..85 => 0.100,
            85..97 => 0.400,
            _ => 1.0,
        },
        Kind::Quick | Kind::Faulty(_) => 0.0,
    }
}

/// p50, p90 and p99 of independent arrivals, in milliseconds.
pub(crate) fn truth(kind: Kind) -> [f64; 3] {
    let n = 1_000_000_u64;
    let mut all: Vec<f64> =
        (0..n).map(|number| latency(kind, number, number as f64 / n as f64) * 1e3).collect();
    all.sort_by(f64::total_cmp);
    [0.5, 0.9, 0.99].map(|at| all[(n as f64 * at).ceil() as usize - 1])
}

struct State {
    kind: Kind,
    began: Instant,
    n_made: AtomicU64,
    made: Mutex<BTreeMap<Vec<u8>, u8>>,
    /// How long each request took here since somebody asked, in microseconds: from the moment it was read.
    served: Mutex<Vec<u64>>,
}

impl State {
    /// p50, p90 and p99 of what was served since the last time, in milliseconds.
    fn served(&self) -> String {
        let mut all = std::mem::take(&mut *self.served.lock().unwrap());
        all.sort_unstable();
        let at = |share: f64| match (all.len() as f64 * share).ceil() as usize {
            0 => 0.0,
            rank => all[rank - 1] as f64 / 1e3,
        };
        format!("{} {} {}", at(0.5), at(0.9), at(0.99))
    }
}

/// Serves until the process is ended; prints its URL.
pub(crate) fn serve(kind: Kind) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        println!("http://{}", listener.local_addr().unwrap());
        let state = Arc::new(State {
            kind,
            began: Instant::now(),
            n_made: AtomicU64::new(0),
            made: Mutex::default(),
            served: Mutex::default(),
        });
        loop {
            // Without file handles it waits until some are free.
            let Ok((stream, _)) = listener.accept().await else {
                tokio::time::sleep(Duration::from_millis(10)).await;
                continue;
            };
            stream.set_nodelay(true).unwrap();
            tokio::spawn(connection(stream, Arc::clone(&state)));
        }
    });
}

async fn connection(mut stream: TcpStream, state: Arc<State>) {
    let mut read = Vec::new();
    let mut buffer = [0; 4096];
    loop {
        // No request here has a body.
        while let Some(end) = read.windows(4).position(|four| four == b"\r\n\r\n") {
            let answer = answer(&read[..end], &state).await;
            read.drain(..end + 4);
            if stream.write_all(&answer).await.is_err() {
                return;
            }
        }
        match stream.read(&mut buffer).await {
            Ok(0) | Err(_) => return,
            Ok(n) => read.extend_from_slice(&buffer[..n]),
        }
    }
}

async fn answer(head: &[u8], state: &State) -> Vec<u8> {
    let mut words = head.split(|byte| *byte == b' ');
    let (method, path) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    if path == b"/served" {
        return response("200 OK", &state.served());
    }
    if method == b"GET" && path != b"/" {
        let n_made = state.made.lock().unwrap().get(path).copied();
        // What is not noted was made once.
        let all: Vec<_> = (0..n_made.unwrap_or(1)).map(|n| n.to_string()).collect();
        return response("200 OK", &format!("[{}]", all.join(",")));
    }
    let number = state.n_made.fetch_add(1, Ordering::Relaxed);
    let wait = latency(state.kind, number, state.began.elapsed().as_secs_f64());
    if wait > 0.0 {
        let read = Instant::now();
        tokio::time::sleep(Duration::from_secs_f64(wait)).await;
        state.served.lock().unwrap().push(read.elapsed().as_micros() as u64);
    }
    let Kind::Faulty(every) = state.kind else { return response("201 Created", "") };
    let (n_made, status) = match number % every {
        0 => (0, "201 Created"),
        1 => (2, "201 Created"),
        2 => (1, "409 Conflict"),
        _ => return response("201 Created", ""),
    };
    state.made.lock().unwrap().insert(path.to_vec(), n_made);
    response(status, "")
}

fn response(status: &str, body: &str) -> Vec<u8> {
    format!("HTTP/1.1 {status}\r\ncontent-length: {}\r\n\r\n{body}", body.len()).into_bytes()
}
