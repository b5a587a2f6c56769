//! The runbook: what each alarm means, when it goes off and what to do.
//!
//! Owns nothing of what it says: the alarms themselves say it, so that page and alarm cannot disagree.

use askama::Template;

use crate::emit::cfn;
use crate::model::System;

/// The page.
#[derive(Template)]
#[template(path = "docs/runbook.md")]
pub(super) struct RunbookPage {
    alarms: Vec<Alarm>,
}

struct Alarm {
    id: String,
    anchor: String,
    description: String,
    condition: String,
    steps: Vec<String>,
}

/// The page of a system.
pub(super) fn page(system: &System) -> RunbookPage {
    let alarms = cfn::alarm_texts(system).into_iter().map(|alarm| Alarm {
        anchor: alarm.id.to_lowercase(),
        id: alarm.id,
        description: alarm.description,
        condition: alarm.condition,
        steps: alarm.steps,
    });
    RunbookPage { alarms: alarms.collect() }
}
