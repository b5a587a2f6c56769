//! Where a visit goes from its workflow: another one that is a part of it, or one that takes its place.

use serde_json::Value;

use super::{Outputs, Visit};
use crate::cause::Cause;
use crate::system::Workflow;

impl Visit<'_> {
    /// Leads to another workflow, with these inputs: it runs when this one is over, whose place it takes.
    pub fn goto(&mut self, workflow: &'static Workflow, inputs: Vec<(&'static str, Value)>) {
        self.goes_to = Some((workflow, inputs));
    }

    /// Forgets where an action led: its step ran for the sake of another one.
    pub fn stay(&mut self) {
        self.goes_to = None;
    }

    /// Runs the workflow of the visit, and then those that actions lead to: one after another, so that workflows may lead
    /// to each other as often as they like. Returns the outputs of the first.
    ///
    /// # Errors
    /// That of the first workflow which fails.
    pub(crate) async fn walk(&mut self) -> Result<Outputs, Cause> {
        (self.workflow.run)(self).await?;
        let outputs = std::mem::take(&mut self.outputs);
        while let Some((workflow, inputs)) = self.goes_to.take() {
            self.workflow = workflow;
            self.inputs = inputs.into_iter().collect();
            self.is_called = true;
            (workflow.run)(self).await?;
            self.outputs.clear();
        }
        Ok(outputs)
    }

    /// Runs another workflow as a part of this one, with these inputs; returns its outputs.
    ///
    /// # Errors
    /// Its own.
    pub async fn run(
        &mut self,
        workflow: &'static Workflow,
        inputs: Vec<(&'static str, Value)>,
    ) -> Result<Outputs, Cause> {
        let inputs = inputs.into_iter().collect();
        let outer = (
            std::mem::replace(&mut self.workflow, workflow),
            std::mem::replace(&mut self.inputs, inputs),
            std::mem::take(&mut self.outputs),
            std::mem::replace(&mut self.is_called, true),
        );
        let ended = match self.limit.take() {
            None => self.walk().await,
            Some(limit) => match tokio::time::timeout(limit, self.walk()).await {
                Ok(ended) => ended,
                Err(_) => Err(Cause::Timeout(limit)),
            },
        };
        (self.workflow, self.inputs, self.outputs, self.is_called) = outer;
        ended
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]

    use std::collections::BTreeMap;
    use std::path::Path;
    use std::sync::atomic::{AtomicU64, Ordering};
    use std::sync::{Arc, Mutex};

    use super::*;
    use crate::BoxFuture;
    use crate::base::Base;
    use crate::callers::Callers;
    use crate::clock::StartLine;
    use crate::crew::Crew;
    use crate::feeds::Feeds;
    use crate::messages::Messages;
    use crate::record::Recorder;
    use crate::shared::Shared;
    use crate::system::{Input, System};
    use crate::target::Target;

    static ROUND: Workflow = Workflow {
        id: "round",
        inputs: &[Input { name: "n", ..Input::NEW }],
        run: round,
        ..Workflow::NEW
    };
    static SYSTEM: System = System { workflows: &[&ROUND], ..System::NEW };
    static N_ROUNDS: AtomicU64 = AtomicU64::new(0);

    /// Leads to itself as often as its input says.
    fn round<'a>(visit: &'a mut Visit<'_>) -> BoxFuture<'a, Result<(), Cause>> {
        Box::pin(async move {
            N_ROUNDS.fetch_add(1, Ordering::Relaxed);
            let n = visit.input("n");
            if let Some(n @ 1..) = n.as_u64() {
                visit.goto(&ROUND, vec![("n", Value::from(n - 1))]);
            }
            visit.output("n", n);
            Ok(())
        })
    }

    #[tokio::test]
    async fn workflows_that_lead_to_each_other_do_not_wait_within_each_other() {
        let shared = Shared {
            id: "1a2b3c4d".to_owned(),
            seed: 1,
            system: &SYSTEM,
            target: Arc::new(Target::Url),
            base: Base::new(reqwest::Client::new(), "http://127.0.0.1:9"),
            callers: Callers::new(None, BTreeMap::new()),
            feeds: Arc::new(Feeds::new(&SYSTEM, Path::new("."), &[], &[]).unwrap()),
            recorder: Recorder::new("round"),
            messages: Arc::new(Messages::new(&SYSTEM)),
            line: StartLine::new(0, None),
            clocks: vec![],
            crew: Crew::new(1, None),
            outputs: Mutex::default(),
            made: Mutex::default(),
        };
        let mut visit = Visit::beside(&shared, &ROUND, 0);
        // Each within the one before would need more memory than a stack has.
        let outputs = visit.run(&ROUND, vec![("n", Value::from(200_000))]).await.unwrap();
        assert_eq!(outputs.get("n"), Some(&Value::from(200_000)), "those of the first");
        assert_eq!(N_ROUNDS.load(Ordering::Relaxed), 200_001);
        // A step that runs for the sake of another one leads nowhere.
        visit.goto(&ROUND, vec![]);
        visit.stay();
        visit.walk().await.unwrap();
        assert_eq!(N_ROUNDS.load(Ordering::Relaxed), 200_002);
    }
}
