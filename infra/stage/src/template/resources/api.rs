//! REST APIs with the routes of their OpenAPI document.
//!
//! What answers a route is read by [`super::integrations`], who may call by [`super::authorizers`], what is checked of
//! requests by [`super::validators`].

use std::collections::BTreeMap;
use std::sync::Arc;

use super::integrations::integration;
use super::stages::response_of_body;
use super::validators::{Bodies, Validators};
use super::{authorizers, policies};
use crate::model::Models;
use crate::template::Resource;
use crate::template::error::Fault;
use crate::template::evaluate::Evaluator;
use crate::template::plan::{Api, Authorizer, Checks, GatewayResponse, PayloadFormat, Plan, Route};
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
    ("SecurityPolicy", "there is no TLS on loopback"),
    ("Tags", "no effect locally"),
];

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
    let mut document = None;
    match properties.take("Body") {
        Some(node) => {
            body.read(&node);
            document = Some(Arc::new(node.to_json()));
        }
        None if properties.take("BodyS3Location").is_some() => properties.refuse(
            "BodyS3Location",
            "is a document in S3, which the stage cannot read; write it as `Body`",
        ),
        // Routes are resources of their own then.
        None => {}
    }
    let policy = properties.take("Policy").or(body.policy.take());
    let declared = properties.take("BinaryMediaTypes");
    body.binary_types.extend(declared.iter().flat_map(texts));
    match properties.text("ApiKeySourceType").as_deref() {
        None => {}
        Some(source) => body.keys_by_authorizer = source == "AUTHORIZER",
    }
    let subject = format!("resource `{id}` (AWS::ApiGateway::RestApi)");
    let mut faults = properties.finish();
    if let Some(node) = policy {
        let arn = evaluator.surroundings.arn("execute-api", &api_id);
        plan.resource_policies.extend(policies::of_api(id, arn, node));
    }
    faults.extend(body.faults.into_iter().map(|fault| fault.within(&subject)));
    plan.apis.push(Api {
        id: id.to_owned(),
        api_id,
        url: String::new(),
        stage: String::new(),
        variables: BTreeMap::new(),
        routes: body.routes,
        responses: body.responses,
        authorizers: body.authorizers,
        authorizer_names_keys: body.keys_by_authorizer,
        binary_types: body.binary_types,
        models: Arc::new(body.models),
        document,
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
    models: Models,
    keys_by_authorizer: bool,
    binary_types: Vec<String>,
    policy: Option<Node>,
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
        self.policy = map.get("x-amazon-apigateway-policy").cloned();
        self.validators = Validators::of(map);
        let binary = map.get("x-amazon-apigateway-binary-media-types");
        self.binary_types.extend(binary.into_iter().flat_map(texts));
        for (kind, node) in entries(map.get("x-amazon-apigateway-gateway-responses")) {
            match response_of_body(kind, node) {
                Ok(response) => self.responses.push(response),
                Err(message) => self.refuse(node.line, format!("`{kind}`: {message}")),
            }
        }
        let schemes =
            map.get("components").and_then(Node::as_map).and_then(|map| map.get("securitySchemes"));
        // SAM adds its schemes to a document of the older form, too.
        for (name, scheme) in entries(schemes).chain(entries(map.get("securityDefinitions"))) {
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
        let mut bodies = Bodies::default();
        for (path, node) in entries(map.get("paths")) {
            let shared = node.as_map().and_then(|map| map.get("parameters"));
            for (method, operation) in entries(Some(node)) {
                let method = match method.as_str() {
                    "x-amazon-apigateway-any-method" => "ANY".to_owned(),
                    other if METHODS.contains(&other) => other.to_ascii_uppercase(),
                    _ => continue,
                };
                match self.validators.checks(map, operation, shared, &mut bodies) {
                    Ok(checks) => self.operation((path, method), operation, everywhere, checks),
                    Err(message) => {
                        self.refuse(operation.line, format!("`{method} {path}`: {message}"));
                    }
                }
            }
        }
        match bodies.compile(map) {
            Ok(models) => self.models = models,
            Err(faults) => faults.into_iter().for_each(|(line, why)| {
                self.refuse(line, format!("the schema of this body cannot be read: {why}"));
            }),
        }
    }

    fn operation(
        &mut self,
        (path, method): (&str, String),
        operation: &Node,
        everywhere: Option<&Node>,
        checks: Checks,
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
                self.routes.push(Route { path, method, integration, guard, format, checks });
            }
            (Err(message), _) => {
                let fault = Fault::new("template", format!("`{place}`: {message}")).at(node.line);
                self.faults.push(fault.left_out_on_request());
            }
            (_, Err(message)) => self.refuse(node.line, format!("`{place}`: {message}")),
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
