//! What a change did to speed: this checkout beside another, each figure by processor time, in turns.
//!
//! Both checkouts must be built (`cargo build --workspace --bins`). Ratios hold on a busy machine. Customers a second
//! do not, so they are only measured with `--rates`; `--build` measures compilation too, in clones of both checkouts
//! with their dependencies downloaded.
//!
//! `cargo bench --profile dev -p loadtest --bench against -- <checkout> [--rates] [--build]`

#![allow(clippy::print_stdout, reason = "a benchmark prints its figures")]

mod build;
mod function;
mod load;

use std::path::Path;

use anyhow::{Context as _, Result};

/// The other checkout, and this one.
type Both<'a> = [&'a Path; 2];

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
    function::invocations(both)?;
    load::customers(both)?;
    load::overload(both)?;
    if wants("--rates") {
        load::rates(both)?;
    }
    if wants("--build") {
        build::times(both)?;
    }
    Ok(())
}

fn row(figure: &str, unit: &str, [before, after]: [f64; 2]) {
    println!("| {figure} | {before:.3} {unit} | {after:.3} {unit} | {:.2} |", after / before);
}

fn packages(both: Both<'_>) -> Result<()> {
    let count = |root: &Path| -> Result<f64> {
        let lock = std::fs::read_to_string(root.join("Cargo.lock"))?;
        Ok(lock.lines().filter(|line| *line == "[[package]]").count() as f64)
    };
    row("packages in the lock file", "", [count(both[0])?, count(both[1])?]);
    Ok(())
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}
