//! A function as Lambda sees it: spawn to first answer, and CPU for each warm invocation, of the generated `product`
//! and of a minimal hand-written function, in turns in the same run.
//!
//! Stands in for Lambda with a Runtime API on loopback that hands out one event at a time, and for DynamoDB with
//! the tables of the local stage. CPU is what the kernel accounts to the function's process (`/proc/<pid>/schedstat`, nanoseconds).
//!
//! `cargo bench --profile dev -p product`

#![allow(clippy::print_stdout, reason = "a benchmark prints its figures")]

use std::convert::Infallible;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use http_body_util::{BodyExt, Full};
use hyper::body::{Bytes, Incoming};
use hyper::service::service_fn;
use hyper::{Method, Request, Response};
use hyper_util::rt::TokioIo;
use stage::table::Tables;
use tokio::net::TcpListener;
use tokio::sync::Notify;

const ID: &str = "7e1ae3e2-6e3b-4a5c-9c7b-0d3f6f0b1a11";
const N_SPAWNS: usize = 15;
const N_WARM: usize = 3000;
const N_ROUNDS: usize = 5;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    // `cargo test --benches` passes `--test`; a benchmark has nothing to assert.
    if std::env::args().any(|argument| argument == "--test") {
        return Ok(());
    }
    let generated = PathBuf::from(env!("CARGO_BIN_EXE_product"));
    let minimal = build_minimal(&generated)?;
    let runtime =
        tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
    let tables = runtime.block_on(start_dynamodb())?;
    let dynamo = url(&tables);

    let mut rows = [Figures::default(), Figures::default()];
    for _ in 0..N_ROUNDS {
        for (row, binary) in rows.iter_mut().zip([&generated, &minimal]) {
            row.add(runtime.block_on(measure(binary, &dynamo))?);
        }
    }
    let [generated, minimal] = rows;
    let row = |figure: &str, goal: &str, values: fn(&Figures) -> &Vec<f64>, unit: &str| {
        let [generated, minimal] = [&generated, &minimal].map(|row| median(values(row)));
        let measured = format!("{generated:.3} {unit}; hand-written {minimal:.3} {unit}");
        println!("| function, `GET /product/{{id}}`, {figure} | {goal} | {measured} |");
    };
    row("spawn to first answer", "15 ms", |row| &row.spawn_ms, "ms");
    row("warm, CPU an invocation", "no more than hand-written", |row| &row.cpu_ms, "ms");
    row("warm, round trip", "", |row| &row.trip_ms, "ms");
    row("resident set after warm", "", |row| &row.rss_mb, "MB");
    Ok(())
}

#[derive(Default)]
struct Figures {
    spawn_ms: Vec<f64>,
    cpu_ms: Vec<f64>,
    trip_ms: Vec<f64>,
    rss_mb: Vec<f64>,
}

impl Figures {
    fn add(&mut self, mut other: Self) {
        self.spawn_ms.append(&mut other.spawn_ms);
        self.cpu_ms.append(&mut other.cpu_ms);
        self.trip_ms.append(&mut other.trip_ms);
        self.rss_mb.append(&mut other.rss_mb);
    }
}

fn median(values: &[f64]) -> f64 {
    let mut values = values.to_vec();
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

/// Builds the hand-written function, in a folder of its own below the target folder.
fn build_minimal(generated: &Path) -> Result<PathBuf, Box<dyn std::error::Error>> {
    let target = generated.ancestors().nth(2).ok_or("a binary lies in a target folder")?;
    let target = target.join("minimal");
    let status = Command::new(env!("CARGO"))
        .args(["build", "--quiet", "--manifest-path"])
        .arg(concat!(env!("CARGO_MANIFEST_DIR"), "/benches/minimal/Cargo.toml"))
        .arg("--target-dir")
        .arg(&target)
        .status()?;
    if !status.success() {
        return Err("the hand-written function does not build".into());
    }
    Ok(target.join("debug/minimal"))
}

async fn measure(binary: &Path, dynamo: &str) -> Result<Figures, Box<dyn std::error::Error>> {
    let mut figures = Figures::default();
    for _ in 0..N_SPAWNS / N_ROUNDS {
        let lambda = Lambda::start().await?;
        let begin = Instant::now();
        let mut child = spawn(binary, &lambda, dynamo)?;
        lambda.invoke().await?;
        figures.spawn_ms.push(begin.elapsed().as_secs_f64() * 1e3);
        end(&mut child)?;
    }
    let lambda = Lambda::start().await?;
    let mut child = spawn(binary, &lambda, dynamo)?;
    for _ in 0..200 {
        lambda.invoke().await?;
    }
    let before = cpu(&child)?;
    for _ in 0..N_WARM / N_ROUNDS {
        let begin = Instant::now();
        lambda.invoke().await?;
        figures.trip_ms.push(begin.elapsed().as_secs_f64() * 1e3);
    }
    let spent = cpu(&child)? - before;
    figures.cpu_ms.push(spent.as_secs_f64() * 1e3 / (N_WARM / N_ROUNDS) as f64);
    figures.rss_mb.push(resident_mb(&child)?);
    end(&mut child)?;
    Ok(figures)
}

fn spawn(binary: &Path, lambda: &Lambda, dynamo: &str) -> std::io::Result<Child> {
    Command::new(binary)
        .env_clear()
        .envs([
            ("AWS_LAMBDA_RUNTIME_API", lambda.address.as_str()),
            ("AWS_LAMBDA_FUNCTION_NAME", "product"),
            ("AWS_LAMBDA_FUNCTION_VERSION", "$LATEST"),
            ("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "256"),
            ("AWS_LAMBDA_LOG_GROUP_NAME", "/aws/lambda/product"),
            ("AWS_LAMBDA_LOG_STREAM_NAME", "bench"),
            ("AWS_REGION", "eu-central-1"),
            ("AWS_ACCESS_KEY_ID", "local"),
            ("AWS_SECRET_ACCESS_KEY", "local"),
            ("AWS_ENDPOINT_URL", dynamo),
            ("PRODUCT_TABLE", "product"),
            // As on a stage for customers: a line with metrics for every invocation, and nothing else.
            ("METRICS_NAMESPACE", "bench"),
            ("LOG_LEVEL", "warn"),
        ])
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
}

fn end(child: &mut Child) -> std::io::Result<()> {
    child.kill()?;
    child.wait().map(drop)
}

/// The CPU time of all threads of a process so far.
fn cpu(child: &Child) -> Result<Duration, Box<dyn std::error::Error>> {
    let mut spent = 0;
    for task in std::fs::read_dir(format!("/proc/{}/task", child.id()))? {
        let text = std::fs::read_to_string(task?.path().join("schedstat"))?;
        spent += text.split(' ').next().ok_or("schedstat is empty")?.parse::<u64>()?;
    }
    Ok(Duration::from_nanos(spent))
}

fn resident_mb(child: &Child) -> Result<f64, Box<dyn std::error::Error>> {
    let status = std::fs::read_to_string(format!("/proc/{}/status", child.id()))?;
    let line = status.lines().find(|line| line.starts_with("VmRSS:")).ok_or("no VmRSS")?;
    let kib = line.split_whitespace().nth(1).ok_or("no VmRSS")?.parse::<f64>()?;
    Ok(kib / 1024.0)
}

/// Lambda's side of the Runtime API for one environment.
#[derive(Clone)]
struct Lambda {
    address: String,
    state: Arc<Invocations>,
}

#[derive(Default)]
struct Invocations {
    waiting: Notify,
    answered: Notify,
    answer: Mutex<Option<Bytes>>,
}

impl Lambda {
    async fn start() -> std::io::Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let lambda = Self { address: listener.local_addr()?.to_string(), state: Arc::default() };
        let server = lambda.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let _ = stream.set_nodelay(true);
                let lambda = server.clone();
                tokio::spawn(async move {
                    let service = service_fn(move |request| lambda.clone().serve(request));
                    let connection = hyper::server::conn::http1::Builder::new()
                        .serve_connection(TokioIo::new(stream), service);
                    // A function that is ended mid-request leaves a broken connection; that is how it ends.
                    let _ = connection.await;
                });
            }
        });
        Ok(lambda)
    }

    async fn invoke(&self) -> Result<(), Box<dyn std::error::Error>> {
        self.state.waiting.notify_one();
        tokio::time::timeout(Duration::from_secs(10), self.state.answered.notified()).await?;
        let answer = self.state.answer.lock().map_err(|_| "poisoned")?.take().ok_or("no answer")?;
        let answer: serde_json::Value = serde_json::from_slice(&answer)?;
        if answer["statusCode"] == 200 { Ok(()) } else { Err(answer.to_string().into()) }
    }

    async fn serve(self, request: Request<Incoming>) -> Result<Response<Full<Bytes>>, Infallible> {
        let answer = Response::builder();
        let answer = if request.method() == Method::GET {
            self.state.waiting.notified().await;
            let deadline = std::time::SystemTime::now() + Duration::from_secs(10);
            let deadline = deadline.duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
            answer
                .header("lambda-runtime-aws-request-id", "8476a536-e9f4-11e8-9739-2dfe598c3fcd")
                .header("lambda-runtime-deadline-ms", deadline.as_millis().to_string())
                .header(
                    "lambda-runtime-invoked-function-arn",
                    "arn:aws:lambda:eu-central-1:000000000000:function:product",
                )
                .header("content-type", "application/json")
                .body(Full::from(event()))
        } else {
            let body = request.into_body().collect().await.map(|body| body.to_bytes());
            if let Ok(mut answer) = self.state.answer.lock() {
                *answer = body.ok();
            }
            self.state.answered.notify_one();
            answer.status(202).body(Full::default())
        };
        Ok(answer.unwrap_or_default())
    }
}

/// The proxy event that API Gateway makes of `GET /product/{id}`.
fn event() -> Bytes {
    let event = serde_json::json!({
        "resource": "/product/{id}", "path": format!("/product/{ID}"), "httpMethod": "GET",
        "headers": {"Accept": "*/*", "Host": "127.0.0.1", "User-Agent": "bench/1"},
        "multiValueHeaders": {"Accept": ["*/*"], "Host": ["127.0.0.1"], "User-Agent": ["bench/1"]},
        "queryStringParameters": null, "multiValueQueryStringParameters": null,
        "pathParameters": {"id": ID}, "stageVariables": null,
        "requestContext": {
            "resourceId": "abc123", "resourcePath": "/product/{id}", "httpMethod": "GET",
            "requestId": "c6af9ac6-7b61-11e6-9a41-93e8deadbeef", "apiId": "local", "stage": "dev",
            "accountId": "000000000000", "protocol": "HTTP/1.1", "path": format!("/dev/product/{ID}"),
            "requestTime": "23/Nov/2026:12:00:00 +0000", "requestTimeEpoch": 1_795_435_200_000_u64,
            "identity": {"sourceIp": "127.0.0.1", "userAgent": "bench/1"}
        },
        "body": null, "isBase64Encoded": false
    });
    Bytes::from(event.to_string())
}

/// A DynamoDB with one product.
async fn start_dynamodb() -> Result<Tables, Box<dyn std::error::Error>> {
    let tables = Tables::in_memory([serde_json::json!({
        "TableName": "product", "BillingMode": "PAY_PER_REQUEST",
        "AttributeDefinitions": [{"AttributeName": "id", "AttributeType": "S"}],
        "KeySchema": [{"AttributeName": "id", "KeyType": "HASH"}],
    })])?;
    let product = serde_json::json!({
        "id": ID, "name": "IPhone X", "price": 950.4, "description": "The telephone of 2017.",
        "imageFile": "product-1.png", "category": "Phone",
    });
    let product =
        runtime::decode_json("", &product).map_err(|violations| violations.to_string())?;
    let aws = runtime::Aws::local(&url(&tables), &[("PRODUCT_TABLE", "product")]);
    product_contract::Tables::new(&aws).product.put(&product).await?;
    Ok(tables)
}

fn url(tables: &Tables) -> String {
    format!("http://{}", tables.address())
}
