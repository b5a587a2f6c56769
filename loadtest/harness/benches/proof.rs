//! What the harness claims of itself, measured: percentiles against servers whose latencies are known, beside goose alone;
//! injected faults counted; processor time of a request beside hand-written goose; memory and the size of the report
//! of a long run.
//!
//! `cargo bench --profile dev -p harness`, or a part of it: `-- accuracy`, `-- counts`, `-- cost`, `-- memory`
//! (a million visits, some minutes). Servers, load generators and this program are processes of their own, and what
//! is compared runs in turns, so that a busy machine slows both. Processor time is what the system says that a
//! process used.

#![allow(
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a benchmark prints its figures, and ends where it cannot measure"
)]

#[path = "proof/goose.rs"]
mod plain;
#[path = "proof/server.rs"]
mod server;

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{Shutdown, TcpStream};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use serde_json::Value;

use server::{Kind, truth};

fn main() {
    let args: Vec<String> = std::env::args().skip(1).filter(|arg| arg != "--bench").collect();
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    match args.as_slice() {
        // `cargo test --benches` passes `--test`; there is nothing to assert.
        ["--test", ..] => {}
        ["serve", kind] => server::serve(kind.parse().unwrap()),
        ["goose", url, users, rate, seconds] => {
            plain::attack(url, users.parse().unwrap(), rate.parse().unwrap(), seconds);
        }
        parts => {
            let wants = |part: &str| parts.is_empty() || parts.contains(&part);
            let all: [(&str, fn()); 4] =
                [("accuracy", accuracy), ("counts", counts), ("cost", cost), ("memory", memory)];
            all.into_iter().filter(|(part, _)| wants(part)).for_each(|(_, measure)| measure());
        }
    }
}

/// A server in a process of its own, ended when it is dropped.
struct Server {
    url: String,
    process: Child,
}

impl Server {
    fn start(kind: Kind) -> Self {
        let mut process = Command::new(std::env::current_exe().unwrap())
            .args(["serve", &kind.to_string()])
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut url = String::new();
        BufReader::new(process.stdout.take().unwrap()).read_line(&mut url).unwrap();
        Self { url: url.trim().to_owned(), process }
    }

    /// p50, p90 and p99 of what it served since the last time, by its own clock, in milliseconds.
    fn served(&self) -> [f64; 3] {
        let address = self.url.strip_prefix("http://").unwrap();
        let mut stream = TcpStream::connect(address).unwrap();
        stream.write_all(b"GET /served HTTP/1.1\r\nhost: served\r\n\r\n").unwrap();
        stream.shutdown(Shutdown::Write).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        let (_, body) = answer.split_once("\r\n\r\n").unwrap();
        let mut all = body.split(' ').map(|ms| ms.parse().unwrap());
        [(); 3].map(|()| all.next().unwrap())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.process.kill().and_then(|()| self.process.wait());
    }
}

/// A run of the `minimal` load test, and its report.
struct Run {
    report: Value,
    html_bytes: u64,
    peak_kib: Vec<u64>,
}

fn load(server: &Server, args: &[&str]) -> Run {
    let folder = std::env::temp_dir().join(format!("proof-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let (json, html) = (folder.join("run.json"), folder.join("run.html"));
    let mut process = Command::new(env!("CARGO_BIN_EXE_minimal"))
        .args(["--stage", &server.url, "--quiet", "--json"])
        .arg(&json)
        .arg("--report")
        .arg(&html)
        .args(args)
        .stdout(Stdio::null())
        .spawn()
        .unwrap();
    let mut peak_kib = Vec::new();
    while process.try_wait().unwrap().is_none() {
        peak_kib.extend(resident_kib(process.id()));
        std::thread::sleep(Duration::from_secs(1));
    }
    let report = serde_json::from_str(&std::fs::read_to_string(&json).unwrap()).unwrap();
    let html_bytes = std::fs::metadata(&html).unwrap().len();
    std::fs::remove_dir_all(&folder).unwrap();
    Run { report, html_bytes, peak_kib }
}

fn resident_kib(process: u32) -> Option<u64> {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    line.trim().trim_end_matches(" kB").trim().parse().ok()
}

/// A goose attack without the harness: what it prints about itself.
fn goose(server: &Server, users: u32, rate: u32, seconds: u32) -> Value {
    let output = Command::new(std::env::current_exe().unwrap())
        .args(["goose", &server.url, &users.to_string(), &rate.to_string(), &seconds.to_string()])
        .stderr(Stdio::null())
        .output()
        .unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    serde_json::from_str(text.lines().last().unwrap()).unwrap()
}

fn accuracy() {
    println!(
        "| server | tool | p50 | p90 | p99 | of the truth |\n| --- | --- | --- | --- | --- | --- |"
    );
    for kind in [Kind::Stalls, Kind::Known] {
        let server = Server::start(kind);
        // What the server really did is by its own clock: a busy machine makes it slower than arithmetic has it, and
        // the few requests of a run are never spread as evenly.
        let row = |tool: &str, found: [f64; 3], truth: [f64; 3]| {
            let ms = found.map(|ms| format!("{ms:.1} ms")).join(" | ");
            let ratios: Vec<_> = found
                .iter()
                .zip(truth)
                .map(|(found, truth)| format!("{:.3}", found / truth))
                .collect();
            println!("| {kind} | {tool} | {ms} | {} |", ratios.join(" / "));
        };
        row("by arithmetic", truth(kind), truth(kind));
        let run = load(&server, &["--rate", "200", "--run-time", "30s", "--seed", "3"]);
        let latency = &run.report["operations"][0]["latency"];
        let served = server.served();
        row("the server, while the harness ran", served, truth(kind));
        let ours = ["p50_us", "p90_us", "p99_us"].map(|at| latency[at].as_f64().unwrap() / 1e3);
        row("harness, of that", ours, served);
        // As many users as the rate and the usual latency come to, and as many again.
        let alone = goose(&server, 40, 200, 30);
        let late = run.report["generator"]["lag"]["p99_us"].as_f64().unwrap() / 1e3;
        println!(
            "| {kind} | what this machine kept the harness waiting for, p99 | | | {late:.1} ms | |"
        );
        let found = ["p50", "p90", "p99"].map(|at| alone[at].as_f64().unwrap());
        let served = server.served();
        row("the server, while goose ran", served, truth(kind));
        row("goose alone, of arithmetic", found, truth(kind));
    }
}

fn counts() {
    println!(
        "\n| one in | asked | lost | doubled | unpromised | counted | |\n| --- | --- | --- | --- | --- | --- | --- |"
    );
    for every in [10, 100, 1_000, 10_000, 100_000] {
        let server = Server::start(Kind::Faulty(every));
        // Three faults of each kind, or ten seconds.
        let seconds = (every * 3).div_ceil(2_000).max(5).to_string() + "s";
        let run = load(&server, &["--rate", "2000", "--run-time", &seconds, "--arrivals", "even"]);
        let tally = &run.report["ledger"][0];
        let n = |key: &str| tally[key].as_u64().unwrap();
        let asked = n("sent");
        // The server's arithmetic: each so-manieth is lost, the one after it doubled, the one after that refused and made.
        let injected = [0, 1, 2].map(|shift| (asked + every - 1 - shift) / every);
        let counted = [n("lost"), n("doubled"), n("unpromised")];
        let verdict = if injected == counted { "exact" } else { "WRONG" };
        let [a, b, c] = injected;
        println!("| {every} | {asked} | {a} | {b} | {c} | {counted:?} | {verdict} |");
    }
}

fn cost() {
    const SECONDS: u32 = 20;
    println!(
        "\n| rate | harness, µs a request | goose alone, µs a request | ratio |\n| --- | --- | --- | --- |"
    );
    for rate in [500, 2_000] {
        let server = Server::start(Kind::Quick);
        let (mut ours, mut theirs) = (Vec::new(), Vec::new());
        for _ in 0..3 {
            let (asked, time) = (rate.to_string(), format!("{SECONDS}s"));
            let run = load(&server, &["--rate", &asked, "--run-time", &time]).report;
            let requests = run["operations"][0]["latency"]["count"].as_f64().unwrap();
            let own = run["cpu"]
                .as_array()
                .unwrap()
                .iter()
                .find(|one| one["consumer"] == "load generator");
            ours.push(own.unwrap()["cpu_ms"].as_f64().unwrap() * 1e3 / requests);
            let alone = goose(&server, 50, rate, SECONDS);
            theirs.push(
                alone["cpu_ms"].as_f64().unwrap() * 1e3 / alone["requests"].as_f64().unwrap(),
            );
        }
        let (ours, theirs) = (median(ours), median(theirs));
        println!("| {rate} | {ours:.0} | {theirs:.0} | {:.2} |", ours / theirs);
    }
}

fn memory() {
    let server = Server::start(Kind::Quick);
    // As many connections as a usual limit of open files allows both sides.
    let run = load(&server, &["--rate", "4000", "--run-time", "250s", "--users", "700"]);
    let sent = run.report["ledger"][0]["sent"].as_u64().unwrap();
    let at = |second: usize| run.peak_kib.get(second).copied().unwrap_or_default() / 1024;
    let most = run.peak_kib.iter().max().copied().unwrap_or_default() / 1024;
    println!(
        "\n| visits | MiB after 10 s | 60 s | 240 s | at most | HTML report, kB |\n| --- | --- | --- | --- | --- | --- |"
    );
    println!(
        "| {sent} | {} | {} | {} | {most} | {} |",
        at(10),
        at(60),
        at(240),
        run.html_bytes / 1_000
    );
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}
