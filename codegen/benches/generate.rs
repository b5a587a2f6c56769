//! The generator as a whole process, from the shop's contracts to all files.
//!
//! `cargo bench --profile dev -p codegen`

#![allow(clippy::print_stdout, reason = "a benchmark prints its figures")]

use std::path::Path;
use std::process::Command;
use std::time::Instant;

const N_RUNS: usize = 21;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    // `cargo test --benches` passes `--test`; a benchmark has nothing to assert.
    if std::env::args().any(|argument| argument == "--test") {
        return Ok(());
    }
    let spec = Path::new(env!("CARGO_MANIFEST_DIR")).join("../spec");
    let out = std::env::temp_dir().join(format!("generate-{}", std::process::id()));
    let run = |fresh: bool| -> Result<f64, Box<dyn std::error::Error>> {
        if fresh && out.exists() {
            std::fs::remove_dir_all(&out)?;
        }
        let begin = Instant::now();
        let output = Command::new(env!("CARGO_BIN_EXE_codegen"))
            .arg("generate")
            .arg("--spec")
            .arg(&spec)
            .arg("--out")
            .arg(&out)
            .output()?;
        let spent = begin.elapsed().as_secs_f64() * 1e3;
        if output.status.success() {
            Ok(spent)
        } else {
            Err(String::from_utf8_lossy(&output.stderr).into())
        }
    };
    run(true)?;
    let all = (0..N_RUNS).map(|_| run(true)).collect::<Result<Vec<_>, _>>()?;
    let none = (0..N_RUNS).map(|_| run(false)).collect::<Result<Vec<_>, _>>()?;
    std::fs::remove_dir_all(&out)?;
    println!(
        "| generate, whole process, three services, all files new | 50 ms | {:.1} ms |",
        median(all)
    );
    println!(
        "| generate, whole process, three services, none changed | | {:.1} ms |",
        median(none)
    );
    Ok(())
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}
