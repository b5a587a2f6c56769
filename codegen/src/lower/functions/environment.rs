//! What a function is told: variables of its environment, secrets and parameters that it reads, and services outside of the
//! system (`x-lambda.environment`, `x-lambda.services`).

use crate::diag::catalog::functions as fault;
use crate::lower::events::delivery::bounded;
use crate::lower::{Reported, Scope, names, url::is_local};
use crate::model::{Origin, SecretSource, Store, Variable, VariableValue};
use crate::parse::{Entry, Node, Value};
use crate::source::Span;

/// What Lambda sets itself, and what generated functions are told.
const TAKEN: &[&str] = &["METRICS_NAMESPACE", "LOG_LEVEL", "TZ", "PATH", "LANG", "LD_LIBRARY_PATH"];

/// How long a secret is kept before it is read again, in seconds.
const REFRESH_SECONDS: u32 = 300;

/// Variables of the environment that the contract gives, those of services outside included.
pub(super) fn environment(scope: Scope<'_>, lambda: &Node) -> Option<Vec<Variable>> {
    let mut sound = true;
    let mut variables: Vec<(Variable, &Entry)> = vec![];
    let declared = lambda.get("environment").into_iter().flat_map(Node::entries);
    for entry in declared {
        match legal_name(scope, entry).and(variable_value(scope, entry)) {
            Some(value) => variables.push((variable(scope, &entry.key, entry, value), entry)),
            None => sound = false,
        }
    }
    for entry in lambda.get("services").into_iter().flat_map(Node::entries) {
        match service(scope, entry) {
            Some(of_service) => variables.extend(of_service.into_iter().map(|one| (one, entry))),
            None => sound = false,
        }
    }
    sound &= is_unambiguous(scope, &variables);
    sound.then(|| variables.into_iter().map(|(variable, _)| variable).collect())
}

fn variable(scope: Scope<'_>, name: &str, entry: &Entry, value: VariableValue) -> Variable {
    let field = names::name(&name.to_ascii_lowercase());
    let (span, pointer) =
        (scope.origin(entry.key_span).span, scope.origin(entry.value.span).pointer);
    Variable { name: name.to_owned(), field, value, origin: Origin { pointer, span } }
}

/// Whether the key is a name that Lambda takes and nobody else has.
fn legal_name(scope: Scope<'_>, entry: &Entry) -> Option<()> {
    let name = entry.key.as_str();
    let is_legal = name.len() >= 2
        && name.starts_with(|first: char| first.is_ascii_alphabetic())
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    let is_taken = TAKEN.contains(&name)
        || ["AWS_", "LAMBDA_"].iter().any(|prefix| name.starts_with(prefix))
        || ["_TABLE", "_BUS"].iter().any(|ending| name.ends_with(ending));
    let report = match (is_legal, is_taken) {
        (true, false) => return Some(()),
        (false, _) => fault::bad_variable(entry.key_span, name),
        (true, true) => fault::variable_taken(entry.key_span, name),
    };
    scope.sink.report(report);
    None
}

/// What a variable holds.
fn variable_value(scope: Scope<'_>, entry: &Entry) -> Option<VariableValue> {
    let node = &entry.value;
    if scope.docs.failed(node) {
        return None;
    }
    if !matches!(node.value, Value::Map(_)) {
        let Some(text) = given(scope, node) else {
            scope.sink.report(fault::variable_no_text(node.span, &entry.key));
            return None;
        };
        return substituted(scope, node, text).map(VariableValue::Text);
    }
    if let Some(source) = secret(scope, node).ok()? {
        if let Some(default) = node.entry("default") {
            scope.sink.report(fault::secret_with_default(default.key_span));
            return None;
        }
        return Some(VariableValue::Secret(source));
    }
    let Some(default) = node.get("default") else { return Some(VariableValue::Stage(None)) };
    let Some(text) = given(scope, default) else {
        scope.sink.report(fault::variable_no_text(default.span, &entry.key));
        return None;
    };
    check_default(scope, default.span, &text)?;
    Some(VariableValue::Stage(Some(text)))
}

/// Refuses a default that looks as if it were substituted.
fn check_default(scope: Scope<'_>, at: Span, text: &str) -> Option<()> {
    let is_plain = !text.contains("${AWS::");
    if !is_plain {
        scope.sink.report(fault::default_substituted(at, text));
    }
    is_plain.then_some(())
}

/// A value of a variable as text.
fn given(scope: Scope<'_>, node: &Node) -> Option<String> {
    match &node.value {
        Value::Text(text) => Some(text.clone()),
        Value::Number(number) => {
            // As it is written, because `007` may be a name.
            let text = &scope.docs.sources().file(node.span.file).text;
            let written = text.get(node.span.start as usize..node.span.end as usize);
            let plain = written.filter(|text| text.bytes().all(|byte| byte.is_ascii_graphic()));
            Some(plain.unwrap_or(number).to_owned())
        }
        Value::Flag(flag) => Some(flag.to_string()),
        _ => None,
    }
}

/// A text whose `${…}` are pseudo parameters.
fn substituted(scope: Scope<'_>, node: &Node, text: String) -> Option<String> {
    match unknown_parameter(&text) {
        None => Some(text),
        Some(parameter) => {
            scope.sink.report(fault::unknown_pseudo(node.span, parameter));
            None
        }
    }
}

/// The secret or parameter that a node names, if it names one.
fn secret(scope: Scope<'_>, node: &Node) -> Result<Option<SecretSource>, Reported> {
    let about = ["key", "kmsKey", "refreshSeconds"].into_iter().find_map(|key| node.entry(key));
    let (named, store) = match (node.entry("secret"), node.entry("parameter")) {
        (Some(secret), None) => (secret, Store::Secrets),
        (None, Some(parameter)) => (parameter, Store::Parameters),
        (Some(_), Some(second)) => {
            scope.sink.report(fault::two_secrets(second.key_span));
            return Err(Reported);
        }
        (None, None) => {
            let Some(about) = about else { return Ok(None) };
            scope.sink.report(fault::no_secret(about.key_span, &about.key));
            return Err(Reported);
        }
    };
    secret_source(scope, node, named, store).map(Some).ok_or(Reported)
}

fn secret_source(
    scope: Scope<'_>,
    node: &Node,
    named: &Entry,
    store: Store,
) -> Option<SecretSource> {
    let id = substituted(scope, &named.value, named.value.text()?.to_owned())?;
    if let Some(why) = wrong_id(store, &id) {
        scope.sink.report(fault::bad_secret(
            named.value.span,
            &id,
            store == Store::Parameters,
            why,
        ));
        return None;
    }
    let kms_key = match node.get("kmsKey") {
        None => None,
        Some(key) => {
            let arn = substituted(scope, key, key.text()?.to_owned())?;
            if !is_arn_of(&arn, "kms") || !arn.contains(":key/") {
                scope.sink.report(fault::bad_kms_key(key.span, &arn));
                return None;
            }
            Some(arn)
        }
    };
    let refresh_seconds = bounded(scope, node, "refreshSeconds", REFRESH_SECONDS, 1, 86_400)?;
    let key = node.text_at("key").map(str::to_owned);
    Some(SecretSource { store, id, key, kms_key, refresh_seconds })
}

/// Why this cannot be the name or ARN of what is stored there.
fn wrong_id(store: Store, id: &str) -> Option<&'static str> {
    let service = match store {
        Store::Secrets => "secretsmanager",
        Store::Parameters => "ssm",
    };
    if id.starts_with("arn:") {
        return match store {
            _ if !is_arn_of(id, service) => Some("it is the ARN of something else"),
            Store::Secrets if !id.contains(":secret:") => Some("its ARN has no `:secret:`"),
            Store::Parameters if !id.contains(":parameter/") => {
                Some("its ARN has no `:parameter/`")
            }
            _ => None,
        };
    }
    let plain = id.replace("${", "").replace(['}', ':'], "");
    let more = match store {
        Store::Secrets => "/_+=.@-",
        Store::Parameters => "/_.-",
    };
    let is_legal = |char: char| char.is_ascii_alphanumeric() || more.contains(char);
    match store {
        _ if plain.is_empty() => Some("it is empty"),
        _ if !plain.chars().all(is_legal) => Some("it has characters that are not allowed"),
        Store::Secrets if id.len() > 512 => Some("it has more than 512 characters"),
        Store::Parameters if id.len() > 1011 => Some("it has more than 1,011 characters"),
        Store::Parameters if id.contains('/') && !id.starts_with('/') => {
            Some("a name with `/` starts with `/`")
        }
        _ => None,
    }
}

fn is_arn_of(arn: &str, service: &str) -> bool {
    // Between colons stand `${AWS::Partition}` and the like, which have colons of their own.
    arn.starts_with("arn:") && arn.replace("AWS::", "").split(':').nth(2) == Some(service)
}

/// The variables of a service outside: its URL, and the credentials for it.
fn service(scope: Scope<'_>, entry: &Entry) -> Option<Vec<Variable>> {
    let node = &entry.value;
    if scope.docs.failed(node) {
        return None;
    }
    let name = names::name(&entry.key);
    if !entry.key.starts_with(|first: char| first.is_ascii_alphabetic()) {
        scope.sink.report(fault::bad_variable(entry.key_span, &entry.key));
        return None;
    }
    let url = node.get("url")?;
    let value = match (url.text(), url.text_at("default")) {
        (Some(text), _) => VariableValue::Text(substituted(scope, url, text.to_owned())?),
        (None, default) => VariableValue::Stage(default.map(str::to_owned)),
    };
    if let VariableValue::Stage(Some(text)) = &value {
        check_default(scope, url.get("default").unwrap_or(url).span, text)?;
    }
    if let VariableValue::Text(text) | VariableValue::Stage(Some(text)) = &value {
        let is_plain = text.starts_with("http://");
        if !is_plain && !text.starts_with("https://") {
            scope.sink.report(fault::bad_url(url.span, text));
            return None;
        }
        if is_plain && !is_local(text) {
            scope.sink.report(fault::url_not_encrypted(url.span, text));
        }
    }
    let mut variables = vec![variable(scope, &format!("{}_URL", name.screaming), entry, value)];
    if let Some(source) = secret(scope, node).ok()? {
        let source = VariableValue::Secret(source);
        let field = names::name(&format!("{}_secret", name.wire));
        variables.push(Variable { field, ..variable(scope, &name.screaming, entry, source) });
    }
    Some(variables)
}

/// Whether every variable has a name and a field of its own.
fn is_unambiguous(scope: Scope<'_>, variables: &[(Variable, &Entry)]) -> bool {
    let mut sound = true;
    for (at, (variable, entry)) in variables.iter().enumerate() {
        let same = variables[..at].iter().find(|(other, _)| {
            other.field.snake == variable.field.snake
                || other.in_environment() == variable.in_environment()
        });
        if let Some((_, first)) = same {
            let name = variable.in_environment();
            scope.sink.report(fault::variable_twice(entry.key_span, &name, first.key_span));
            sound = false;
        }
    }
    sound
}

/// The parameters that every template has.
const PSEUDO: &[&str] = &["AccountId", "Partition", "Region", "StackId", "StackName", "URLSuffix"];

/// The first `${…}` that is no pseudo parameter of CloudFormation.
pub(super) fn unknown_parameter(text: &str) -> Option<&str> {
    let is_known =
        |name: &str| name.strip_prefix("AWS::").is_some_and(|name| PSEUDO.contains(&name));
    text.split("${").skip(1).find_map(|rest| match rest.split_once('}') {
        Some((name, _)) => Some(name).filter(|name| !is_known(name)),
        // Without a closing brace, it is not a reference.
        None => Some(rest),
    })
}
