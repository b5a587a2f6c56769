//! The command line: a run, or one of the other commands.

use std::path::PathBuf;

use clap::{Parser, Subcommand};
use stage::fault;

use crate::capacity::Capacity;
use crate::destination::{Destination, places};
use crate::manifest::Manifest;
use crate::options::RunArgs;

/// Load-test a system and judge the result against its objectives
///
/// Without arguments, this command checks that generated code is up to date, builds the functions, and starts a local
/// stage from the generated template. It then runs the load, waits until no work is pending,
/// and prints a verdict.
///
/// Exit codes: 0 no objective missed (some may have too few samples); 1 an objective missed; 2 wrong usage; 3 the run is invalid (target unreachable,
/// load generator short of CPU, interrupted, or work still pending when the drain timed out), or a report could not be
/// written.
#[derive(Debug, Parser)]
#[command(name = "loadtest", version, args_conflicts_with_subcommands = true)]
#[command(after_long_help = fault::teach())]
pub struct Cli {
    /// What to do instead of a run.
    #[command(subcommand)]
    pub command: Option<Command>,
    /// How to run.
    #[command(flatten)]
    pub run: RunArgs,
}

/// What one argument names.
#[derive(Debug, Clone)]
pub struct Places(pub Vec<Destination>);

/// What can be done instead of a run.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Compare two runs by their JSON reports
    Compare {
        /// The JSON report of the earlier run
        before: PathBuf,
        /// The JSON report of the later run
        after: PathBuf,
    },
    /// Merge the JSON reports of several workers exactly, and judge the result
    Merge {
        /// The JSON reports, as files or `s3://BUCKET/KEY`; `{0..3}` stands for each number from 0 to 3. The verdict names
        /// any report that is missing
        #[arg(required = true, value_parser = |text: &str| places(text).map(Places))]
        reports: Vec<Places>,
        /// The objectives file [default: loadtest/slo.toml]
        #[arg(long, value_name = "FILE")]
        slo: Option<PathBuf>,
        /// The output file of the merged JSON report
        #[arg(long, value_name = "FILE|S3 URL", default_value = "loadtest/merged.json")]
        json: Destination,
        /// The output file of the merged HTML report
        #[arg(long, value_name = "FILE", default_value = "loadtest/merged.html")]
        report: PathBuf,
    },
    /// Print the JSON Schema of the JSON report
    Schema,
    /// Extrapolate a measured run to other rates: concurrency, backlog, units, dollars, and the first quota hit
    Capacity(Capacity),
    /// Print a manifest that runs several workers elsewhere
    Manifest {
        /// Which
        #[command(subcommand)]
        manifest: Manifest,
    },
}
