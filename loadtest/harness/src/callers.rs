//! Credentials of virtual users. On a stage of this machine tokens come from its own issuer, and keys from its
//! template; a deployed stage's are given by `--token` and `--header`. No report shows any.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::Duration;

use stage::Issuer;
use tokio::time::Instant;

use crate::system::{Need, Operation, Scheme};

/// How long a token of ours is valid.
const VALID: Duration = Duration::from_secs(3_600);

/// How old a token may be before another is made.
const FRESH: Duration = Duration::from_secs(1_800);

/// Who the requests come from, by their tokens.
const SUBJECT: &str = "loadtest";

type Headers = Arc<[(String, String)]>;

/// Where credentials come from.
#[derive(Debug, Default)]
pub struct Callers {
    /// The issuer whose tokens the stage takes.
    pub issuer: Option<Issuer>,
    /// A token that was given.
    pub token: Option<String>,
    /// Headers that were given, sent with every request.
    pub headers: Vec<(String, String)>,
    /// API keys of the stage, by logical id.
    pub keys: BTreeMap<&'static str, String>,
    made: Mutex<BTreeMap<&'static str, (Instant, Headers)>>,
    /// What an open operation gets.
    own: OnceLock<Headers>,
}

impl Callers {
    /// Credentials from these sources.
    #[must_use]
    pub fn new(
        issuer: Option<Issuer>,
        token: Option<String>,
        headers: Vec<(String, String)>,
        keys: BTreeMap<&'static str, String>,
    ) -> Self {
        Self { issuer, token, headers, keys, made: Mutex::default(), own: OnceLock::new() }
    }

    /// The headers that a request to an operation gets.
    #[must_use]
    pub fn headers(&self, operation: &Operation) -> Headers {
        if operation.security.is_empty() {
            let own = self.own.get_or_init(|| self.headers.iter().cloned().collect());
            return Arc::clone(own);
        }
        let mut made = self.made.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((since, headers)) = made.get(operation.id)
            && since.elapsed() < FRESH
        {
            return Arc::clone(headers);
        }
        let found = operation.security.iter().find_map(|needs| self.all_of(needs).ok());
        let headers: Headers =
            found.unwrap_or_default().into_iter().chain(self.headers.iter().cloned()).collect();
        made.insert(operation.id, (Instant::now(), Arc::clone(&headers)));
        headers
    }

    /// Why an operation will be called without credentials that it asks for; `None` when it has them.
    #[must_use]
    pub fn lack(&self, operation: &Operation) -> Option<String> {
        let mut why = None;
        for needs in operation.security {
            match self.all_of(needs) {
                Ok(_) => return None,
                Err(reason) => why = Some(reason),
            }
        }
        // Whoever gives headers knows what they are for.
        why.filter(|_| self.headers.is_empty())
    }

    fn all_of(&self, needs: &[Need]) -> Result<Vec<(String, String)>, String> {
        needs.iter().map(|need| self.one(need)).collect()
    }

    fn one(&self, need: &Need) -> Result<(String, String), String> {
        match *need.scheme {
            Scheme::Token { issuer, audience, scopes_claim } => {
                let token = match (&self.token, &self.issuer) {
                    (Some(token), _) => Some(token.clone()),
                    (None, Some(local)) => {
                        let claims = claims(issuer, audience, scopes_claim, need.scopes);
                        local.mint(&claims).ok()
                    }
                    (None, None) => None,
                };
                let token = token.ok_or("no token; pass one with --token")?;
                Ok(("authorization".to_owned(), format!("Bearer {token}")))
            }
            Scheme::ApiKey { header, resource } => {
                let key = self.keys.get(resource).cloned();
                let key =
                    key.ok_or_else(|| format!("no API key; pass one with --header '{header}: …'"))?;
                Ok((header.to_owned(), key))
            }
            Scheme::Other { name } => {
                Err(format!("`{name}` is a custom authorizer; pass a header with --header"))
            }
        }
    }
}

fn claims(issuer: &str, audience: &str, scopes_claim: &str, scopes: &[&str]) -> serde_json::Value {
    let now = jiff::Timestamp::now().as_second();
    let mut claims = serde_json::json!({
        "iss": issuer, "aud": audience, "sub": SUBJECT,
        "iat": now, "exp": now + VALID.as_secs() as i64,
    });
    claims[scopes_claim] = scopes.join(" ").into();
    claims
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]

    use super::*;

    static TOKEN: Scheme = Scheme::Token {
        issuer: "https://issuer.localhost",
        audience: "local",
        scopes_claim: "scope",
    };
    static KEY: Scheme = Scheme::ApiKey { header: "x-api-key", resource: "ClientApiKey" };
    const READ: Need = Need { scheme: &TOKEN, scopes: &["orders.read"] };
    const BY_KEY: Need = Need { scheme: &KEY, scopes: &[] };
    const EITHER: Operation =
        Operation { id: "either", security: &[&[READ], &[BY_KEY]], ..Operation::NEW };
    const OPEN: Operation = Operation { id: "open", ..Operation::NEW };

    #[test]
    fn the_local_issuer_signs_and_a_given_token_wins() {
        let callers = Callers { issuer: Some(Issuer::generate().unwrap()), ..Callers::default() };
        let headers = callers.headers(&EITHER);
        assert!(headers[0].1.starts_with("Bearer ") && headers[0].1.matches('.').count() == 2);
        assert!(Arc::ptr_eq(&headers, &callers.headers(&EITHER)), "made twice");
        assert!(callers.headers(&OPEN).is_empty() && callers.lack(&EITHER).is_none());
        let given = Callers { token: Some("mine".to_owned()), ..callers };
        let headers = given.all_of(&[READ]).unwrap();
        assert_eq!(headers, [("authorization".to_owned(), "Bearer mine".to_owned())]);
    }

    #[test]
    fn what_is_lacking_is_said_and_another_way_in_is_taken() {
        let nothing = Callers::default();
        assert!(nothing.lack(&EITHER).unwrap().contains("--header 'x-api-key"));
        let by_key = Callers {
            keys: BTreeMap::from([("ClientApiKey", "k".to_owned())]),
            ..Callers::default()
        };
        assert_eq!(&*by_key.headers(&EITHER), [("x-api-key".to_owned(), "k".to_owned())]);
        let own = ("cookie".to_owned(), "a=b".to_owned());
        let by_header = Callers { headers: vec![own.clone()], ..Callers::default() };
        assert_eq!((&*by_header.headers(&OPEN), by_header.lack(&EITHER)), (&[own][..], None));
    }
}
