//! `AWS::Serverless::Api`: an OpenAPI document with the routes of events, authorizers, preflight requests and gateway
//! responses, a deployment and a stage.

use std::path::Path;

use indexmap::IndexMap;

use super::nodes::{Map, Part, entries, list, map, reference};
use super::{Output, subject};
use crate::template::error::Fault;
use crate::template::syntax::{Node, Value};
use crate::template::{Resource, include};

/// A REST API.
pub(super) struct Rest {
    pub(super) resource: Resource,
    /// Path → method → operation.
    pub(super) paths: IndexMap<String, Map>,
}

impl Rest {
    /// Turns the API into resources of CloudFormation.
    pub(super) fn finish(mut self, id: &str, folder: &Path, output: &mut Output) {
        let line = self.resource.line;
        let subject = subject(id, &self.resource);
        let mut part = Part::new(line, subject, std::mem::take(&mut self.resource.properties));
        let stage = part.take("StageName").unwrap_or_else(|| Node::text(line, "Prod"));
        let stage_name = stage.to_text().unwrap_or_else(|| "Stage".to_owned());
        let mut properties = part.same(&[
            "ApiKeySourceType",
            "BinaryMediaTypes",
            "Description",
            "DisableExecuteApiEndpoint",
            "FailOnWarnings",
            "MinimumCompressionSize",
            "Mode",
            "Name",
            "Policy",
            "SecurityPolicy",
            "Tags",
        ]);
        properties.shift_remove("Mode");
        escape_media_types(&mut properties);
        let mut of_stage =
            part.same(&["AccessLogSetting", "MethodSettings", "TracingEnabled", "Variables"]);
        part.skip(&[
            "AlwaysDeploy",
            "CacheClusterEnabled",
            "CacheClusterSize",
            "EndpointConfiguration",
            "MergeDefinitions",
            "OpenApiVersion",
            "PropagateTags",
        ]);
        let cors = part.take("Cors");
        let auth = entries(part.take("Auth").as_ref());
        let responses = part.take("GatewayResponses");
        let mut body = document(&mut part, folder).unwrap_or_else(|fault| {
            output.faults.push(fault);
            Map::new()
        });
        let mut paths = entries(body.get("paths"));
        self.authorize(&auth, line, &mut body);
        for (path, operations) in self.paths {
            let known = paths.entry(path).or_insert_with(|| map(line, []));
            if let Value::Map(known) = &mut known.value {
                known.extend(operations);
            }
        }
        if let Some(cors) = cors {
            match preflight(&cors) {
                Ok(operation) => {
                    for node in paths.values_mut() {
                        if let Value::Map(operations) = &mut node.value {
                            operations
                                .entry("options".to_owned())
                                .or_insert_with(|| operation.clone());
                        }
                    }
                }
                Err(message) => output.faults.push(part.fault(message)),
            }
        }
        if let Some(responses) = responses {
            let key = "x-amazon-apigateway-gateway-responses".to_owned();
            body.insert(key, gateway_responses(&responses));
        }
        body.insert("paths".to_owned(), Node { line, value: Value::Map(paths) });
        properties.insert("Body".to_owned(), Node { line, value: Value::Map(body) });
        output.faults.extend(part.finish());
        of_stage.insert("RestApiId".to_owned(), reference(line, id));
        let of_api = of_stage.get("RestApiId").cloned();
        of_stage.insert("StageName".to_owned(), stage);
        let deployment = of_api.into_iter().map(|node| ("RestApiId".to_owned(), node)).collect();
        output.add(id.to_owned(), "AWS::ApiGateway::RestApi", &self.resource, line, properties);
        output.add(
            format!("{id}Deployment"),
            "AWS::ApiGateway::Deployment",
            &self.resource,
            line,
            deployment,
        );
        let stage_id = format!("{id}{stage_name}Stage");
        output.add(stage_id, "AWS::ApiGateway::Stage", &self.resource, line, of_stage);
    }

    /// Writes the authorizers into the document, and what each operation asks of its callers.
    fn authorize(&mut self, auth: &Map, line: usize, body: &mut Map) {
        let mut schemes = Map::new();
        for (name, written) in entries(auth.get("Authorizers")) {
            schemes.insert(name, authorizer(&entries(Some(&written)), written.line));
        }
        let key = [("type", "apiKey"), ("name", "x-api-key"), ("in", "header")];
        let key = map(line, key.map(|(name, text)| (name, Node::text(line, text))));
        schemes.insert("api_key".to_owned(), key);
        let flag = |map: &Map, name: &str| map.get(name).and_then(Node::to_text);
        for operation in self.paths.values_mut().flat_map(|operations| operations.values_mut()) {
            let Value::Map(operation) = &mut operation.value else { continue };
            let own = entries(operation.shift_remove("auth").as_ref());
            let named = own.get("Authorizer").or_else(|| auth.get("DefaultAuthorizer"));
            let name = named.and_then(Node::to_text).unwrap_or_else(|| "NONE".to_owned());
            let needs_key = flag(&own, "ApiKeyRequired").or_else(|| flag(auth, "ApiKeyRequired"));
            let mut required = Map::new();
            match name.as_str() {
                "NONE" => {}
                "AWS_IAM" => {
                    let auth = map(line, [("type", Node::text(line, "AWS_IAM"))]);
                    operation.insert("x-amazon-apigateway-auth".to_owned(), auth);
                }
                _ => {
                    let scopes = own.get("AuthorizationScopes").cloned();
                    required.insert(name, scopes.unwrap_or_else(|| list(line, Vec::new())));
                }
            }
            if needs_key.as_deref() == Some("true") {
                required.insert("api_key".to_owned(), list(line, Vec::new()));
            }
            if !required.is_empty() {
                let required = Node { line, value: Value::Map(required) };
                operation.insert("security".to_owned(), list(line, vec![required]));
            }
        }
        let schemes = Node { line, value: Value::Map(schemes) };
        let components = body.entry("components".to_owned()).or_insert_with(|| map(line, []));
        if let Value::Map(components) = &mut components.value {
            let known =
                components.entry("securitySchemes".to_owned()).or_insert_with(|| map(line, []));
            if let (Value::Map(known), Value::Map(schemes)) = (&mut known.value, schemes.value) {
                known.extend(schemes);
            }
        }
    }
}

/// SAM writes `~1` for the slash of a media type.
fn escape_media_types(properties: &mut Map) {
    let Some(Value::List(types)) =
        properties.get_mut("BinaryMediaTypes").map(|node| &mut node.value)
    else {
        return;
    };
    for one in types {
        if let Value::String(text) = &mut one.value {
            *text = text.replace("~1", "/");
        }
    }
}

/// An authorizer of SAM as a security scheme of OpenAPI.
fn authorizer(written: &Map, line: usize) -> Node {
    let identity = entries(written.get("Identity"));
    let text = |map: &Map, name: &str| map.get(name).and_then(Node::to_text);
    let header = text(&identity, "Header").unwrap_or_else(|| "Authorization".to_owned());
    let mut parts = Map::new();
    let mut set = |name: &str, node: Node| parts.insert(name.to_owned(), node);
    if let Some(pools) = written.get("UserPoolArn") {
        set("type", Node::text(line, "cognito_user_pools"));
        let pools = match &pools.value {
            Value::List(_) => pools.clone(),
            _ => list(line, vec![pools.clone()]),
        };
        set("providerARNs", pools);
    } else {
        let arn = written.get("FunctionArn").cloned().unwrap_or_else(|| Node::text(line, ""));
        let uri = [
            Node::text(line, "arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/"),
            arn,
            Node::text(line, "/invocations"),
        ];
        let joined = list(line, vec![Node::text(line, ""), list(line, uri.to_vec())]);
        set("authorizerUri", map(line, [("Fn::Join", joined)]));
        let is_request = text(written, "FunctionPayloadType").as_deref() == Some("REQUEST");
        set("type", Node::text(line, if is_request { "request" } else { "token" }));
        if is_request {
            let mut sources = Vec::new();
            for (name, prefix) in [
                ("Headers", "method.request.header."),
                ("QueryStrings", "method.request.querystring."),
                ("StageVariables", "stageVariables."),
                ("Context", "context."),
            ] {
                let named = identity.get(name).and_then(Node::as_list).unwrap_or_default();
                let named = named.iter().filter_map(Node::to_text);
                sources.extend(named.map(|name| format!("{prefix}{name}")));
            }
            set("identitySource", Node::text(line, sources.join(",")));
        }
    }
    if let Some(expression) = identity.get("ValidationExpression") {
        set("identityValidationExpression", expression.clone());
    }
    if let Some(seconds) = identity.get("ReauthorizeEvery") {
        set("authorizerResultTtlInSeconds", seconds.clone());
    }
    let parts = Node { line, value: Value::Map(parts) };
    map(
        line,
        [
            ("type", Node::text(line, "apiKey")),
            ("name", Node::text(line, header)),
            ("in", Node::text(line, "header")),
            ("x-amazon-apigateway-authorizer", parts),
        ],
    )
}

/// The operation that answers preflight requests. Values are text in quotes, as API Gateway wants them.
fn preflight(cors: &Node) -> Result<Node, String> {
    let line = cors.line;
    let written = entries(Some(cors));
    let origin = match cors.as_map() {
        Some(_) => written.get("AllowOrigin").cloned(),
        None => Some(cors.clone()),
    };
    let quoted = |text: &str| Node::text(line, text);
    let or =
        |name: &str, default: &str| written.get(name).cloned().unwrap_or_else(|| quoted(default));
    let mut headers = Map::new();
    let mut set = |name: &str, node: Node| {
        headers.insert(format!("method.response.header.Access-Control-{name}"), node);
    };
    set("Allow-Origin", origin.unwrap_or_else(|| quoted("'*'")));
    set("Allow-Methods", or("AllowMethods", "'OPTIONS,GET,PUT,POST,DELETE,PATCH,HEAD'"));
    set(
        "Allow-Headers",
        or(
            "AllowHeaders",
            "'Content-Type,X-Amz-Date,Authorization,X-Api-Key,X-Amz-Security-Token'",
        ),
    );
    if let Some(seconds) = written.get("MaxAge") {
        set("Max-Age", seconds.clone());
    }
    if written.get("AllowCredentials").and_then(Node::to_text).as_deref() == Some("true") {
        set("Allow-Credentials", quoted("'true'"));
    }
    for node in headers.values() {
        if let Some(text) = node.to_text()
            && !(text.len() > 1 && text.starts_with('\'') && text.ends_with('\''))
        {
            return Err(format!(
                "property `Cors`: API Gateway needs quotes around `{text}`: \"'{text}'\""
            ));
        }
    }
    let response = map(
        line,
        [
            ("statusCode", Node::text(line, "200")),
            ("responseParameters", Node { line, value: Value::Map(headers) }),
        ],
    );
    let integration = map(
        line,
        [("type", Node::text(line, "mock")), ("responses", map(line, [("default", response)]))],
    );
    Ok(map(line, [("x-amazon-apigateway-integration", integration)]))
}

/// Gateway responses as a document writes them.
fn gateway_responses(written: &Node) -> Node {
    let mut responses = Map::new();
    for (kind, node) in entries(Some(written)) {
        let parts = entries(Some(&node));
        let mut out = Map::new();
        if let Some(status) = parts.get("StatusCode") {
            out.insert("statusCode".to_owned(), status.clone());
        }
        if let Some(templates) = parts.get("ResponseTemplates") {
            out.insert("responseTemplates".to_owned(), templates.clone());
        }
        let parameters = entries(parts.get("ResponseParameters"));
        let headers = entries(parameters.get("Headers")).into_iter();
        let headers = headers.map(|(name, node)| (format!("gatewayresponse.header.{name}"), node));
        let headers = Node { line: node.line, value: Value::Map(headers.collect()) };
        out.insert("responseParameters".to_owned(), headers);
        responses.insert(kind, Node { line: node.line, value: Value::Map(out) });
    }
    Node { line: written.line, value: Value::Map(responses) }
}

/// The OpenAPI document of an API: written there, included, or in a file beside the template.
fn document(part: &mut Part, folder: &Path) -> Result<Map, Fault> {
    let uri = part.take("DefinitionUri");
    let body = match (part.take("DefinitionBody"), uri) {
        (Some(body), _) => match body.as_map().and_then(|map| map.get("Fn::Transform")) {
            Some(argument) => Some(include::included(argument, folder)?),
            None => Some(body),
        },
        (None, Some(uri)) => match uri.as_str().filter(|uri| !uri.starts_with("s3://")) {
            Some(path) => {
                Some(include::file(&folder.join(path)).map_err(|error| part.fault(error))?)
            }
            None => {
                let message = "property `DefinitionUri` is in S3, which the stage cannot read; use a local file";
                return Err(part.fault(message));
            }
        },
        (None, None) => None,
    };
    Ok(entries(body.as_ref()))
}
