//! A deployed stack, found by its name: where its API is, which queues and tables it has, whether it may be loaded.
//!
//! Everything comes from the stack's outputs and parameters. Owns no request to the API itself; the rest of the
//! harness drives it as it drives any other.

mod answer;
mod queues;
mod remove;

use std::collections::BTreeMap;

use anyhow::{Context as _, bail};

use crate::aws::{Aws, Service};
pub(crate) use answer::Described;
pub(crate) use queues::Depths;
pub(crate) use remove::{Ours, remove};

/// What the outputs that name the parts of a stack end in.
const QUEUE_URL: &str = "QueueUrl";
const TABLE_NAME: &str = "TableName";

/// What the names of dead-letter queues have in them.
pub(crate) const DEAD_LETTERS: &str = "DeadLetter";

/// A stack that is there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Stack {
    /// Its name.
    pub name: String,
    /// The base URL of its API.
    pub url: String,
    /// The stage that it says it is.
    pub stage: Option<String>,
    /// Whether customers use it.
    pub is_production: bool,
    /// Its queues.
    pub queues: Vec<Queue>,
    /// The physical names of its tables.
    pub tables: Vec<String>,
    /// Its outputs, by key.
    pub outputs: BTreeMap<String, String>,
}

/// A queue of a stack.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Queue {
    /// Its name.
    pub name: String,
    /// Its URL.
    pub url: String,
    /// Whether what lies in it was given up.
    pub holds_dead_letters: bool,
}

/// Finds a stack by its name or ARN. `api_url` replaces what it says of its URL. What stacks within it tell, it tells too,
/// if its outputs name these stacks.
///
/// # Errors
/// When it is not there, is being changed, failed, or has no API.
pub(crate) async fn find(aws: &Aws, name: &str, api_url: Option<&str>) -> anyhow::Result<Stack> {
    let mut found = describe(aws, name).await?;
    for nested in found.nested() {
        found.add_outputs(describe(aws, &nested).await?);
    }
    let mut stack = Stack::of(found, api_url)?;
    let given_up = queues::given_up(aws, &stack.queues).await;
    for queue in &mut stack.queues {
        queue.holds_dead_letters |= given_up.contains(&queue.name);
    }
    Ok(stack)
}

async fn describe(aws: &Aws, name: &str) -> anyhow::Result<Described> {
    let form = [("content-type", "application/x-www-form-urlencoded")];
    let asked = aws.post(Service::CloudFormation, &form, answer::request(name)).await;
    let found = asked.and_then(|(status, text)| answer::read(status, &text));
    found.with_context(|| format!("cannot find the stack `{name}` in {}", aws.region()))
}

impl Described {
    /// The ids of the stacks that its outputs name.
    fn nested(&self) -> Vec<String> {
        let is_stack = |value: &&String| {
            let mut parts = value.splitn(6, ':');
            parts.nth(2) == Some("cloudformation")
                && parts.nth(2).is_some_and(|resource| resource.starts_with("stack/"))
        };
        self.outputs.values().filter(is_stack).cloned().collect()
    }

    /// Adds the outputs of a stack within it.
    fn add_outputs(&mut self, nested: Self) {
        for (name, value) in nested.outputs {
            self.outputs.entry(name).or_insert(value);
        }
    }
}

impl Stack {
    /// The stack that CloudFormation describes.
    ///
    /// # Errors
    /// When it is being changed, failed, or has no API.
    pub(crate) fn of(described: Described, api_url: Option<&str>) -> anyhow::Result<Self> {
        let Described { name, status, outputs, parameters, tags } = described;
        if !is_healthy(&status) {
            bail!(
                "the stack `{name}` is in {status}; only a completely deployed stack can be loaded"
            );
        }
        let told = outputs.get("ApiUrl").map(String::as_str);
        let Some(url) = api_url.or(told) else {
            bail!("the stack `{name}` has no output `ApiUrl`; pass its URL with --api-url");
        };
        let of_path = || told.and_then(stage_of).map(str::to_owned);
        let stage = parameters.get("StageName").cloned().or_else(of_path);
        let is_marked = tags.get("production").is_some_and(|tag| tag.eq_ignore_ascii_case("true"));
        let ending = |suffix: &'static str| {
            outputs.iter().filter(move |(key, _)| key.ends_with(suffix)).map(|(_, value)| value)
        };
        let queue = |url: &String| {
            let name = url.rsplit('/').next().unwrap_or_default().to_owned();
            Queue { holds_dead_letters: name.contains(DEAD_LETTERS), name, url: url.clone() }
        };
        Ok(Self {
            outputs: outputs.clone(),
            url: url.trim_end_matches('/').to_owned(),
            is_production: is_marked || stage.as_deref().is_some_and(is_production),
            queues: ending(QUEUE_URL).map(queue).collect(),
            tables: ending(TABLE_NAME).cloned().collect(),
            name,
            stage,
        })
    }
}

/// Whether a stack in this status was deployed completely, if not by the last attempt.
fn is_healthy(status: &str) -> bool {
    matches!(
        status,
        "CREATE_COMPLETE" | "UPDATE_COMPLETE" | "UPDATE_ROLLBACK_COMPLETE" | "IMPORT_COMPLETE"
    )
}

/// The stage's name in the URL of an API, which is the first part of its path.
#[must_use]
pub(crate) fn stage_of(url: &str) -> Option<&str> {
    url.split('/').nth(3).filter(|stage| !stage.is_empty())
}

/// Whether a stage of this name is one for customers.
#[must_use]
pub(crate) fn is_production(stage: &str) -> bool {
    let stage = stage.to_ascii_lowercase();
    stage.starts_with("prod") || stage == "live"
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]

    use std::collections::BTreeMap;

    use super::*;

    fn map(pairs: &[(&str, &str)]) -> BTreeMap<String, String> {
        pairs.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect()
    }

    fn described() -> Described {
        Described {
            name: "shop-dev".to_owned(),
            status: "CREATE_COMPLETE".to_owned(),
            outputs: map(&[
                ("ApiUrl", "https://api.example/dev/"),
                ("OrderQueueUrl", "https://sqs.example/1/shop-dev-OrderQueue"),
                ("OrderQueueName", "shop-dev-OrderQueue"),
                ("OrderDeadLetterQueueUrl", "https://sqs.example/1/shop-dev-OrderDeadLetterQueue"),
                ("OrderTableName", "shop-dev-order"),
                ("DashboardUrl", "https://console.example"),
            ]),
            parameters: map(&[("StageName", "dev")]),
            tags: BTreeMap::new(),
        }
    }

    #[test]
    fn a_stack_tells_what_the_stacks_within_it_tell() {
        let id = "arn:aws:cloudformation:eu-west-1:123456789012:stack/shop-dev-OrderingStack-1X/5f";
        let mut whole = described();
        whole.outputs.insert("OrderingStackId".to_owned(), id.to_owned());
        assert_eq!(whole.nested(), [id]);
        let within =
            map(&[("ApiUrl", "https://other.example"), ("ReturnTableName", "shop-dev-return")]);
        whole.add_outputs(Described { outputs: within, ..described() });
        let url = described().outputs["ApiUrl"].clone();
        let stack = Stack::of(whole, None).unwrap();
        assert!(url.starts_with(&stack.url), "its own outputs go first");
        assert!(stack.tables.contains(&"shop-dev-return".to_owned()));
    }

    #[test]
    fn the_parts_of_a_stack_are_known_by_its_outputs() {
        let stack = Stack::of(described(), None).unwrap();
        assert_eq!(stack.url, "https://api.example/dev");
        assert_eq!((stack.stage.as_deref(), stack.is_production), (Some("dev"), false));
        assert_eq!(stack.tables, ["shop-dev-order"]);
        let queues: Vec<_> = stack
            .queues
            .iter()
            .map(|queue| (queue.name.as_str(), queue.holds_dead_letters))
            .collect();
        assert_eq!(
            queues,
            [("shop-dev-OrderDeadLetterQueue", true), ("shop-dev-OrderQueue", false)]
        );
        let elsewhere = Stack::of(described(), Some("http://127.0.0.1:1/dev")).unwrap();
        assert_eq!(elsewhere.url, "http://127.0.0.1:1/dev");
    }

    #[test]
    fn production_is_known_by_parameter_url_or_tag() {
        let with = |change: fn(&mut Described)| {
            let mut described = described();
            change(&mut described);
            Stack::of(described, None).unwrap().is_production
        };
        assert!(with(|one| one.parameters = map(&[("StageName", "Production")])));
        assert!(with(|one| one.tags = map(&[("production", "true")])));
        let url = map(&[("ApiUrl", "https://api.example/prod-eu/")]);
        let described = Described { parameters: BTreeMap::new(), outputs: url, ..described() };
        assert!(Stack::of(described, Some("https://shop.example")).unwrap().is_production);
        assert!(!with(|one| one.tags = map(&[("production", "false")])));
        assert_eq!((stage_of("https://a.example"), stage_of("https://a.example/")), (None, None));
        assert!(is_production("live") && !is_production("preprod") && !is_production("delivery"));
    }

    #[test]
    fn a_stack_that_is_not_whole_is_refused() {
        for status in
            ["UPDATE_IN_PROGRESS", "ROLLBACK_COMPLETE", "DELETE_COMPLETE", "CREATE_FAILED"]
        {
            let described = Described { status: status.to_owned(), ..described() };
            let error = Stack::of(described, None).unwrap_err().to_string();
            assert!(error.contains(status), "{error}");
        }
        let described = Described { outputs: BTreeMap::new(), ..described() };
        assert!(Stack::of(described, None).unwrap_err().to_string().contains("--api-url"));
    }
}
