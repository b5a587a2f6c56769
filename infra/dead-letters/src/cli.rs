//! The command line: arguments, output and exit codes.
//!
//! Exit codes: 0 done; 1 a message could not be sent back; 2 wrong usage and all other failures.

use std::io::Write as _;
use std::process::ExitCode;

use anyhow::Context as _;
use clap::{Args, Parser, Subcommand};

use crate::queues::DeadLetterQueue;
use crate::{aws, list, queues, redrive};

/// List failed messages and their causes, and send them back to their source queues.
///
/// For a deployed stage, set AWS_PROFILE (or AWS_ACCESS_KEY_ID) and AWS_REGION, as for other AWS tools. For a local
/// stage, pass the AWS endpoint that it prints: --endpoint http://127.0.0.1:PORT. Without variables, the region
/// of an http endpoint is us-east-1, and its credentials are made up.
///
/// Exit codes: 0 done; 1 a message could not be sent back; 2 wrong usage and all other failures.
#[derive(Debug, Parser)]
#[command(name = "dead-letters", version)]
pub struct Cli {
    /// The command.
    #[command(subcommand)]
    pub command: Command,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// List the messages in dead-letter queues and their causes; change nothing
    List {
        /// Which queues.
        #[command(flatten)]
        place: QueueChoice,
        /// Only this queue; repeatable
        #[arg(long, value_name = "NAME")]
        queue: Vec<String>,
        /// The maximum number of messages to show for each queue
        #[arg(long, value_name = "N", default_value_t = 20, value_parser = clap::value_parser!(u32).range(1..=1_000))]
        limit: u32,
        /// Print long bodies in full
        #[arg(long)]
        full: bool,
        /// Print one JSON object for each message
        #[arg(long)]
        json: bool,
    },
    /// Send messages from dead-letter queues back to their source queues
    Redrive {
        /// Which queues.
        #[command(flatten)]
        place: QueueChoice,
        /// Redrive this queue; repeatable
        #[arg(long, value_name = "NAME", conflicts_with = "all")]
        queue: Vec<String>,
        /// Redrive every dead-letter queue
        #[arg(long)]
        all: bool,
        /// The maximum number of messages per second, to protect the receivers
        #[arg(long, value_name = "N", value_parser = clap::value_parser!(i32).range(1..=500))]
        rate: Option<i32>,
    },
}

/// Where the queues are.
#[derive(Debug, Clone, Args)]
pub struct QueueChoice {
    /// Only queues whose names start with this stack name [default: the account's queues that a redrive policy names]
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
                let chosen = choose(place, found, queue)?;
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
                    "name a queue with --queue NAME, or use --all for every dead-letter queue: {}",
                    queues::names(&found)
                );
                let mut is_done = true;
                for queue in choose(place, found, queue)? {
                    let told = redrive::redrive(&sqs, &queue, *rate).await?;
                    print(&told.to_string());
                    is_done &= told.is_done();
                }
                Ok(is_done)
            }
        }
    })
}

/// The queues that are meant; says which ones were left out.
fn choose(
    place: &QueueChoice,
    found: Vec<DeadLetterQueue>,
    wanted: &[String],
) -> anyhow::Result<Vec<DeadLetterQueue>> {
    let (chosen, left_out) = queues::choose(found, wanted, place.stack.as_deref())?;
    for name in left_out {
        eprintln!(
            "note: `{name}` was left out: only its name says that it is a dead-letter queue; pass --queue {name} or --stack NAME"
        );
    }
    Ok(chosen)
}

fn print(text: &str) {
    // A reader that went away changes nothing.
    let _ = std::io::stdout().write_all(text.as_bytes());
}
