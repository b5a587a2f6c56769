//! AWS for the test of a rule: the tables, queues, buses and secrets of a template, and none of its functions.
//!
//! A test calls the rule itself, with the environment variables that the template gives its function, and looks at what
//! it stored and published. No process is started and no program must be built, so such a test takes milliseconds.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use serde_json::Value;

use crate::bus::event::Event;
use crate::log::Log;
use crate::stage::{Stage, StageError, StageOptions};
use crate::tap::Tap;
use crate::template::Function;

/// Local AWS resources of a template: tables, queues, buses and secrets, without its functions and APIs; removed when
/// dropped.
pub struct Doubles {
    stage: Stage,
    published: Arc<Published>,
}

impl Doubles {
    /// Stands up all of a template but its functions and APIs. Parameters have their defaults.
    ///
    /// # Errors
    /// Whatever keeps it from being stood up.
    pub async fn start(template: impl Into<PathBuf>) -> Result<Self, StageError> {
        let published = Arc::new(Published::default());
        let options = StageOptions {
            runs_functions: false,
            tap: Arc::<Published>::clone(&published),
            // A rule whose target is a function finds none, which is no problem here.
            log: Log::silent(),
            ..StageOptions::new(template)
        };
        Ok(Self { stage: Stage::start(options).await?, published })
    }

    /// The URL of the AWS endpoint, for SDK clients; any credentials do.
    #[must_use]
    pub fn endpoint(&self) -> &str {
        self.stage.aws_endpoint()
    }

    /// The environment variables that the template gives a function, by its logical id or its name without the name of
    /// the stack; `None` when there is no such function.
    #[must_use]
    pub fn variables(&self, function: &str) -> Option<Vec<(&str, &str)>> {
        let plan = self.stage.plan();
        let is_named = |one: &Function| {
            let rest = one.name.strip_prefix(&one.stack).and_then(|rest| rest.strip_prefix('-'));
            rest.unwrap_or(&one.name) == function
        };
        let function = plan.functions.iter().find(|one| one.id == function || is_named(one))?;
        let variables = function.environment.iter();
        Some(variables.map(|(name, value)| (name.as_str(), value.as_str())).collect())
    }

    /// The events that the buses took so far, as receivers get them: `source`, `detail-type`, `detail`, ….
    #[must_use]
    pub fn published(&self) -> Vec<Value> {
        self.published.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// All that stands, to put into it what a rule finds there.
    #[must_use]
    pub fn stage(&self) -> &Stage {
        &self.stage
    }
}

/// The events so far.
#[derive(Default)]
struct Published(Mutex<Vec<Value>>);

impl Tap for Published {
    fn published(&self, event: &Event) {
        let mut published = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        published.push(Value::clone(&event.value));
    }

    fn received(&self, _: &str, _: &str) {}
}
