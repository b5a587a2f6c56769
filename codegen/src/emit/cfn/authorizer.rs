//! Who may call, as API Gateway knows it: authorizers and keys in the API's document, the function behind the generated
//! authorizer, usage plans.

use super::names;
use super::template::Resource;
use super::value::{Map, Value, only_if, reference, substitute};
use crate::model::{
    Authorization, Gate, Operation, OwnAuthorizer, SchemeMeans, SecurityScheme, Service, System,
    TokenRules,
};

/// What the authorizer's function does.
pub(super) const DESCRIPTION: &str = "Authorizes requests before they reach the API's functions";

/// The authorizer where a token is the only way in: a request without one is refused without asking.
const CALLERS: &str = "callers";

/// The authorizer where there are other ways in, which is asked for every request.
const CALLERS_ANYHOW: &str = "callersAnyhow";

/// The gateway's own scheme for keys.
const API_KEY: &str = "apiKey";

/// The scheme of signatures.
const SIGNATURE: &str = "signature";

/// What the authorizer is told of the stage; see `runtime::authorizer`.
pub(super) fn environment(system: &System) -> Map {
    let mut variables = Map::new();
    for (scheme, _) in token_schemes(system) {
        let prefix = &scheme.spelled.screaming;
        for (variable, parameter) in
            [("ISSUER", "Issuer"), ("AUDIENCE", "Audience"), ("JWKS", "Jwks")]
        {
            let parameter = format!("{}{parameter}", scheme.spelled.pascal);
            variables.insert(format!("{prefix}_{variable}"), reference(&parameter));
        }
    }
    if system.authorizer_names_keys() {
        variables.insert("CALLERS_API_KEY", callers_key());
    }
    variables.with("LOG_LEVEL", reference("LogLevel"))
}

/// The schemes that the generated authorizer verifies tokens of.
pub(super) fn token_schemes(system: &System) -> Vec<(&SecurityScheme, &TokenRules)> {
    let schemes = system.asked_schemes().into_iter();
    let tokens = schemes.filter_map(|scheme| match &scheme.means {
        SchemeMeans::Token(rules) => Some((scheme, rules)),
        _ => None,
    });
    tokens.collect()
}

/// `securitySchemes` of the API's document; nothing for a system that is open.
pub(super) fn schemes(system: &System) -> Map {
    let gates: Vec<_> = system.secured().map(|(service, one)| system.gate(service, one)).collect();
    let uses = |wanted: Authorization<'_>| gates.iter().any(|gate| gate.authorization == wanted);
    let mut schemes = Map::new();
    if uses(Authorization::Token) {
        let source = match system.decides_by_token() {
            true => "method.request.header.Authorization",
            false => {
                "method.request.header.Authorization, context.httpMethod, context.resourcePath"
            }
        };
        let asked = Map::new()
            .with("type", "request")
            .with("identitySource", source)
            .with("authorizerUri", uri(system))
            .with("authorizerResultTtlInSeconds", reference("AuthorizationCacheSeconds"));
        schemes.insert(CALLERS, custom("Authorization", asked));
    }
    if uses(Authorization::AnyOf) {
        let asked = Map::new()
            .with("type", "request")
            .with("authorizerUri", uri(system))
            .with("authorizerResultTtlInSeconds", 0_u32);
        schemes.insert(CALLERS_ANYHOW, custom("Unused", asked));
    }
    if gates.iter().any(|gate| gate.needs_key) {
        schemes.insert(API_KEY, carried("x-api-key"));
    }
    if uses(Authorization::Signature) {
        let signed = carried("Authorization").with("x-amazon-apigateway-authtype", "awsSigv4");
        schemes.insert(SIGNATURE, signed);
    }
    for scheme in system.asked_schemes() {
        if let SchemeMeans::Authorizer(own) = &scheme.means {
            schemes.insert(own_name(scheme), described(own));
        }
    }
    schemes
}

fn carried(header: &str) -> Map {
    Map::new().with("type", "apiKey").with("name", header).with("in", "header")
}

fn custom(header: &str, authorizer: Map) -> Map {
    carried(header)
        .with("x-amazon-apigateway-authtype", "custom")
        .with("x-amazon-apigateway-authorizer", authorizer)
}

/// An authorizer as the contract describes it. `${…}` in its texts are parameters and resources of the template.
fn described(own: &OwnAuthorizer) -> Map {
    let header = match own.definition.get("identitySource").and_then(serde_json::Value::as_str) {
        Some(source) => source.strip_prefix("method.request.header.").unwrap_or("Unused"),
        None if own.is_cognito => "Authorization",
        None => "Unused",
    };
    carried(header)
        .with("x-amazon-apigateway-authtype", own.auth_type.as_str())
        .with("x-amazon-apigateway-authorizer", substituted(&own.definition))
}

fn substituted(json: &serde_json::Value) -> Value {
    match json {
        serde_json::Value::String(text) if text.contains("${") => substitute(text),
        serde_json::Value::Array(values) => {
            values.iter().map(substituted).collect::<Vec<_>>().into()
        }
        serde_json::Value::Object(entries) => {
            entries.iter().map(|(key, value)| (key, substituted(value))).collect::<Map>().into()
        }
        other => other.into(),
    }
}

/// The name of an authorizer that a contract describes: that of its scheme, in the alphabet of API Gateway.
fn own_name(scheme: &SecurityScheme) -> String {
    format!("own{}", scheme.spelled.pascal)
}

/// What invokes the generated authorizer.
fn uri(system: &System) -> Value {
    let Some(function) = system.authorizer() else {
        unreachable!("an operation is guarded by an authorizer that the system does not have")
    };
    super::openapi::invocation_uri(&format!("{}.Arn", names::function_id(&function)))
}

/// `security` of a method; none where everybody may call.
pub(super) fn requirements(
    system: &System,
    service: &Service,
    operation: &Operation,
) -> Option<Vec<Map>> {
    let Gate { authorization, needs_key } = system.gate(service, operation);
    let mut all = Map::new();
    match authorization {
        Authorization::Open => {}
        Authorization::Token => all.insert(CALLERS, Vec::<Value>::new()),
        Authorization::AnyOf => all.insert(CALLERS_ANYHOW, Vec::<Value>::new()),
        Authorization::Signature => all.insert(SIGNATURE, Vec::<Value>::new()),
        Authorization::Own(scheme) => {
            let asked = operation.security.iter().flatten().find(|(name, _)| *name == scheme.name);
            let scopes = asked.map(|(_, scopes)| scopes.clone()).unwrap_or_default();
            let is_cognito =
                matches!(&scheme.means, SchemeMeans::Authorizer(own) if own.is_cognito);
            all.insert(own_name(scheme), if is_cognito { scopes } else { Vec::new() });
        }
    }
    if needs_key {
        all.insert(API_KEY, Vec::<Value>::new());
    }
    (!all.is_empty()).then(|| vec![all])
}

/// Where the gateway finds the key that counts; only said where it is not the header `X-Api-Key`.
pub(super) fn key_source(system: &System) -> Option<&'static str> {
    system.authorizer_names_keys().then_some("AUTHORIZER")
}

/// A key for a first client with its usage plan, and the key that callers count for who need none.
pub(super) fn usage_plans(system: &System) -> Vec<Resource> {
    let mut resources = Vec::new();
    if system.has_keys() {
        let throttle = Map::new()
            .with("RateLimit", reference("KeyRate"))
            .with("BurstLimit", reference("KeyBurst"));
        let quota = Map::new().with("Limit", reference("KeyRequestsPerDay")).with("Period", "DAY");
        let limits =
            Map::new().with("Throttle", throttle).with("Quota", only_if("LimitsKeys", quota));
        let about = "Limits for clients with an API key";
        resources.extend(plan("Client", about, limits, Map::new()));
    }
    if system.authorizer_names_keys() {
        let about = "For callers that authenticate without an API key";
        resources.extend(plan(
            "Callers",
            about,
            Map::new(),
            Map::new().with("Value", callers_key()),
        ));
    }
    resources
}

/// A key, its plan, and what joins them.
fn plan(name: &str, about: &str, limits: Map, value: Map) -> [Resource; 3] {
    let key = Map::new().with("Enabled", true).with("Description", about);
    let key = value.iter().fold(key, |key, (name, value)| key.with(name, value.clone()));
    let stage = Map::new().with("ApiId", reference("Api")).with("Stage", reference("ApiStage"));
    let plan = Map::new().with("Description", about).with("ApiStages", [stage]);
    let plan = limits.iter().fold(plan, |plan, (name, value)| plan.with(name, value.clone()));
    let ids = [format!("{name}ApiKey"), format!("{name}UsagePlan")];
    let joined = Map::new()
        .with("KeyId", reference(&ids[0]))
        .with("KeyType", "API_KEY")
        .with("UsagePlanId", reference(&ids[1]));
    [
        Resource::new(&ids[0], "AWS::ApiGateway::ApiKey", key),
        Resource::new(&ids[1], "AWS::ApiGateway::UsagePlan", plan),
        Resource::new(format!("{}Key", ids[1]), "AWS::ApiGateway::UsagePlanKey", joined),
    ]
}

/// A key of this stack's own, which the authorizer refuses from callers: the last part of the stack's id.
fn callers_key() -> Value {
    let parts = Map::new().with("Fn::Split", vec![Value::from("/"), reference("AWS::StackId")]);
    Map::new().with("Fn::Select", vec![Value::from(2_u32), parts.into()]).into()
}
