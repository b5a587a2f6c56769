//! What API Gateway asks an authorizer, and what it takes for an answer (Lambda authorizer of type `REQUEST`, payload
//! version 1.0).

use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::policy::{Policy, patterns_of};
use super::{ClientCertificate, Granted, KeyPlace};
use crate::caller::{SCHEMES, SCOPES};
use crate::route::without_base;
use crate::serve::Incoming;

/// The request that is to be let in or not. Its headers hold credentials, so it has no `Debug`.
#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Asked {
    pub(super) method_arn: String,
    pub(super) resource: String,
    path: String,
    pub(super) http_method: String,
    path_parameters: Option<Map<String, Value>>,
    headers: Option<Map<String, Value>>,
    multi_value_headers: Option<Map<String, Value>>,
    query_string_parameters: Option<Map<String, Value>>,
    multi_value_query_string_parameters: Option<Map<String, Value>>,
    request_context: RequestContext,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct RequestContext {
    identity: CallerIdentity,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct CallerIdentity {
    client_cert: Option<ClientCertificate>,
}

impl Incoming for Asked {
    const NAME: &'static str = "a request to an authorizer of type `REQUEST`";
}

impl Asked {
    /// The path that is asked for, without the base path of a domain.
    pub(super) fn path(&self) -> &str {
        let greedy = |name: &str| self.path_parameters.as_ref()?.get(name)?.as_str();
        without_base(&self.path, Some(&self.resource), greedy).1
    }

    /// A header, its name in any case.
    pub(super) fn header(&self, name: &str) -> Option<&str> {
        let headers = self.headers.as_ref()?.iter();
        let mut found = headers.filter(|(known, _)| known.eq_ignore_ascii_case(name));
        found.next()?.1.as_str()
    }

    /// A parameter of the query.
    pub(super) fn query(&self, name: &str) -> Option<&str> {
        self.query_string_parameters.as_ref()?.get(name)?.as_str()
    }

    /// A cookie.
    pub(super) fn cookie(&self, name: &str) -> Option<&str> {
        let cookies = self.header("cookie")?.split(';');
        let mut pairs = cookies.filter_map(|pair| pair.trim().split_once('='));
        pairs.find(|(known, _)| *known == name).map(|(_, value)| value)
    }

    /// An API key that is not empty.
    pub(super) fn key(&self, place: KeyPlace, name: &str) -> Option<&str> {
        let sent = match place {
            KeyPlace::Header => self.header(name),
            KeyPlace::Query => self.query(name),
            KeyPlace::Cookie => self.cookie(name),
        };
        sent.filter(|key| !key.is_empty())
    }

    /// Whether a header, its name in any case, or a parameter was sent with more than one value: a client that is to be
    /// known by one of them must not leave a choice.
    pub(super) fn is_repeated(&self, place: KeyPlace, name: &str) -> bool {
        let (all, known): (_, fn(&str, &str) -> bool) = match place {
            KeyPlace::Query => {
                ([None, self.multi_value_query_string_parameters.as_ref()], |known, name| {
                    known == name
                })
            }
            KeyPlace::Header | KeyPlace::Cookie => (
                [self.headers.as_ref(), self.multi_value_headers.as_ref()],
                str::eq_ignore_ascii_case,
            ),
        };
        let name = if place == KeyPlace::Cookie { "cookie" } else { name };
        all.into_iter().flatten().any(|all| {
            let values = all.iter().filter(|(other, _)| known(other, name));
            values.map(|(_, value)| value.as_array().map_or(1, Vec::len)).sum::<usize>() > 1
        })
    }

    /// The certificate of the client, where the API's domain asks for one (mutual TLS).
    pub(super) fn certificate(&self) -> Option<&ClientCertificate> {
        self.request_context.identity.client_cert.as_ref()
    }

    /// The token of `Authorization: Bearer …`, the scheme in any case (RFC 6750, section 2.1).
    pub(super) fn bearer(&self) -> Option<&str> {
        self.authorization("bearer")
    }

    /// What follows the name of a scheme in `Authorization`, the name in any case (RFC 9110, section 11.6.2).
    pub(super) fn authorization(&self, name: &str) -> Option<&str> {
        let (scheme, rest) = self.header("authorization")?.trim().split_once(' ')?;
        scheme.eq_ignore_ascii_case(name).then(|| rest.trim())
    }

    /// The ARNs of every path of the route that is asked for, and of no other: a decision that is kept counts for the
    /// route alone.
    fn route_arns(&self) -> Vec<String> {
        let patterns = patterns_of(&self.http_method, &self.resource);
        patterns.iter().map(|pattern| self.arn(pattern)).collect()
    }

    /// The ARN of a method and path of the API's stage.
    fn arn(&self, route: &str) -> String {
        let mut parts = self.method_arn.splitn(3, '/');
        let (api, stage) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
        format!("{api}/{stage}/{route}")
    }

    /// The answer that lets the caller in, or that does not (`403`). It counts for the route that was asked for.
    pub(super) fn answer(&self, granted: &Granted, allows: bool) -> Value {
        let effect = if allows { "Allow" } else { "Deny" };
        let statement = json!({
            "Action": "execute-api:Invoke", "Effect": effect, "Resource": self.route_arns(),
        });
        Self::with_policy(granted, &[statement], allows)
    }

    /// The answer for every route that asks for a token.
    pub(super) fn answer_for_all(&self, granted: &Granted, policy: &Policy) -> Value {
        let effects = [("Allow", &policy.allows), ("Deny", &policy.denies)];
        let statements = effects.iter().filter(|(_, routes)| !routes.is_empty());
        let statements: Vec<Value> = statements
            .map(|(effect, routes)| {
                let arns: Vec<String> = routes.iter().map(|route| self.arn(route)).collect();
                json!({"Action": "execute-api:Invoke", "Effect": effect, "Resource": arns})
            })
            .collect();
        Self::with_policy(granted, &statements, true)
    }

    fn with_policy(granted: &Granted, statements: &[Value], allows: bool) -> Value {
        let principal = granted.subject().unwrap_or("anonymous");
        let mut answer = json!({
            "principalId": principal,
            "policyDocument": {"Version": "2012-10-17", "Statement": statements},
        });
        if allows {
            // Values of a context are text, numbers and booleans, so claims go as the text of their JSON.
            answer["context"] = json!({
                SCHEMES: granted.schemes.join(" "),
                SCOPES: granted.scopes.join(" "),
                "claims": Value::from(granted.claims.clone()).to_string(),
            });
        }
        if let Some(key) = granted.api_key.as_ref().filter(|_| allows) {
            answer["usageIdentifierKey"] = key.as_str().into();
        }
        answer
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may panic")]

    use super::*;

    fn asked(event: Value) -> Asked {
        serde_json::from_value(event).unwrap()
    }

    #[test]
    fn credentials_are_found_where_they_travel() {
        let asked = asked(json!({
            "headers": {"Authorization": "bearer  abc ", "COOKIE": "a=1; key=2=3"},
            "queryStringParameters": {"key": "q"},
        }));
        assert_eq!(asked.bearer(), Some("abc"));
        assert_eq!((asked.cookie("key"), asked.query("key")), (Some("2=3"), Some("q")));
        assert_eq!((asked.cookie("b"), asked.header("x-key")), (None, None));
    }

    #[test]
    fn a_decision_counts_for_its_route_alone() {
        let asked = asked(json!({
            "methodArn": "arn:aws:execute-api:us-east-1:1:abc/dev/GET/order/anna/7",
            "resource": "/order/{userName}/{id}", "httpMethod": "GET",
        }));
        assert_eq!(asked.route_arns(), ["arn:aws:execute-api:us-east-1:1:abc/dev/GET/order/*/*"]);
        let answer = asked.answer(&Granted::default(), false);
        assert_eq!(answer["policyDocument"]["Statement"][0]["Effect"], "Deny");
        assert_eq!(answer.get("context"), None);
    }
}
