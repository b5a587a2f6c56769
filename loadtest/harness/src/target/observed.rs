//! What a stage shows of itself: queues, functions, tables and processor time.

use std::collections::BTreeMap;

use stage::Metrics;
use stage::metrics::TableMetrics;
use stage::template::{Plan, Queue};

use crate::cpu;
use crate::report::{FunctionFigures, QueueFigures, Receiver, TableFigures};
use crate::stack::DEAD_LETTERS;

/// What a stage shows of itself at one moment.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Observation {
    /// Messages in each queue, waiting or in flight; without the dead-letter queues.
    pub queues: BTreeMap<String, u64>,
    /// Messages in dead-letter queues.
    pub dead_letters: u64,
    /// Per function, since the stage started.
    pub functions: Vec<FunctionFigures>,
    /// Execution environments at this moment, over all functions.
    pub environments: u64,
    /// Invocations under way or waiting, over all functions.
    pub in_flight: u64,
    /// Events that are on their way to a target.
    pub under_way: u64,
    /// Events that the buses took, since the stage started.
    pub events: u64,
    /// Per queue, since the stage started.
    pub traffic: Vec<QueueFigures>,
    /// Per table, since the stage started.
    pub tables: Vec<TableFigures>,
    /// Processor time so far, by consumer, in milliseconds.
    pub cpu_ms: BTreeMap<String, u64>,
}

impl Observation {
    /// Adds what the template says of functions, queues and tables.
    pub(super) fn add_template(&mut self, plan: &Plan) {
        let given_up = plan.queues.iter().filter(|queue| holds_dead_letters(plan, queue));
        for name in given_up.map(|queue| &queue.name) {
            self.dead_letters += self.queues.remove(name).unwrap_or_default();
            self.traffic.retain(|queue| queue.name != *name);
        }
        for function in &mut self.functions {
            if let Some(one) = plan.functions.iter().find(|one| one.name == function.name) {
                function.memory_mib = u64::from(one.memory_mib);
                function.reserved = one.reserved_concurrency.map(|n| n as u64);
            }
        }
        for queue in &mut self.traffic {
            let arn = plan.queues.iter().find(|one| one.name == queue.name).map(|one| &one.arn);
            let its = plan.mappings.iter().filter(|one| one.enabled && Some(&one.queue) == arn);
            queue.receivers = its
                .map(|one| Receiver {
                    function: one.function.clone(),
                    batch_size: one.batch_size as u64,
                    window_ms: milliseconds(one.window),
                    max_concurrency: one.max_concurrency.map(|n| n as u64),
                })
                .collect();
        }
        for table in &mut self.tables {
            let its = plan.tables.iter().find(|one| one.name == table.name);
            let indexes = its.and_then(|one| one.request["GlobalSecondaryIndexes"].as_array());
            table.indexes = indexes.map_or(0, Vec::len) as u64;
        }
    }
}

/// Whether a queue keeps what was given up, by what names it and what polls it: its own name may be any.
fn holds_dead_letters(plan: &Plan, queue: &Queue) -> bool {
    let rules = plan.rules.iter().flat_map(|rule| &rule.targets).map(|target| &target.dead_letter);
    let invoked = plan.functions.iter().flat_map(|function| function.asynchronous.values());
    let mut named = (plan.queues.iter().map(|other| &other.dead_letter))
        .chain(rules)
        .chain(plan.functions.iter().map(|function| &function.dead_letter))
        .chain(invoked.map(|one| &one.on_failure))
        .chain(plan.subscriptions.iter().map(|one| &one.dead_letter))
        .chain(plan.stream_mappings.iter().map(|one| &one.on_failure));
    let is_named = queue.name.contains(DEAD_LETTERS)
        || named.any(|arn| arn.as_deref() == Some(queue.arn.as_str()));
    is_named && !plan.mappings.iter().any(|one| one.enabled && one.queue == queue.arn)
}

fn table((name, units): (&String, &TableMetrics)) -> TableFigures {
    TableFigures {
        name: name.clone(),
        reads: units.n_reads,
        writes: units.n_writes,
        read_units: units.half_read_units as f64 / 2.0,
        write_units: units.half_write_units as f64 / 2.0,
        indexes: 0,
    }
}

pub(super) fn observation(metrics: &Metrics) -> Observation {
    let mut observation = Observation {
        under_way: metrics.buses.n_under_way,
        events: metrics.buses.n_taken,
        ..Observation::default()
    };
    for (name, queue) in &metrics.queues {
        let depth = (queue.n_visible + queue.n_in_flight + queue.n_delayed) as u64;
        observation.queues.insert(name.clone(), depth);
        let (name, sent) = (name.clone(), queue.n_sent);
        observation.traffic.push(QueueFigures { name, sent, ..QueueFigures::default() });
    }
    for (name, function) in &metrics.functions {
        let n_environments = (function.n_starting + function.n_idle + function.n_busy) as u64;
        let cpu_ms = milliseconds(function.cpu_time);
        observation.environments += n_environments;
        observation.in_flight += (function.n_busy + function.n_waiting) as u64;
        observation.cpu_ms.insert(format!("function {name}"), cpu_ms);
        observation.functions.push(FunctionFigures {
            name: name.clone(),
            invocations: function.invocations,
            errors: function.errors,
            throttles: function.throttles,
            cold_starts: function.cold_starts,
            environments: n_environments,
            cpu_ms,
            time_ms: milliseconds(function.time),
            ..FunctionFigures::default()
        });
    }
    observation.tables = metrics.tables.iter().map(table).collect();
    let tables = milliseconds(metrics.table_cpu_time);
    let stage = milliseconds(metrics.stage_cpu_time);
    observation.cpu_ms.insert("stage: tables".to_owned(), tables);
    observation.cpu_ms.insert("stage: other".to_owned(), stage);
    if let Some(own) = cpu::of_this_process_ms() {
        // The stage's threads are in this process; what they did not use, the load generator did.
        let generator = own.saturating_sub(tables + stage);
        observation.cpu_ms.insert(cpu::GENERATOR.to_owned(), generator);
    }
    observation
}

fn milliseconds(time: std::time::Duration) -> u64 {
    u64::try_from(time.as_millis()).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn queue(name: &str, dead_letter: Option<&str>) -> Queue {
        Queue {
            id: name.to_owned(),
            name: name.to_owned(),
            arn: format!("arn:{name}"),
            url: String::new(),
            attributes: BTreeMap::new(),
            dead_letter: dead_letter.map(|name| format!("arn:{name}")),
            kms_key: None,
        }
    }

    #[test]
    fn what_was_given_up_is_not_pending_whatever_its_queue_is_called() {
        let mut plan = Plan::default();
        plan.queues =
            vec![queue("broken", None), queue("orphan", None), queue("work", Some("broken"))];
        let depths = ["work", "broken", "orphan"].map(|name| (name.to_owned(), 2));
        let mut seen = Observation { queues: depths.into(), ..Observation::default() };
        seen.add_template(&plan);
        assert_eq!(seen.dead_letters, 2);
        assert_eq!(seen.queues.keys().collect::<Vec<_>>(), ["orphan", "work"]);
    }
}
