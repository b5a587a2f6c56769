//! The stage as a whole process, from its start until it says that it is ready.
//!
//! `cargo bench --profile dev -p stage`; the functions' binaries must be built.

#![allow(clippy::print_stdout, reason = "a benchmark prints its figures")]

use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Instant;

const N_RUNS: usize = 21;

type Failure = Box<dyn std::error::Error>;

fn main() -> Result<(), Failure> {
    // `cargo test --benches` passes `--test`; a benchmark has nothing to assert.
    if std::env::args().any(|argument| argument == "--test") {
        return Ok(());
    }
    let mut spent_ms = (0..N_RUNS).map(|_| start()).collect::<Result<Vec<_>, _>>()?;
    spent_ms.sort_by(f64::total_cmp);
    println!("| stage ready, binaries built | 500 ms | {:.0} ms |", spent_ms[N_RUNS / 2]);
    Ok(())
}

/// The time from the start of the process until it prints where everything is, in milliseconds.
fn start() -> Result<f64, Failure> {
    let binary = Path::new(env!("CARGO_BIN_EXE_stage"));
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let begin = Instant::now();
    let mut stage = Command::new(binary)
        .args(["--no-build", "--json", "--port", "0", "--bin-dir"])
        .arg(binary.parent().ok_or("a binary lies in a folder")?)
        .current_dir(root)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .spawn()?;
    let mut line = String::new();
    let pipe = stage.stdout.take().ok_or("no pipe")?;
    let read = BufReader::new(pipe).read_line(&mut line);
    let spent = begin.elapsed().as_secs_f64() * 1e3;
    // The guardian of the functions ends them with the stage.
    stage.kill()?;
    stage.wait()?;
    if read? == 0 { Err("the stage did not start".into()) } else { Ok(spent) }
}
