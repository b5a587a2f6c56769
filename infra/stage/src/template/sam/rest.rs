//! `AWS::Serverless::Api`: an OpenAPI document with the routes of events, preflight requests and gateway responses, a
//! deployment and a stage. What callers must show is written by [`super::auth`].

use std::path::Path;

use indexmap::IndexMap;

use super::nodes::{Map, Part, entries, list, map, reference};
use super::{Output, auth, request, subject, usage};
use crate::template::error::Fault;
use crate::template::syntax::{Node, Value};
use crate::template::{Resource, include};

/// A REST API.
pub(super) struct Rest {
    pub(super) resource: Resource,
    /// What events add: path → method → operation.
    pub(super) paths: IndexMap<String, IndexMap<String, Operation>>,
}

/// An operation that an event adds.
pub(super) struct Operation {
    pub(super) node: Node,
    /// The condition under which its function exists.
    pub(super) condition: Option<String>,
}

impl Operation {
    /// The operation as the document has it: under the condition of its function.
    fn conditional(self) -> Node {
        let Some(condition) = self.condition else { return self.node };
        let line = self.node.line;
        let branches = vec![Node::text(line, condition), self.node, reference(line, NO_VALUE)];
        map(line, [("Fn::If", list(line, branches))])
    }
}

/// What leaves a value out.
const NO_VALUE: &str = "AWS::NoValue";

/// Properties that the API itself has too; `Mode` is about how it is updated.
const OF_API: [&str; 11] = [
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
];

/// Properties that its stage has too.
const OF_STAGE: [&str; 6] = [
    "AccessLogSetting",
    "CacheClusterEnabled",
    "CacheClusterSize",
    "MethodSettings",
    "TracingEnabled",
    "Variables",
];

/// Properties that have no effect here: an API answers at its own URL.
const IGNORED: [&str; 5] =
    ["AlwaysDeploy", "Domain", "EndpointConfiguration", "OpenApiVersion", "PropagateTags"];

impl Rest {
    /// Turns the API into resources of CloudFormation.
    pub(super) fn finish(mut self, id: &str, folder: &Path, output: &mut Output) {
        let line = self.resource.line;
        let subject = subject(id, &self.resource);
        let mut part = Part::new(line, subject, std::mem::take(&mut self.resource.properties));
        let stage = part.take("StageName").unwrap_or_else(|| Node::text(line, "Prod"));
        let mut properties = part.same(&OF_API);
        properties.shift_remove("Mode");
        escape_media_types(&mut properties);
        let mut of_stage = part.same(&OF_STAGE);
        part.skip(&IGNORED);
        let auth = entries(part.take("Auth").as_ref());
        let body = self.body(id, &mut part, folder, &auth, output);
        properties.insert("Body".to_owned(), Node { line, value: Value::Map(body) });
        output.faults.extend(part.finish());
        let of_api = ("RestApiId".to_owned(), reference(line, id));
        of_stage.extend([of_api.clone(), ("StageName".to_owned(), stage.clone())]);
        let resource = &self.resource;
        output.add(id.to_owned(), "AWS::ApiGateway::RestApi", resource, line, properties);
        let deployment = [of_api].into_iter().collect();
        let deployment_id = format!("{id}Deployment");
        output.add(deployment_id, "AWS::ApiGateway::Deployment", resource, line, deployment);
        let stage_id = stage_id(id, &stage.to_text().unwrap_or_default());
        if let Some(usage) = auth.get("UsagePlan") {
            usage::plan((id, &stage_id), usage, resource, output);
        }
        output.add(stage_id, "AWS::ApiGateway::Stage", resource, line, of_stage);
    }

    /// The statements of the resource policies of the API and its events.
    fn statements(&self, auth: &Map, part: &Part, output: &mut Output) -> Vec<Node> {
        let mut policies = Vec::new();
        for (path, operations) in &self.paths {
            let all =
                operations.values().filter_map(|one| one.node.as_map()?.get("auth")?.as_map());
            let all = all.filter_map(|auth| auth.get("ResourcePolicy"));
            policies.extend(all.map(|policy| (policy, auth::policed(path))));
        }
        let of_api = auth.get("ResourcePolicy").map(|policy| (policy, "execute-api:/*".to_owned()));
        let mut statements = Vec::new();
        for (policy, resource) in policies.into_iter().chain(of_api) {
            match auth::statements(policy, &resource) {
                Ok(all) => statements.extend(all),
                Err(unknown) => output.faults.extend(unknown.into_iter().map(|name| {
                    let text = format!(
                        "property `Auth.ResourcePolicy.{name}` is not supported by the stage"
                    );
                    part.fault(text).left_out_on_request()
                })),
            }
        }
        statements
    }

    /// The OpenAPI document of the API: the one that is written, with what events and properties add to it.
    fn body(
        &mut self,
        id: &str,
        part: &mut Part,
        folder: &Path,
        auth: &Map,
        output: &mut Output,
    ) -> Map {
        let line = self.resource.line;
        let statements = self.statements(auth, part, output);
        let merges = part.take("MergeDefinitions").and_then(|node| node.to_text());
        let mut body = document(part, folder).unwrap_or_else(|fault| {
            output.faults.push(fault);
            Map::new()
        });
        let has_document = !body.is_empty();
        if !statements.is_empty() {
            add_statements(&mut body, statements, line);
        }
        let mut paths = entries(body.get("paths"));
        // A document that somebody wrote is left alone, unless it says otherwise: events are permissions then.
        if !has_document || merges.as_deref() == Some("true") {
            add(std::mem::take(&mut self.paths), &mut paths, line);
        } else {
            override_auth(&self.paths, &mut paths);
        }
        match part.take("Cors").map(|cors| preflight(&cors)) {
            Some(Ok(operation)) => allow_preflight(&operation, &mut paths),
            Some(Err(message)) => output.faults.push(part.fault(message)),
            None => {}
        }
        output.faults.extend(auth::refuse_unknown(auth, part));
        auth::authorize(auth, line, &mut body, &mut paths);
        auth::allow(id, auth, &self.resource, output);
        if let Some(responses) = part.take("GatewayResponses") {
            let key = "x-amazon-apigateway-gateway-responses".to_owned();
            let mut known = entries(body.get(&key));
            known.extend(gateway_responses(&responses));
            body.insert(key, Node { line: responses.line, value: Value::Map(known) });
        }
        let models = request::definitions(entries(part.take("Models").as_ref()));
        if !models.is_empty() {
            let mut known = entries(body.get("definitions"));
            known.extend(models);
            body.insert("definitions".to_owned(), Node { line, value: Value::Map(known) });
        }
        let validators = body.entry("x-amazon-apigateway-request-validators".to_owned());
        validators.or_insert_with(|| request::validators(line));
        body.insert("paths".to_owned(), Node { line, value: Value::Map(paths) });
        body
    }
}

/// Adds statements to the policy of a document, which may have some.
fn add_statements(body: &mut Map, mut statements: Vec<Node>, line: usize) {
    const POLICY: &str = "x-amazon-apigateway-policy";
    let mut policy = entries(body.get(POLICY));
    let known = match policy.shift_remove("Statement") {
        Some(Node { value: Value::List(known), .. }) => known,
        one => one.into_iter().collect(),
    };
    statements.splice(0..0, known);
    policy.insert("Statement".to_owned(), list(line, statements));
    body.insert(POLICY.to_owned(), Node { line, value: Value::Map(policy) });
}

/// Gives every path the answer to preflight requests, unless it has one.
fn allow_preflight(operation: &Node, paths: &mut Map) {
    for node in paths.values_mut() {
        each_branch(node, &mut |known| {
            known.entry("options".to_owned()).or_insert_with(|| operation.clone());
        });
    }
}

/// Adds what events declare.
fn add(events: IndexMap<String, IndexMap<String, Operation>>, paths: &mut Map, line: usize) {
    for (path, operations) in events {
        let known = paths.entry(path).or_insert_with(|| map(line, []));
        for (method, operation) in operations {
            let node = operation.conditional();
            each_branch(known, &mut |known| {
                known.insert(method.clone(), node.clone());
            });
        }
    }
}

/// Gives operations of the document what events say of their callers (`OverrideApiAuth`).
fn override_auth(events: &IndexMap<String, IndexMap<String, Operation>>, paths: &mut Map) {
    for (path, operations) in events {
        for (method, operation) in operations {
            let auth = operation.node.as_map().and_then(|map| map.get("auth"));
            let overrides = |auth: &&Node| {
                let asked = entries(Some(auth)).get("OverrideApiAuth").and_then(Node::to_text);
                asked.as_deref() == Some("true")
            };
            let (Some(auth), Some(known)) = (auth.filter(overrides), paths.get_mut(path)) else {
                continue;
            };
            each_branch(known, &mut |known| {
                if let Some(Value::Map(known)) = known.get_mut(method).map(|node| &mut node.value) {
                    known.insert("auth".to_owned(), auth.clone());
                }
            });
        }
    }
}

/// The logical id of the stage of an API, as the translator makes it: with the name where that is letters and digits, with
/// the start of its SHA-1 where it is anything else, and with neither where a function gives it.
fn stage_id(api: &str, name: &str) -> String {
    if name.is_empty() || name.chars().all(char::is_alphanumeric) {
        return format!("{api}{name}Stage");
    }
    let hash =
        aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA1_FOR_LEGACY_USE_ONLY, name.as_bytes());
    let hash: String = hash.as_ref().iter().take(5).map(|byte| format!("{byte:02x}")).collect();
    format!("{api}Stage{hash}")
}

/// Does something with every map that a node may come down to: itself, or the branches of `Fn::If`.
pub(super) fn each_branch(node: &mut Node, act: &mut dyn FnMut(&mut Map)) {
    let Value::Map(known) = &mut node.value else { return };
    match known.get_mut("Fn::If").map(|node| &mut node.value) {
        Some(Value::List(parts)) => {
            let branches = parts.iter_mut().skip(1);
            branches.filter(|node| !is_no_value(node)).for_each(|node| each_branch(node, act));
        }
        _ => act(known),
    }
}

fn is_no_value(node: &Node) -> bool {
    node.as_map().and_then(|map| map.get("Ref")).and_then(Node::as_str) == Some(NO_VALUE)
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
fn gateway_responses(written: &Node) -> Map {
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
    responses
}

/// The OpenAPI document of an API: written there, included, or in a file beside the template.
pub(super) fn document(part: &mut Part, folder: &Path) -> Result<Map, Fault> {
    let uri = part.take("DefinitionUri");
    let body = match (part.take("DefinitionBody"), uri) {
        (Some(body), _) => match body.as_map().and_then(|map| map.get("Fn::Transform")) {
            Some(argument) => Some(include::included(argument, folder)?.1),
            None => Some(body),
        },
        (None, Some(uri)) => match uri.as_str().filter(|uri| !uri.starts_with("s3://")) {
            Some(path) => {
                let document = include::file(&folder.join(path));
                let document = document.map_err(|error| part.fault(error))?;
                Some(include::at_line(document, uri.line))
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
