//! Credentials: those that an operation asks for, and those that must not be enough.
//!
//! On a stage on this machine tokens come from its own issuer. A deployed stage's are given (`--token`, `--header`). No
//! finding shows any.

use codegen::model::{Evidence, Operation, OwnerSource, SchemeMeans, Service, TokenRules};
use stage::Issuer;

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
    /// An API key.
    pub api_key: Option<String>,
}

/// Credentials that must not be enough.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refused {
    /// What they are: `no credentials`.
    pub what: &'static str,
    /// The headers.
    pub headers: Vec<(String, String)>,
    /// The statuses that say so.
    pub statuses: &'static [u16],
}

/// The owner of nothing.
const SOMEBODY_ELSE: &str = "somebody-else-than-the-owner";

type Alternative = Vec<(String, Vec<String>)>;

impl Callers {
    /// The headers that an operation asks for: of the owner of the item that it is about, where that is known, or of
    /// somebody who may use everybody's.
    ///
    /// # Errors
    /// Why no credentials can be made.
    pub fn headers(
        &self,
        service: &Service,
        operation: &Operation,
        owner: Option<&str>,
    ) -> Result<Vec<(String, String)>, String> {
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
                Ok(headers) => return Ok(headers),
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

    /// The headers of an alternative, with tokens as `token` makes them.
    fn of(
        &self,
        service: &Service,
        alternative: &Alternative,
        token: impl Fn(&TokenRules, &[String]) -> Option<String>,
    ) -> Result<Vec<(String, String)>, String> {
        let mut headers = Vec::new();
        for (name, scopes) in alternative {
            match service.scheme(name).map(|scheme| &scheme.means) {
                Some(SchemeMeans::Token(rules)) => {
                    let token = token(rules, scopes).ok_or("no token; pass one with --token")?;
                    headers.push(("authorization".to_owned(), format!("Bearer {token}")));
                }
                Some(SchemeMeans::ApiKey(key)) => {
                    let value = self.api_key.clone();
                    let value = value.ok_or("no API key; pass one with --header")?;
                    match key.place {
                        codegen::model::ApiKeyPlace::Header => {
                            headers.push((key.name.to_ascii_lowercase(), value));
                        }
                        codegen::model::ApiKeyPlace::Cookie => {
                            headers.push(("cookie".to_owned(), format!("{}={value}", key.name)));
                        }
                        codegen::model::ApiKeyPlace::Query => {
                            return Err("API keys in the query are not supported".to_owned());
                        }
                    }
                }
                Some(SchemeMeans::Own(Evidence::Http(http))) => {
                    return Err(format!(
                        "`{name}` is HTTP authentication `{http}`; pass a header with --header"
                    ));
                }
                Some(SchemeMeans::Own(Evidence::Key(_))) => {
                    return Err(format!("`{name}` is a second key; pass a header with --header"));
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
        Ok(headers)
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
            cases.push(Refused { what, headers: Vec::new(), statuses: &[401, 403] });
        }
        let takes_token = |(name, _): &(String, Vec<String>)| {
            service.scheme(name).is_some_and(|one| matches!(one.means, SchemeMeans::Token(_)))
        };
        let with_token = operation.security.iter().find(|all| all.iter().any(takes_token));
        let (Some(alternative), Some((issuer, stranger))) = (with_token, &self.issuers) else {
            return cases;
        };
        let mut add = |what, statuses, token: &dyn Fn(&TokenRules, &[String]) -> Option<String>| {
            if let Ok(headers) = self.of(service, alternative, token) {
                cases.push(Refused { what, headers, statuses });
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

/// A request with other headers of these names, or more.
#[must_use]
pub fn with_headers(request: &Request, headers: &[(String, String)]) -> Request {
    let mut request = request.clone();
    let is_set = |name: &str| headers.iter().any(|(set, _)| set.eq_ignore_ascii_case(name));
    request.headers.retain(|(name, _)| !is_set(name));
    request.headers.extend(headers.iter().cloned());
    request
}

fn now() -> i64 {
    jiff::Timestamp::now().as_second()
}
