//! Mutates contracts at random and generates code from each mutation: none may panic, be refused
//! without a reason, take long or take much memory.
//!
//! `cargo run -p codegen --example mutate -- [MUTATIONS] [SEED] [FOLDER…]`, by default 20,000 of the contracts in `spec`
//! and `examples/parcels/spec`. Ends with exit code 1 and the seeds of what went wrong.

#![allow(clippy::print_stdout, reason = "a command prints what it found")]

#[path = "../tests/it/mutation.rs"]
mod mutation;

use std::path::Path;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use codegen::source::SourceMap;
use codegen::{compile, read};
use mutation::{Dice, Files, mutated};

/// The processor time that one may take, and the memory that all may take.
const MAX_TIME: Duration = Duration::from_secs(5);
const MAX_KIB: u64 = 300 * 1024;

fn main() -> Result<ExitCode, Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let number = |at: usize| arguments.get(at).map_or(Ok(None), |text| text.parse().map(Some));
    let (n, first) = (number(0)?.unwrap_or(20_000_u64), number(1)?.unwrap_or(1));
    let given: Vec<&str> = arguments.iter().skip(2).map(String::as_str).collect();
    let folders = if given.is_empty() { vec!["spec", "examples/parcels/spec"] } else { given };
    let systems = folders.into_iter().map(files).collect::<Result<Vec<_>, _>>()?;
    std::panic::set_hook(Box::new(|_| {}));
    let (mut accepted, mut bad, mut slowest) = (0, Vec::new(), Duration::ZERO);
    for seed in first..first + n {
        let mut dice = Dice::new(seed);
        let system = &systems[dice.below(systems.len())];
        let contracts = mutated(system, &mut dice);
        let before = spent();
        let outcome = std::panic::catch_unwind(|| compile(&sources(&contracts)));
        let time = spent().saturating_sub(before);
        slowest = slowest.max(time);
        match outcome {
            Ok(Ok(_)) => accepted += 1,
            Ok(Err(said)) if said.iter().any(|said| said.code == "unexplained") => {
                bad.push(format!("seed {seed}: refused without a reason"));
            }
            Ok(Err(_)) => {}
            Err(_) => bad.push(format!("seed {seed}: panicked")),
        }
        if time > MAX_TIME {
            bad.push(format!("seed {seed}: took {} ms", time.as_millis()));
        }
    }
    let peak = peak_kib();
    bad.extend(peak.filter(|kib| *kib > MAX_KIB).map(|kib| format!("took {kib} KiB")));
    let memory = peak.map_or_else(String::new, |kib| format!(", at most {} MiB", kib / 1024));
    println!("{n} mutations, {accepted} accepted, slowest {} ms{memory}", slowest.as_millis());
    bad.iter().for_each(|line| println!("{line}"));
    Ok(if bad.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn files(folder: &str) -> Result<Files, Box<dyn std::error::Error>> {
    let sources = read::read_spec(Path::new(folder))?;
    Ok(sources.files().map(|(_, file)| (file.path.clone(), file.text.clone())).collect())
}

fn sources(files: &Files) -> SourceMap {
    let mut sources = SourceMap::default();
    for (path, text) in files {
        sources.add(path.clone(), text.clone());
    }
    sources
}

/// The processor time of this thread where the system tells it, or else any time.
fn spent() -> Duration {
    static START: std::sync::LazyLock<Instant> = std::sync::LazyLock::new(Instant::now);
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
    let nanos = told.and_then(|told| told.split(' ').next()?.parse().ok());
    nanos.map_or_else(|| START.elapsed(), Duration::from_nanos)
}

/// The most memory that this process has had (Linux).
fn peak_kib() -> Option<u64> {
    let told = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = told.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.split_whitespace().next()?.parse().ok()
}
