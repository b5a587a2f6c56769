//! Who may call: security schemes, and what of AWS enforces the requirements of an operation.
//!
//! API Gateway takes one authorization for a method, and an API key beside it. Which one follows from the requirements
//! alone, so it is decided here, and template, generated code and checks agree.

use super::{
    Architecture, Function, FunctionSettings, Name, Operation, Origin, Segment, Service, System,
    Trigger,
};

/// A way to prove who calls (OpenAPI, Security Scheme Object).
#[derive(Debug, Clone, PartialEq)]
pub struct SecurityScheme {
    /// Its name, by which operations ask for it.
    pub name: String,
    /// The same in every spelling.
    pub spelled: Name,
    /// `type`: `apiKey`, `http`, `mutualTLS`, `oauth2` or `openIdConnect`.
    pub kind: String,
    /// How credentials travel: `in` and `name` of a key, the `scheme` of HTTP; empty for the others.
    pub carrier: String,
    /// Where credentials are got, each with what it is for: `clientCredentials tokenUrl`.
    pub urls: Vec<(String, String)>,
    /// What enforces it.
    pub means: SchemeMeans,
    /// Where it is declared.
    pub origin: Origin,
}

/// What enforces a scheme.
#[derive(Debug, Clone, PartialEq)]
pub enum SchemeMeans {
    /// The generated authorizer verifies a bearer token.
    Token(TokenRules),
    /// API Gateway compares a key with its usage plans.
    ApiKey(ApiKey),
    /// API Gateway verifies a signature (SigV4).
    Signature,
    /// API Gateway asks an authorizer that the contract describes (`x-amazon-apigateway-authorizer`).
    Authorizer(OwnAuthorizer),
    /// The generated authorizer asks code of the system's own.
    Own(Evidence),
}

/// What a caller shows to code of the system's own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Evidence {
    /// HTTP authentication that is not `bearer`, by its name in the header `Authorization`, in lower case: `basic`.
    Http(String),
    /// An API key beside another one: API Gateway compares one key of a request.
    Key(ApiKey),
    /// The certificate of a client (mutual TLS), which API Gateway has verified.
    Certificate,
}

impl SchemeMeans {
    /// Whether it travels in the header `Authorization`, and the generated authorizer verifies it.
    #[must_use]
    pub fn is_token(&self) -> bool {
        matches!(self, Self::Token(_) | Self::Own(Evidence::Http(_)))
    }

    /// Whether a caller has scopes and claims by it.
    #[must_use]
    pub fn names_caller(&self) -> bool {
        matches!(self, Self::Token(_) | Self::Own(_) | Self::Authorizer(_))
    }

    /// The API key that callers send, no matter what compares it.
    #[must_use]
    pub fn key(&self) -> Option<&ApiKey> {
        match self {
            Self::ApiKey(key) | Self::Own(Evidence::Key(key)) => Some(key),
            _ => None,
        }
    }
}

/// What a token must say (`x-jwt`). What differs between stages is a parameter of the template.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TokenRules {
    /// `iss`; every stage has to say it otherwise.
    pub issuer: Option<String>,
    /// What `aud` must name one of; every stage has to say it otherwise.
    pub audience: Vec<String>,
    /// The URL of the keys; the issuer's discovery document names it otherwise.
    pub jwks: Option<String>,
    /// The claim that holds scopes; `scope` and `scp` otherwise.
    pub scopes_claim: Option<String>,
    /// How far clocks may differ, in seconds.
    pub leeway_seconds: u32,
}

impl TokenRules {
    /// The claims of a token that these rules take: of a subject with scopes, from `now` in seconds since 1970 on.
    #[must_use]
    pub fn claims(
        &self,
        subject: &str,
        scopes: &[String],
        now: i64,
        seconds: i64,
    ) -> serde_json::Value {
        let issuer = self.issuer.as_deref().unwrap_or(LOCAL_ISSUER);
        let audience = self.audience.first().map_or(LOCAL_AUDIENCE, String::as_str);
        let claim = self.scopes_claim.as_deref().unwrap_or("scope");
        let mut claims = serde_json::json!({
            "iss": issuer, "aud": audience, "sub": subject, "iat": now, "exp": now + seconds,
        });
        claims[claim] = scopes.join(" ").into();
        claims
    }
}

/// Which pages of other origins may call (`x-cors`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cors {
    /// The origins; `*` alone for every one.
    pub origins: Vec<String>,
    /// Whether pages may send cookies and other credentials that a browser adds by itself.
    pub credentials: bool,
    /// How long a browser keeps the answer to a preflight, in seconds.
    pub max_age_seconds: u32,
    /// Where it is declared.
    pub origin: Origin,
}

/// How many lines the policy that an authorizer answers has at most.
const MAX_LINES_OF_POLICY: usize = 100;

/// The issuer on a stage on this machine, where the contract names none.
pub const LOCAL_ISSUER: &str = "https://issuer.localhost";

/// The audience on a stage on this machine, where the contract names none.
pub const LOCAL_AUDIENCE: &str = "local";

/// An API key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApiKey {
    /// Where it travels.
    pub place: ApiKeyPlace,
    /// The name of the header, query parameter or cookie.
    pub name: String,
}

impl ApiKey {
    /// Whether it travels where API Gateway looks for keys by itself.
    #[must_use]
    pub fn is_native(&self) -> bool {
        self.place == ApiKeyPlace::Header && self.name.eq_ignore_ascii_case("x-api-key")
    }
}

/// Where an API key travels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names are those of OpenAPI")]
pub enum ApiKeyPlace {
    Header,
    Query,
    Cookie,
}

/// An authorizer that the contract describes itself.
#[derive(Debug, Clone, PartialEq)]
pub struct OwnAuthorizer {
    /// `x-amazon-apigateway-authtype`, as documents show it: `custom`, `cognito_user_pools`.
    pub auth_type: String,
    /// `x-amazon-apigateway-authorizer`, as the contract writes it.
    pub definition: serde_json::Value,
    /// Whether Amazon Cognito is asked, which knows scopes.
    pub is_cognito: bool,
}

/// What stands in front of an operation.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Gate<'a> {
    /// The authorization of its method.
    pub authorization: Authorization<'a>,
    /// Whether the gateway asks for an API key too.
    pub needs_key: bool,
}

/// The authorization of a method.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Authorization<'a> {
    /// None.
    Open,
    /// A signature (SigV4).
    Signature,
    /// The generated authorizer. Without a token nobody passes, so the gateway refuses such a request by itself.
    Token,
    /// The generated authorizer, which is asked for every request: there are other ways in than a token.
    AnyOf,
    /// An authorizer that the contract describes.
    Own(&'a SecurityScheme),
}

impl Operation {
    /// Whether everybody may call without credentials.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.security.iter().all(Vec::is_empty)
    }

    /// The schemes that the operation asks for, each as often as it does.
    pub fn asked_schemes<'a>(
        &'a self,
        service: &'a Service,
    ) -> impl Iterator<Item = &'a SecurityScheme> {
        self.security.iter().flatten().filter_map(|(name, _)| service.scheme(name))
    }
}

impl Service {
    /// The challenge of the scheme that a caller is most likely to have missed (RFC 9110, section 11.6.1).
    #[must_use]
    pub fn challenge(&self, operation: &Operation) -> Option<String> {
        let takes_tokens = operation.asked_schemes(self).any(|scheme| {
            matches!(scheme.means, SchemeMeans::Token(_)) || scheme.carrier == "bearer"
        });
        if takes_tokens {
            return Some("Bearer".to_owned());
        }
        operation.asked_schemes(self).find_map(|scheme| match &scheme.means {
            // A client sends user and password to any server that asks for them in a realm.
            SchemeMeans::Own(Evidence::Http(http)) if http == "basic" => {
                Some(format!("Basic realm=\"{}\", charset=\"UTF-8\"", self.name.kebab))
            }
            SchemeMeans::Own(Evidence::Http(http)) => Some(http.clone()),
            _ => None,
        })
    }

    /// The scheme with a name.
    #[must_use]
    pub fn scheme(&self, name: &str) -> Option<&SecurityScheme> {
        self.schemes.iter().find(|scheme| scheme.name == name)
    }
}

impl System {
    /// The challenges of all operations, each once, which the answers of the gateway share.
    #[must_use]
    pub fn challenges(&self) -> Vec<String> {
        let mut challenges: Vec<String> = vec![];
        for (service, operation) in self.secured() {
            let asked = service.challenge(operation);
            challenges.extend(asked.filter(|one| !challenges.contains(one)));
        }
        challenges
    }

    /// What stands in front of an operation.
    #[must_use]
    pub fn gate<'a>(&self, service: &'a Service, operation: &'a Operation) -> Gate<'a> {
        if operation.is_open() {
            return Gate { authorization: Authorization::Open, needs_key: false };
        }
        let asked: Vec<_> = operation.asked_schemes(service).collect();
        let is_key = |scheme: &&SecurityScheme| matches!(scheme.means, SchemeMeans::ApiKey(_));
        let needs_key = asked.iter().any(is_key);
        let own = asked.iter().find_map(|scheme| match &scheme.means {
            SchemeMeans::Signature => Some(Authorization::Signature),
            SchemeMeans::Authorizer(_) => Some(Authorization::Own(scheme)),
            _ => None,
        });
        let only_key = asked.iter().all(is_key) && operation.security.len() == 1;
        let always_token = operation.security.iter().all(|alternative| {
            let mut schemes = alternative.iter().filter_map(|(name, _)| service.scheme(name));
            schemes.any(|scheme| scheme.means.is_token())
        });
        let shows_more = asked.iter().any(|scheme| {
            matches!(scheme.means, SchemeMeans::Own(Evidence::Key(_) | Evidence::Certificate))
        });
        let names_key = needs_key && self.authorizer_names_keys();
        let authorization = match own {
            Some(own) => own,
            None if only_key && !self.authorizer_names_keys() => Authorization::Open,
            // A decision that is kept by the token would count whatever else is sent with it.
            None if always_token && !names_key && !shows_more => Authorization::Token,
            None => Authorization::AnyOf,
        };
        Gate { authorization, needs_key }
    }

    /// Whether the generated authorizer tells the gateway which API key counts: keys travel where the gateway does not
    /// look by itself, or are one way in among others.
    #[must_use]
    pub fn authorizer_names_keys(&self) -> bool {
        self.secured().any(|(service, operation)| {
            let mut keys =
                operation.asked_schemes(service).filter_map(|scheme| match &scheme.means {
                    SchemeMeans::ApiKey(key) => Some(key),
                    _ => None,
                });
            let all = operation.security.iter().all(|alternative| {
                alternative.iter().any(|(name, _)| {
                    let scheme = service.scheme(name);
                    scheme.is_some_and(|one| matches!(one.means, SchemeMeans::ApiKey(_)))
                })
            });
            keys.any(|key| !key.is_native() || !all)
        })
    }

    /// Whether a decision of the generated authorizer depends on nothing but the token, so that the gateway asks once
    /// for each: one kind of token is all that the routes behind it ask for.
    #[must_use]
    pub fn decides_by_token(&self) -> bool {
        let mut kinds: Vec<&str> = Vec::new();
        let mut n_lines = 0;
        for (service, operation) in self.secured() {
            if self.gate(service, operation).authorization != Authorization::Token {
                continue;
            }
            // A path that ends in text is one with a slash at its end, too.
            let is_open = matches!(
                operation.path.segments.last(),
                Some(Segment::Parameter(_) | Segment::Mixed(_))
            );
            n_lines += if is_open { 1 } else { 2 };
            for alternative in &operation.security {
                let [(only, _)] = alternative.as_slice() else { return false };
                if !kinds.contains(&only.as_str()) {
                    kinds.push(only);
                }
            }
        }
        kinds.len() == 1 && n_lines <= MAX_LINES_OF_POLICY
    }

    /// Whether any operation needs the generated authorizer.
    #[must_use]
    pub fn has_authorizer(&self) -> bool {
        self.secured().any(|(service, operation)| {
            let gate = self.gate(service, operation);
            matches!(gate.authorization, Authorization::Token | Authorization::AnyOf)
        })
    }

    /// The function of the generated authorizer; none where no operation needs it. It is built for what the functions
    /// behind it are built for.
    #[must_use]
    pub fn authorizer(&self) -> Option<Function> {
        let (service, first) = self.secured().next().filter(|_| self.has_authorizer())?;
        let built_for = service.functions.first().map(|function| function.settings.architecture);
        let text = "authorizer".to_owned();
        Some(Function {
            name: Name {
                wire: text.clone(),
                snake: text.clone(),
                pascal: "Authorizer".to_owned(),
                kebab: text,
                screaming: "AUTHORIZER".to_owned(),
            },
            trigger: Trigger::Api,
            settings: FunctionSettings {
                architecture: built_for.unwrap_or(Architecture::Arm64),
                ..FunctionSettings::default()
            },
            access: Vec::new(),
            publishes: Vec::new(),
            origin: first.origin.clone(),
        })
    }

    /// The schemes that code of the system's own verifies, each with what callers show.
    #[must_use]
    pub fn own_schemes(&self) -> Vec<(&SecurityScheme, &Evidence)> {
        let schemes = self.asked_schemes().into_iter();
        let own = schemes.filter_map(|scheme| match &scheme.means {
            SchemeMeans::Own(evidence) => Some((scheme, evidence)),
            _ => None,
        });
        own.collect()
    }

    /// Whether any operation asks for an API key.
    #[must_use]
    pub fn has_keys(&self) -> bool {
        self.secured().any(|(service, operation)| self.gate(service, operation).needs_key)
    }

    /// The operations that ask for credentials.
    pub fn secured(&self) -> impl Iterator<Item = (&Service, &Operation)> {
        self.services.iter().flat_map(|service| {
            let secured = service.operations.iter().filter(|operation| !operation.is_open());
            secured.map(move |operation| (service, operation))
        })
    }

    /// Which pages may call: the services that say so say the same, or the contracts were refused.
    #[must_use]
    pub fn cors(&self) -> Option<&Cors> {
        self.services.iter().find_map(|service| service.cors.as_ref())
    }

    /// The schemes that any operation asks for, each once by its name, in contract order. Those of one name are the
    /// same in every service, or the contracts were refused.
    #[must_use]
    pub fn asked_schemes(&self) -> Vec<&SecurityScheme> {
        let mut schemes: Vec<&SecurityScheme> = Vec::new();
        for (service, operation) in self.secured() {
            for scheme in operation.asked_schemes(service) {
                if !schemes.iter().any(|known| known.name == scheme.name) {
                    schemes.push(scheme);
                }
            }
        }
        schemes
    }
}
