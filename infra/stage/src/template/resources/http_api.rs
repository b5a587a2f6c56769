//! HTTP APIs (version 2) of routes, integrations and authorizers.
//!
//! Refuses WebSocket APIs, integrations that are neither a function nor a service, and answers that stream. Routes that
//! a document declares are read by [`super::http_body`].

mod join;

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

pub(super) use join::join;

use super::integrations::invoked;
use super::{authorizers, function_name, http_body};
use crate::template::Resource;
use crate::template::error::Fault;
use crate::template::evaluate::Evaluator;
use crate::template::plan::{
    Api, Authorizer, AuthorizerKind, Checks, Cors, HttpApi, HttpIntegration, HttpRoute,
    IdentitySource, Integration, PayloadFormat, Plan, Route, RouteGuard, ServiceAction,
    ServiceCall,
};
use crate::template::properties::{InertProperties, Properties};

/// The stage and the route that take everything.
pub(super) const DEFAULT: &str = "$default";

/// The longest an integration of an HTTP API may take (API Gateway quota).
pub(super) const INTEGRATION_TIMEOUT_MS: u32 = 30_000;

const INERT_OF_API: InertProperties = &[
    ("ApiKeySelectionExpression", "HTTP APIs have no API keys"),
    ("Description", "no effect locally"),
    ("DisableExecuteApiEndpoint", "there is only one endpoint"),
    ("FailOnWarnings", "the stage refuses what it does not support anyway"),
    ("IpAddressType", "there is only one endpoint"),
    ("Name", "no effect locally"),
    ("RouteSelectionExpression", "HTTP APIs have a single route selection"),
    ("Tags", "no effect locally"),
    ("Version", "no effect locally"),
];

/// An API without anything but its id.
pub(super) fn bare(id: &str, api_id: String, cors: Option<Cors>) -> Api {
    Api {
        id: id.to_owned(),
        api_id,
        url: String::new(),
        stage: String::new(),
        variables: BTreeMap::new(),
        routes: Vec::new(),
        responses: Vec::new(),
        authorizers: Vec::new(),
        authorizer_names_keys: false,
        binary_types: Vec::new(),
        models: Arc::default(),
        document: None,
        http: Some(HttpApi { cors, is_function_url: false }),
    }
}

/// Reads an HTTP API.
pub(super) fn http_api(
    id: &str,
    resource: &Resource,
    plan: &mut Plan,
    evaluator: &mut Evaluator<'_>,
) -> Vec<Fault> {
    let mut properties = Properties::of(id, resource, INERT_OF_API, evaluator);
    let Ok(api_id) = evaluator.name(id) else { return properties.finish() };
    if properties.text("ProtocolType").is_some_and(|kind| kind != "HTTP") {
        properties.lacks("ProtocolType", "must be `HTTP`: WebSocket APIs are not supported");
        return properties.abandon();
    }
    let body = properties.take("Body");
    if properties.take("BodyS3Location").is_some() {
        let message = "is a document in S3, which the stage cannot read; write it as `Body`";
        properties.refuse("BodyS3Location", message);
    }
    let cors = cors(&mut properties, "CorsConfiguration");
    let mut api = bare(id, api_id, cors);
    let with_role = properties.text("CredentialsArn").is_some();
    let key = properties.text("RouteKey").unwrap_or_else(|| DEFAULT.to_owned());
    if let Some(target) = properties.text("Target") {
        // What AWS makes of a target: a route, an integration and a stage.
        match function_of(&target) {
            Ok(name) => {
                let timeout = Duration::from_millis(INTEGRATION_TIMEOUT_MS.into());
                let integration = Integration::Function { name, timeout, with_role };
                api.routes.extend(route(&key, integration, PayloadFormat::V2));
                api.stage = DEFAULT.to_owned();
            }
            Err(message) => properties.lacks("Target", &message),
        }
    }
    properties.skip(&["BasePath"]);
    let mut faults = properties.finish();
    if let Some(body) = body {
        api.document = Some(Arc::new(body.to_json()));
        let subject = format!("resource `{id}` (AWS::ApiGatewayV2::Api)");
        let refused = http_body::read(&body, &mut api);
        faults.extend(refused.into_iter().map(|fault| fault.within(&subject)));
    }
    plan.apis.push(api);
    faults
}

/// The route of a key: a method and a path, or `$default`.
pub(super) fn route(key: &str, integration: Integration, format: PayloadFormat) -> Option<Route> {
    let (method, path) = match key {
        DEFAULT => ("ANY", DEFAULT),
        key => key.split_once(' ')?,
    };
    Some(Route {
        path: path.to_owned(),
        method: method.to_owned(),
        integration,
        guard: RouteGuard::default(),
        format,
        checks: Checks::default(),
    })
}

/// What an integration leads to: `AWS_PROXY` with a function or with an action of a service.
pub(super) fn target(
    kind: &str,
    subtype: Option<&str>,
    uri: &str,
    timeout: Duration,
    parameters: BTreeMap<String, String>,
) -> Result<Integration, String> {
    let action = match (kind.to_ascii_uppercase().as_str(), subtype) {
        ("AWS_PROXY", None) if parameters.is_empty() => {
            let name = function_of(uri)?;
            return Ok(Integration::Function { name, timeout, with_role: false });
        }
        ("AWS_PROXY", None) => {
            return Err("changes parameters of requests, which the stage does not".to_owned());
        }
        ("AWS_PROXY", Some("SQS-SendMessage")) => ServiceAction::SendMessage,
        ("AWS_PROXY", Some("EventBridge-PutEvents")) => ServiceAction::PutEvents,
        ("AWS_PROXY", Some(subtype)) => {
            return Err(format!(
                "is `{subtype}`; of services, only SQS-SendMessage and EventBridge-PutEvents are supported"
            ));
        }
        _ => {
            return Err(format!(
                "is `{kind}`; only integrations with functions and services are supported"
            ));
        }
    };
    Ok(Integration::Service(ServiceCall { action, parameters }))
}

/// The name of the function that an integration leads to.
pub(super) fn function_of(uri: &str) -> Result<String, String> {
    if uri.contains(":apigateway:") || super::variables::are_in(uri) {
        return invoked(uri);
    }
    match uri.starts_with("arn:aws:lambda:") {
        true => Ok(function_name(uri).to_owned()),
        false => Err(format!("refers to `{uri}`; only integrations with functions are supported")),
    }
}

pub(super) fn cors(properties: &mut Properties, name: &str) -> Option<Cors> {
    let mut section = properties.section(name)?;
    let cors = Cors {
        origins: section.texts("AllowOrigins"),
        methods: section.texts("AllowMethods"),
        headers: section.texts("AllowHeaders"),
        exposed: section.texts("ExposeHeaders"),
        credentials: section.flag("AllowCredentials").unwrap_or(false),
        max_age: section.integer("MaxAge", 0..=86_400),
    };
    if cors.credentials && cors.origins.iter().any(|origin| origin == "*") {
        section.refuse("AllowCredentials", "is not allowed with the origin `*`: AWS refuses it");
    }
    properties.absorb(section);
    Some(cors)
}

const INERT_OF_STAGE: InertProperties = &[
    ("AccessLogSettings", "monitoring only"),
    ("AccessPolicyId", "no effect locally"),
    ("AutoDeploy", "the stage always serves the current routes"),
    ("DefaultRouteSettings", "logging and throttling are not emulated"),
    ("DeploymentId", "the stage always serves the current routes"),
    ("Description", "no effect locally"),
    ("RouteSettings", "logging and throttling are not emulated"),
    ("Tags", "no effect locally"),
];

/// Reads the stage of an HTTP API.
pub(super) fn stage(
    id: &str,
    resource: &Resource,
    plan: &mut Plan,
    evaluator: &mut Evaluator<'_>,
) -> Vec<Fault> {
    let mut properties = Properties::of(id, resource, INERT_OF_STAGE, evaluator);
    let api = properties.required_text("ApiId");
    let name = properties.required_text("StageName");
    if name != DEFAULT {
        super::stages::check_name(&mut properties, &name);
    }
    let variables = properties.text_map("StageVariables");
    if plan.http.stages.iter().any(|(known, ..)| *known == api) {
        properties.refuse("StageName", "is a second stage of its API; only one is supported");
    }
    plan.http.stages.push((api, name, variables));
    properties.finish()
}

const INERT_OF_INTEGRATION: InertProperties = &[
    ("ConnectionType", "there is only one network"),
    ("Description", "no effect locally"),
    ("IntegrationMethod", "functions are invoked"),
    ("PassthroughBehavior", "functions get every request"),
];

/// Reads an integration.
pub(super) fn integration(
    id: &str,
    resource: &Resource,
    plan: &mut Plan,
    evaluator: &mut Evaluator<'_>,
) -> Vec<Fault> {
    let mut properties = Properties::of(id, resource, INERT_OF_INTEGRATION, evaluator);
    let Ok(integration_id) = evaluator.name(id) else { return properties.finish() };
    properties.skip(&["ApiId"]);
    let kind = properties.required_text("IntegrationType");
    let subtype = properties.text("IntegrationSubtype");
    let uri = properties.text("IntegrationUri").unwrap_or_default();
    let parameters = properties.text_map("RequestParameters");
    let format = match properties.text("PayloadFormatVersion").as_deref() {
        Some("2.0") => PayloadFormat::V2,
        None | Some("1.0") => PayloadFormat::V1,
        Some(_) => {
            properties.refuse("PayloadFormatVersion", "must be 1.0 or 2.0");
            PayloadFormat::V1
        }
    };
    let timeout = properties.integer("TimeoutInMillis", 50..=INTEGRATION_TIMEOUT_MS);
    let timeout = Duration::from_millis(timeout.unwrap_or(INTEGRATION_TIMEOUT_MS).into());
    let has_role = properties.text("CredentialsArn").is_some();
    match target(&kind, subtype.as_deref(), &uri, timeout, parameters) {
        Ok(mut integration) => {
            if let Integration::Function { with_role, .. } = &mut integration {
                *with_role = has_role;
            }
            let read = HttpIntegration { integration_id, integration, format };
            plan.http.integrations.push(read);
        }
        Err(message) => {
            plan.http.left_out.push(integration_id);
            properties.lacks("IntegrationType", &message);
            // What else it says is of the same integration.
            return properties.abandon();
        }
    }
    properties.finish()
}

const INERT_OF_ROUTE: InertProperties = &[("OperationName", "no effect locally")];

/// Reads a route.
pub(super) fn http_route(
    id: &str,
    resource: &Resource,
    plan: &mut Plan,
    evaluator: &mut Evaluator<'_>,
) -> Vec<Fault> {
    let mut properties = Properties::of(id, resource, INERT_OF_ROUTE, evaluator);
    let target = properties.required_text("Target");
    let key = properties.required_text("RouteKey");
    if key != DEFAULT && !key.contains(" /") {
        properties.refuse("RouteKey", "must be a method and a path, or `$default`");
    }
    properties.skip(&["ApiKeyRequired"]);
    plan.http.routes.push(HttpRoute {
        id: id.to_owned(),
        api: properties.required_text("ApiId"),
        key,
        integration: target.rsplit('/').next().unwrap_or_default().to_owned(),
        authorization: properties.text("AuthorizationType").unwrap_or_else(|| "NONE".to_owned()),
        authorizer: properties.text("AuthorizerId"),
        scopes: properties.texts("AuthorizationScopes"),
    });
    properties.finish()
}

/// What simple responses ask of an authorizer.
pub(super) const SIMPLE_IS_SECOND: &str =
    "needs payload format 2.0: in format 1.0 an authorizer answers with a policy";

const INERT_OF_AUTHORIZER: InertProperties = &[("Name", "no effect locally")];

/// Reads an authorizer.
pub(super) fn authorizer(
    id: &str,
    resource: &Resource,
    plan: &mut Plan,
    evaluator: &mut Evaluator<'_>,
) -> Vec<Fault> {
    let mut properties = Properties::of(id, resource, INERT_OF_AUTHORIZER, evaluator);
    let Ok(name) = evaluator.name(id) else { return properties.finish() };
    let api = properties.required_text("ApiId");
    let mut sources = Vec::new();
    for text in properties.texts("IdentitySource") {
        match authorizers::identity_source(&text) {
            Ok(source) => sources.push(source),
            Err(message) => properties
                .refuse("IdentitySource", &format!("contains an invalid value: {message}")),
        }
    }
    let ttl = properties.integer("AuthorizerResultTtlInSeconds", 0..=3_600);
    let kind = match properties.required_text("AuthorizerType").as_str() {
        "JWT" => jwt(&mut properties, &sources),
        "REQUEST" => function(&mut properties, sources.clone()),
        _ => {
            properties.refuse("AuthorizerType", "must be JWT or REQUEST");
            None
        }
    };
    // Nothing to tell callers by, nothing to keep.
    let default = if sources.is_empty() { 0 } else { 300 };
    let ttl = Duration::from_secs(ttl.unwrap_or(default).into());
    let with_role = properties.text("AuthorizerCredentialsArn").is_some();
    plan.http.authorizers.extend(kind.map(|kind| (api, Authorizer { name, kind, ttl, with_role })));
    properties.finish()
}

fn jwt(properties: &mut Properties, sources: &[IdentitySource]) -> Option<AuthorizerKind> {
    let mut configuration = properties.section("JwtConfiguration")?;
    let issuer = configuration.required_text("Issuer");
    let audiences = configuration.texts("Audience");
    properties.absorb(configuration);
    let source = sources.first().cloned();
    let source = source.unwrap_or_else(|| IdentitySource::Header("authorization".to_owned()));
    Some(AuthorizerKind::Jwt { source, issuer, audiences })
}

fn function(properties: &mut Properties, sources: Vec<IdentitySource>) -> Option<AuthorizerKind> {
    let uri = properties.required_text("AuthorizerUri");
    let format = match properties.text("AuthorizerPayloadFormatVersion").as_deref() {
        Some("2.0") => PayloadFormat::V2,
        _ => PayloadFormat::V1,
    };
    let is_simple = properties.flag("EnableSimpleResponses").unwrap_or(false);
    if is_simple && format == PayloadFormat::V1 {
        properties.refuse("EnableSimpleResponses", SIMPLE_IS_SECOND);
    }
    match function_of(&uri) {
        Ok(function) => Some(AuthorizerKind::Request { function, sources, format, is_simple }),
        Err(message) => {
            properties.refuse("AuthorizerUri", &message);
            None
        }
    }
}
