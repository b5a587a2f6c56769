//! Credentials of virtual users. On a stage of this machine tokens come from its own issuer, and keys from its
//! template; what code of the system's own verifies is made up, as a mock takes anything. A deployed stage's are given by
//! `--token`, `--api-key` and `--header`. No report shows any.
//!
//! A request about an item with an owner is sent with a token of that owner, one for each visit. A request about items of
//! every owner is sent with a token that has the scope for that, and so is what looks at items after the load.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use serde_json::Value;
use stage::credential::Carrier;
use stage::{Credential, Issuer};
use tokio::time::Instant;

use crate::options::RunArgs;
use crate::system::{Need, Operation, Owner, Scheme};

/// How long a token of ours is valid.
const VALID: Duration = Duration::from_secs(3_600);

/// How old a token may be before another is made.
const FRESH: Duration = Duration::from_secs(1_800);

/// Who the requests come from, by their tokens.
const SUBJECT: &str = "loadtest";

/// A credential that means nothing.
const MADE_UP: &str = "made-up-by-the-load-test";

type Credentials = Arc<[Credential]>;

/// Whether credentials that code of the system's own verifies may be made up.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Own {
    Given,
    MadeUp,
}

/// Tokens of those whom one visit acts for, so that each of them has one.
#[derive(Debug, Default)]
pub struct Wallet {
    tokens: Vec<(Bearer, String)>,
    /// The token that was judged last, and whether the local issuer signed it: a visit sends the same again and again.
    judged: Option<(String, bool)>,
    /// Whether its holder looks at items of every owner, where a scope allows it.
    sees_all: bool,
}

/// What a token says.
#[derive(Debug, Clone, PartialEq)]
struct Bearer {
    issuer: &'static str,
    audience: &'static str,
    scopes_claim: &'static str,
    scopes: Vec<&'static str>,
    /// A claim beside the usual ones: who owns an item.
    own: Option<(&'static str, String)>,
}

/// Where credentials come from.
#[derive(Debug, Default)]
pub struct Callers {
    /// The issuer whose tokens the stage takes.
    pub issuer: Option<Issuer>,
    /// A token that was given.
    pub token: Option<String>,
    /// Headers that were given, sent with every request.
    pub headers: Vec<(String, String)>,
    /// API keys that were given, by the name of the header, query parameter or cookie.
    pub api_keys: Vec<(String, String)>,
    /// API keys of the stage, by logical id.
    pub keys: BTreeMap<&'static str, String>,
    made: Mutex<BTreeMap<&'static str, (Instant, Credentials)>>,
    /// What an open operation gets.
    own: OnceLock<Credentials>,
    /// The operations that were sent credentials of ours in the place of those that workflows found.
    replaced: Mutex<BTreeSet<&'static str>>,
}

impl Callers {
    /// Credentials of a stage: its issuer, and its keys by their logical ids.
    #[must_use]
    pub fn new(issuer: Option<Issuer>, keys: BTreeMap<&'static str, String>) -> Self {
        Self { issuer, keys, ..Self::default() }
    }

    /// The same, and those that were given.
    #[must_use]
    pub fn and_given(self, args: &RunArgs) -> Self {
        let RunArgs { token, header, api_key, .. } = args;
        let (token, headers, api_keys) = (token.clone(), header.clone(), api_key.clone());
        Self { token, headers, api_keys, ..self }
    }

    /// What a request to an operation is sent with; one about an item of `owner` with what its owner has.
    #[must_use]
    pub fn credentials(
        &self,
        operation: &Operation,
        owner: Option<&str>,
        wallet: &mut Wallet,
    ) -> Credentials {
        if operation.security.is_empty() {
            return Arc::clone(self.own.get_or_init(|| self.given().collect()));
        }
        if let (Some(owned), Some(owner), None) = (operation.owner, owner, &self.token)
            && !(wallet.sees_all && owned.unless.is_some())
        {
            let mut mint = |bearer: Bearer| {
                let bearer = Bearer { own: Some((owned.claim, owner.to_owned())), ..bearer };
                wallet.token(bearer, |bearer| self.mint(bearer))
            };
            return self.found(operation, &mut mint);
        }
        let mut made = self.made.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((since, credentials)) = made.get(operation.id)
            && since.elapsed() < FRESH
        {
            return Arc::clone(credentials);
        }
        let credentials = self.found(operation, &mut self.for_all(operation.owner));
        made.insert(operation.id, (Instant::now(), Arc::clone(&credentials)));
        credentials
    }

    /// Whether a credential that a workflow found in a response or an input is replaced by ours: on a stage of this
    /// machine, which accepts only tokens of its own issuer and its own keys, if it is not one of them.
    pub(crate) fn replaces(
        &self,
        operation: &Operation,
        found: &Credential,
        ours: &[Credential],
        wallet: &mut Wallet,
    ) -> bool {
        let Some(issuer) = &self.issuer else { return false };
        let mut real = ours.iter().filter(|ours| !is_made_up(ours));
        let Some(ours) = real.find(|one| one.replaces(found)) else { return false };
        let token = found.value.strip_prefix("Bearer ").unwrap_or_default();
        if found.value == ours.value || wallet.is_signed_by(token, issuer) {
            return false;
        }
        self.replaced.lock().unwrap_or_else(PoisonError::into_inner).insert(operation.id);
        true
    }

    /// What was sent in the place of credentials that workflows found, in a sentence.
    pub(crate) fn told_replaced(&self) -> Option<String> {
        let replaced = self.replaced.lock().unwrap_or_else(PoisonError::into_inner);
        let names: Vec<&str> = replaced.iter().copied().collect();
        (!names.is_empty()).then(|| {
            format!(
                "a local stage accepts only its own tokens and API keys; {} was sent a local credential instead of the \
                 one from the workflow",
                names.join(", ")
            )
        })
    }

    /// Why an operation will be called without credentials that it asks for; `None` when it has them.
    #[must_use]
    pub fn lack(&self, operation: &Operation) -> Option<String> {
        if operation.has_own_credential {
            return None;
        }
        let mut why = None;
        let own = if self.issuer.is_some() { Own::MadeUp } else { Own::Given };
        for needs in operation.security {
            match self.all_of(needs, &mut self.for_all(operation.owner), own) {
                Ok(_) => return self.lacks_scope(operation),
                Err(reason) => why = Some(reason),
            }
        }
        // Headers that are given are taken as they are.
        why.filter(|_| self.headers.is_empty())
    }

    /// What an operation is sent that is made up: its place in a request, and how to pass a real one.
    #[must_use]
    pub fn made_up(&self, operation: &Operation) -> Vec<(String, String)> {
        if operation.has_own_credential {
            return vec![];
        }
        let sent = self.found(operation, &mut self.for_all(operation.owner));
        let told = |one: &Credential| {
            let option = match one.name.as_str() {
                "authorization" => "--header 'authorization: …'".to_owned(),
                name => format!("--api-key '{name}=…'"),
            };
            (format!("{} `{}`", one.carrier.noun(), one.name), option)
        };
        sent.iter().filter(|one| is_made_up(one)).map(told).collect()
    }

    /// What a given token lacks, which acts for the owners of all items.
    fn lacks_scope(&self, operation: &Operation) -> Option<String> {
        let (token, owner) = (self.token.as_ref()?, operation.owner?);
        let scope = owner.unless?;
        let granted = scopes(token)?;
        (!granted.iter().any(|one| one == scope)).then(|| {
            format!("the token lacks the scope `{scope}`, and items belong to their own callers")
        })
    }

    /// Makes tokens for everybody's items.
    fn for_all(&self, owner: Option<Owner>) -> impl FnMut(Bearer) -> Option<String> {
        move |mut bearer| {
            bearer.scopes.extend(owner.and_then(|owner| owner.unless));
            self.mint(&bearer)
        }
    }

    fn mint(&self, bearer: &Bearer) -> Option<String> {
        self.issuer.as_ref()?.mint(&bearer.claims()).ok()
    }

    /// The headers that were given.
    fn given(&self) -> impl Iterator<Item = Credential> {
        let headers = self.headers.iter();
        headers.map(|(name, value)| Credential::new(Carrier::Header, name, value.clone()))
    }

    fn found(
        &self,
        operation: &Operation,
        mint: &mut dyn FnMut(Bearer) -> Option<String>,
    ) -> Credentials {
        let mut first =
            |own| operation.security.iter().find_map(|needs| self.all_of(needs, mint, own).ok());
        // Another way in is better than credentials that mean nothing.
        let found = first(Own::Given);
        let found = found.or_else(|| self.issuer.as_ref().and_then(|_| first(Own::MadeUp)));
        let mut found = found.unwrap_or_default();
        let given: Vec<_> = self.given().collect();
        let has_cookies = given.iter().any(|one| one.name.eq_ignore_ascii_case("cookie"));
        found.retain(|one| {
            let is_in_given = has_cookies && one.carrier == Carrier::Cookie && is_made_up(one);
            !is_in_given && !given.iter().any(|given| given.replaces(one))
        });
        found.into_iter().chain(given).collect()
    }

    fn all_of(
        &self,
        needs: &[Need],
        mint: &mut dyn FnMut(Bearer) -> Option<String>,
        own: Own,
    ) -> Result<Vec<Credential>, String> {
        needs.iter().map(|need| self.one(need, mint, own)).collect()
    }

    fn one(
        &self,
        need: &Need,
        mint: &mut dyn FnMut(Bearer) -> Option<String>,
        own: Own,
    ) -> Result<Credential, String> {
        match *need.scheme {
            Scheme::Token { issuer, audience, scopes_claim } => {
                let scopes = need.scopes.to_vec();
                let bearer = Bearer { issuer, audience, scopes_claim, scopes, own: None };
                let token = self.token.clone().or_else(|| mint(bearer));
                let token = token.ok_or("no token; pass one with --token")?;
                Ok(Credential::bearer(&token))
            }
            Scheme::ApiKey { carrier, name, resource } => {
                let given = self.api_keys.iter().find(|(known, _)| carrier.is_same(known, name));
                let of_stage = || self.keys.get(resource?).map(String::as_str);
                let made_up = || (own == Own::MadeUp && resource.is_none()).then_some(MADE_UP);
                let key = given.map(|(_, key)| key.as_str()).or_else(of_stage).or_else(made_up);
                let key = key.ok_or_else(|| {
                    let noun = carrier.noun();
                    format!(
                        "no API key for the {noun} `{name}`; pass one with --api-key '{name}=…'"
                    )
                })?;
                Ok(Credential::new(carrier, name, key.to_owned()))
            }
            Scheme::Http { scheme, .. } if own == Own::MadeUp => {
                let value = format!("{scheme} {}", made_up(scheme));
                Ok(Credential::new(Carrier::Header, "authorization", value))
            }
            Scheme::Http { name, scheme } => Err(format!(
                "`{name}` is verified by the system's own code; pass it with --header 'authorization: {scheme} …'"
            )),
            Scheme::Other { name } => {
                Err(format!("`{name}` is a custom authorizer; pass a header with --header"))
            }
        }
    }
}

impl Wallet {
    /// That of somebody who looks at items of every owner: with one token for all of them, where a scope allows it, so
    /// that an authorizer is asked once.
    pub(crate) fn for_all() -> Self {
        Self { sees_all: true, ..Self::default() }
    }

    /// Whether an issuer signed a token; the last answer is kept.
    fn is_signed_by(&mut self, token: &str, issuer: &Issuer) -> bool {
        match &self.judged {
            Some((judged, is_signed)) if judged == token => *is_signed,
            _ => {
                let is_signed = issuer.has_signed(token);
                self.judged = Some((token.to_owned(), is_signed));
                is_signed
            }
        }
    }

    /// The token that says this, made at the first time.
    fn token(
        &mut self,
        bearer: Bearer,
        mint: impl FnOnce(&Bearer) -> Option<String>,
    ) -> Option<String> {
        if let Some((_, token)) = self.tokens.iter().find(|(known, _)| *known == bearer) {
            return Some(token.clone());
        }
        let token = mint(&bearer)?;
        self.tokens.push((bearer, token.clone()));
        Some(token)
    }
}

impl Bearer {
    fn claims(&self) -> Value {
        let now = jiff::Timestamp::now().as_second();
        let mut claims = serde_json::json!({
            "iss": self.issuer, "aud": self.audience, "sub": SUBJECT,
            "iat": now, "exp": now + VALID.as_secs() as i64,
        });
        claims[self.scopes_claim] = self.scopes.join(" ").into();
        if let Some((claim, owner)) = &self.own {
            claims[*claim] = owner.as_str().into();
        }
        claims
    }
}

/// What stands after the name of HTTP authentication, made up.
fn made_up(scheme: &str) -> String {
    match scheme {
        "Basic" => STANDARD.encode(format!("{MADE_UP}:{MADE_UP}")),
        _ => MADE_UP.to_owned(),
    }
}

fn is_made_up(credential: &Credential) -> bool {
    match credential.value.split_once(' ') {
        Some((scheme, value)) => value == made_up(scheme),
        None => credential.value == MADE_UP,
    }
}

/// The scopes that a token claims to have; `None` where they cannot be read.
fn scopes(token: &str) -> Option<Vec<String>> {
    let claims = URL_SAFE_NO_PAD.decode(token.split('.').nth(1)?).ok()?;
    let claims: Value = serde_json::from_slice(&claims).ok()?;
    let texts = |value: &Value| match value {
        Value::String(text) => text.split(' ').map(str::to_owned).collect(),
        Value::Array(all) => all.iter().filter_map(Value::as_str).map(str::to_owned).collect(),
        _ => Vec::new(),
    };
    let all = ["scope", "scp", "permissions", "scopes"];
    Some(all.iter().filter_map(|name| claims.get(name)).flat_map(texts).collect())
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
    static KEY: Scheme = Scheme::ApiKey {
        carrier: Carrier::Header,
        name: "x-api-key",
        resource: Some("ClientApiKey"),
    };
    const READ: Need = Need { scheme: &TOKEN, scopes: &["orders.read"] };
    const BY_KEY: Need = Need { scheme: &KEY, scopes: &[] };
    const EITHER: Operation =
        Operation { id: "either", security: &[&[READ], &[BY_KEY]], ..Operation::NEW };
    const OWNED: Operation = Operation {
        id: "owned",
        security: &[&[READ]],
        owner: Some(Owner { claim: "sub", unless: Some("orders.all") }),
        ..Operation::NEW
    };

    fn of(callers: &Callers, operation: &Operation) -> Credentials {
        callers.credentials(operation, None, &mut Wallet::default())
    }

    const OPEN: Operation = Operation { id: "open", ..Operation::NEW };

    #[test]
    fn the_local_issuer_signs_and_a_given_token_wins() {
        let callers = Callers { issuer: Some(Issuer::generate().unwrap()), ..Callers::default() };
        let headers = of(&callers, &EITHER);
        assert!(
            headers[0].value.starts_with("Bearer ") && headers[0].value.matches('.').count() == 2
        );
        assert!(Arc::ptr_eq(&headers, &of(&callers, &EITHER)), "made twice");
        assert!(of(&callers, &OPEN).is_empty() && callers.lack(&EITHER).is_none());
        let issuer = Some(Issuer::generate().unwrap());
        let given = Callers { token: Some("mine".to_owned()), issuer, ..Callers::default() };
        let headers = of(&given, &EITHER);
        assert_eq!(&*headers, [Credential::bearer("mine")]);
    }

    #[test]
    fn each_owner_has_one_token_and_items_of_all_ask_for_a_scope() {
        let callers = Callers { issuer: Some(Issuer::generate().unwrap()), ..Callers::default() };
        let mut wallet = Wallet::default();
        let mut token = |owner| callers.credentials(&OWNED, owner, &mut wallet)[0].value.clone();
        let (anna, all) = (token(Some("anna")), token(None));
        assert_eq!((&anna, &all), (&token(Some("anna")), &token(None)));
        assert_ne!(anna, token(Some("ben")));
        let claims = |token: &str| {
            let claims = URL_SAFE_NO_PAD.decode(token.split('.').nth(1).unwrap()).unwrap();
            serde_json::from_slice::<Value>(&claims).unwrap()
        };
        assert_eq!(
            (&claims(&anna)["sub"], &claims(&anna)["scope"]),
            (&"anna".into(), &"orders.read".into())
        );
        assert_eq!(claims(&all)["scope"], "orders.read orders.all");
        let token = |operation, owner| {
            let sent = callers.credentials(operation, Some(owner), &mut Wallet::for_all());
            sent[0].value.clone()
        };
        assert_eq!((&token(&OWNED, "anna"), &token(&OWNED, "ben")), (&all, &all));
        // Where no scope is enough, only the owner may look.
        const STRICT: Operation =
            Operation { owner: Some(Owner { claim: "sub", unless: None }), ..OWNED };
        assert_eq!(claims(&token(&STRICT, "anna"))["sub"], "anna");
    }

    #[test]
    fn a_given_token_without_the_scope_for_every_owner_is_told() {
        let given = |claims: &str| {
            let token = format!("e30.{}.c2ln", URL_SAFE_NO_PAD.encode(claims));
            Callers { token: Some(token), ..Callers::default() }.lack(&OWNED)
        };
        assert!(given(r#"{"scope":"orders.read"}"#).unwrap().contains("`orders.all`"));
        assert_eq!(given(r#"{"scp":["orders.read","orders.all"]}"#), None);
    }

    #[test]
    fn a_credential_that_no_local_stage_takes_is_replaced_and_told() {
        let local = Callers { issuer: Some(Issuer::generate().unwrap()), ..Callers::default() };
        let ours = of(&local, &EITHER);
        let mut wallet = Wallet::default();
        let mut replaces = |callers: &Callers, found: &str| {
            let found = Credential::new(Carrier::Header, "Authorization", found.to_owned());
            callers.replaces(&EITHER, &found, &ours, &mut wallet)
        };
        let token = local.issuer.as_ref().unwrap().mint(&serde_json::json!({"sub": "me"})).unwrap();
        for _ in 0..2 {
            assert!(!replaces(&local, &format!("Bearer {token}")), "one of the stage's own");
        }
        assert_eq!(local.told_replaced(), None);
        assert!(replaces(&local, "Bearer text") && replaces(&local, "text"));
        assert!(local.told_replaced().unwrap().contains("; either was sent a local credential"));
        assert!(!replaces(&local, &format!("Bearer {token}")), "also after another");
        assert!(!replaces(&Callers::default(), "Bearer text"), "deployed: whoever issues it");
    }

    #[test]
    fn what_own_code_verifies_is_made_up_on_a_local_stage_where_nothing_else_opens() {
        static BASIC: Scheme = Scheme::Http { name: "account", scheme: "Basic" };
        static COOKIE: Scheme =
            Scheme::ApiKey { carrier: Carrier::Cookie, name: "session", resource: None };
        const BY_BASIC: Need = Need { scheme: &BASIC, scopes: &[] };
        const BY_COOKIE: Need = Need { scheme: &COOKIE, scopes: &[] };
        const BOTH: Operation =
            Operation { id: "both", security: &[&[BY_BASIC, BY_COOKIE]], ..Operation::NEW };
        const OTHERWISE: Operation =
            Operation { id: "otherwise", security: &[&[BY_BASIC], &[READ]], ..Operation::NEW };
        let deployed = Callers::default();
        assert!(deployed.lack(&BOTH).unwrap().contains("--header 'authorization: Basic …'"));
        assert!(of(&deployed, &BOTH).is_empty() && deployed.made_up(&BOTH).is_empty());
        let local = Callers { issuer: Some(Issuer::generate().unwrap()), ..Callers::default() };
        let sent: Vec<_> = of(&local, &BOTH).iter().map(|one| one.value.clone()).collect();
        assert_eq!(sent, [format!("Basic {}", made_up("Basic")), MADE_UP.to_owned()]);
        let told = local.made_up(&BOTH);
        let told: Vec<_> = told.iter().map(|(place, by)| (place.as_str(), by.as_str())).collect();
        let (basic, cookie) = ("header `authorization`", "cookie `session`");
        let by = ["--header 'authorization: …'", "--api-key 'session=…'"];
        assert_eq!(told, [(basic, by[0]), (cookie, by[1])]);
        assert_eq!((local.lack(&BOTH), local.made_up(&OTHERWISE)), (None, vec![]));
        assert!(of(&local, &OTHERWISE)[0].value.starts_with("Bearer "));
        let own = Credential::new(Carrier::Header, "Authorization", "Basic Og==".to_owned());
        let ours = of(&local, &BOTH);
        assert!(!local.replaces(&BOTH, &own, &ours, &mut Wallet::default()), "it says more");
        let headers = vec![("Cookie".to_owned(), "session=real".to_owned())];
        let issuer = Some(Issuer::generate().unwrap());
        let given = Callers { headers, issuer, ..Callers::default() };
        let sent = of(&given, &BOTH);
        let cookies: Vec<_> = sent.iter().map(|one| one.value.as_str()).skip(1).collect();
        assert_eq!(cookies, ["session=real"], "one cookie header");
    }

    #[test]
    fn what_is_lacking_is_said_and_another_way_in_is_taken() {
        let nothing = Callers::default();
        assert!(nothing.lack(&EITHER).unwrap().contains("--api-key 'x-api-key="));
        let by_key = Callers {
            keys: BTreeMap::from([("ClientApiKey", "k".to_owned())]),
            ..Callers::default()
        };
        let sent = |key: &str| [Credential::new(Carrier::Header, "x-api-key", key.to_owned())];
        assert_eq!(&*of(&by_key, &EITHER), sent("k"));
        let api_keys = vec![("X-Api-Key".to_owned(), "mine".to_owned())];
        let given = Callers { api_keys, keys: by_key.keys, ..Callers::default() };
        assert_eq!(&*of(&given, &EITHER), sent("mine"));
        let given = Operation { has_own_credential: true, ..EITHER };
        assert_eq!(nothing.lack(&given), None);
        let headers = vec![("cookie".to_owned(), "a=b".to_owned())];
        let by_header = Callers { headers, ..Callers::default() };
        let own = Credential::new(Carrier::Header, "cookie", "a=b".to_owned());
        assert_eq!((&*of(&by_header, &OPEN), by_header.lack(&EITHER)), (&[own][..], None));
        let issuer = Some(Issuer::generate().unwrap());
        let headers = vec![("Authorization".to_owned(), "Basic x".to_owned())];
        let sent = of(&Callers { headers, issuer, ..Callers::default() }, &EITHER);
        assert_eq!(sent.len(), 1, "one header of a name: {sent:?}");
    }
}
