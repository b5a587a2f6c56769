//! Every figure that this project holds itself to, as one table.
//!
//! Runs the benchmarks of the other crates, which print rows of it, then the load test at two rates. With `--fresh`
//! it also clones the repository into an empty folder and runs the load test there, dependencies downloaded.
//!
//! `cargo bench --profile dev -p loadtest`, `cargo bench --profile dev -p loadtest -- --fresh`

#![allow(clippy::print_stdout, reason = "a benchmark prints its figures")]

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

use anyhow::{Context as _, Result, bail};
use harness::Tally;
use harness::report::{Report, json};

fn main() -> Result<()> {
    // `cargo test --benches` passes `--test`; a benchmark has nothing to assert.
    if std::env::args().any(|argument| argument == "--test") {
        return Ok(());
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let root = root.canonicalize().context("cannot find the workspace")?;
    println!("| figure | goal | measured |\n| --- | --- | --- |");
    run(cargo(&root).args(["build", "--quiet", "--workspace", "--bins"]))?;
    for package in ["codegen", "product", "stage"] {
        let bench = ["bench", "--quiet", "--profile", "dev", "-p", package];
        let printed = run(cargo(&root).args(bench))?;
        printed.lines().filter(|line| line.starts_with('|')).for_each(|row| println!("{row}"));
    }
    full_rate(&load(&root, "200")?);
    half_rate(&load(&root, "100")?);
    if std::env::args().any(|argument| argument == "--fresh") {
        println!(
            "| fresh clone to first verdict, dependencies downloaded | 10 min | {} |",
            fresh(&root)?
        );
    }
    Ok(())
}

fn full_rate(report: &Report) {
    let seconds = report.run.served_seconds;
    let sum = |read: fn(&Tally) -> u64| {
        let orders = report.ledger.iter().filter(|tally| tally.promise == "checkout.order");
        orders.map(read).sum::<u64>()
    };
    println!(
        "| customers who fill a basket, check out and read their order, 60 s, load generator on the same cores \
         | 200 a second, none lost, none doubled | {:.0} a second: {} sent, {} accepted, {} lost, {} doubled |",
        report.throughput.accepted_per_second,
        sum(|tally| tally.sent),
        sum(|tally| tally.accepted),
        sum(|tally| tally.lost),
        sum(|tally| tally.doubled)
    );
    let spent = report
        .cpu
        .iter()
        .map(|share| format!("{} {:.0} s", share.consumer, share.cpu_ms as f64 / 1e3));
    println!(
        "| where its {:.0} processor seconds went | | {} |",
        seconds * report.run.n_cpus as f64,
        spent.collect::<Vec<_>>().join(", ")
    );
}

fn half_rate(report: &Report) {
    for hop in &report.pipeline.hops {
        let in_ms = |us: u64| us as f64 / 1e3;
        println!(
            "| {}, p50 / p99 at 100 a second | | {:.1} / {:.1} ms |",
            hop.name(),
            in_ms(hop.latency.p50_us),
            in_ms(hop.latency.p99_us)
        );
    }
}

/// A minute of customers who all check out.
fn load(root: &Path, rate: &str) -> Result<Report> {
    let folder = root.join("target/figures");
    let path = |extension: &str| folder.join(format!("rate-{rate}.{extension}"));
    let mut command = Command::new(env!("CARGO_BIN_EXE_loadtest"));
    command.current_dir(root).args(["--quiet", "--no-build", "--run-time", "60s", "--mix", ""]);
    command.args(["--rate", rate]).arg("--json").arg(path("json"));
    command.arg("--report").arg(path("html"));
    // A missed objective is a figure too; a run that measured nothing is not.
    let output = command.stderr(Stdio::inherit()).output().context("cannot start the load test")?;
    if !matches!(output.status.code(), Some(0 | 1)) {
        bail!("the load test measured nothing:\n{}", String::from_utf8_lossy(&output.stdout));
    }
    Ok(json::read(&path("json"))?)
}

/// The first verdict in a new clone whose dependencies are not there yet.
fn fresh(root: &Path) -> Result<String> {
    let folder = std::env::temp_dir().join(format!("fresh-{}", std::process::id()));
    let clone = Folder(folder);
    let begin = Instant::now();
    run(Command::new("git").args(["clone", "--quiet"]).arg(root).arg(clone.0.join("clone")))?;
    let mut first = cargo(&clone.0.join("clone"));
    first.env("CARGO_HOME", clone.0.join("cargo")).env_remove("CARGO_TARGET_DIR");
    run(first.args(["run", "--quiet", "-p", "loadtest", "--", "--quiet"]))?;
    Ok(format!("{:.1} min", begin.elapsed().as_secs_f64() / 60.0))
}

/// A folder that goes when it is dropped.
struct Folder(PathBuf);

impl Drop for Folder {
    fn drop(&mut self) {
        // What stays behind stays in the folder for temporary files.
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

fn cargo(root: &Path) -> Command {
    let mut command = Command::new(env!("CARGO"));
    command.current_dir(root);
    command
}

fn run(command: &mut Command) -> Result<String> {
    let output = command.stderr(Stdio::inherit()).output().context("cannot start a process")?;
    let printed = String::from_utf8_lossy(&output.stdout).into_owned();
    if !output.status.success() {
        bail!("{command:?} failed:\n{printed}");
    }
    Ok(printed)
}
