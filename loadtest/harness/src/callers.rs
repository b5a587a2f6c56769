//! Credentials of virtual users. On a stage of this machine tokens come from its own issuer, and keys from its
//! template; a deployed stage's are given by `--token` and `--header`. No report shows any.
//!
//! A request about an item with an owner is sent with a token of that owner, one for each visit. A request about items of
//! every owner is sent with a token that has the scope for that.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::Value;
use stage::Issuer;
use tokio::time::Instant;

use crate::system::{Need, Operation, Owner, Scheme};

/// How long a token of ours is valid.
const VALID: Duration = Duration::from_secs(3_600);

/// How old a token may be before another is made.
const FRESH: Duration = Duration::from_secs(1_800);

/// Who the requests come from, by their tokens.
const SUBJECT: &str = "loadtest";

type Headers = Arc<[(String, String)]>;

/// Tokens of those whom one visit acts for, so that each of them has one.
#[derive(Debug, Default)]
pub struct Wallet {
    tokens: Vec<(Bearer, String)>,
    /// The token that was judged last, and whether the local issuer signed it: a visit sends the same again and again.
    judged: Option<(String, bool)>,
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
    /// API keys of the stage, by logical id.
    pub keys: BTreeMap<&'static str, String>,
    made: Mutex<BTreeMap<&'static str, (Instant, Headers)>>,
    /// What an open operation gets.
    own: OnceLock<Headers>,
    /// The operations that were sent credentials of ours in the place of those that workflows found.
    replaced: Mutex<BTreeSet<&'static str>>,
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
        Self { issuer, token, headers, keys, ..Self::default() }
    }

    /// The headers that a request to an operation gets; one about an item of `owner` those of its owner.
    #[must_use]
    pub fn headers(
        &self,
        operation: &Operation,
        owner: Option<&str>,
        wallet: &mut Wallet,
    ) -> Headers {
        if operation.security.is_empty() {
            let own = self.own.get_or_init(|| self.headers.iter().cloned().collect());
            return Arc::clone(own);
        }
        if let (Some(owned), Some(owner), None) = (operation.owner, owner, &self.token) {
            let mut mint = |bearer: Bearer| {
                let bearer = Bearer { own: Some((owned.claim, owner.to_owned())), ..bearer };
                wallet.token(bearer, |bearer| self.mint(bearer))
            };
            return self.found(operation, &mut mint);
        }
        let mut made = self.made.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((since, headers)) = made.get(operation.id)
            && since.elapsed() < FRESH
        {
            return Arc::clone(headers);
        }
        let headers = self.found(operation, &mut self.for_all(operation.owner));
        made.insert(operation.id, (Instant::now(), Arc::clone(&headers)));
        headers
    }

    /// Whether a credential that a workflow found in a response or an input is replaced by ours: on a stage of this
    /// machine, which takes tokens of its own issuer and its own keys only, where it is none of them.
    pub(crate) fn replaces(
        &self,
        operation: &Operation,
        name: &str,
        found: Option<&str>,
        ours: &[(String, String)],
        wallet: &mut Wallet,
    ) -> bool {
        let Some(issuer) = &self.issuer else { return false };
        let Some(ours) = ours.iter().find(|(known, _)| known == name) else { return false };
        let found = found.unwrap_or_default();
        let token = found.strip_prefix("Bearer ").unwrap_or_default();
        if found == ours.1 || wallet.is_signed_by(token, issuer) {
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
        for needs in operation.security {
            match self.all_of(needs, &mut self.for_all(operation.owner)) {
                Ok(_) => return self.lacks_scope(operation),
                Err(reason) => why = Some(reason),
            }
        }
        // Whoever gives headers knows what they are for.
        why.filter(|_| self.headers.is_empty())
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

    fn found(
        &self,
        operation: &Operation,
        mint: &mut dyn FnMut(Bearer) -> Option<String>,
    ) -> Headers {
        let found = operation.security.iter().find_map(|needs| self.all_of(needs, mint).ok());
        found.unwrap_or_default().into_iter().chain(self.headers.iter().cloned()).collect()
    }

    fn all_of(
        &self,
        needs: &[Need],
        mint: &mut dyn FnMut(Bearer) -> Option<String>,
    ) -> Result<Vec<(String, String)>, String> {
        needs.iter().map(|need| self.one(need, mint)).collect()
    }

    fn one(
        &self,
        need: &Need,
        mint: &mut dyn FnMut(Bearer) -> Option<String>,
    ) -> Result<(String, String), String> {
        match *need.scheme {
            Scheme::Token { issuer, audience, scopes_claim } => {
                let scopes = need.scopes.to_vec();
                let bearer = Bearer { issuer, audience, scopes_claim, scopes, own: None };
                let token = self.token.clone().or_else(|| mint(bearer));
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

impl Wallet {
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
    static KEY: Scheme = Scheme::ApiKey { header: "x-api-key", resource: "ClientApiKey" };
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

    fn of(callers: &Callers, operation: &Operation) -> Headers {
        callers.headers(operation, None, &mut Wallet::default())
    }

    const OPEN: Operation = Operation { id: "open", ..Operation::NEW };

    #[test]
    fn the_local_issuer_signs_and_a_given_token_wins() {
        let callers = Callers { issuer: Some(Issuer::generate().unwrap()), ..Callers::default() };
        let headers = of(&callers, &EITHER);
        assert!(headers[0].1.starts_with("Bearer ") && headers[0].1.matches('.').count() == 2);
        assert!(Arc::ptr_eq(&headers, &of(&callers, &EITHER)), "made twice");
        assert!(of(&callers, &OPEN).is_empty() && callers.lack(&EITHER).is_none());
        let issuer = Some(Issuer::generate().unwrap());
        let given = Callers { token: Some("mine".to_owned()), issuer, ..Callers::default() };
        let headers = of(&given, &EITHER);
        assert_eq!(&*headers, [("authorization".to_owned(), "Bearer mine".to_owned())]);
    }

    #[test]
    fn each_owner_has_one_token_and_items_of_all_ask_for_a_scope() {
        let callers = Callers { issuer: Some(Issuer::generate().unwrap()), ..Callers::default() };
        let mut wallet = Wallet::default();
        let mut token = |owner| callers.headers(&OWNED, owner, &mut wallet)[0].1.clone();
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
            callers.replaces(&EITHER, "authorization", Some(found), &ours, &mut wallet)
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
    fn what_is_lacking_is_said_and_another_way_in_is_taken() {
        let nothing = Callers::default();
        assert!(nothing.lack(&EITHER).unwrap().contains("--header 'x-api-key"));
        let by_key = Callers {
            keys: BTreeMap::from([("ClientApiKey", "k".to_owned())]),
            ..Callers::default()
        };
        assert_eq!(&*of(&by_key, &EITHER), [("x-api-key".to_owned(), "k".to_owned())]);
        let given = Operation { has_own_credential: true, ..EITHER };
        assert_eq!(nothing.lack(&given), None);
        let own = ("cookie".to_owned(), "a=b".to_owned());
        let by_header = Callers { headers: vec![own.clone()], ..Callers::default() };
        assert_eq!((&*of(&by_header, &OPEN), by_header.lack(&EITHER)), (&[own][..], None));
    }
}
