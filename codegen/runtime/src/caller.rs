//! The caller of an operation, as authenticated by API Gateway, and the check of its permissions.
//!
//! This is the second check of an operation's security requirements. The first is in the gateway: an authorizer, an
//! API key or a signature. Both are generated from the contract, so neither a misconfigured route nor a direct
//! invocation of the function bypasses them.

use std::collections::BTreeMap;
use std::fmt;

use serde_json::{Map, Value, json};

use crate::{Problem, Reply};

/// The authenticated caller of an operation.
///
/// Its claims come from a token with a verified signature. They may be personal data, so `Debug` and logs do not show
/// them.
///
/// ```
/// use runtime::Caller;
///
/// let anna = Caller::with_token("login", "anna", &["orders.read"]).with_claim("tenant", "acme");
/// assert!(anna.has_scope("orders.read") && !anna.has_scope("orders.write"));
/// assert_eq!(anna.claim_text("tenant"), Some("acme"));
/// assert!(Caller::anonymous().is_anonymous());
/// ```
#[derive(Clone, Default, PartialEq)]
pub struct Caller {
    proofs: Vec<Proof>,
    subject: Option<String>,
    /// The ID of the API key that the gateway counted the request for.
    api_key_id: Option<String>,
    scopes: Vec<String>,
    claims: Map<String, Value>,
}

/// A way in which a caller authenticated. Its serialised form is part of a caller's stored identity.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
enum Proof {
    /// The generated authorizer accepted a security scheme of the contract.
    Scheme(String),
    /// An API key of a usage plan.
    ApiKey,
    /// An AWS signature (SigV4).
    Signature,
    /// An API Gateway authorizer other than the generated one.
    Authorizer,
}

/// How a scheme of the contract is enforced.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Means {
    /// The generated authorizer verifies a token.
    Token,
    /// API Gateway checks an API key against its usage plans.
    ApiKey,
    /// Code of your own checks another API key, or the certificate of the client.
    Own,
    /// API Gateway verifies a signature (SigV4).
    Signature,
    /// API Gateway calls another authorizer: your own Lambda function, or Amazon Cognito.
    Authorizer,
}

/// A security scheme that an operation requires, with its scopes (OpenAPI, Security Requirement Object).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Requirement {
    /// The scheme's name in the contract.
    pub scheme: &'static str,
    /// How it is enforced.
    pub means: Means,
    /// The scopes that the caller needs.
    pub scopes: &'static [&'static str],
}

impl Requirement {
    /// Creates the requirement of a token that the generated authorizer verifies.
    #[must_use]
    pub const fn token(scheme: &'static str, scopes: &'static [&'static str]) -> Self {
        Self { scheme, means: Means::Token, scopes }
    }

    /// Creates the requirement of an API key that API Gateway checks.
    #[must_use]
    pub const fn api_key(scheme: &'static str, scopes: &'static [&'static str]) -> Self {
        Self { scheme, means: Means::ApiKey, scopes }
    }

    /// Creates the requirement of a credential that your own code checks.
    #[must_use]
    pub const fn own(scheme: &'static str, scopes: &'static [&'static str]) -> Self {
        Self { scheme, means: Means::Own, scopes }
    }

    /// Creates the requirement of a signature (SigV4).
    #[must_use]
    pub const fn signature(scheme: &'static str, scopes: &'static [&'static str]) -> Self {
        Self { scheme, means: Means::Signature, scopes }
    }

    /// Creates the requirement of another authorizer of API Gateway.
    #[must_use]
    pub const fn authorizer(scheme: &'static str, scopes: &'static [&'static str]) -> Self {
        Self { scheme, means: Means::Authorizer, scopes }
    }
}

/// The security requirements of an operation: a list of alternatives, each a list of schemes that are all required.
/// An empty alternative allows anonymous callers, as does an empty list.
pub type Access = [&'static [Requirement]];

/// Why a caller is refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Denied {
    /// `401`: the caller is not authenticated.
    Unauthorized,
    /// `403`: the caller is authenticated, but lacks these scopes.
    Forbidden(Vec<&'static str>),
}

impl Caller {
    /// An anonymous caller.
    #[must_use]
    pub fn anonymous() -> Self {
        Self::default()
    }

    /// A caller with a verified token of this scheme, for tests.
    #[must_use]
    pub fn with_token(scheme: &str, subject: &str, scopes: &[&str]) -> Self {
        let claims = [("sub".to_owned(), Value::from(subject))].into_iter().collect();
        Self {
            proofs: vec![Proof::Scheme(scheme.to_owned())],
            subject: Some(subject.to_owned()),
            api_key_id: None,
            scopes: scopes.iter().map(|scope| (*scope).to_owned()).collect(),
            claims,
        }
    }

    /// The same caller with an additional claim, for tests.
    #[must_use]
    pub fn with_claim(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.claims.insert(name.to_owned(), value.into());
        self
    }

    /// Whether the caller is anonymous.
    #[must_use]
    pub fn is_anonymous(&self) -> bool {
        self.proofs.is_empty()
    }

    /// The ID of the caller: the claim `sub`, the principal of an authorizer, or the ARN of an IAM identity.
    #[must_use]
    pub fn subject(&self) -> Option<&str> {
        self.subject.as_deref()
    }

    /// A text that tells the caller from every other one: how it authenticated, and its ID with the issuer. Without an
    /// ID, as with an API key or with a token of a client, all that is known of it. It is the same for every
    /// token of the caller.
    pub(crate) fn identity(&self) -> String {
        let claim = |name: &str| self.claims.get(name);
        let known = match &self.subject {
            Some(subject) => json!({"iss": claim("iss"), "sub": subject}),
            None => {
                let claims =
                    self.claims.iter().filter(|(name, _)| !PER_TOKEN.contains(&name.as_str()));
                json!({"key": self.api_key_id, "claims": claims.collect::<BTreeMap<_, _>>()})
            }
        };
        json!([self.proofs, known]).to_string()
    }

    /// The scopes of the caller.
    #[must_use]
    pub fn scopes(&self) -> &[String] {
        &self.scopes
    }

    /// Whether the caller has a scope.
    #[must_use]
    pub fn has_scope(&self, scope: &str) -> bool {
        self.scopes.iter().any(|granted| granted == scope)
    }

    /// A claim of the token, or a context value of an authorizer.
    #[must_use]
    pub fn claim(&self, name: &str) -> Option<&Value> {
        self.claims.get(name)
    }

    /// A claim as a string; `None` when it is absent or not a string.
    #[must_use]
    pub fn claim_text(&self, name: &str) -> Option<&str> {
        self.claim(name)?.as_str()
    }

    /// Whether the caller may access the items of an owner (`x-owner`). With the scope `unless`, the caller may
    /// access all items; otherwise only those whose owner equals the claim. `None` stands for the items of every
    /// owner.
    #[must_use]
    pub fn owns(&self, claim: &str, unless: Option<&str>, owner: Option<String>) -> bool {
        if unless.is_some_and(|scope| self.has_scope(scope)) {
            return true;
        }
        let own = match self.claim(claim) {
            Some(Value::String(text)) if !text.is_empty() => text.clone(),
            Some(Value::Number(number)) => number.to_string(),
            _ => return false,
        };
        owner.is_some_and(|owner| owner == own)
    }

    /// Checks whether the caller satisfies one of the alternatives.
    ///
    /// # Errors
    /// [`Denied::Forbidden`] when only scopes are missing, otherwise [`Denied::Unauthorized`].
    pub fn check(&self, access: &Access) -> Result<(), Denied> {
        if access.is_empty() {
            return Ok(());
        }
        let mut denied = Denied::Unauthorized;
        for alternative in access {
            if !alternative.iter().all(|requirement| self.proved(requirement)) {
                continue;
            }
            let missing = self.missing(alternative);
            if missing.is_empty() {
                return Ok(());
            }
            denied = Denied::Forbidden(missing);
        }
        Err(denied)
    }

    fn proved(&self, requirement: &Requirement) -> bool {
        self.proofs.iter().any(|proof| match (proof, requirement.means) {
            (Proof::Scheme(scheme), Means::Token | Means::ApiKey | Means::Own) => {
                scheme == requirement.scheme
            }
            (Proof::ApiKey, Means::ApiKey)
            | (Proof::Signature, Means::Signature)
            | (Proof::Authorizer, Means::Authorizer) => true,
            _ => false,
        })
    }

    /// The required scopes of an alternative that the caller lacks. Only tokens have scopes.
    fn missing(&self, alternative: &[Requirement]) -> Vec<&'static str> {
        let of_tokens =
            alternative.iter().filter(|one| matches!(one.means, Means::Token | Means::Authorizer));
        of_tokens
            .flat_map(|one| one.scopes)
            .filter(|scope| !self.has_scope(scope))
            .copied()
            .collect()
    }

    /// Reads the caller from `requestContext.authorizer` and `requestContext.identity` of the gateway's event.
    pub(crate) fn of_event(authorizer: Option<&Map<String, Value>>, identity: &Identity) -> Self {
        let mut caller = Self::default();
        let has_schemes = authorizer.is_some_and(|authorizer| authorizer.contains_key(SCHEMES));
        caller.api_key_id = identity.api_key_id.clone().filter(|id| !id.is_empty());
        // The generated authorizer names a key itself: others count for the system's own, which proves nothing.
        if !has_schemes && caller.api_key_id.is_some() {
            caller.proofs.push(Proof::ApiKey);
        }
        if let Some(arn) = identity.user_arn.as_ref().filter(|arn| !arn.is_empty()) {
            caller.proofs.push(Proof::Signature);
            caller.subject = Some(arn.clone());
        }
        let Some(authorizer) = authorizer else { return caller };
        let text = |key: &str| authorizer.get(key).and_then(Value::as_str);
        match (text(SCHEMES), authorizer.get("claims")) {
            (Some(schemes), claims) => {
                let schemes = schemes.split(' ').filter(|scheme| !scheme.is_empty());
                caller.proofs.extend(schemes.map(|scheme| Proof::Scheme(scheme.to_owned())));
                let claims = claims.and_then(Value::as_str).unwrap_or_default();
                caller.claims = serde_json::from_str(claims).unwrap_or_default();
                caller.scopes = words(text(SCOPES).unwrap_or_default());
            }
            (None, Some(Value::Object(claims))) => {
                caller.proofs.push(Proof::Authorizer);
                caller.scopes = words(claims.get("scope").and_then(Value::as_str).unwrap_or(""));
                caller.claims.clone_from(claims);
            }
            (None, _) => {
                caller.proofs.push(Proof::Authorizer);
                let scopes = text("scope").or_else(|| text("scopes")).unwrap_or_default();
                caller.scopes = words(scopes);
                caller.claims.clone_from(authorizer);
            }
        }
        let subject = caller.claim_text("sub").or_else(|| caller.claim_text("principalId"));
        if let Some(subject) = subject.map(str::to_owned) {
            caller.subject = Some(subject);
        }
        caller
    }
}

/// Claims that differ between the tokens of one caller (RFC 7519, section 4.1; OpenID Connect Core, section 2), and what
/// API Gateway adds to the context of an authorizer.
const PER_TOKEN: [&str; 6] = ["exp", "iat", "nbf", "jti", "auth_time", "integrationLatency"];

/// The context key in which the generated authorizer lists the schemes that the caller satisfied.
pub(crate) const SCHEMES: &str = "schemes";
/// The context key in which the generated authorizer lists the scopes of the caller.
pub(crate) const SCOPES: &str = "scopes";

fn words(text: &str) -> Vec<String> {
    text.split_whitespace().map(str::to_owned).collect()
}

impl fmt::Debug for Caller {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Caller")
            .field("proofs", &self.proofs)
            .field("scopes", &self.scopes)
            .finish_non_exhaustive()
    }
}

/// What the gateway knows of a caller by itself.
#[derive(Debug, Clone, Default, serde::Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(crate) struct Identity {
    api_key_id: Option<String>,
    user_arn: Option<String>,
}

impl Denied {
    /// The problem document for the client. It names what is missing, and nothing that the client sent.
    #[must_use]
    pub fn problem(&self) -> Problem {
        match self {
            Self::Unauthorized => Problem::new(401, "the operation needs valid credentials"),
            Self::Forbidden(missing) => {
                let missing = missing.join(" ");
                Problem::new(403, format!("the credentials lack the scope {missing}"))
            }
        }
    }

    /// The authentication challenge (RFC 9110, section 11.6.1; RFC 6750, section 3). `challenge` is the one for a
    /// caller without credentials.
    #[must_use]
    pub fn challenge(&self, challenge: &str) -> String {
        match self {
            Self::Forbidden(missing) if challenge.starts_with("Bearer") => {
                format!("Bearer error=\"insufficient_scope\", scope=\"{}\"", missing.join(" "))
            }
            _ => challenge.to_owned(),
        }
    }

    /// The response: a problem document with the challenge.
    #[must_use]
    pub fn reply(&self, challenge: &str) -> Reply {
        let reply = Reply::refusal(self.problem());
        match challenge {
            "" => reply,
            _ => reply.header("WWW-Authenticate", self.challenge(challenge)),
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may panic")]

    use super::*;

    const JWT: Requirement = Requirement::token("jwt", &["orders.read"]);
    const KEY: Requirement = Requirement::api_key("key", &[]);

    fn caller(context: &Value) -> Caller {
        let identity = serde_json::from_value(context["identity"].clone()).unwrap_or_default();
        Caller::of_event(context["authorizer"].as_object(), &identity)
    }

    #[track_caller]
    fn check(context: &Value, access: &Access, expected: Result<(), Denied>) {
        assert_eq!(caller(context).check(access), expected, "{context}");
    }

    fn token(scopes: &str) -> Value {
        let claims = json!({"sub": "anna", "email": "a@example.com"}).to_string();
        json!({"authorizer": {"principalId": "anna", "schemes": "jwt", "scopes": scopes, "claims": claims}})
    }

    #[test]
    fn every_requirement_of_one_alternative_must_hold() {
        let either: &Access = &[&[JWT], &[KEY]];
        let both: &Access = &[&[JWT, KEY]];
        let key = json!({"identity": {"apiKeyId": "k1"}});
        check(&json!({}), either, Err(Denied::Unauthorized));
        check(&key, either, Ok(()));
        check(&key, both, Err(Denied::Unauthorized));
        check(&token("orders.read x"), either, Ok(()));
        check(&token("x"), either, Err(Denied::Forbidden(vec!["orders.read"])));
        check(&token("orders.read"), both, Err(Denied::Unauthorized));
        check(&json!({}), &[&[JWT], &[]], Ok(()));
        check(&json!({}), &[], Ok(()));
    }

    #[test]
    fn an_empty_key_or_a_token_of_another_scheme_proves_nothing() {
        check(&json!({"identity": {"apiKeyId": ""}}), &[&[KEY]], Err(Denied::Unauthorized));
        let other = json!({"authorizer": {"principalId": "a", "schemes": "staff", "scopes": "orders.read"}});
        check(&other, &[&[JWT]], Err(Denied::Unauthorized));
        // An authorizer of somebody else's cannot speak for a scheme of the generated one.
        let own = json!({"authorizer": {"principalId": "a", "scope": "orders.read"}});
        check(&own, &[&[JWT]], Err(Denied::Unauthorized));
    }

    #[test]
    fn claims_reach_the_rule_and_no_log() {
        let anna = caller(&token("orders.read"));
        assert_eq!(anna.subject(), Some("anna"));
        assert_eq!(anna.claim_text("email"), Some("a@example.com"));
        let told = format!("{anna:?}");
        assert!(!told.contains("anna") && !told.contains("example.com"), "{told}");
    }

    /// A caller with these claims, by the generated authorizer.
    fn claiming(scheme: &str, claims: &Value) -> Caller {
        caller(&json!({"authorizer": {"schemes": scheme, "claims": claims.to_string()}}))
    }

    #[test]
    fn callers_with_other_credentials_are_other_callers() {
        let key = |id: &str| caller(&json!({"identity": {"apiKeyId": id}}));
        let keyed = |id: &str| {
            let authorizer = json!({"principalId": "anonymous", "schemes": "key", "claims": "{}"});
            caller(&json!({"authorizer": authorizer, "identity": {"apiKeyId": id}}))
        };
        let all = [
            Caller::anonymous(),
            key("k1"),
            key("k2"),
            keyed("k1"),
            keyed("k2"),
            claiming("own", &json!({})),
            claiming("own", &json!({"client_id": "a"})),
            claiming("own", &json!({"client_id": "b"})),
            claiming("jwt", &json!({"iss": "https://a", "sub": "1"})),
            claiming("jwt", &json!({"iss": "https://b", "sub": "1"})),
            claiming("staff", &json!({"iss": "https://a", "sub": "1"})),
            caller(&json!({"identity": {"userArn": "arn:aws:iam::1:user/x"}})),
            caller(&json!({"authorizer": {"principalId": "anna", "integrationLatency": 3}})),
        ];
        let identities: std::collections::BTreeSet<String> =
            all.iter().map(Caller::identity).collect();
        assert_eq!(identities.len(), all.len(), "{identities:#?}");
    }

    #[test]
    fn a_new_token_is_of_the_same_caller() {
        let client =
            |exp: u32| claiming("jwt", &json!({"azp": "a", "exp": exp, "jti": exp.to_string()}));
        assert_eq!(client(1).identity(), client(2).identity());
        let anna = |exp: u32| claiming("jwt", &json!({"sub": "anna", "exp": exp, "email": exp}));
        assert_eq!(anna(1).identity(), anna(2).identity());
    }

    #[test]
    fn callers_own_what_their_claim_says() {
        let anna = caller(&token("orders.read.all"));
        let owner = |name: &str| Some(name.to_owned());
        assert!(anna.owns("sub", None, owner("anna")));
        assert!(!anna.owns("sub", None, owner("bert")));
        assert!(!anna.owns("sub", None, None));
        assert!(anna.owns("sub", Some("orders.read.all"), None));
        assert!(!anna.owns("sub", Some("orders.write.all"), owner("bert")));
        assert!(!anna.owns("customer", None, owner("")));
        assert!(!Caller::anonymous().owns("sub", None, owner("anna")));
    }

    #[test]
    fn cognito_and_signatures_are_understood() {
        let cognito = json!({"authorizer": {"claims": {"sub": "7", "scope": "a b"}}});
        const POOL: Requirement = Requirement::authorizer("pool", &["b"]);
        const IAM: Requirement = Requirement::signature("iam", &[]);
        assert_eq!(caller(&cognito).check(&[&[POOL]]), Ok(()));
        let signed = json!({"identity": {"userArn": "arn:aws:iam::1:user/x"}});
        assert_eq!(caller(&signed).check(&[&[IAM]]), Ok(()));
        assert_eq!(caller(&signed).subject(), Some("arn:aws:iam::1:user/x"));
    }
}
