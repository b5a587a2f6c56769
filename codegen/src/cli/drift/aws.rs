//! Questions to AWS by its command line, which has the credentials, the region and the endpoint.

use std::process::{Command, Stdio};

use anyhow::{Context as _, Result, bail};
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

/// A stack that is deployed.
pub(super) struct Stack {
    /// Its name.
    pub(super) name: String,
    /// The values of its parameters, each as `ParameterKey` and `ParameterValue`.
    parameters: Vec<Json>,
    /// Its resources, each with `LogicalResourceId`, `PhysicalResourceId` and `ResourceType`.
    resources: Vec<Json>,
}

impl Stack {
    /// The stack of a name.
    ///
    /// # Errors
    /// There is none, or nobody can be asked.
    pub(super) fn named(name: &str) -> Result<Self> {
        let stack = Self { name: name.to_owned(), parameters: Vec::new(), resources: Vec::new() };
        match stack.ask(&["cloudformation", "describe-stacks", "--stack-name", name])? {
            Some(live) => {
                let parameters = live["Stacks"][0]["Parameters"].as_array().cloned();
                let ask = ["cloudformation", "list-stack-resources", "--stack-name", name];
                let listed = stack.ask(&ask)?.unwrap_or_default();
                let resources = listed["StackResourceSummaries"].as_array().cloned();
                Ok(Self {
                    parameters: parameters.unwrap_or_default(),
                    resources: resources.unwrap_or_default(),
                    ..stack
                })
            }
            None => bail!("the stack `{name}` does not exist"),
        }
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

    /// All resources: their logical IDs and types.
    pub(super) fn resources(&self) -> impl Iterator<Item = (&str, &str)> {
        self.resources.iter().filter_map(|one| {
            Some((one["LogicalResourceId"].as_str()?, one["ResourceType"].as_str()?))
        })
    }

    /// What AWS answers; none where the thing is not there.
    pub(super) fn ask(&self, question: &[&str]) -> Result<Option<Json>> {
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
}
