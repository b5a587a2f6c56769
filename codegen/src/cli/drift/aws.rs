//! Questions to AWS by its command line, which has the credentials, the region and the endpoint.
//!
//! Owns that no question is asked twice, and that several are asked at once: each starts a program.

use std::collections::BTreeMap;
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use anyhow::{Context as _, Result, anyhow, bail};
use serde_json::Value as Json;

/// What the command line says where a thing is not there, whatever the service.
const GONE: [&str; 6] = [
    "NonExistentQueue",
    "QueueDoesNotExist",
    "ResourceNotFoundException",
    "NotFoundException",
    "does not exist",
    "NoSuchEntity",
];

/// How many questions are asked at once.
const AT_ONCE: usize = 8;

/// An answer, or why there is none; a second caller with the same question waits for it.
type Answer = Arc<OnceLock<Result<Option<Json>, String>>>;

/// A stack that is deployed.
pub(super) struct Stack {
    /// Its name.
    pub(super) name: String,
    /// The values of its parameters, each as `ParameterKey` and `ParameterValue`.
    parameters: Vec<Json>,
    /// Its resources and those of the stacks within it, each with `LogicalResourceId`, `PhysicalResourceId` and
    /// `ResourceType`.
    resources: Vec<Json>,
    /// What was asked, and the answers.
    answers: Mutex<BTreeMap<Vec<String>, Answer>>,
}

impl Stack {
    /// The stack of a name.
    ///
    /// # Errors
    /// There is none, or AWS cannot be asked.
    pub(super) fn named(name: &str) -> Result<Self> {
        let stack = Self {
            name: name.to_owned(),
            parameters: Vec::new(),
            resources: Vec::new(),
            answers: Mutex::default(),
        };
        match stack.ask(&["cloudformation", "describe-stacks", "--stack-name", name])? {
            Some(live) => {
                let parameters = live["Stacks"][0]["Parameters"].as_array().cloned();
                let resources = stack.resources_of(name)?;
                Ok(Self { parameters: parameters.unwrap_or_default(), resources, ..stack })
            }
            None => bail!("the stack `{name}` does not exist"),
        }
    }

    /// The resources of a stack, and of those that are nested in it.
    fn resources_of(&self, stack: &str) -> Result<Vec<Json>> {
        let ask = ["cloudformation", "list-stack-resources", "--stack-name", stack];
        let listed = self.ask(&ask)?.unwrap_or_default();
        let mut resources =
            listed["StackResourceSummaries"].as_array().cloned().unwrap_or_default();
        let nested =
            resources.iter().filter(|one| one["ResourceType"] == "AWS::CloudFormation::Stack");
        let nested: Vec<_> = nested.filter_map(|one| one["PhysicalResourceId"].as_str()).collect();
        let nested =
            nested.into_iter().map(|id| self.resources_of(id)).collect::<Result<Vec<_>>>()?;
        resources.extend(nested.into_iter().flatten());
        Ok(resources)
    }

    /// The value of a parameter; none where the stack has no such parameter.
    pub(super) fn parameter(&self, name: &str) -> Option<String> {
        let found = self.parameters.iter().find(|one| one["ParameterKey"] == name)?;
        found["ParameterValue"].as_str().map(str::to_owned)
    }

    /// What AWS calls a resource: its physical ID, by the logical one.
    pub(super) fn made(&self, id: &str) -> Option<&str> {
        let found = self.resources.iter().find(|one| one["LogicalResourceId"] == id)?;
        found["PhysicalResourceId"].as_str()
    }

    /// What AWS calls the one resource of a type.
    pub(super) fn made_of(&self, kind: &str) -> Option<&str> {
        let found = self.resources.iter().find(|one| one["ResourceType"] == kind)?;
        found["PhysicalResourceId"].as_str()
    }

    /// What AWS calls all resources of a type.
    pub(super) fn all_made_of(&self, kind: &str) -> Vec<&str> {
        let found = self.resources.iter().filter(|one| one["ResourceType"] == kind);
        found.filter_map(|one| one["PhysicalResourceId"].as_str()).collect()
    }

    /// All resources: their logical IDs and types.
    pub(super) fn resources(&self) -> impl Iterator<Item = (&str, &str)> {
        self.resources.iter().filter_map(|one| {
            Some((one["LogicalResourceId"].as_str()?, one["ResourceType"].as_str()?))
        })
    }

    /// What AWS answers; none where the thing is not there.
    pub(super) fn ask(&self, question: &[&str]) -> Result<Option<Json>> {
        let key: Vec<String> = question.iter().map(|part| (*part).to_owned()).collect();
        let answer = {
            let mut answers = self.answers.lock().unwrap_or_else(PoisonError::into_inner);
            Arc::clone(answers.entry(key).or_default())
        };
        let answer = answer.get_or_init(|| ask(question).map_err(|error| format!("{error:#}")));
        answer.clone().map_err(|error| anyhow!(error))
    }
}

/// What is known of each of some things, in their order; several are asked about at once.
pub(super) fn each<T: Sync, K: Send>(
    things: &[T],
    known: impl Fn(&T) -> Result<K> + Sync,
) -> Result<Vec<K>> {
    let next = AtomicUsize::new(0);
    let found = Mutex::new(BTreeMap::new());
    std::thread::scope(|scope| {
        for _ in 0..AT_ONCE.min(things.len()) {
            scope.spawn(|| {
                loop {
                    let at = next.fetch_add(1, Ordering::Relaxed);
                    let Some(thing) = things.get(at) else { break };
                    let one = known(thing);
                    found.lock().unwrap_or_else(PoisonError::into_inner).insert(at, one);
                }
            });
        }
    });
    found.into_inner().unwrap_or_else(PoisonError::into_inner).into_values().collect()
}

/// Starts the AWS command line.
fn ask(question: &[&str]) -> Result<Option<Json>> {
    let mut command = Command::new("aws");
    command.args(question).args(["--output", "json"]).stdin(Stdio::null());
    // The AWS command line takes the variable for every service but this one.
    if let Some(url) = std::env::var_os("AWS_ENDPOINT_URL").filter(|_| question[0] == "sqs") {
        command.arg("--endpoint-url").arg(url);
    }
    let output = command.output().context("cannot start the AWS CLI")?;
    // Of what has no settings, the AWS CLI says nothing at all.
    if output.status.success() && output.stdout.trim_ascii().is_empty() {
        return Ok(Some(Json::Null));
    }
    if output.status.success() {
        let json = serde_json::from_slice(&output.stdout);
        return json.map(Some).context("the AWS CLI did not return JSON");
    }
    let said = String::from_utf8_lossy(&output.stderr);
    if GONE.iter().any(|gone| said.contains(gone)) {
        return Ok(None);
    }
    bail!(
        "`aws {}` failed: {}",
        question.iter().take(2).copied().collect::<Vec<_>>().join(" "),
        said.trim()
    )
}
