//! The settings of a stage, `infra/stages/<stage>.toml`: the stack's name and the values of the template's parameters.
//!
//! Knows no parameter of the template but by name; whether it has one of that name is CloudFormation's to say, and the
//! tests'.

use std::collections::BTreeMap;

use anyhow::{Context as _, Result, bail};
use toml::{Table, Value};

/// What a file of settings may hold.
pub(super) const KEYS: [&str; 4] = ["stack", "bucket", "parameters", "tags"];

/// The settings of a stage.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Settings {
    /// The stack's name.
    pub(super) stack: Option<String>,
    /// The S3 bucket for archives.
    pub(super) bucket: Option<String>,
    /// Values of the template's parameters, by name.
    pub(super) parameters: BTreeMap<String, String>,
    /// Tags of the stack, by key.
    pub(super) tags: BTreeMap<String, String>,
}

/// Reads settings; `name` is what errors call the file.
pub(super) fn parse(name: &str, text: &str) -> Result<Settings> {
    let table: Table = text.parse().with_context(|| format!("{name} is not valid TOML"))?;
    if let Some(key) = table.keys().find(|key| !KEYS.contains(&key.as_str())) {
        bail!("{name}: unknown key `{key}`; valid keys are {}", KEYS.join(", "));
    }
    let text = |key: &str| match table.get(key) {
        None => Ok(None),
        Some(Value::String(text)) if !text.is_empty() => Ok(Some(text.clone())),
        Some(_) => bail!("{name}: `{key}` must be a quoted string"),
    };
    let values = |key: &str| match table.get(key) {
        None => Ok(BTreeMap::new()),
        Some(Value::Table(table)) => {
            let value = |(of, value): (&String, &Value)| match plain(value) {
                Some(value) => Ok((of.clone(), value)),
                None => bail!("{name}: `{key}.{of}` must be a string, a number or a boolean"),
            };
            table.iter().map(value).collect()
        }
        Some(_) => bail!("{name}: `{key}` must be a table: `[{key}]`"),
    };
    Ok(Settings {
        stack: text("stack")?,
        bucket: text("bucket")?,
        parameters: values("parameters")?,
        tags: values("tags")?,
    })
}

/// A value as CloudFormation takes it, which is text.
pub(super) fn plain(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Integer(number) => Some(number.to_string()),
        Value::Float(number) => Some(number.to_string()),
        Value::Boolean(truth) => Some(truth.to_string()),
        Value::Datetime(_) | Value::Array(_) | Value::Table(_) => None,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]

    use super::*;

    #[test]
    fn values_become_the_text_that_cloudformation_takes() {
        let text = "stack = \"shop-dev\"\n[parameters]\nStageName = \"dev\"\nThrottleRate = 200\nOn = true\n[tags]\nteam = \"a b\"\n";
        let settings = parse("dev.toml", text).unwrap();
        assert_eq!((settings.stack.as_deref(), settings.bucket), (Some("shop-dev"), None));
        let parameters: Vec<_> =
            settings.parameters.iter().map(|(name, value)| format!("{name}={value}")).collect();
        assert_eq!(parameters, ["On=true", "StageName=dev", "ThrottleRate=200"]);
        assert_eq!(settings.tags["team"], "a b");
    }

    #[test]
    fn what_is_wrong_is_said_with_the_file() {
        for (text, says) in [
            ("stack = ", "line 1"),
            ("stak = \"shop\"", "`stak`"),
            ("stack = 3", "`stack` must be"),
            ("stack = \"\"", "`stack` must be"),
            ("parameters = 1", "[parameters]"),
            ("[parameters]\nA = [1]", "`parameters.A`"),
        ] {
            let error = format!("{:#}", parse("dev.toml", text).unwrap_err());
            assert!(error.contains("dev.toml") && error.contains(says), "{text}: {error}");
        }
    }
}
