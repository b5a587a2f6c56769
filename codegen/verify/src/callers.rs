//! Credentials: those that an operation asks for, and those that must not be enough.
//!
//! On a stage on this machine tokens come from its own issuer. A deployed stage's are given (`--token`, `--api-key`,
//! `--header`). No finding shows any.

use codegen::model::{
    ApiKey, ApiKeyPlace, Evidence, Operation, OwnerSource, SchemeMeans, Service, System, TokenRules,
};
use scalars::percent::encode;
use stage::credential::Carrier;
use stage::{Credential, Issuer};

use crate::request::Request;

/// How long a token of ours is valid, in seconds.
const VALID_SECONDS: i64 = 3_600;

/// Who the requests come from.
const SUBJECT: &str = "verify";

/// Where credentials come from.
#[derive(Debug, Default)]
pub struct Callers {
    /// The issuer whose tokens the stage takes, with one whose tokens it must not take.
    pub issuers: Option<(Issuer, Issuer)>,
    /// A token that was given.
    pub token: Option<String>,
    /// The API key of a local stage.
    pub api_key: Option<String>,
    /// API keys that were given, by the name of the header, query parameter or cookie.
    pub given_keys: Vec<(String, String)>,
}

/// Credentials that must not be enough.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refused {
    /// What they are: `no credentials`.
    pub what: &'static str,
    /// What is sent.
    pub credentials: Vec<Credential>,
    /// The statuses that say so.
    pub statuses: &'static [u16],
}

/// The owner of nothing.
const SOMEBODY_ELSE: &str = "somebody-else-than-the-owner";

type Alternative = Vec<(String, Vec<String>)>;

impl Callers {
    /// The credentials that an operation asks for: of the owner of the item that it is about, where that is known, or of
    /// somebody who may use everybody's.
    ///
    /// # Errors
    /// Why no credentials can be made.
    pub fn credentials(
        &self,
        service: &Service,
        operation: &Operation,
        owner: Option<&str>,
    ) -> Result<Vec<Credential>, String> {
        if operation.is_open() {
            return Ok(Vec::new());
        }
        let mut why = String::new();
        for alternative in operation.security.iter().filter(|all| !all.is_empty()) {
            let whose = service.owner_source(operation).map(|(whose, _)| whose);
            let token = |rules: &TokenRules, scopes: &[String]| {
                let mut scopes = scopes.to_vec();
                if let (Some(whose), None) = (whose, owner) {
                    scopes.extend(whose.unless.clone());
                }
                self.token(rules, &scopes, whose.map(|whose| whose.claim.as_str()).zip(owner))
            };
            match self.of(service, alternative, token) {
                Ok(credentials) => return Ok(credentials),
                Err(reason) => why = reason,
            }
        }
        Err(why)
    }

    fn token(
        &self,
        rules: &TokenRules,
        scopes: &[String],
        own: Option<(&str, &str)>,
    ) -> Option<String> {
        if let Some(token) = &self.token {
            return Some(token.clone());
        }
        let (issuer, _) = self.issuers.as_ref()?;
        let mut claims = rules.claims(SUBJECT, scopes, now(), VALID_SECONDS);
        if let Some((claim, value)) = own {
            claims[claim] = value.into();
        }
        issuer.mint(&claims).ok()
    }

    /// The credentials of an alternative, with tokens as `token` makes them.
    fn of(
        &self,
        service: &Service,
        alternative: &Alternative,
        token: impl Fn(&TokenRules, &[String]) -> Option<String>,
    ) -> Result<Vec<Credential>, String> {
        let mut credentials = Vec::new();
        for (name, scopes) in alternative {
            match service.scheme(name).map(|scheme| &scheme.means) {
                Some(SchemeMeans::Token(rules)) => {
                    let token = token(rules, scopes).ok_or("no token; pass one with --token")?;
                    credentials.push(Credential::bearer(&token));
                }
                Some(SchemeMeans::ApiKey(key)) => {
                    credentials.push(self.key(key, self.api_key.as_ref())?);
                }
                Some(SchemeMeans::Own(Evidence::Key(key))) => {
                    credentials.push(self.key(key, None)?);
                }
                Some(SchemeMeans::Own(Evidence::Http(http))) => {
                    return Err(format!(
                        "`{name}` is HTTP authentication `{http}`; pass a header with --header"
                    ));
                }
                Some(SchemeMeans::Own(Evidence::Certificate)) => {
                    return Err("client certificates are not supported".to_owned());
                }
                Some(SchemeMeans::Signature) => {
                    return Err("signed requests are not supported".to_owned());
                }
                _ => {
                    return Err(format!(
                        "`{name}` is a custom authorizer; pass a header with --header"
                    ));
                }
            }
        }
        Ok(credentials)
    }

    /// An API key at its place: the one that was given, or that of the stage.
    fn key(&self, key: &ApiKey, of_stage: Option<&String>) -> Result<Credential, String> {
        let (carrier, name) = (carrier(key), key.name.as_str());
        let given = self.given_keys.iter().find(|(known, _)| carrier.is_same(known, name));
        let value = given
            .map(|(_, value)| value)
            .or(of_stage)
            .ok_or_else(|| format!("no API key; pass one with --api-key '{name}=…'"))?;
        Ok(Credential::new(carrier, name, value.clone()))
    }

    /// Credentials that an operation must refuse, as far as they can be made.
    #[must_use]
    pub fn refused(&self, service: &Service, operation: &Operation) -> Vec<Refused> {
        let mut cases = Vec::new();
        if operation.is_open() {
            return cases;
        }
        let is_optional = operation.security.iter().any(Vec::is_empty);
        if !is_optional {
            let what = "no credentials";
            cases.push(Refused { what, credentials: Vec::new(), statuses: &[401, 403] });
        }
        let takes_token = |(name, _): &(String, Vec<String>)| {
            service.scheme(name).is_some_and(|one| matches!(one.means, SchemeMeans::Token(_)))
        };
        let with_token = operation.security.iter().find(|all| all.iter().any(takes_token));
        let (Some(alternative), Some((issuer, stranger))) = (with_token, &self.issuers) else {
            return cases;
        };
        let mut add = |what, statuses, token: &dyn Fn(&TokenRules, &[String]) -> Option<String>| {
            if let Ok(credentials) = self.of(service, alternative, token) {
                cases.push(Refused { what, credentials, statuses });
            }
        };
        add("an expired token", &[401], &|rules, scopes| {
            let began = now() - 2 * VALID_SECONDS;
            issuer.mint(&rules.claims(SUBJECT, scopes, began, VALID_SECONDS)).ok()
        });
        add("a token with a signature of another issuer", &[401], &|rules, scopes| {
            stranger.mint(&rules.claims(SUBJECT, scopes, now(), VALID_SECONDS)).ok()
        });
        add("a token of another issuer", &[401], &|rules, scopes| {
            let mut claims = rules.claims(SUBJECT, scopes, now(), VALID_SECONDS);
            claims["iss"] = "https://another-issuer.example".into();
            issuer.mint(&claims).ok()
        });
        add("a token for another audience", &[401], &|rules, scopes| {
            let mut claims = rules.claims(SUBJECT, scopes, now(), VALID_SECONDS);
            claims["aud"] = "another-audience".into();
            issuer.mint(&claims).ok()
        });
        if let Some((owner, source)) = service.owner_source(operation) {
            let what = match source {
                OwnerSource::Nowhere => "a token without the scope for the items of every owner",
                _ => "a token of somebody else than the item's owner",
            };
            let without = |scopes: &[String]| -> Vec<String> {
                scopes
                    .iter()
                    .filter(|scope| Some(*scope) != owner.unless.as_ref())
                    .cloned()
                    .collect()
            };
            add(what, &[403], &|rules, scopes| {
                let mut claims = rules.claims(SUBJECT, &without(scopes), now(), VALID_SECONDS);
                claims[&owner.claim] = SOMEBODY_ELSE.into();
                issuer.mint(&claims).ok()
            });
        }
        if alternative.iter().any(|(_, scopes)| !scopes.is_empty()) {
            add("a token without a required scope", &[403], &|rules, _| {
                issuer.mint(&rules.claims(SUBJECT, &[], now(), VALID_SECONDS)).ok()
            });
        }
        cases
    }
}

/// Whether some operation may be called with an API key of this name.
#[must_use]
pub fn takes_key(system: &System, name: &str) -> bool {
    let keys = system.services.iter().flat_map(|service| &service.schemes);
    keys.filter_map(|scheme| scheme.means.key()).any(|key| carrier(key).is_same(&key.name, name))
}

/// Whether a header carries credentials of an operation.
pub(crate) fn carries(service: &Service, operation: &Operation, header: &str) -> bool {
    operation.asked_schemes(service).any(|scheme| match scheme.means.key() {
        Some(key) => key.place == ApiKeyPlace::Header && carrier(key).is_same(&key.name, header),
        None => header.eq_ignore_ascii_case("authorization"),
    })
}

fn carrier(key: &ApiKey) -> Carrier {
    match key.place {
        ApiKeyPlace::Header => Carrier::Header,
        ApiKeyPlace::Query => Carrier::Query,
        ApiKeyPlace::Cookie => Carrier::Cookie,
    }
}

/// A request with credentials, in the place of what it has there by these names.
#[must_use]
pub fn with_credentials(request: &Request, credentials: &[Credential]) -> Request {
    let mut request = request.clone();
    for Credential { carrier, name, value } in credentials {
        match carrier {
            Carrier::Header => {
                request.headers.retain(|(own, _)| !carrier.is_same(own, name));
                request.headers.push((name.clone(), value.clone()));
            }
            Carrier::Query => {
                let (path, query) = request.path.split_once('?').unwrap_or((&request.path, ""));
                let query = with_pair(query, "&", &encode(name), value);
                request.path = format!("{path}?{query}");
            }
            Carrier::Cookie => {
                let is_cookie = |own: &str| own.eq_ignore_ascii_case("cookie");
                let own = request.headers.iter().position(|(own, _)| is_cookie(own));
                let own = own.map(|at| request.headers.remove(at).1).unwrap_or_default();
                let cookies = with_pair(&own, "; ", name, value);
                request.headers.push(("cookie".to_owned(), cookies));
            }
        }
    }
    request
}

/// Pairs with this one, and no other of its name.
fn with_pair(pairs: &str, separator: &str, name: &str, value: &str) -> String {
    let is_other = |pair: &&str| !pair.is_empty() && pair.split('=').next() != Some(name);
    let mut all: Vec<String> = pairs.split(separator).filter(is_other).map(str::to_owned).collect();
    all.push(format!("{name}={}", encode(value)));
    all.join(separator)
}

fn now() -> i64 {
    jiff::Timestamp::now().as_second()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_credential_takes_the_place_of_what_a_request_has_there() {
        let cookie = ("Cookie".to_owned(), "theme=dark; key=old".to_owned());
        let request = Request {
            method: "GET".to_owned(),
            path: "/a?key=old&page=2".to_owned(),
            headers: vec![("X-Key".to_owned(), "old".to_owned()), cookie],
            body: None,
        };
        let all = [(Carrier::Query, "key"), (Carrier::Header, "x-key"), (Carrier::Cookie, "key")];
        let all = all.map(|(carrier, name)| Credential::new(carrier, name, "a b".to_owned()));
        let sent = with_credentials(&request, &all);
        assert_eq!(sent.path, "/a?page=2&key=a%20b");
        let header = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        let headers = [header("x-key", "a b"), header("cookie", "theme=dark; key=a%20b")];
        assert_eq!(sent.headers, headers);
    }
}
