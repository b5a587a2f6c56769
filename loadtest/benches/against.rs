//! What a change did to speed: this checkout beside another, each figure by processor time, in turns.
//!
//! Both checkouts must be built (`cargo build --workspace --bins`); with `--build` the time that building takes is
//! measured too, in clones of both, dependencies downloaded. Ratios hold on a busy machine, customers a second do not:
//! they are only measured with `--rates`.
//!
//! `cargo bench --profile dev -p loadtest --bench against -- <checkout> [--rates] [--build]`

#![allow(clippy::print_stdout, reason = "a benchmark prints its figures")]

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use anyhow::{Context as _, Result, bail};
use serde_json::Value;

/// How often the processor time of customers is measured in each checkout.
const N_PAIRS: usize = 5;

/// Customers a second where neither checkout is near its limit.
const CALM: u32 = 40;

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    // `cargo test --benches` passes `--test`; a benchmark has nothing to assert.
    let Some(other) = arguments.iter().find(|one| !one.starts_with("--")) else { return Ok(()) };
    let wants = |flag: &str| arguments.iter().any(|one| one == flag);
    let here = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").canonicalize()?;
    let other = Path::new(other).canonicalize().context("there is no such checkout")?;
    let both = [other.as_path(), here.as_path()];
    println!("| figure | before | after | after / before |\n| --- | ---: | ---: | ---: |");
    packages(both)?;
    customers(both)?;
    if wants("--rates") {
        rates(both)?;
    }
    if wants("--build") {
        builds(both)?;
    }
    Ok(())
}

fn row(figure: &str, unit: &str, [before, after]: [f64; 2]) {
    println!("| {figure} | {before:.2} {unit} | {after:.2} {unit} | {:.2} |", after / before);
}

fn packages(both: [&Path; 2]) -> Result<()> {
    let count = |root: &Path| -> Result<f64> {
        let lock = std::fs::read_to_string(root.join("Cargo.lock"))?;
        Ok(lock.lines().filter(|line| *line == "[[package]]").count() as f64)
    };
    row("packages in the lock file", "", [count(both[0])?, count(both[1])?]);
    Ok(())
}

/// Processor time per customer, as a whole and by who used it.
fn customers(both: [&Path; 2]) -> Result<()> {
    let mut spent: [Vec<Shares>; 2] = Default::default();
    for _ in 0..N_PAIRS {
        for (root, spent) in both.iter().zip(&mut spent) {
            spent.push(Shares::of(&load(root, CALM, 15)?));
        }
    }
    let figures: [Figure; 5] = [
        ("processor time per customer, load generator included", |shares| shares.total()),
        ("… functions", |shares| shares.functions),
        ("… tables", |shares| shares.tables),
        ("… the rest of the stage", |shares| shares.stage),
        ("… load generator", |shares| shares.generator),
    ];
    for (name, figure) in figures {
        let medians = [0, 1].map(|at| median(spent[at].iter().map(figure).collect()));
        row(name, "ms", medians);
    }
    Ok(())
}

/// What a row shows, and how it is found.
type Figure = (&'static str, fn(&Shares) -> f64);

/// Milliseconds for a customer.
#[derive(Default)]
struct Shares {
    functions: f64,
    tables: f64,
    stage: f64,
    generator: f64,
}

impl Shares {
    fn of(report: &Value) -> Self {
        let mut shares = Self::default();
        let accepted = accepted(report);
        for share in report["cpu"].as_array().into_iter().flatten() {
            let part = match share["consumer"].as_str().unwrap_or_default() {
                "stage: tables" => &mut shares.tables,
                consumer if consumer.starts_with("stage") => &mut shares.stage,
                consumer if consumer.starts_with("function") => &mut shares.functions,
                _ => &mut shares.generator,
            };
            *part += share["cpu_ms"].as_f64().unwrap_or_default() / accepted;
        }
        shares
    }

    fn total(&self) -> f64 {
        self.functions + self.tables + self.stage + self.generator
    }
}

/// Accepted checkouts of a report, whichever checkout's program wrote it.
fn accepted(report: &Value) -> f64 {
    let ledger = &report["ledger"];
    let orders = ledger.as_array().into_iter().flatten();
    let orders = orders.into_iter().find(|tally| tally["promise"] == "checkout.order");
    orders.unwrap_or(ledger)["accepted"].as_f64().unwrap_or_default().max(1.0)
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

/// The most customers a second whose objectives hold, by steps of a tenth, and what is carried at three times as many.
fn rates(both: [&Path; 2]) -> Result<()> {
    let (mut held, mut carried) = ([0.0; 2], [0.0; 2]);
    for (at, root) in both.iter().enumerate() {
        let mut rate = 50;
        while load(root, rate, 30)?["verdict"]["outcome"] == "pass" {
            held[at] = f64::from(rate);
            rate += (rate / 10).max(5);
        }
        let most = held[at].max(1.0);
        let report = load(root, 3 * rate, 30)?;
        let a_second = &report["throughput"]["accepted_per_second"];
        carried[at] = a_second.as_f64().unwrap_or_default() / most;
    }
    row("customers a second, objectives held", "", held);
    row("carried of them when three times as many are offered", "", carried);
    Ok(())
}

/// A load test of a checkout's own programs.
fn load(root: &Path, rate: u32, seconds: u32) -> Result<Value> {
    let folder = root.join("target/against");
    std::fs::create_dir_all(&folder)?;
    let mut command = Command::new(root.join("target/debug/loadtest"));
    command.current_dir(root).args(["--quiet", "--no-build", "--mix", ""]);
    command.args(["--rate", &rate.to_string(), "--run-time", &format!("{seconds}s")]);
    command.arg("--json").arg(folder.join("report.json"));
    command.arg("--report").arg(folder.join("report.html"));
    // A missed objective is a figure too, and so is a generator that was too slow on a busy machine.
    let output = command.stdout(Stdio::null()).stderr(Stdio::inherit()).output();
    output.with_context(|| format!("{} is not built", root.display()))?;
    Ok(serde_json::from_str(&std::fs::read_to_string(folder.join("report.json"))?)?)
}

/// Processor time from a clone to the first verdict, and after one line of a rule or of a contract changed.
fn builds(both: [&Path; 2]) -> Result<()> {
    const RULE: &str = "services/ordering/src/place_order.rs";
    const CONTRACT: &str = "spec/product/openapi.yaml";
    let mut seconds = [[0.0; 2]; 4];
    for (at, root) in both.iter().enumerate() {
        let clone = Clone::of(root, at)?;
        run(clone.cargo().args(["fetch", "--quiet"]))?;
        let verdict = ["run", "--quiet", "-p", "loadtest", "--", "--quiet", "--run-time", "5s"];
        seconds[0][at] = spent(|| run(clone.cargo().args(verdict)))?;
        clone.append(RULE, "// A line more.\n")?;
        seconds[1][at] = spent(|| run(clone.cargo().args(verdict)))?;
        clone.replace(CONTRACT, "maxLength: 2000", "maxLength: 1999")?;
        run(clone.cargo().args(["run", "--quiet", "-p", "codegen"]))?;
        seconds[2][at] = spent(|| run(clone.cargo().args(verdict)))?;
        seconds[3][at] =
            spent(|| run(clone.cargo().args(["test", "--quiet", "--workspace", "--no-run"])))?;
    }
    let names = [
        "clone to first verdict",
        "the same after a line of a rule changed",
        "the same after a property of a contract changed",
        "`cargo test --workspace` compiled, after that",
    ];
    names.iter().zip(seconds).for_each(|(name, seconds)| row(name, "s", seconds));
    Ok(())
}

/// A clone that goes when it is dropped.
struct Clone(PathBuf);

impl Clone {
    fn of(root: &Path, at: usize) -> Result<Self> {
        let clone = Self(std::env::temp_dir().join(format!("against-{}-{at}", std::process::id())));
        run(Command::new("git").args(["clone", "--quiet"]).arg(root).arg(&clone.0))?;
        Ok(clone)
    }

    fn cargo(&self) -> Command {
        let mut command = Command::new(env!("CARGO"));
        command.current_dir(&self.0).env_remove("CARGO_TARGET_DIR");
        command
    }

    fn append(&self, path: &str, line: &str) -> Result<()> {
        let path = self.0.join(path);
        let text = std::fs::read_to_string(&path)?;
        Ok(std::fs::write(path, text + line)?)
    }

    fn replace(&self, path: &str, old: &str, new: &str) -> Result<()> {
        let path = self.0.join(path);
        let text = std::fs::read_to_string(&path)?;
        if !text.contains(old) {
            bail!("{} has no `{old}` to be changed", path.display());
        }
        Ok(std::fs::write(path, text.replacen(old, new, 1))?)
    }
}

impl Drop for Clone {
    fn drop(&mut self) {
        // What stays behind stays in the folder for temporary files.
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

fn run(command: &mut Command) -> Result<()> {
    let status = command.stdout(Stdio::null()).status().context("cannot start a process")?;
    // A load test whose objectives are missed on a busy machine has built all the same.
    if status.code().is_none_or(|code| code > 3) {
        bail!("{command:?} failed");
    }
    Ok(())
}

/// The processor time that processes took which were started and waited for meanwhile, in seconds.
fn spent(work: impl FnOnce() -> Result<()>) -> Result<f64> {
    let before = of_children()?;
    work()?;
    Ok((of_children()? - before).as_secs_f64())
}

/// Fields 16 and 17 of `stat`, in hundredths of a second.
fn of_children() -> Result<Duration> {
    let stat = std::fs::read_to_string("/proc/self/stat")?;
    let (_, rest) = stat.rsplit_once(')').context("`/proc/self/stat` has no name")?;
    let fields: Vec<u64> = rest.split_whitespace().skip(13).take(2).flat_map(str::parse).collect();
    Ok(Duration::from_millis(fields.iter().sum::<u64>() * 10))
}
