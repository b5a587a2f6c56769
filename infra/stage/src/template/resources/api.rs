//! REST APIs: routes from the OpenAPI body, stages, and the gateway's own answers.
//!
//! Refuses integrations other than Lambda proxy and mock, and validation of bodies by the gateway: a local stage that let
//! through what a deployed one refuses would be wrong in silence. Who may call is read by [`super::authorizers`].

use std::collections::BTreeMap;
use std::time::Duration;

use indexmap::IndexMap;

use super::validators::Validators;
use super::{authorizers, last_part, mapped};
use crate::template::Resource;
use crate::template::error::Fault;
use crate::template::evaluate::Evaluator;
use crate::template::plan::{
    Api, Authorizer, Called, GatewayResponse, IdentitySource, Integration, Mapped, PayloadFormat,
    Pipe, Plan, Route,
};
use crate::template::properties::{InertProperties, Properties};
use crate::template::syntax::Node;

const INERT_OF_API: InertProperties = &[
    ("Description", "no effect locally"),
    ("DisableExecuteApiEndpoint", "there is only one endpoint"),
    ("EndpointAccessMode", "there is only one endpoint"),
    ("EndpointConfiguration", "there is only one endpoint"),
    ("FailOnWarnings", "the stage refuses what it does not support anyway"),
    ("MinimumCompressionSize", "responses are not compressed on loopback"),
    ("Name", "no effect locally"),
    ("Parameters", "it configures the endpoint"),
    ("Policy", "the stage does not check permissions"),
    ("SecurityPolicy", "there is no TLS on loopback"),
    ("Tags", "no effect locally"),
];

/// The longest an integration may take (API Gateway quota).
const INTEGRATION_TIMEOUT_MS: u32 = 29_000;

const METHODS: [&str; 8] = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

/// Reads an API; its stage comes later.
pub(super) fn rest_api(
    id: &str,
    resource: &Resource,
    plan: &mut Plan,
    evaluator: &mut Evaluator<'_>,
) -> Vec<Fault> {
    let mut properties = Properties::of(id, resource, INERT_OF_API, evaluator);
    let api_id = match evaluator.name(id) {
        Ok(name) => name,
        Err(fault) => return vec![fault],
    };
    let mut body = Body::default();
    match properties.take("Body") {
        Some(node) => body.read(&node),
        None if properties.take("BodyS3Location").is_some() => properties.refuse(
            "BodyS3Location",
            "is a document in S3, which the stage cannot read; write it as `Body`",
        ),
        // Routes are resources of their own then.
        None => {}
    }
    let declared = properties.take("BinaryMediaTypes");
    body.binary_types.extend(declared.iter().flat_map(texts));
    match properties.text("ApiKeySourceType").as_deref() {
        None => {}
        Some(source) => body.keys_by_authorizer = source == "AUTHORIZER",
    }
    let subject = format!("resource `{id}` (AWS::ApiGateway::RestApi)");
    let mut faults = properties.finish();
    faults.extend(body.faults.into_iter().map(|fault| fault.within(&subject)));
    plan.apis.push(Api {
        id: id.to_owned(),
        api_id,
        stage: String::new(),
        variables: BTreeMap::new(),
        routes: body.routes,
        responses: body.responses,
        authorizers: body.authorizers,
        authorizer_names_keys: body.keys_by_authorizer,
        binary_types: body.binary_types,
        http: None,
    });
    faults
}

#[derive(Default)]
struct Body {
    routes: Vec<Route>,
    responses: Vec<GatewayResponse>,
    authorizers: Vec<Authorizer>,
    schemes: authorizers::Schemes,
    validators: Validators,
    keys_by_authorizer: bool,
    binary_types: Vec<String>,
    faults: Vec<Fault>,
}

impl Body {
    fn refuse(&mut self, line: usize, message: impl Into<String>) {
        self.faults.push(Fault::new("template", message).at(line));
    }

    fn read(&mut self, node: &Node) {
        let Some(map) = node.as_map() else {
            return self.refuse(node.line, "`Body` must be an OpenAPI document");
        };
        self.validators = Validators::of(map);
        let binary = map.get("x-amazon-apigateway-binary-media-types");
        self.binary_types.extend(binary.into_iter().flat_map(texts));
        for (kind, node) in entries(map.get("x-amazon-apigateway-gateway-responses")) {
            self.responses.push(response_of_body(kind, node));
        }
        let schemes =
            map.get("components").and_then(Node::as_map).and_then(|map| map.get("securitySchemes"));
        for (name, scheme) in entries(schemes.or_else(|| map.get("securityDefinitions"))) {
            match authorizers::scheme(name, scheme) {
                Ok(read) => {
                    self.authorizers.extend(read.authorizer().cloned());
                    self.schemes.insert(name.clone(), read);
                }
                Err(message) => {
                    self.refuse(scheme.line, format!("`{name}`: {message}"));
                    self.schemes.insert(name.clone(), authorizers::Scheme::Refused);
                }
            }
        }
        self.keys_by_authorizer = map
            .get("x-amazon-apigateway-api-key-source")
            .and_then(Node::as_str)
            .is_some_and(|source| source.eq_ignore_ascii_case("AUTHORIZER"));
        let everywhere = map.get("security");
        for (path, node) in entries(map.get("paths")) {
            let shared = node.as_map().and_then(|map| map.get("parameters"));
            for (method, operation) in entries(Some(node)) {
                let method = match method.as_str() {
                    "x-amazon-apigateway-any-method" => "ANY".to_owned(),
                    other if METHODS.contains(&other) => other.to_ascii_uppercase(),
                    _ => continue,
                };
                let required = self.validators.required(map, operation, shared);
                match required {
                    Ok(required) => self.operation((path, method), operation, everywhere, required),
                    Err(message) => {
                        let message = format!("`{method} {path}`: {message}");
                        let fault = Fault::new("template", message).at(operation.line);
                        self.faults.push(fault.left_out_on_request());
                    }
                }
            }
        }
    }

    fn operation(
        &mut self,
        (path, method): (&str, String),
        operation: &Node,
        everywhere: Option<&Node>,
        required: Vec<IdentitySource>,
    ) {
        let place = format!("{method} {path}");
        let Some(map) = operation.as_map() else {
            return self.refuse(operation.line, format!("`{place}` must be a map"));
        };
        let Some(node) = map.get("x-amazon-apigateway-integration") else {
            return self.refuse(
                operation.line,
                format!("`{place}` has no `x-amazon-apigateway-integration`"),
            );
        };
        let security = map.get("security").or(everywhere);
        let guard =
            authorizers::guard(&self.schemes, security, map.get("x-amazon-apigateway-auth"));
        match (integration(node), guard) {
            (Ok(integration), Ok(guard)) => {
                let path = path.to_owned();
                let format = PayloadFormat::V1;
                self.routes.push(Route { path, method, integration, guard, format, required });
            }
            (Err(message), _) => {
                let fault = Fault::new("template", format!("`{place}`: {message}")).at(node.line);
                self.faults.push(fault.left_out_on_request());
            }
            (_, Err(message)) => self.refuse(node.line, format!("`{place}`: {message}")),
        }
    }
}

/// The name of the function that an integration invokes.
fn function_of(integration: &Integration) -> Option<&String> {
    match integration {
        Integration::Function { name, .. } => Some(name),
        Integration::Mapped(Mapped { called: Called::Function(name), .. }) => Some(name),
        _ => None,
    }
}

/// Whether a mapping has no function, and is no pipe to something else either.
pub(super) fn leads_nowhere(function: &str, pipe: Option<&Pipe>, plan: &Plan) -> bool {
    let is_there = |name: &str| plan.functions.iter().any(|function| function.name == name);
    match pipe {
        None => !is_there(function),
        Some(pipe) => {
            let to_function = pipe.target.starts_with("arn:aws:lambda:");
            (to_function && !is_there(function))
                || pipe.enrichment.as_deref().is_some_and(|name| !is_there(name))
        }
    }
}

/// The texts of a list.
fn texts(node: &Node) -> Vec<String> {
    node.as_list().into_iter().flatten().filter_map(Node::as_str).map(str::to_owned).collect()
}

pub(super) fn entries(node: Option<&Node>) -> impl Iterator<Item = (&String, &Node)> {
    node.and_then(Node::as_map).into_iter().flatten()
}

pub(super) fn integration(node: &Node) -> Result<Integration, String> {
    let map = node.as_map().ok_or("an integration must be a map")?;
    let kind = map.get("type").and_then(Node::as_str).unwrap_or_default().to_ascii_lowercase();
    match kind.as_str() {
        "aws_proxy" => function_integration(map),
        "mock" => mock_integration(map),
        "aws" => mapped::integration(map, timeout_of(map)?),
        _ => Err(format!(
            "integrations of type `{kind}` are not supported, only `aws_proxy`, `aws` and `mock`"
        )),
    }
}

fn function_integration(map: &IndexMap<String, Node>) -> Result<Integration, String> {
    for key in ["requestParameters", "requestTemplates"] {
        if map.contains_key(key) {
            return Err(format!("`{key}` of an integration is not supported by the stage"));
        }
    }
    let uri = map.get("uri").and_then(Node::as_str).ok_or("the integration has no `uri`")?;
    let name = invoked(uri)?;
    let timeout = timeout_of(map)?;
    let with_role = map.contains_key("credentials");
    Ok(Integration::Function { name, timeout, with_role })
}

fn timeout_of(map: &IndexMap<String, Node>) -> Result<Duration, String> {
    let timeout = match map.get("timeoutInMillis") {
        None => INTEGRATION_TIMEOUT_MS,
        Some(node) => {
            let number = node.to_text().and_then(|text| text.parse::<u32>().ok());
            number
                .filter(|ms| (50..=INTEGRATION_TIMEOUT_MS).contains(ms))
                .ok_or("`timeoutInMillis` must be from 50 to 29000")?
        }
    };
    Ok(Duration::from_millis(timeout.into()))
}

/// The name of the function in an invocation URI.
pub(super) fn invoked(uri: &str) -> Result<String, String> {
    let name = uri.split_once(":function:").and_then(|(_, rest)| rest.strip_suffix("/invocations"));
    let name = name.ok_or_else(|| format!("`{uri}` is not the invocation URI of a function"))?;
    if name.contains("${") {
        return Err(format!("`{name}`: stage variables are not supported by the stage"));
    }
    Ok(name.split(':').next().unwrap_or(name).to_owned())
}

/// What the gateway answers itself: the response whose key is the status that the request template gives, or `default`.
fn mock_integration(map: &IndexMap<String, Node>) -> Result<Integration, String> {
    let asked = map.get("requestTemplates").and_then(Node::as_map).and_then(IndexMap::first);
    let asked: Option<String> = asked.and_then(|(_, node)| {
        let (_, after) = node.as_str()?.split_once("statusCode")?;
        let digits = after.chars().skip_while(|c| !c.is_ascii_digit());
        Some(digits.take_while(char::is_ascii_digit).collect())
    });
    let responses = map.get("responses").and_then(Node::as_map);
    let response = responses.and_then(|map| {
        let by_status = asked.as_ref().and_then(|status| map.get(status));
        by_status.or_else(|| map.get("default")).or_else(|| map.values().next())
    });
    let response = response.and_then(Node::as_map).ok_or("a mock integration needs `responses`")?;
    let status =
        response.get("statusCode").and_then(Node::to_text).and_then(|text| text.parse().ok());
    let headers = fixed_headers(response.get("responseParameters"), "method.response.header.");
    let templates = response.get("responseTemplates").and_then(Node::as_map);
    let mut origins = Vec::new();
    let mut body = None;
    if let Some((media_type, text)) = templates.and_then(IndexMap::first) {
        let text = text.to_text().unwrap_or_default();
        origins = echoed_origins(&text);
        if origins.is_empty() && text.contains(['$', '#']) {
            return Err("response templates of a mock integration must be plain text".to_owned());
        }
        if origins.is_empty() && !text.is_empty() {
            body = Some((media_type.clone(), text));
        }
    }
    Ok(Integration::Mock { status: status.unwrap_or(200), headers, origins, body })
}

/// The origins that a template compares with the one of the request, as `cdk synth` writes it for preflight requests.
fn echoed_origins(template: &str) -> Vec<String> {
    if !template.trim_start().starts_with("#set($origin = $input.params()")
        || !template
            .contains("$context.responseOverride.header.Access-Control-Allow-Origin = $origin")
    {
        return Vec::new();
    }
    let compared =
        template.split("$origin == \"").skip(1).filter_map(|part| part.split('"').next());
    compared.filter(|origin| !origin.is_empty()).map(str::to_owned).collect()
}

/// Headers whose value is a literal (`'…'`).
pub(super) fn fixed_headers(node: Option<&Node>, prefix: &str) -> Vec<(String, String)> {
    let literal = |(key, node): (&String, &Node)| {
        let value = node.to_text()?;
        let value = value.strip_prefix('\'')?.strip_suffix('\'')?;
        Some((key.strip_prefix(prefix)?.to_owned(), value.to_owned()))
    };
    entries(node).filter_map(literal).collect()
}

/// Headers that repeat one of the request (`method.request.header.Origin`).
fn echoed_headers(node: Option<&Node>) -> Vec<(String, String)> {
    let echoed = |(key, node): (&String, &Node)| {
        let source = node.to_text()?;
        let source = source.strip_prefix("method.request.header.")?.to_ascii_lowercase();
        Some((key.strip_prefix("gatewayresponse.header.")?.to_owned(), source))
    };
    entries(node).filter_map(echoed).collect()
}

fn response_of_body(kind: &str, node: &Node) -> GatewayResponse {
    let map = node.as_map().cloned().unwrap_or_default();
    let templates = map.get("responseTemplates").and_then(Node::as_map);
    let template =
        templates.and_then(|map| map.get_key_value("application/json").or_else(|| map.first()));
    GatewayResponse {
        kind: kind.to_owned(),
        status: map.get("statusCode").and_then(Node::to_text).and_then(|text| text.parse().ok()),
        headers: fixed_headers(map.get("responseParameters"), "gatewayresponse.header."),
        echoed: echoed_headers(map.get("responseParameters")),
        template: template.and_then(|(media, node)| Some((media.clone(), node.to_text()?))),
    }
}

/// Reads a gateway response that is a resource of its own.
pub(super) fn gateway_response(
    id: &str,
    resource: &Resource,
    plan: &mut Plan,
    evaluator: &mut Evaluator<'_>,
) -> Vec<Fault> {
    let mut properties = Properties::of(id, resource, &[], evaluator);
    let api = properties.required_text("RestApiId");
    let kind = properties.required_text("ResponseType");
    let parameters = properties.take("ResponseParameters");
    let templates = properties.text_map("ResponseTemplates");
    let status =
        properties.integer("StatusCode", 100..=599).and_then(|status| u16::try_from(status).ok());
    let response = GatewayResponse {
        kind,
        status,
        headers: fixed_headers(parameters.as_ref(), "gatewayresponse.header."),
        echoed: echoed_headers(parameters.as_ref()),
        template: templates.into_iter().next(),
    };
    match plan.apis.iter_mut().find(|one| one.api_id == api) {
        Some(api) => api.responses.push(response),
        None => properties.refuse("RestApiId", "does not refer to an API of the template"),
    }
    properties.finish()
}

const INERT_OF_STAGE: InertProperties = &[
    ("AccessLogSetting", "monitoring only"),
    ("ClientCertificateId", "there is no TLS on loopback"),
    ("DeploymentId", "the stage serves the body as it is"),
    ("Description", "no effect locally"),
    ("DocumentationVersion", "no effect locally"),
    ("MethodSettings", "logging and throttling are not emulated"),
    ("Tags", "no effect locally"),
    ("TracingEnabled", "trace IDs are propagated, but traces are not recorded"),
];

/// Reads a stage of an API.
pub(super) fn stage(
    id: &str,
    resource: &Resource,
    plan: &mut Plan,
    evaluator: &mut Evaluator<'_>,
) -> Vec<Fault> {
    let mut properties = Properties::of(id, resource, INERT_OF_STAGE, evaluator);
    let api = properties.required_text("RestApiId");
    let name = properties.required_text("StageName");
    let variables = properties.text_map("Variables");
    set_stage(&mut properties, plan, &api, name, variables);
    properties.finish()
}

fn set_stage(
    properties: &mut Properties,
    plan: &mut Plan,
    api: &str,
    name: String,
    variables: BTreeMap<String, String>,
) {
    match plan.apis.iter_mut().find(|one| one.api_id == api) {
        None => properties.refuse("RestApiId", "does not refer to an API of the template"),
        Some(found) if !found.stage.is_empty() => {
            properties.refuse("StageName", "is a second stage of its API; only one is supported");
        }
        Some(found) => {
            found.stage = name;
            found.variables = variables;
        }
    }
}

const INERT_OF_DEPLOYMENT: InertProperties = &[("Description", "no effect locally")];

/// Reads a deployment, which may bring a stage with it.
pub(super) fn deployment(
    id: &str,
    resource: &Resource,
    plan: &mut Plan,
    evaluator: &mut Evaluator<'_>,
) -> Vec<Fault> {
    let mut properties = Properties::of(id, resource, INERT_OF_DEPLOYMENT, evaluator);
    let api = properties.required_text("RestApiId");
    let mut variables = BTreeMap::new();
    if let Some(mut description) = properties.section("StageDescription") {
        variables = description.text_map("Variables");
        description.skip(&[
            "Description",
            "MethodSettings",
            "AccessLogSetting",
            "TracingEnabled",
            "Tags",
        ]);
        properties.absorb(description);
    }
    if let Some(name) = properties.text("StageName") {
        set_stage(&mut properties, plan, &api, name, variables);
    }
    properties.finish()
}

/// APIs without routes.
pub(super) fn without_routes(plan: &Plan) -> impl Iterator<Item = Fault> {
    let without = plan.apis.iter().filter(|api| api.http.is_none() && api.routes.is_empty());
    without.map(|api| {
        let message =
            "it has no route: neither its `Body` nor a method or route of the template defines one";
        Fault::new(format!("resource `{}`", api.id), message)
    })
}

/// What can only be said when everything is read: stages are there, and functions behind routes exist.
pub(super) fn check(plan: &Plan) -> Vec<Fault> {
    let mut faults = Vec::new();
    for api in &plan.apis {
        let kind = if api.http.is_some() { "V2::Api" } else { "::RestApi" };
        let subject = format!("resource `{}` (AWS::ApiGateway{kind})", api.id);
        // An HTTP API without routes answers nothing anyway.
        if api.stage.is_empty() && (api.http.is_none() || !api.routes.is_empty()) {
            let stages = match &api.http {
                Some(_) => "`AWS::ApiGatewayV2::Stage`",
                None => "`AWS::ApiGateway::Stage` or `Deployment`",
            };
            faults.push(Fault::new(&subject, format!("it has no stage: no {stages} refers to it")));
        }
        for route in &api.routes {
            if let Some(name) = function_of(&route.integration)
                && !plan.functions.iter().any(|function| function.name == *name)
            {
                let message = format!(
                    "`{} {}` refers to `{name}`, which is not a function of the template",
                    route.method, route.path
                );
                faults.push(Fault::new(&subject, message));
            }
        }
    }
    faults.extend(authorizers::check(plan));
    for mapping in &plan.mappings {
        let subject = format!("resource `{}` (AWS::Lambda::EventSourceMapping)", mapping.id);
        if leads_nowhere(&mapping.function, mapping.pipe.as_ref(), plan) {
            faults.push(Fault::new(
                &subject,
                format!("`{}` is not a function of the template", mapping.function),
            ));
        }
        if !plan.queues.iter().any(|queue| queue.arn == mapping.queue) {
            faults.push(Fault::new(
                &subject,
                format!("`{}` is not a queue of the template", last_part(&mapping.queue)),
            ));
        }
    }
    faults
}
