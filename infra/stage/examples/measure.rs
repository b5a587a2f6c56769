//! Measures what the stage itself costs: time to ready, and CPU and latency of requests to a function that does
//! nothing. `cargo run -p stage --example measure` prints a table; build the `fixture` example first.

use std::io::Write as _;
use std::path::Path;
use std::time::{Duration, Instant};

use bytes::Bytes;
use http_body_util::{BodyExt as _, Full};
use hyper::Request;
use hyper::client::conn::http1::handshake;
use hyper_util::rt::TokioIo;
use stage::queue::NewMessage;
use stage::{Stage, StageOptions};
use tokio::net::TcpStream;
use tokio::task::JoinSet;

type Failure = Box<dyn std::error::Error + Send + Sync>;

const CLIENTS: usize = 4;
const RUN_TIME: Duration = Duration::from_secs(5);

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Failure> {
    let template = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/stage.yaml");
    let own = std::env::current_exe()?;
    let options = StageOptions {
        bin_dir: own.parent().map(Path::to_owned),
        max_concurrency: CLIENTS,
        ..StageOptions::new(template)
    };
    let began = Instant::now();
    let stage = Stage::start(options).await?;
    let ready = began.elapsed();
    let address =
        stage.api_url().trim_start_matches("http://").split('/').next().unwrap_or_default();
    let began = Instant::now();
    run_client(address.to_owned(), Duration::ZERO).await?;
    let first = began.elapsed();

    let before = stage.metrics();
    let mut clients = JoinSet::new();
    for _ in 0..CLIENTS {
        clients.spawn(run_client(address.to_owned(), RUN_TIME));
    }
    let mut latencies = Vec::new();
    for client in clients.join_all().await {
        latencies.extend(client?);
    }
    latencies.sort_unstable();
    let after = stage.metrics();
    let n = u32::try_from(latencies.len())?;
    let at = |share: f64| latencies[((f64::from(n) - 1.0) * share) as usize];
    let per_request = |spent: Duration| spent / n;
    let pickup = pickup(&stage).await?;

    let rate = f64::from(n) / RUN_TIME.as_secs_f64();
    let stage_cpu = per_request(after.stage_cpu_time - before.stage_cpu_time);
    let function_cpu = per_request(after.function_cpu_time() - before.function_cpu_time());
    let rows = [
        ("stage ready", format!("{ready:.2?}")),
        ("first answer, process start included", format!("{first:.2?}")),
        ("requests a second, 4 clients", format!("{rate:.0}")),
        ("latency p50 / p99", format!("{:.0?} / {:.0?}", at(0.5), at(0.99))),
        ("stage CPU per request", format!("{stage_cpu:.1?}")),
        ("function CPU per request", format!("{function_cpu:.1?}")),
        ("message sent to deleted, p50", format!("{pickup:.0?}")),
    ];
    for (name, value) in rows {
        writeln!(std::io::stdout(), "{name:<40}{value}")?;
    }
    stage.shutdown().await;
    Ok(())
}

/// Asks as fast as it is answered; at least once.
async fn run_client(address: String, run_time: Duration) -> Result<Vec<Duration>, Failure> {
    let stream = TcpStream::connect(&address).await?;
    stream.set_nodelay(true)?;
    let (mut client, connection) = handshake(TokioIo::new(stream)).await?;
    tokio::spawn(connection);
    let mut latencies = Vec::new();
    let until = Instant::now() + run_time;
    loop {
        let began = Instant::now();
        client.ready().await?;
        let request =
            Request::get("/all/who").header("host", &address).body(Full::<Bytes>::default())?;
        client.send_request(request).await?.into_body().collect().await?;
        latencies.push(began.elapsed());
        if Instant::now() >= until {
            return Ok(latencies);
        }
    }
}

/// How long a message takes from its sending to its deletion by the mapping.
async fn pickup(stage: &Stage) -> Result<Duration, Failure> {
    let queue = stage.queues().queue_by_url(stage.queue_url("WorkQueue").unwrap_or_default())?;
    let mut times = Vec::new();
    for n in 1..=200 {
        let began = Instant::now();
        queue.send(NewMessage::text("message"))?;
        while queue.ledger().deleted < n {
            tokio::task::yield_now().await;
        }
        times.push(began.elapsed());
    }
    times.sort_unstable();
    Ok(times[times.len() / 2])
}
