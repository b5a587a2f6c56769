//! The Lambda authorizer in front of a REST API: verifies tokens offline, against keys that it keeps.
//!
//! A REST API has no JWT authorizer of its own, so one function of the system is asked before a request reaches any
//! other. It knows the security requirements of every operation, which generated code hands to [`serve_authorizer`];
//! who issues tokens for which audience differs between stages and comes from its environment:
//!
//! | variable | |
//! | --- | --- |
//! | `JWT_ISSUER` | `iss` of the scheme `jwt` |
//! | `JWT_AUDIENCE` | what `aud` must name: one or several, with commas between |
//! | `JWT_JWKS` | the URL of the keys; empty for what the issuer's discovery document names |
//! | `JWKS_ENDPOINT_URL` | replaces the URL of every issuer's keys, as `AWS_ENDPOINT_URL` does AWS'; a local stage sets it |
//! | `CALLERS_API_KEY` | the API key that callers count for who need none |
//!
//! An answer tells a client only that it may not call; the log tells which check failed, and never a token.

mod event;
mod issuer;
mod keys;
mod policy;
mod token;
mod verify;

use std::collections::BTreeMap;
use std::time::{SystemTime, UNIX_EPOCH};

use lambda_runtime::{Diagnostic, LambdaEvent};
use serde_json::{Map, Value};

pub use event::Asked;
pub use verify::{ClientCertificate, Credentials, Identity, Verdict, Verify};

use crate::caller::{Access, Means, Requirement};
use crate::log::{self, Level, Line};
use crate::route::best_match;
use crate::serve::{Error, function_name, run};
use issuer::Issuer;
use policy::Policy;
use token::{Expected, Refused, Token};

/// A scheme that the authorizer enforces.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scheme {
    /// A bearer token.
    Token {
        /// The scheme's name in the contract.
        name: &'static str,
        /// What its variables begin with: `JWT`.
        variable: &'static str,
        /// The claim that holds scopes; `scope` and `scp` otherwise.
        scopes_claim: Option<&'static str>,
        /// How far clocks may differ, in seconds.
        leeway_seconds: u32,
    },
    /// HTTP authentication that code of your own verifies.
    Http {
        /// The scheme's name in the contract.
        name: &'static str,
        /// Its name in the header `Authorization`, in lower case: `basic`.
        scheme: &'static str,
    },
    /// The certificate of a client, which the gateway has verified and code of your own knows.
    Certificate {
        /// The scheme's name in the contract.
        name: &'static str,
    },
    /// An API key beside the gateway's, which code of your own compares.
    OwnKey {
        /// The scheme's name in the contract.
        name: &'static str,
        /// Where the key travels.
        place: KeyPlace,
        /// The header's, parameter's or cookie's name.
        key: &'static str,
    },
    /// An API key, which the gateway compares with its usage plans.
    ApiKey {
        /// The scheme's name in the contract.
        name: &'static str,
        /// Where the key travels.
        place: KeyPlace,
        /// The header's, parameter's or cookie's name.
        key: &'static str,
    },
}

/// Where an API key travels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names are those of OpenAPI")]
pub enum KeyPlace {
    Header,
    Query,
    Cookie,
}

/// A route with its security requirements.
#[derive(Debug, Clone, Copy)]
pub struct Guarded {
    /// The methods: `GET` and `HEAD` where one operation serves both.
    pub methods: &'static [&'static str],
    /// The path as the contract writes it.
    pub resource: &'static str,
    /// Who may call.
    pub access: &'static Access,
    /// Whether the gateway asks for an API key.
    pub needs_key: bool,
}

impl Guarded {
    /// Creates a route for which the gateway asks for no API key.
    #[must_use]
    pub const fn new(
        methods: &'static [&'static str],
        resource: &'static str,
        access: &'static Access,
    ) -> Self {
        Self { methods, resource, access, needs_key: false }
    }

    /// The same route, for which the gateway asks for an API key.
    #[must_use]
    pub const fn with_key(self) -> Self {
        Self { needs_key: true, ..self }
    }
}

/// Everything that the authorizer of a system enforces.
#[derive(Debug, Clone, Copy)]
pub struct Guards {
    /// The schemes.
    pub schemes: &'static [Scheme],
    /// The routes.
    pub routes: &'static [Guarded],
    /// Whether the gateway keeps a decision by the token alone, so that it must speak of every route that asks for
    /// nothing but a token.
    pub by_token: bool,
}

/// Runs [`serve_authorizer`] on a runtime of its own: the body of a program's `main`.
///
/// # Errors
/// As [`serve_authorizer`].
pub fn run_authorizer(guards: &'static Guards) -> Result<(), Error> {
    run_authorizer_with(guards, None)
}

/// As [`run_authorizer`], with code of your own for schemes that ask for it.
///
/// # Errors
/// As [`serve_authorizer`].
pub fn run_authorizer_with(
    guards: &'static Guards,
    verify: Option<Box<dyn Verify>>,
) -> Result<(), Error> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.map_err(|error| Error::RuntimeApi(error.to_string()))?;
    runtime.block_on(serve_authorizer(guards, verify))
}

/// Decides over requests until the platform ends the process.
///
/// # Errors
/// When the process is no Lambda function, a variable of its environment is missing, or the Runtime API fails.
pub async fn serve_authorizer(
    guards: &'static Guards,
    verify: Option<Box<dyn Verify>>,
) -> Result<(), Error> {
    function_name()?;
    let mut authorizer = Authorizer::new(guards, &|name| {
        std::env::var(name).ok().filter(|value| !value.is_empty())
    })?;
    authorizer.verify = verify;
    let authorizer = &authorizer;
    run(move |event: LambdaEvent<Asked>| async move {
        let asked = event.payload;
        let decided = authorizer.decide(&asked, now()).await;
        tell(&event.context.request_id, &asked, &decided);
        authorizer.answer(decided, &asked)
    })
    .await
}

fn now() -> f64 {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_secs_f64()
}

/// What a caller proved.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Granted {
    schemes: Vec<&'static str>,
    scopes: Vec<String>,
    claims: Map<String, Value>,
    api_key: Option<String>,
}

impl Granted {
    fn subject(&self) -> Option<&str> {
        self.claims.get("sub")?.as_str()
    }
}

/// What becomes of a request.
enum Decided {
    /// It may pass.
    Allowed(Granted),
    /// `403`: the caller is known, and lacks scopes.
    Forbidden(Granted, String),
    /// `401`: no credentials that are enough.
    Unauthorized(String),
    /// `500`: nobody can tell.
    Failed(String),
}

fn diagnostic(message: &str) -> Diagnostic {
    Diagnostic { error_type: "Authorizer".to_owned(), error_message: message.to_owned() }
}

/// One line for each decision. It names no value that the client sent.
fn tell(request_id: &str, asked: &Asked, decided: &Decided) {
    let (level, outcome, reason) = match decided {
        Decided::Allowed(_) => (Level::Debug, "allowed", None),
        Decided::Forbidden(_, why) => (Level::Info, "forbidden", Some(why)),
        Decided::Unauthorized(why) => (Level::Info, "unauthorized", Some(why)),
        Decided::Failed(why) => (Level::Error, "failed", Some(why)),
    };
    if log::enabled(level) {
        Line::new(level, "authorization")
            .with("requestId", request_id)
            .with("method", &asked.http_method)
            .with("resource", &asked.resource)
            .with("outcome", outcome)
            .with_some("reason", reason)
            .write();
    }
}

/// The schemes with what the environment says of them.
struct Authorizer {
    guards: &'static Guards,
    issuers: BTreeMap<&'static str, (Issuer, Expected)>,
    callers_key: Option<String>,
    /// Code of your own, for schemes that ask for it.
    verify: Option<Box<dyn Verify>>,
}

impl Authorizer {
    /// Reads the settings.
    ///
    /// # Errors
    /// [`Error::Setting`] when a variable is missing.
    fn new(
        guards: &'static Guards,
        variable: &dyn Fn(&str) -> Option<String>,
    ) -> Result<Self, Error> {
        let mut issuers = BTreeMap::new();
        let endpoint = variable("JWKS_ENDPOINT_URL");
        for scheme in guards.schemes {
            let Scheme::Token { name, variable: prefix, leeway_seconds, .. } = *scheme else {
                continue;
            };
            let required = |what: &str| {
                let name = format!("{prefix}_{what}");
                variable(&name).ok_or(Error::Setting(name))
            };
            let issuer = required("ISSUER")?;
            let audiences = required("AUDIENCE")?;
            let audiences = audiences.split(',').map(|one| one.trim().to_owned());
            let audiences = audiences.filter(|one| !one.is_empty()).collect();
            let jwks = endpoint.clone().or_else(|| variable(&format!("{prefix}_JWKS")));
            let expected = Expected { issuer: issuer.clone(), audiences, leeway_seconds };
            issuers.insert(name, (Issuer::new(issuer, jwks), expected));
        }
        Ok(Self { guards, issuers, callers_key: variable("CALLERS_API_KEY"), verify: None })
    }

    /// What the gateway is told.
    fn answer(&self, decided: Decided, asked: &Asked) -> Result<Value, Diagnostic> {
        let (granted, allows) = match decided {
            Decided::Allowed(granted) => (granted, true),
            Decided::Forbidden(granted, _) => (granted, false),
            // The gateway answers 401 to this very text, and 500 to any other.
            Decided::Unauthorized(_) => return Err(diagnostic("Unauthorized")),
            Decided::Failed(_) => return Err(diagnostic("who calls cannot be found out")),
        };
        let is_kept = self.guards.by_token && self.route(asked).is_some_and(policy::is_by_token);
        Ok(match is_kept {
            true => {
                asked.answer_for_all(&granted, &Policy::of(self.guards.routes, &granted.scopes))
            }
            false => asked.answer(&granted, allows),
        })
    }

    /// Whether a request may pass: one alternative must hold in all its parts.
    async fn decide(&self, asked: &Asked, now: f64) -> Decided {
        let Some(route) = self.route(asked) else {
            return Decided::Failed("the route is none that the contracts have".to_owned());
        };
        if self.is_ambiguous(asked) {
            return Decided::Unauthorized(REPEATED.to_owned());
        }
        let mut best = Decided::Unauthorized(MISSING.to_owned());
        for alternative in route.access {
            match self.alternative(asked, alternative, now).await {
                Decided::Allowed(granted) => return Decided::Allowed(self.keyed(route, granted)),
                failed @ Decided::Failed(_) => return failed,
                forbidden @ Decided::Forbidden(..) => best = forbidden,
                // What is wrong with credentials says more than that others are missing.
                Decided::Unauthorized(why) if why != MISSING => {
                    if !matches!(best, Decided::Forbidden(..)) {
                        best = Decided::Unauthorized(why);
                    }
                }
                Decided::Unauthorized(_) => {}
            }
        }
        best
    }

    /// Whether any credentials were sent more than once (RFC 9110, section 11.6.2: `Authorization` is one field).
    fn is_ambiguous(&self, asked: &Asked) -> bool {
        let keys = self.guards.schemes.iter().filter_map(|scheme| match scheme {
            Scheme::OwnKey { place, key, .. } | Scheme::ApiKey { place, key, .. } => {
                Some((*place, *key))
            }
            Scheme::Token { .. } | Scheme::Http { .. } | Scheme::Certificate { .. } => None,
        });
        std::iter::once((KeyPlace::Header, "authorization"))
            .chain(keys)
            .any(|(place, name)| asked.is_repeated(place, name))
    }

    /// The route of a request: by the resource, or by the path where the gateway calls the resource otherwise than the
    /// contract does. Routes of one resource ask the same of their callers.
    fn route(&self, asked: &Asked) -> Option<&'static Guarded> {
        let takes = |one: &&Guarded| one.methods.contains(&asked.http_method.as_str());
        let of_method: Vec<&Guarded> = self.guards.routes.iter().filter(takes).collect();
        let find = |resource: &str| of_method.iter().find(|one| one.resource == resource).copied();
        find(&asked.resource).or_else(|| {
            let resources: Vec<&str> = of_method.iter().map(|one| one.resource).collect();
            let (resource, _) = best_match(&resources, asked.path())?;
            find(resource)
        })
    }

    /// A caller without an API key of its own counts for the one of the system, where the gateway asks for one.
    fn keyed(&self, route: &Guarded, mut granted: Granted) -> Granted {
        match route.needs_key {
            true if granted.api_key.is_none() => granted.api_key.clone_from(&self.callers_key),
            true => {}
            false => granted.api_key = None,
        }
        granted
    }

    async fn alternative(&self, asked: &Asked, all: &[Requirement], now: f64) -> Decided {
        let mut granted = Granted::default();
        let mut missing = Vec::new();
        // A token that is sent is checked: a wrong one is refused, even where tokens are optional.
        let is_meant = asked.bearer().is_some() || self.sent_http(asked);
        if all.is_empty() && is_meant {
            return Decided::Unauthorized("a token was sent that no alternative takes".to_owned());
        }
        for requirement in all {
            let proved = match requirement.means {
                Means::Token | Means::Own => match self.own_scheme(requirement.scheme) {
                    Some(scheme) => self.own(asked, requirement.scheme, scheme, &mut granted).await,
                    None => self.token(asked, requirement, &mut granted, now).await,
                },
                Means::ApiKey => self.api_key(asked, requirement, &mut granted),
                Means::Signature | Means::Authorizer => {
                    Err(Decided::Failed("a scheme is not this authorizer's".to_owned()))
                }
            };
            if let Err(decided) = proved {
                return decided;
            }
            let has = |scope: &str| granted.scopes.iter().any(|one| one == scope);
            missing.extend(requirement.scopes.iter().copied().filter(|scope| !has(scope)));
        }
        match missing.as_slice() {
            [] => Decided::Allowed(granted),
            missing => {
                Decided::Forbidden(granted, format!("missing scopes: {}", missing.join(" ")))
            }
        }
    }

    async fn token(
        &self,
        asked: &Asked,
        requirement: &Requirement,
        granted: &mut Granted,
        now: f64,
    ) -> Result<(), Decided> {
        let unauthorized = |why: Refused| Decided::Unauthorized(why.to_string());
        let Some((issuer, expected)) = self.issuers.get(requirement.scheme) else {
            return Err(Decided::Failed("a scheme has no issuer".to_owned()));
        };
        let text = asked.bearer().ok_or_else(|| Decided::Unauthorized(MISSING.to_owned()))?;
        let token = Token::parse(text).map_err(unauthorized)?;
        // A stranger's token is no reason to read keys.
        if token.claimed_issuer() != Some(expected.issuer.as_str()) {
            return Err(unauthorized(Refused::Claim("iss")));
        }
        let failed =
            |error: issuer::KeysError| Decided::Failed(crate::Failure::from(error).chain());
        let mut keys = issuer.keys().await.map_err(failed)?;
        if token.key(&keys).is_err()
            && let Some(newer) = issuer.newer_keys().await
        {
            keys = newer;
        }
        let claims = token.verify(&keys, expected, now).map_err(unauthorized)?;
        granted.scopes.extend(token::scopes(&claims, self.scopes_claim(requirement.scheme)));
        granted.schemes.push(requirement.scheme);
        granted.claims.extend(claims);
        Ok(())
    }

    /// A scheme by its name, where code of your own verifies it.
    fn own_scheme(&self, scheme: &str) -> Option<&'static Scheme> {
        self.guards.schemes.iter().find(|one| match one {
            Scheme::Http { name, .. }
            | Scheme::OwnKey { name, .. }
            | Scheme::Certificate { name } => *name == scheme,
            Scheme::Token { .. } | Scheme::ApiKey { .. } => false,
        })
    }

    /// Whether credentials were sent that code of your own verifies.
    fn sent_http(&self, asked: &Asked) -> bool {
        self.guards.schemes.iter().any(|one| match one {
            Scheme::Http { scheme, .. } => asked.authorization(scheme).is_some(),
            _ => false,
        })
    }

    /// Asks code of your own.
    async fn own(
        &self,
        asked: &Asked,
        name: &'static str,
        scheme: &Scheme,
        granted: &mut Granted,
    ) -> Result<(), Decided> {
        let shown = match scheme {
            Scheme::Http { scheme, .. } => asked.authorization(scheme).map(Credentials::new),
            Scheme::OwnKey { place, key, .. } => asked.key(*place, key).map(Credentials::new),
            Scheme::Certificate { .. } => asked.certificate().map(Credentials::of_certificate),
            Scheme::Token { .. } | Scheme::ApiKey { .. } => None,
        };
        let credentials = shown.ok_or_else(|| Decided::Unauthorized(MISSING.to_owned()))?;
        let Some(verify) = &self.verify else {
            return Err(Decided::Failed("nothing verifies a scheme".to_owned()));
        };
        match verify.verify(name, &credentials).await {
            Ok(Some(identity)) => {
                granted.scopes.extend(identity.scopes);
                granted.claims.extend(identity.claims);
                granted.schemes.push(name);
                Ok(())
            }
            Ok(None) => Err(Decided::Unauthorized("the credentials are wrong".to_owned())),
            Err(failure) => Err(Decided::Failed(failure.chain())),
        }
    }

    fn scopes_claim(&self, scheme: &str) -> Option<&'static str> {
        self.guards.schemes.iter().find_map(|one| match one {
            Scheme::Token { name, scopes_claim, .. } if *name == scheme => *scopes_claim,
            _ => None,
        })
    }

    /// Passes the key on: the gateway knows which there are.
    fn api_key(
        &self,
        asked: &Asked,
        requirement: &Requirement,
        granted: &mut Granted,
    ) -> Result<(), Decided> {
        let sent = self.guards.schemes.iter().find_map(|one| match one {
            Scheme::ApiKey { name, place, key } if *name == requirement.scheme => {
                asked.key(*place, key)
            }
            _ => None,
        });
        let key = sent.ok_or_else(|| Decided::Unauthorized(MISSING.to_owned()))?;
        // The key of those who need none is nobody's to send.
        if self.callers_key.as_deref() == Some(key) {
            return Err(Decided::Unauthorized("the API key is the system's own".to_owned()));
        }
        granted.api_key = Some(key.to_owned());
        granted.schemes.push(requirement.scheme);
        Ok(())
    }
}

const MISSING: &str = "there are no credentials";
const REPEATED: &str = "credentials were sent more than once";

#[cfg(test)]
mod tests;
