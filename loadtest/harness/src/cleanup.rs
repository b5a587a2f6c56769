//! Cleaning up what a run leaves on a deployed stage.
//!
//! The items of a run are identified by the names that it generated, and by what it recorded. What the API can delete
//! is deleted through the API. The rest is deleted in the tables, when the stack tells their names. Whatever remains
//! is reported.

use std::time::Duration;

use tokio::time::Instant;

use crate::shared::Shared;
use crate::stack::{self, Ours};
use crate::system::{Cleaned, Of, Table};
use crate::target::{Deployed, Target};
use crate::terminal::count;
use crate::visit::Visit;

/// How long the queues may take until they are empty.
const QUIET_WITHIN: Duration = Duration::from_secs(10);

/// How often they are looked at until then.
const LOOK_EVERY: Duration = Duration::from_millis(250);

/// What a run is about to create, for the question whether it may.
#[must_use]
pub(crate) fn announcement(shared: &Shared, run_time: Duration) -> String {
    let planned = shared.clocks.iter().map(|(workflow, clock)| {
        format!("{} of {}", count(clock.schedule().n_due_within(run_time)), workflow.id)
    });
    let planned: Vec<_> = planned.collect();
    let afterwards = match (shared.target.as_ref(), shared.system.clean.is_some()) {
        (Target::Stack(_), _) => "its items in the tables of the stack are deleted at the end",
        (_, true) => "the API deletes what it can at the end, and the rest is listed",
        (_, false) => {
            "nothing is deleted, because a URL alone does not show the tables; name the stack instead"
        }
    };
    format!(
        "entries of this run are named {}…: {}; {afterwards}",
        shared.prefix(),
        planned.join(", ")
    )
}

/// Removes what the run made.
pub(crate) async fn clean_up(shared: &Shared) -> Cleaned {
    let mut cleaned = Cleaned::default();
    if let (Some(clean), Some(main)) = (shared.system.clean, shared.system.main()) {
        let mut visit = Visit::beside(shared, main, 0);
        cleaned = clean(&mut visit).await;
    }
    match shared.target.deployed() {
        Some(deployed) => past_the_api(deployed, shared, &mut cleaned).await,
        None => cleaned.stays.push(format!(
            "items whose keys start with {}: a URL alone does not show the tables",
            shared.prefix()
        )),
    }
    cleaned
}

/// Removes what is in the tables, once the queues show that nothing more is on its way there.
async fn past_the_api(deployed: &Deployed, shared: &Shared, cleaned: &mut Cleaned) {
    let end = Instant::now() + QUIET_WITHIN;
    while !deployed.is_quiet() && Instant::now() < end {
        tokio::time::sleep(LOOK_EVERY).await;
    }
    let outputs = &deployed.stack().outputs;
    let named = |table: &Table| outputs.get(table.output).cloned();
    let mut ours = Vec::new();
    for table in shared.system.tables {
        let Some(name) = named(table) else { continue };
        match table.of {
            Of::Unknown => cleaned.stays.push(left_in(&name)),
            Of::Unique => ours.push(Ours {
                table: name,
                partition: table.partition.to_owned(),
                values: vec![shared.prefix()],
                by_prefix: true,
            }),
            Of::Made(kind) => ours.push(Ours {
                table: name,
                partition: table.partition.to_owned(),
                values: shared.all_made(kind),
                by_prefix: false,
            }),
        }
    }
    let is_named = |name: &&String| {
        shared.system.tables.iter().any(|table| named(table).as_ref() == Some(*name))
    };
    let others = deployed.stack().tables.iter().filter(|name| !is_named(name));
    cleaned.stays.extend(others.map(|name| left_in(name)));
    match stack::remove(deployed.aws(), &ours).await {
        Ok(removed) => {
            for (table, n_items) in removed.items.into_iter().filter(|(_, n_items)| *n_items > 0) {
                cleaned.removed.push(format!("{} items of {table}", count(n_items)));
            }
            cleaned.stays.extend(removed.unknown.iter().map(|table| left_in(table)));
        }
        Err(error) => cleaned.stays.push(format!("{error:#}")),
    }
}

fn left_in(table: &str) -> String {
    format!("items of the run in {table}: its key does not show which items belong to the run")
}
