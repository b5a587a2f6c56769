//! What polls the streams of tables.

use std::time::Duration;

use super::Pipe;

/// An event source mapping from a table's stream to a function.
#[derive(Debug, Clone, PartialEq)]
pub struct StreamMapping {
    /// Its logical id.
    pub id: String,
    /// The ARN of the stream.
    pub stream: String,
    /// The name of the table.
    pub table: String,
    /// The name of the function.
    pub function: String,
    /// Its version or alias.
    pub qualifier: Option<String>,
    /// Records in a batch at most.
    pub batch_size: usize,
    /// How long a batch may be gathered.
    pub window: Duration,
    /// Whether it begins with the oldest record (`TRIM_HORIZON`) instead of the next one.
    pub from_start: bool,
    /// Attempts after the first; without end where there is none.
    pub max_retries: Option<u32>,
    /// How old a record may get until it is handed over for the last time; as old as it likes where there is none.
    pub max_age: Option<Duration>,
    /// Whether a batch that fails is cut in two.
    pub bisects: bool,
    /// Whether the function reports which record failed first.
    pub reports_item_failures: bool,
    /// Patterns of which a record must match one.
    pub filters: Vec<serde_json::Value>,
    /// The ARN of the queue or topic that takes records of batches that were given up.
    pub on_failure: Option<String>,
    /// Whether it polls.
    pub enabled: bool,
    /// What is done with records instead, where it is a pipe that polls.
    pub pipe: Option<Pipe>,
}
