//! Secrets Manager and Parameter Store: values from a file on this machine, which no repository holds, and those that the
//! template stores itself.
//!
//! Owns the file, the check that it has what a template needs, and the calls that read single values. Nothing is written,
//! rotated or encrypted; each value has one version.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use bytes::Bytes;
use http_body_util::Full;
use hyper::header::{CONTENT_TYPE, HeaderValue};
use hyper::{Response, StatusCode};
use serde_json::{Value, json};

use crate::account::{ACCOUNT, REGION};
use crate::http;
use crate::template::{NeededSecret, Plan, Stored};

/// Where the file is, below a workspace.
const FILE: &str = "infra/local.secrets.toml";

/// The version of each secret.
const VERSION: &str = "00000000-0000-4000-8000-000000000000";

/// Why a stage has not the values that its functions read.
#[derive(Debug, thiserror::Error)]
pub enum SecretsError {
    /// The file cannot be read.
    #[error("cannot read {}", path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// The file is not what it should be. The message quotes no line of it.
    #[error("{}: {reason}", path.display())]
    Malformed {
        /// The file.
        path: PathBuf,
        /// What is wrong, and where.
        reason: String,
    },
    /// Values are missing.
    #[error("{}", missing(.path, .needed))]
    Missing {
        /// The file.
        path: PathBuf,
        /// Those without a value.
        needed: Vec<NeededSecret>,
    },
}

/// The values of a stage.
#[derive(Debug, Clone, Default)]
pub(crate) struct Secrets {
    /// The file that they come from.
    path: PathBuf,
    stored: Stored,
}

impl Secrets {
    /// The values of a file, or of that of the workspace which holds the template.
    ///
    /// # Errors
    /// The file cannot be read.
    pub(crate) fn read(file: Option<&Path>, template: &Path) -> Result<Self, SecretsError> {
        let path = file.map_or_else(|| file_beside(template), Path::to_owned);
        match crate::given::text(&path) {
            Ok(text) => Self::parse(&path, &text),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound && file.is_none() => {
                Ok(Self { path, ..Self::default() })
            }
            Err(source) => Err(SecretsError::Read { path, source }),
        }
    }

    /// What is stored.
    pub(crate) fn stored(&self) -> &Stored {
        &self.stored
    }

    /// These, and what the template stores itself where the file says nothing else.
    ///
    /// # Errors
    /// Values that functions of the template need and that are missing.
    pub(crate) fn for_plan(mut self, plan: &Plan) -> Result<Self, SecretsError> {
        for (name, value) in &plan.stored.secrets {
            self.stored.secrets.entry(name.clone()).or_insert_with(|| value.clone());
        }
        for (name, value) in &plan.stored.parameters {
            self.stored.parameters.entry(name.clone()).or_insert_with(|| value.clone());
        }
        self.stored.types.clone_from(&plan.stored.types);
        let needed = plan.needed_secrets.iter().filter(|one| !self.has(one));
        let needed: Vec<NeededSecret> = needed.cloned().collect();
        match needed.is_empty() {
            true => Ok(self),
            false => Err(SecretsError::Missing { path: self.path, needed }),
        }
    }

    fn parse(path: &Path, text: &str) -> Result<Self, SecretsError> {
        let malformed = |reason: String| SecretsError::Malformed { path: path.to_owned(), reason };
        let table: toml::Table = text.parse().map_err(|error: toml::de::Error| {
            let before = error.span().and_then(|span| text.get(..span.start)).unwrap_or_default();
            let line = before.matches('\n').count() + 1;
            malformed(format!("line {line}: {}", error.message()))
        })?;
        let mut stored = Stored::default();
        for (key, entries) in table {
            let kept = match key.as_str() {
                "secrets" => &mut stored.secrets,
                "parameters" => &mut stored.parameters,
                _ => {
                    let reason = format!("`{key}` is unknown; use `[secrets]` and `[parameters]`");
                    return Err(malformed(reason));
                }
            };
            let toml::Value::Table(entries) = entries else {
                return Err(malformed(format!("`{key}` must be a table of names and values")));
            };
            for (name, value) in entries {
                let text = text_of(value);
                let text = text.ok_or_else(|| {
                    malformed(format!(
                        "the value of `{name}` must be a string, number, boolean or table"
                    ))
                })?;
                kept.insert(name, text);
            }
        }
        Ok(Self { path: path.to_owned(), stored })
    }

    /// Whether a function finds what it needs.
    fn has(&self, needed: &NeededSecret) -> bool {
        let value = match needed.is_parameter {
            true => self.stored.parameter(&needed.id),
            false => self.stored.secret(&needed.id),
        };
        let Some((_, value)) = value else { return false };
        needed.key.as_deref().is_none_or(|key| {
            serde_json::from_str::<Value>(value).is_ok_and(|object| !object[key].is_null())
        })
    }

    /// Answers a call of Secrets Manager.
    pub(crate) fn answer_secrets(&self, action: &str, body: &[u8]) -> Response<Full<Bytes>> {
        let body: Value = serde_json::from_slice(body).unwrap_or_default();
        if action != "GetSecretValue" {
            return unknown("Secrets Manager", action, "GetSecretValue");
        }
        let found = body["SecretId"].as_str().and_then(|id| self.stored.secret(id));
        let Some((name, value)) = found else {
            let message = "Secrets Manager can't find the specified secret.";
            return refused("ResourceNotFoundException", message);
        };
        // A secret has one version here, which is the current one.
        let is_current = |key: &str, current: &str| match body[key].as_str() {
            Some(asked) => asked == current,
            None => true,
        };
        if !is_current("VersionStage", "AWSCURRENT") || !is_current("VersionId", VERSION) {
            let message = "Secrets Manager can't find the specified secret value for the version or staging label.";
            return refused("ResourceNotFoundException", message);
        }
        let arn = match name.starts_with("arn:") {
            true => name.to_owned(),
            false => format!("arn:aws:secretsmanager:{REGION}:{ACCOUNT}:secret:{name}-{SUFFIX}"),
        };
        answered(&json!({
            "ARN": arn,
            "Name": name,
            "SecretString": value,
            "VersionId": VERSION,
            "VersionStages": ["AWSCURRENT"],
        }))
    }

    /// A parameter by name or ARN, after which `:1` may ask for its version.
    fn parameter(&self, id: &str) -> Result<Value, (&'static str, String)> {
        let name_at = id.find(":parameter").map_or(0, |at| at + ":parameter".len());
        let selector_at = id[name_at..].find(':').map_or(id.len(), |at| name_at + at);
        let (bare, selector) = id.split_at(selector_at);
        let found = self.stored.parameter(bare).ok_or(("ParameterNotFound", String::new()))?;
        let mut shown = self.shown(found);
        match selector {
            "" => {}
            ":1" => shown["Selector"] = selector.into(),
            _ => {
                let message = format!(
                    "Systems Manager could not find version {} of {bare}. Verify the version and try again.",
                    &selector[1..]
                );
                return Err(("ParameterVersionNotFound", message));
            }
        }
        Ok(shown)
    }

    /// A parameter as answers show it. One of the file may be secret.
    fn shown(&self, (name, value): (&str, &str)) -> Value {
        let path = name.trim_start_matches('/');
        json!({
            "ARN": format!("arn:aws:ssm:{REGION}:{ACCOUNT}:parameter/{path}"),
            "Name": name,
            "Type": self.stored.types.get(name).map_or("SecureString", String::as_str),
            "Value": value,
            "Version": 1,
            "DataType": "text",
        })
    }

    /// Answers a call of Parameter Store.
    pub(crate) fn answer_parameters(&self, action: &str, body: &[u8]) -> Response<Full<Bytes>> {
        let body: Value = serde_json::from_slice(body).unwrap_or_default();
        let flags = ["WithDecryption", "Recursive"].map(|name| &body[name]);
        if let Some(flag) = flags.into_iter().find(|flag| !flag.is_null() && !flag.is_boolean()) {
            return refused("SerializationException", &format!("{flag} is not a boolean."));
        }
        match action {
            "GetParameter" => match body["Name"].as_str().map(|id| self.parameter(id)) {
                Some(Ok(found)) => answered(&json!({ "Parameter": found })),
                Some(Err((code, message))) => refused(code, &message),
                None => refused("ParameterNotFound", ""),
            },
            "GetParameters" => {
                let asked = body["Names"].as_array();
                let asked = asked.and_then(|names| names.iter().map(Value::as_str).collect());
                let Some(asked) = asked.filter(|names: &Vec<&str>| (1..=10).contains(&names.len()))
                else {
                    return refused("ValidationException", "Names must be 1 to 10 names.");
                };
                let found = asked.iter().filter_map(|id| self.parameter(id).ok());
                let missing = asked.iter().filter(|id| self.parameter(id).is_err());
                let (found, missing): (Vec<Value>, Vec<&&str>) =
                    (found.collect(), missing.collect());
                answered(&json!({ "Parameters": found, "InvalidParameters": missing }))
            }
            "GetParametersByPath" => {
                let Some(path) = body["Path"].as_str().filter(|path| path.starts_with('/')) else {
                    return refused("ValidationException", "The parameter path must begin with /.");
                };
                let path = if path.ends_with('/') { path.to_owned() } else { format!("{path}/") };
                let is_deep = body["Recursive"] == true;
                let all = self.stored.parameters.iter();
                let found = all.filter(|(name, _)| {
                    let rest = name.strip_prefix(&path);
                    rest.is_some_and(|rest| is_deep || !rest.contains('/'))
                });
                let found = found.map(|(name, value)| self.shown((name, value)));
                answered(&json!({ "Parameters": found.collect::<Vec<_>>() }))
            }
            _ => {
                let known = "GetParameter, GetParameters and GetParametersByPath";
                unknown("Parameter Store", action, known)
            }
        }
    }
}

/// What Secrets Manager adds to a name; on a stage always the same.
pub(crate) const SUFFIX: &str = "Local0";

/// The file of the workspace that holds the template: the nearest folder above it with settings of stages, or with a
/// manifest.
fn file_beside(template: &Path) -> PathBuf {
    let absolute = std::path::absolute(template).unwrap_or_else(|_| template.to_owned());
    let holds = |what: &str| absolute.ancestors().skip(1).find(|folder| folder.join(what).exists());
    let folder = holds("infra/stages").or_else(|| holds("Cargo.toml"));
    let path = folder.or_else(|| absolute.parent()).unwrap_or(Path::new(".")).join(FILE);
    let here = std::env::current_dir().ok();
    let relative = here.and_then(|here| path.strip_prefix(here).ok().map(Path::to_owned));
    relative.unwrap_or(path)
}

/// A value of the file as text: a table is a JSON object.
fn text_of(value: toml::Value) -> Option<String> {
    match value {
        toml::Value::String(text) => Some(text),
        toml::Value::Integer(number) => Some(number.to_string()),
        toml::Value::Float(number) => Some(number.to_string()),
        toml::Value::Boolean(flag) => Some(flag.to_string()),
        toml::Value::Table(table) => serde_json::to_string(&table).ok(),
        toml::Value::Array(_) | toml::Value::Datetime(_) => None,
    }
}

/// What is missing, and the lines to write.
fn missing(path: &Path, needed: &[NeededSecret]) -> String {
    let mut text = String::new();
    for one in needed {
        let kind = if one.is_parameter { "parameter" } else { "secret" };
        let key = one.key.as_ref().map(|key| format!("key `{key}` of the ")).unwrap_or_default();
        let (id, variable, place) = (&one.id, &one.variable, &one.declared_at);
        text.push_str(&format!(
            "{place}: no local value for the {key}{kind} `{id}` (`{variable}`)\n"
        ));
    }
    text.push_str(&format!("write to {}, which belongs into .gitignore:\n", path.display()));
    for (heading, is_parameter) in [("secrets", false), ("parameters", true)] {
        let mut keys: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for one in needed.iter().filter(|one| one.is_parameter == is_parameter) {
            keys.entry(&one.id).or_default().extend(one.key.as_deref());
        }
        if keys.is_empty() {
            continue;
        }
        text.push_str(&format!("\n[{heading}]\n"));
        for (id, keys) in keys {
            let object: Vec<String> = keys.iter().map(|key| format!("{key:?} = \"…\"")).collect();
            match object.is_empty() {
                true => text.push_str(&format!("{id:?} = \"…\"\n")),
                false => text.push_str(&format!("{id:?} = {{ {} }}\n", object.join(", "))),
            }
        }
    }
    text.trim_end().to_owned()
}

fn answered(body: &Value) -> Response<Full<Bytes>> {
    of_json(StatusCode::OK, body)
}

fn refused(code: &str, message: &str) -> Response<Full<Bytes>> {
    of_json(StatusCode::BAD_REQUEST, &json!({ "__type": code, "message": message }))
}

fn unknown(service: &str, action: &str, known: &str) -> Response<Full<Bytes>> {
    let message = format!("the stage does not support {action} of {service}; it supports {known}");
    refused("UnknownOperationException", &message)
}

fn of_json(status: StatusCode, body: &Value) -> Response<Full<Bytes>> {
    let mut response = http::json(status, body.to_string());
    let kind = HeaderValue::from_static("application/x-amz-json-1.1");
    response.headers_mut().insert(CONTENT_TYPE, kind);
    response
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]

    use super::*;

    const TEXT: &str = "[secrets]\n\"shop/db\" = { password = \"marked\" }\nrates = \"marked\"\n[parameters]\n\"/a\" = 5\n";

    fn needed(id: &str, key: Option<&str>, is_parameter: bool) -> NeededSecret {
        NeededSecret {
            variable: "shop.DB".to_owned(),
            id: id.to_owned(),
            key: key.map(str::to_owned),
            is_parameter,
            declared_at: "spec/shop/openapi.yaml#/x-lambda".to_owned(),
        }
    }

    #[test]
    fn secrets_are_found_by_name_and_by_arn() {
        let secrets = Secrets::parse(Path::new("f"), TEXT).unwrap();
        assert_eq!(secrets.stored.secret("shop/db").unwrap().1, r#"{"password":"marked"}"#);
        let arn = format!("arn:aws:secretsmanager:us-east-1:000000000000:secret:rates-{SUFFIX}");
        assert_eq!(secrets.stored.secret(&arn).unwrap(), ("rates", "marked"));
        assert_eq!(
            secrets.stored.parameter("arn:aws:ssm:us-east-1:000000000000:parameter/a").unwrap().1,
            "5"
        );
        assert!(!format!("{secrets:?}").contains("marked"));
    }

    #[test]
    fn parameters_have_their_types_and_one_version() {
        let mut secrets = Secrets::parse(Path::new("f"), TEXT).unwrap();
        secrets.stored.parameters.insert("/list".to_owned(), "a,b".to_owned());
        secrets.stored.types.insert("/list".to_owned(), "StringList".to_owned());
        let shown = |id: &str| secrets.parameter(id);
        assert_eq!(shown("/list").unwrap()["Type"], "StringList");
        assert_eq!(shown("/a").unwrap()["Type"], "SecureString");
        let arn = "arn:aws:ssm:us-east-1:000000000000:parameter/list:1";
        for id in ["/list:1", arn] {
            let shown = shown(id).unwrap();
            assert_eq!((&shown["Name"], &shown["Selector"]), (&json!("/list"), &json!(":1")));
        }
        assert_eq!(shown("/list:2").unwrap_err().0, "ParameterVersionNotFound");
        assert_eq!(shown("/none:1").unwrap_err().0, "ParameterNotFound");
    }

    #[test]
    fn what_is_missing_is_told_with_the_lines_to_write() {
        let secrets = Secrets::parse(Path::new("f"), TEXT).unwrap();
        assert!(secrets.has(&needed("shop/db", Some("password"), false)));
        assert!(!secrets.has(&needed("shop/db", Some("user"), false)));
        assert!(!secrets.has(&needed("rates", Some("token"), false)));
        let all = [needed("shop/db", Some("user"), false), needed("/b", None, true)];
        let told = missing(Path::new("infra/local.secrets.toml"), &all);
        let expected = "spec/shop/openapi.yaml#/x-lambda: no local value for the key `user` of the secret `shop/db` (`shop.DB`)\n\
                        spec/shop/openapi.yaml#/x-lambda: no local value for the parameter `/b` (`shop.DB`)\n\
                        write to infra/local.secrets.toml, which belongs into .gitignore:\n\n\
                        [secrets]\n\"shop/db\" = { \"user\" = \"…\" }\n\n[parameters]\n\"/b\" = \"…\"";
        assert_eq!(told, expected);
    }

    #[test]
    fn a_broken_file_is_told_of_without_its_values() {
        for text in ["[secrets]\na = \"marked", "[secrets]\na = [\"marked\"]", "a = \"marked\""] {
            let told = Secrets::parse(Path::new("f"), text).unwrap_err().to_string();
            assert!(told.starts_with("f: ") && !told.contains("marked"), "{told}");
        }
    }
}
