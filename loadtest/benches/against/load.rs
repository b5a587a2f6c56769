//! What a customer costs: processor time of load generator, stage and functions, from the report of a load test.

use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Context as _, Result};
use serde_json::Value;

use crate::{Both, median, row};

/// How often the processor time of customers is measured in each checkout.
const N_PAIRS: usize = 5;

/// Customers a second that no checkout finds difficult.
const CALM: u32 = 40;

/// Customers a second that are several times what any checkout carries, and for how many seconds.
const OVERLOAD: (u32, u32) = (900, 4);

/// Processor time per customer, as a whole and by consumer.
pub(crate) fn customers(both: Both<'_>) -> Result<()> {
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

/// How much of what the processors carry they still carry when far more is offered: waiting should cost nothing.
pub(crate) fn overload(both: Both<'_>) -> Result<()> {
    let mut carried = [0.0; 2];
    for (root, carried) in both.iter().zip(&mut carried) {
        let calm = Shares::of(&load(root, CALM, 15)?).total();
        let (rate, seconds) = OVERLOAD;
        *carried = calm / Shares::of(&load(root, rate, seconds)?).total();
    }
    row("customers for the same processor time, overloaded / calm", "", carried);
    Ok(())
}

/// The highest rate whose objectives are met, by steps of a tenth, and what is carried at three times as many.
pub(crate) fn rates(both: Both<'_>) -> Result<()> {
    let (mut held, mut carried) = ([0.0; 2], [0.0; 2]);
    for (at, root) in both.iter().enumerate() {
        let mut rate = 50;
        while holds(root, rate)? {
            held[at] = f64::from(rate);
            rate += (rate / 10).max(5);
        }
        let report = load(root, 3 * rate, 30)?;
        // Visits that fell due are served after the time as well, so the time that serving took counts.
        let seconds = report["run"]["served_seconds"].as_f64().unwrap_or(30.0);
        carried[at] = accepted(&report) / seconds / held[at].max(1.0);
    }
    row("customers a second, objectives met", "", held);
    row("carried of them when three times as many are offered", "", carried);
    Ok(())
}

/// Whether the objectives are met at a rate, in one of two runs: a machine has a bad second now and then.
fn holds(root: &Path, rate: u32) -> Result<bool> {
    for _ in 0..2 {
        if load(root, rate, 30)?["verdict"]["outcome"] == "pass" {
            return Ok(true);
        }
    }
    Ok(false)
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
        let accepted = accepted(report).max(1.0);
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
    orders.unwrap_or(ledger)["accepted"].as_f64().unwrap_or_default()
}

/// A load test of a checkout's own programs.
fn load(root: &Path, rate: u32, seconds: u32) -> Result<Value> {
    let folder = root.join("target/against");
    std::fs::create_dir_all(&folder)?;
    let report = folder.join("report.json");
    // The report of an earlier run must not stand in for one that measured nothing; there may be none.
    let _ = std::fs::remove_file(&report);
    let mut command = Command::new(root.join("target/debug/loadtest"));
    command.current_dir(root).args(["--quiet", "--no-build", "--mix", ""]);
    command.args(["--rate", &rate.to_string(), "--run-time", &format!("{seconds}s")]);
    command.arg("--json").arg(&report).arg("--report").arg(folder.join("report.html"));
    // A missed objective is a figure too, and so is a generator that was too slow on a busy machine.
    let output = command.stdout(Stdio::null()).stderr(Stdio::inherit()).output();
    output.with_context(|| format!("{} is not built", root.display()))?;
    let text = std::fs::read_to_string(&report).context("the load test measured nothing")?;
    Ok(serde_json::from_str(&text)?)
}
