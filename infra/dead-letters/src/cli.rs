//! The command line: arguments, what is printed where, exit codes.
//!
//! Exit codes: 0 done; 1 a dead letter could not be sent back; 2 wrong usage, and whatever else fails.

use std::io::Write as _;
use std::process::ExitCode;

use anyhow::Context as _;
use clap::{Args, Parser, Subcommand};

use crate::{aws, list, queues, redrive};

/// Lists what could not be processed and why, and sends it back to where it came from.
///
/// A deployed stage is found as by every tool of AWS: AWS_PROFILE or AWS_ACCESS_KEY_ID, AWS_REGION. A local one is
/// named by the endpoint that it prints: --endpoint http://127.0.0.1:PORT.
///
/// Exit codes: 0 done; 1 a dead letter could not be sent back; 2 wrong usage, and whatever else fails.
#[derive(Debug, Parser)]
#[command(name = "dead-letters", version)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// What can be done with dead letters.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Show what is in dead-letter queues, and why; nothing is changed
    List {
        /// Which queues.
        #[command(flatten)]
        place: Place,
        /// Look at this one only; may be given several times
        #[arg(long, value_name = "NAME")]
        queue: Vec<String>,
        /// How many messages of a queue to show
        #[arg(long, value_name = "N", default_value_t = 20, value_parser = clap::value_parser!(u32).range(1..=1_000))]
        limit: u32,
        /// Show long bodies whole
        #[arg(long)]
        full: bool,
        /// Print JSON: one object a message
        #[arg(long)]
        json: bool,
    },
    /// Send messages of dead-letter queues back to the queues that they came from
    Redrive {
        /// Which queues.
        #[command(flatten)]
        place: Place,
        /// Empty this one; may be given several times
        #[arg(long, value_name = "NAME", conflicts_with = "all")]
        queue: Vec<String>,
        /// Empty every dead-letter queue
        #[arg(long)]
        all: bool,
        /// How many messages a second at most, so that whoever failed under the load is not hit by it again
        #[arg(long, value_name = "N", value_parser = clap::value_parser!(i32).range(1..=500))]
        rate: Option<i32>,
    },
}

/// Where the queues are.
#[derive(Debug, Clone, Args)]
pub struct Place {
    /// The stack whose queues are meant, which their names begin with; all queues of the account when left out
    #[arg(long, value_name = "NAME")]
    pub stack: Option<String>,
    /// The AWS endpoint of a local stage
    #[arg(long, value_name = "URL")]
    pub endpoint: Option<String>,
}

/// Runs the command.
#[must_use]
pub fn main() -> ExitCode {
    let cli = Cli::parse();
    match run(&cli.command) {
        Ok(is_done) => ExitCode::from(u8::from(!is_done)),
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::from(2)
        }
    }
}

fn run(command: &Command) -> anyhow::Result<bool> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .context("cannot start a runtime")?;
    runtime.block_on(async {
        match command {
            Command::List { place, queue, limit, full, json } => {
                let sqs = aws::connect(place).await?;
                let found = queues::find(&sqs, place.stack.as_deref()).await?;
                let chosen = queues::choose(found, queue)?;
                let shown = list::list(&sqs, &chosen, *limit).await?;
                let text = if *json { list::to_json(&shown) } else { list::to_text(&shown, *full) };
                print(&text);
                Ok(true)
            }
            Command::Redrive { place, queue, all, rate } => {
                let sqs = aws::connect(place).await?;
                let found = queues::find(&sqs, place.stack.as_deref()).await?;
                anyhow::ensure!(
                    *all || !queue.is_empty(),
                    "say which: --queue NAME, or --all for every one; there are {}",
                    queues::names(&found)
                );
                let mut is_done = true;
                for queue in queues::choose(found, queue)? {
                    let told = redrive::redrive(&sqs, &queue, *rate).await?;
                    print(&told.to_string());
                    is_done &= told.is_done();
                }
                Ok(is_done)
            }
        }
    })
}

fn print(text: &str) {
    // A reader that went away changes nothing.
    let _ = std::io::stdout().write_all(text.as_bytes());
}
