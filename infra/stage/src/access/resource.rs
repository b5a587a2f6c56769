//! What policies of resources say of one request.
//!
//! Owns the reading of a policy's JSON: principals, actions, resources and conditions. Within an account a policy is judged
//! together with the role of whoever asks, which is not done here.

use serde_json::Value;

use super::{Keys, matches};
use crate::account::ACCOUNT;

/// A request to a resource.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Asked<'a> {
    /// Who asks.
    pub(crate) principal: Principal<'a>,
    /// `sqs:SendMessage`
    pub(crate) action: &'a str,
    /// The ARN of the resource.
    pub(crate) resource: &'a str,
    /// What conditions may ask for besides what follows from the principal.
    pub(crate) keys: &'a Keys,
}

/// Who asks for something.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Principal<'a> {
    /// A service, with the ARN of the rule, topic or route that it asks for.
    Service(&'static str, &'a str),
    /// The role of a function, by its ARN.
    Role(&'a str),
    /// Nobody in particular.
    Public,
}

/// What a policy says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// A statement allows it and none denies it.
    Allowed,
    /// Nothing is said of it.
    Silent,
    /// A statement denies it.
    Denied,
}

/// Judges a request by a policy.
///
/// # Errors
/// A statement that is about the request as far as can be seen holds something that the stage does not judge.
pub(crate) fn judge(policy: &Value, asked: Asked<'_>) -> Result<Verdict, String> {
    let mut verdict = Verdict::Silent;
    for statement in each(&policy["Statement"]) {
        if !fits(statement, asked)? {
            continue;
        }
        if statement["Effect"] == "Deny" {
            return Ok(Verdict::Denied);
        }
        verdict = Verdict::Allowed;
    }
    Ok(verdict)
}

fn fits(statement: &Value, asked: Asked<'_>) -> Result<bool, String> {
    let action = asked.action.to_lowercase();
    let is_action = |pattern: &str| matches(&pattern.to_lowercase(), &action);
    let is_resource = |pattern: &str| matches(pattern, asked.resource);
    if !named(statement, "Action", is_action) || !named(statement, "Resource", is_resource) {
        return Ok(false);
    }
    if statement.get("NotPrincipal").is_some() {
        return Err("`NotPrincipal`".to_owned());
    }
    if !is_principal(&statement["Principal"], asked.principal) {
        return Ok(false);
    }
    for (operator, keys) in statement["Condition"].as_object().into_iter().flatten() {
        for (key, values) in keys.as_object().into_iter().flatten() {
            if !holds(operator, key, &texts(values), asked)? {
                return Ok(false);
            }
        }
    }
    Ok(true)
}

/// Whether a statement names something under a key, or does not name it under the opposite key.
fn named(statement: &Value, key: &str, is_it: impl Fn(&str) -> bool) -> bool {
    let any = |list: &Value| texts(list).iter().any(|one| is_it(one));
    match statement.get(format!("Not{key}")) {
        Some(excluded) => !any(excluded),
        None => any(&statement[key]),
    }
}

fn is_principal(declared: &Value, principal: Principal<'_>) -> bool {
    if *declared == "*" {
        return true;
    }
    let any = |kind: &str, is_it: &dyn Fn(&str) -> bool| {
        texts(&declared[kind]).iter().any(|one| is_it(one))
    };
    match principal {
        Principal::Service(name, _) => {
            any("Service", &|one| one == name) || any("AWS", &|one| one == "*")
        }
        Principal::Public => any("AWS", &|one| one == "*"),
        Principal::Role(arn) => any("AWS", &|one| {
            one == "*"
                || one == arn
                || one == ACCOUNT
                || one.ends_with(&format!("::{ACCOUNT}:root"))
        }),
    }
}

/// The keys that the stage knows the values of, in lower case; one that a request does not have is absent.
const KNOWN: [&str; 10] = [
    "aws:principalaccount",
    "aws:principalarn",
    "aws:principalisawsservice",
    "aws:securetransport",
    "aws:sourceaccount",
    "aws:sourcearn",
    "events:detail-type",
    "events:source",
    "lambda:functionurlauthtype",
    "lambda:invokedviafunctionurl",
];

fn value_of(key: &str, asked: Asked<'_>) -> Result<Option<String>, String> {
    let key = key.to_lowercase();
    if !KNOWN.contains(&key.as_str()) {
        return Err(format!("the condition key `{key}`"));
    }
    let text = |text: &str| Ok(Some(text.to_owned()));
    match (key.as_str(), asked.principal) {
        // As on AWS, where everything is asked by TLS.
        ("aws:securetransport", _) => text("true"),
        ("aws:principalisawsservice", Principal::Service(..)) => text("true"),
        ("aws:principalisawsservice", _) => text("false"),
        ("aws:sourcearn", Principal::Service(_, source)) => text(source),
        ("aws:sourceaccount", Principal::Service(..)) => text(ACCOUNT),
        ("aws:principalarn", Principal::Role(arn)) => text(arn),
        ("aws:principalaccount", Principal::Role(_)) => text(ACCOUNT),
        _ => Ok(asked.keys.iter().find(|(name, _)| *name == key).map(|(_, value)| value.clone())),
    }
}

fn holds(operator: &str, key: &str, values: &[String], asked: Asked<'_>) -> Result<bool, String> {
    let found = value_of(key, asked)?;
    if operator == "Null" {
        return Ok(values.iter().any(|wanted| (wanted == "true") == found.is_none()));
    }
    let (base, if_exists) = match operator.strip_suffix("IfExists") {
        Some(base) => (base, true),
        None => (operator, false),
    };
    let (is_negated, same): (bool, fn(&str, &str) -> bool) = match base {
        "StringEquals" => (false, |wanted, found| wanted == found),
        "StringNotEquals" => (true, |wanted, found| wanted == found),
        "StringEqualsIgnoreCase" => (false, |wanted, found| wanted.eq_ignore_ascii_case(found)),
        "StringNotEqualsIgnoreCase" => (true, |wanted, found| wanted.eq_ignore_ascii_case(found)),
        "StringLike" | "ArnEquals" | "ArnLike" => (false, |wanted, found| matches(wanted, found)),
        "StringNotLike" | "ArnNotEquals" | "ArnNotLike" => {
            (true, |wanted, found| matches(wanted, found))
        }
        "Bool" => (false, |wanted, found| wanted.eq_ignore_ascii_case(found)),
        _ => return Err(format!("the condition operator `{operator}`")),
    };
    // A key that is not there differs from every value.
    let Some(found) = found else { return Ok(if_exists || is_negated) };
    Ok(values.iter().any(|wanted| same(wanted, &found)) != is_negated)
}

fn each(value: &Value) -> &[Value] {
    match value {
        Value::Array(values) => values,
        Value::Null => &[],
        one => std::slice::from_ref(one),
    }
}

/// A list of texts; a single one is a list of one, and a truth is its name.
fn texts(value: &Value) -> Vec<String> {
    let text = |value: &Value| match value {
        Value::String(text) => Some(text.clone()),
        Value::Bool(flag) => Some(flag.to_string()),
        _ => None,
    };
    each(value).iter().filter_map(text).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    const RULE: &str = "arn:aws:events:us-east-1:000000000000:rule/r";
    const QUEUE: &str = "arn:aws:sqs:us-east-1:000000000000:q";
    const ROLE: &str = "arn:aws:iam::000000000000:role/r";

    fn asked(principal: Principal<'_>) -> Result<Verdict, String> {
        judge(
            &Value::Null,
            Asked { principal, action: "sqs:SendMessage", resource: QUEUE, keys: &[] },
        )
    }

    fn of(statements: &Value, principal: Principal<'_>) -> Result<Verdict, String> {
        let asked = Asked { principal, action: "sqs:SendMessage", resource: QUEUE, keys: &[] };
        judge(&json!({ "Statement": statements }), asked)
    }

    fn with(condition: &Value) -> Value {
        json!({
            "Effect": "Allow", "Principal": { "Service": "events.amazonaws.com" },
            "Action": "SQS:Send*", "Resource": "arn:aws:sqs:*:q", "Condition": condition,
        })
    }

    #[test]
    fn a_service_is_allowed_what_a_statement_about_it_says() {
        let rule = Principal::Service("events.amazonaws.com", RULE);
        assert_eq!(asked(rule), Ok(Verdict::Silent));
        for (condition, expected) in [
            (json!({}), Verdict::Allowed),
            (json!({ "ArnEquals": { "aws:SourceArn": RULE } }), Verdict::Allowed),
            (
                json!({ "ArnLike": { "AWS:SourceArn": ["x", "arn:aws:events:*:rule/*"] } }),
                Verdict::Allowed,
            ),
            (json!({ "ArnEquals": { "aws:SourceArn": "arn:other" } }), Verdict::Silent),
            (json!({ "StringEquals": { "aws:SourceAccount": "000000000000" } }), Verdict::Allowed),
            (
                json!({ "StringNotEquals": { "aws:SourceAccount": "000000000000" } }),
                Verdict::Silent,
            ),
            (json!({ "Bool": { "aws:SecureTransport": true } }), Verdict::Allowed),
            (json!({ "StringEquals": { "aws:PrincipalArn": "x" } }), Verdict::Silent),
            (json!({ "StringNotEquals": { "aws:PrincipalArn": "x" } }), Verdict::Allowed),
            (json!({ "StringEqualsIfExists": { "aws:PrincipalArn": "x" } }), Verdict::Allowed),
            (json!({ "Null": { "aws:PrincipalArn": "true" } }), Verdict::Allowed),
        ] {
            assert_eq!(of(&with(&condition), rule), Ok(expected), "{condition}");
        }
        let topic = Principal::Service("sns.amazonaws.com", RULE);
        assert_eq!(of(&with(&json!({})), topic), Ok(Verdict::Silent));
        let everybody =
            json!({ "Effect": "Allow", "Principal": "*", "Action": "*", "Resource": "*" });
        assert_eq!(of(&everybody, topic), Ok(Verdict::Allowed));
    }

    #[test]
    fn a_denial_wins_and_what_is_not_judged_is_named() {
        let rule = Principal::Service("events.amazonaws.com", RULE);
        let deny =
            json!({ "Effect": "Deny", "Principal": "*", "Action": "sqs:*", "Resource": QUEUE });
        assert_eq!(of(&json!([with(&json!({})), deny]), rule), Ok(Verdict::Denied));
        let plain = json!({
            "Effect": "Deny", "Principal": "*", "Action": "sqs:*", "Resource": QUEUE,
            "Condition": { "Bool": { "aws:SecureTransport": "false" } },
        });
        assert_eq!(of(&json!([with(&json!({})), plain]), rule), Ok(Verdict::Allowed));
        for (condition, what) in [
            (json!({ "IpAddress": { "aws:SourceArn": "x" } }), "operator `IpAddress`"),
            (json!({ "StringEquals": { "aws:SourceIp": "x" } }), "key `aws:sourceip`"),
        ] {
            assert!(of(&with(&condition), rule).is_err_and(|error| error.contains(what)));
        }
        let others = json!({ "Effect": "Allow", "NotAction": "sqs:Purge*", "NotResource": "arn:x", "Principal": "*" });
        assert_eq!(of(&others, rule), Ok(Verdict::Allowed));
    }

    #[test]
    fn a_role_is_meant_by_its_arn_and_by_its_account() {
        for principal in
            [json!("*"), json!({ "AWS": ROLE }), json!({ "AWS": ["x", "000000000000"] })]
        {
            let statement = json!({ "Effect": "Allow", "Principal": principal, "Action": "*", "Resource": "*" });
            assert_eq!(of(&statement, Principal::Role(ROLE)), Ok(Verdict::Allowed), "{principal}");
        }
        assert_eq!(of(&with(&json!({})), Principal::Role(ROLE)), Ok(Verdict::Silent));
    }
}
