//! Measures what an invocation costs beyond the function's own time: `Invoke` of a function that does nothing, beside
//! `Invoke` as a dry run, which takes the same way without a function. Both take turns in one run, so that the load of the
//! machine is the same. `cargo run -p stage --example invocation` prints a table; build the `fixture` example first.

use std::io::Write as _;
use std::path::Path;
use std::time::{Duration, Instant};

use bytes::Bytes;
use http_body_util::{BodyExt as _, Full};
use hyper::Request;
use hyper::client::conn::http1::{SendRequest, handshake};
use hyper_util::rt::TokioIo;
use stage::{Journal, Stage, StageOptions};
use tokio::net::TcpStream;

type Failure = Box<dyn std::error::Error + Send + Sync>;

/// How often both kinds take turns, and how many calls each makes then.
const TURNS: usize = 20;
const CALLS: usize = 200;

/// What calls of a kind took.
#[derive(Default)]
struct Taken {
    latencies: Vec<Duration>,
    stage_cpu: Duration,
    function_cpu: Duration,
}

impl Taken {
    fn at(&mut self, share: f64) -> Duration {
        self.latencies.sort_unstable();
        self.latencies[((self.latencies.len() - 1) as f64 * share) as usize]
    }

    fn each(&self, spent: Duration) -> Duration {
        spent / u32::try_from(self.latencies.len()).unwrap_or(u32::MAX).max(1)
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Failure> {
    let template = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/stage.yaml");
    let own = std::env::current_exe()?;
    let keeps_journal = std::env::args().any(|argument| argument == "--journal");
    let options = StageOptions {
        bin_dir: own.parent().map(Path::to_owned),
        max_concurrency: 1,
        journal: if keeps_journal { Journal::kept() } else { Journal::default() },
        ..StageOptions::new(template)
    };
    let stage = Stage::start(options).await?;
    let name = stage.function_name("EchoFunction").ok_or("the template has no `EchoFunction`")?;
    let path = format!("/2015-03-31/functions/{name}/invocations");
    let address = stage.aws_endpoint().trim_start_matches("http://").to_owned();
    let stream = TcpStream::connect(&address).await?;
    stream.set_nodelay(true)?;
    let (mut client, connection) = handshake(TokioIo::new(stream)).await?;
    tokio::spawn(connection);

    let (mut dry, mut invoked) = (Taken::default(), Taken::default());
    for turn in 0..=TURNS {
        for (kind, taken) in [("DryRun", &mut dry), ("RequestResponse", &mut invoked)] {
            let before = stage.metrics();
            let latencies = calls(&mut client, (&address, &path), kind).await?;
            let after = stage.metrics();
            // The first turn starts the process.
            if turn > 0 {
                taken.latencies.extend(latencies);
                taken.stage_cpu += after.stage_cpu_time - before.stage_cpu_time;
                taken.function_cpu += after.function_cpu_time() - before.function_cpu_time();
            }
        }
    }
    let overhead = invoked.at(0.5).saturating_sub(dry.at(0.5));
    let ratio = invoked.at(0.5).as_secs_f64() / dry.at(0.5).as_secs_f64();
    let cpu = invoked.each(invoked.stage_cpu).saturating_sub(dry.each(dry.stage_cpu));
    let process = invoked.each(invoked.function_cpu);
    let beyond = overhead.saturating_sub(process);
    let rows = [
        ("dry run, p50 / p99", format!("{:.0?} / {:.0?}", dry.at(0.5), dry.at(0.99))),
        ("invocation, p50 / p99", format!("{:.0?} / {:.0?}", invoked.at(0.5), invoked.at(0.99))),
        ("the function's part of it, p50", format!("{overhead:.0?} ({ratio:.2} × a dry run)")),
        ("CPU of the stage, dry run", format!("{:.1?}", dry.each(dry.stage_cpu))),
        ("CPU of the stage, an invocation more", format!("{cpu:.1?}")),
        ("CPU of the function's process", format!("{process:.1?}")),
        ("beyond the function's process, p50", format!("{beyond:.0?}")),
    ];
    for (name, value) in rows {
        writeln!(std::io::stdout(), "{name:<40}{value}")?;
    }
    stage.shutdown().await;
    Ok(())
}

/// Calls one after the other; how long each took.
async fn calls(
    client: &mut SendRequest<Full<Bytes>>,
    (address, path): (&str, &str),
    kind: &str,
) -> Result<Vec<Duration>, Failure> {
    let mut latencies = Vec::with_capacity(CALLS);
    for _ in 0..CALLS {
        client.ready().await?;
        let began = Instant::now();
        let request = Request::post(path)
            .header("host", address)
            .header("x-amz-invocation-type", kind)
            .body(Full::new(Bytes::from_static(b"{}")))?;
        let response = client.send_request(request).await?;
        if !response.status().is_success() {
            return Err(format!("{kind} was answered {}", response.status()).into());
        }
        response.into_body().collect().await?;
        latencies.push(began.elapsed());
    }
    Ok(latencies)
}
