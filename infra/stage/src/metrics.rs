//! Figures of a whole stage at one moment.

use std::collections::BTreeMap;
use std::time::Duration;

use serde::Serialize;

use crate::bus::BusStats;
use crate::lambda::FunctionMetrics;

/// What a stage has done, and what is in it.
#[derive(Debug, Default, Clone, PartialEq, Eq, Serialize)]
pub struct Metrics {
    /// Functions, by name.
    pub functions: BTreeMap<String, FunctionMetrics>,
    /// Queues, by name.
    pub queues: BTreeMap<String, QueueMetrics>,
    /// Tables, by name; those that were not called are left out.
    pub tables: BTreeMap<String, TableMetrics>,
    /// Buses, all together.
    pub buses: BusMetrics,
    /// CPU time of the thread that runs gateway, runtime API, queues and buses.
    pub stage_cpu_time: Duration,
    /// CPU time of the thread that serves the tables.
    pub table_cpu_time: Duration,
}

impl Metrics {
    /// CPU time of all functions.
    #[must_use]
    pub fn function_cpu_time(&self) -> Duration {
        self.functions.values().map(|function| function.cpu_time).sum()
    }
}

/// What is in a queue.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct QueueMetrics {
    /// Messages that can be received.
    pub n_visible: usize,
    /// Messages that were received and not deleted.
    pub n_in_flight: usize,
    /// Messages whose delay has not passed.
    pub n_delayed: usize,
    /// The age of the oldest message.
    pub oldest_age: Duration,
    /// Messages taken from senders since the stage started.
    pub n_sent: u64,
    /// Messages moved here from a queue that gave up on them.
    pub n_arrived: u64,
    /// Messages deleted by their receivers.
    pub n_deleted: u64,
}

/// What calls to a table would have been charged, estimated from the sizes of requests and answers. Units are counted in
/// halves, as an eventually consistent read is half of one.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct TableMetrics {
    /// Calls that read, one for each item of a transaction.
    pub n_reads: u64,
    /// Calls that write, one for each item of a transaction.
    pub n_writes: u64,
    /// Halves of read units.
    pub half_read_units: u64,
    /// Halves of write units.
    pub half_write_units: u64,
}

/// What has happened on the buses since the stage started.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct BusMetrics {
    /// Events taken from publishers and schedules.
    pub n_taken: u64,
    /// Events that no rule took.
    pub n_unrouted: u64,
    /// Deliveries that arrived.
    pub n_delivered: u64,
    /// Deliveries that were given up, with a dead letter.
    pub n_dead_lettered: u64,
    /// Deliveries that were given up without one.
    pub n_dropped: u64,
    /// Deliveries that have not ended.
    pub n_under_way: u64,
}

impl From<BusStats> for BusMetrics {
    fn from(stats: BusStats) -> Self {
        Self {
            n_taken: stats.taken,
            n_unrouted: stats.unrouted,
            n_delivered: stats.delivered,
            n_dead_lettered: stats.dead_lettered,
            n_dropped: stats.dropped,
            n_under_way: stats.under_way,
        }
    }
}
