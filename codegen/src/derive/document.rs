//! The derived document: workflows as JSON, a step for each call, and an input for each value that is drawn.

use serde_json::{Map, Value, json};

use super::resource::{From, Resource, names, success};
use crate::model::{
    Content, Link, MessagePart, Method, Operation, OperationReference, Parameter,
    ParameterLocation, ScalarKind, Service, Status, System, TypeKind, TypeRef,
};

/// The longest name that a load test gives: `lt-1a2b3c4d-`, a workflow and a number.
const UNIQUE_CHARS: u64 = 64;

/// The source descriptions of a system.
pub(super) fn sources(system: &System) -> Vec<Value> {
    let mut sources = vec![];
    for service in &system.services {
        let operation = service.operations.first().map(|one| &one.origin.pointer);
        let sent = service.sends.first().map(|one| &one.origin.pointer);
        for (pointer, suffix, kind) in [(operation, "", "openapi"), (sent, "-events", "asyncapi")] {
            let Some((path, _)) = pointer.and_then(|pointer| pointer.split_once('#')) else {
                continue;
            };
            let name = format!("{}{suffix}", service.name.wire);
            sources.push(json!({ "name": name, "url": relative(path), "type": kind }));
        }
    }
    sources
}

/// A contract's path from the folder of workflows.
fn relative(path: &str) -> String {
    format!("../{}", path.split_once('/').map_or(path, |(_, below)| below))
}

/// The key of a thing: its path parameter, and the expression that later steps give.
pub(super) type Key = (String, String);

/// A workflow that is being derived.
pub(super) struct Flow<'a> {
    id: String,
    summary: String,
    weight: f64,
    inputs: Map<String, Value>,
    steps: Vec<Value>,
    called: Vec<OperationReference>,
    /// The keys of what was created, by the shape of the path that ends with each: the uppermost first.
    keys: Vec<(Vec<String>, String)>,
    system: &'a System,
}

impl<'a> Flow<'a> {
    pub(super) fn new(system: &'a System, id: &str, summary: &str, weight: f64) -> Self {
        Self {
            id: id.to_owned(),
            summary: summary.to_owned(),
            weight,
            inputs: Map::new(),
            steps: vec![],
            called: vec![],
            keys: vec![],
            system,
        }
    }

    pub(super) fn called(&self) -> impl Iterator<Item = OperationReference> {
        self.called.iter().copied()
    }

    /// The workflow.
    pub(super) fn finish(self) -> Value {
        let mut workflow = json!({
            "workflowId": self.id,
            "summary": self.summary,
            "x-workload": { "weight": self.weight },
            "steps": self.steps,
        });
        if !self.inputs.is_empty() {
            let required: Vec<&String> = self.inputs.keys().collect();
            workflow["inputs"] =
                json!({ "type": "object", "required": required, "properties": self.inputs });
        }
        workflow
    }

    /// The steps that create the resource, and before it what it is below. `None` where they are not known.
    pub(super) fn create(&mut self, resource: &Resource<'_>, all: &[Resource<'_>]) -> Option<Key> {
        for above in resource.above(all)? {
            self.create_one(above, &format!("create-{}", above.name))?;
        }
        self.create_one(resource, "create")
    }

    fn create_one(&mut self, resource: &Resource<'_>, id: &str) -> Option<Key> {
        let mut given = vec![];
        let mut own = format!("$steps.{id}.outputs.{}", plain(&resource.key));
        let named = match &resource.from {
            From::Response(_) => None,
            From::Request(name) => Some(name),
            From::Path => Some(&resource.key),
        };
        if let Some(name) = named {
            own = self.unique(resource, name, id)?;
        }
        if resource.from == From::Path {
            given.push((resource.key.clone(), own.clone()));
        }
        let at = self.steps.len();
        if !self.call(resource.create, id, &given) {
            return None;
        }
        let step = &mut self.steps[at];
        match &resource.from {
            From::Response(value) => {
                step["outputs"] = json!({ plain(&resource.key): value });
            }
            From::Request(name) => {
                step["requestBody"]["replacements"] =
                    json!([{ "target": format!("/{name}"), "value": own }]);
            }
            From::Path => {
                let body = resource.creator.body.as_ref().and_then(|body| body.described());
                let has = body
                    .is_some_and(|body| names(resource.service, &body.ty).contains(&resource.key));
                if has {
                    step["requestBody"]["replacements"] =
                        json!([{ "target": format!("/{}", resource.key), "value": own }]);
                }
            }
        }
        self.keys.push((resource.reader.path.shape(), own.clone()));
        Some((resource.key.clone(), own))
    }

    /// The key that stands in a path at the place of a parameter: of something that was created, and that the path leads
    /// below.
    fn key_at(&self, operation: &Operation, parameter: &str) -> Option<&str> {
        let (at, shape) =
            (operation.path.parameters().position(|one| one == parameter)?, operation.path.shape());
        let n_parameters = |key: &[String]| key.iter().filter(|text| text.contains("{}")).count();
        let is_it = |(key, _): &&(Vec<String>, String)| {
            n_parameters(key) == at + 1 && shape.starts_with(key)
        };
        self.keys.iter().find(is_it).map(|(_, value)| value.as_str())
    }

    /// Whether the resource was made below another one.
    pub(super) fn is_below_another(&self) -> bool {
        self.keys.len() > 1
    }

    /// An input that no other visit has.
    fn unique(&mut self, resource: &Resource<'_>, name: &str, id: &str) -> Option<String> {
        let parameter = resource
            .reader
            .parameters
            .iter()
            .find(|parameter| parameter.name.wire == resource.key)?;
        let mut schema = json!({ "$ref": schema_of(&parameter.origin.pointer) });
        match scalar(resource.service, &parameter.ty) {
            Some((ScalarKind::String, most, false)) if most >= UNIQUE_CHARS => {
                schema["x-test-data"] = json!("unique");
            }
            // Drawn ones are different enough.
            Some((ScalarKind::Uuid, ..)) => {}
            _ => return None,
        }
        let above = id.strip_prefix("create").unwrap_or_default();
        let input = format!("{}{above}-key", plain(name));
        self.inputs.insert(input.clone(), schema);
        Some(format!("$inputs.{input}"))
    }

    /// A step that calls an operation with these path parameters; `false` where something that it needs is not known.
    pub(super) fn call(
        &mut self,
        reference: OperationReference,
        id: &str,
        given: &[(String, String)],
    ) -> bool {
        let (service, operation) = reference.of(&self.system.services);
        let (mut arguments, mut inputs) = (vec![], vec![]);
        for parameter in operation.parameters.iter().filter(|one| one.required) {
            let name = &parameter.name.wire;
            let location = parameter.location;
            let known =
                given.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str());
            let in_path =
                self.key_at(operation, name).filter(|_| location == ParameterLocation::Path);
            let value = match in_path.or(known) {
                Some(value) => value.to_owned(),
                None if location == ParameterLocation::Path => return false,
                None if name.eq_ignore_ascii_case("if-match") => return false,
                None => {
                    let input = format!("{id}-{}", plain(name));
                    let value = format!("$inputs.{input}");
                    inputs.push((input, drawn(service, operation, parameter)));
                    value
                }
            };
            arguments.push(json!({ "name": name, "in": location.as_str(), "value": value }));
        }
        let mut step = json!({ "stepId": id, "operationId": self.named(service, operation) });
        if !arguments.is_empty() {
            step["parameters"] = Value::Array(arguments);
        }
        if let Some(body) =
            operation.body.as_ref().filter(|body| body.required || body.described().is_some())
        {
            let Some(content) = body.described() else { return false };
            let input = format!("{id}-body");
            let pointer = format!(
                "{}/content/{}/schema",
                body.origin.pointer,
                scalars::pointer::escape(&content.media_type)
            );
            inputs.push((input.clone(), body_schema(content, &pointer)));
            step["requestBody"] = json!({
                "contentType": content.media_type,
                "payload": format!("$inputs.{input}"),
            });
        }
        self.inputs.extend(inputs);
        self.steps.push(step);
        self.called.push(reference);
        true
    }

    fn named(&self, service: &Service, operation: &Operation) -> String {
        format!("$sourceDescriptions.{}.{}", service.name.wire, operation.id.wire)
    }

    /// The step that reads the resource, and sees that there is exactly one.
    pub(super) fn read(&mut self, resource: &Resource<'_>, key: &Key, notes: &mut Vec<String>) {
        if !resource.is_readable() {
            notes.push(format!(
                "whether each of {} is there after the load is not checked: no operation reads it",
                self.id
            ));
            return;
        }
        let at = self.steps.len();
        if !self.call(resource.read, "read", std::slice::from_ref(key)) {
            return;
        }
        let (service, operation) = resource.read.of(&self.system.services);
        let body = success(operation);
        let names = body.map(|content| names(service, &content.ty)).unwrap_or_default();
        let id =
            [resource.key.as_str(), "id"].into_iter().find(|id| names.iter().any(|one| one == id));
        let has_etag = has_etag(operation);
        let is_below = self.is_below_another();
        if is_below {
            notes.push(format!(
                "whether each of {} is there after the load is not checked: its path needs more keys than its own",
                self.id
            ));
        }
        let step = &mut self.steps[at];
        if let Some(id) = id.filter(|_| !is_below) {
            step["description"] = json!(format!("One {} for each that was created.", self.id));
            step["x-promise"] = json!({
                "step": "create", "key": key.1, "id": format!("/{id}"), "equals": key.1,
            });
        }
        if has_etag {
            step["outputs"] = json!({ "etag": "$response.header.ETag" });
        }
    }

    /// The step that changes the resource.
    pub(super) fn update(
        &mut self,
        resource: &Resource<'_>,
        update: OperationReference,
        key: &Key,
    ) {
        let operation = update.of(&self.system.services).1;
        let mut given = vec![key.clone()];
        let read = self.steps.iter().find(|step| step["stepId"] == "read");
        if read.is_some_and(|read| read["outputs"]["etag"].is_string()) {
            let header = |one: &&Parameter| one.name.wire.eq_ignore_ascii_case("if-match");
            let header = operation.parameters.iter().find(header);
            given.extend(
                header.map(|one| (one.name.wire.clone(), "$steps.read.outputs.etag".to_owned())),
            );
        }
        let id = operation.method.as_str().to_lowercase();
        let body = operation.body.as_ref().and_then(|body| body.json());
        let has_key =
            body.is_some_and(|body| names(resource.service, &body.ty).contains(&resource.key));
        let at = self.steps.len();
        // A second version of what one step has read does not match any more.
        let is_first = !self.steps.iter().any(|step| step["stepId"] == "put");
        if !(is_first || given.len() == 1) || !self.call(update, &id, &given) {
            return;
        }
        if has_key {
            self.steps[at]["requestBody"]["replacements"] =
                json!([{ "target": format!("/{}", resource.key), "value": key.1 }]);
        }
    }

    /// The version that an operation asks for by `If-Match`: it is read before.
    pub(super) fn version_for(
        &mut self,
        reference: OperationReference,
        resource: &Resource<'_>,
        key: &Key,
    ) -> Option<Key> {
        let operation = reference.of(&self.system.services).1;
        let is_it =
            |one: &&Parameter| one.required && one.name.wire.eq_ignore_ascii_case("if-match");
        let header = operation.parameters.iter().find(is_it)?;
        let at = self.steps.len();
        let is_known = resource.is_readable() && has_etag(resource.reader);
        if !is_known || !self.call(resource.read, "read", std::slice::from_ref(key)) {
            return None;
        }
        self.steps[at]["outputs"] = json!({ "etag": "$response.header.ETag" });
        Some((header.name.wire.clone(), "$steps.read.outputs.etag".to_owned()))
    }

    /// Where the contract declares it, reading what was deleted answers 404.
    pub(super) fn gone(&mut self, resource: &Resource<'_>, key: &Key) {
        let at = self.steps.len();
        if resource.is_readable()
            && declares(resource.reader, 404)
            && self.call(resource.read, "gone", std::slice::from_ref(key))
        {
            self.steps[at]["successCriteria"] = json!([{ "condition": "$statusCode == 404" }]);
        }
    }

    /// A step for an operation below the resource's path. What it reads may not be there.
    pub(super) fn below(&mut self, reference: OperationReference, key: &Key) {
        if self.called.contains(&reference) {
            return;
        }
        let operation = reference.of(&self.system.services).1;
        let (id, at) = (plain(&operation.id.wire), self.steps.len());
        let is_read = operation.method == Method::Get && declares(operation, 404);
        if self.call(reference, &id, std::slice::from_ref(key)) && is_read {
            let condition = "$statusCode < 300 || $statusCode == 404";
            self.steps[at]["successCriteria"] = json!([{ "condition": condition }]);
        }
    }

    /// A step for each event that the creating operation publishes, where its correlation id is known.
    pub(super) fn receive(&mut self, resource: &Resource<'_>, notes: &mut Vec<String>) {
        let answer = success(resource.creator);
        let known = answer.map(|body| names(resource.service, &body.ty)).unwrap_or_default();
        for index in &resource.creator.publishes {
            let sent = &resource.service.sends[*index];
            let name = &sent.message.name.wire;
            let correlation = sent.message.correlation.as_ref();
            let field = correlation
                .filter(|one| one.part == MessagePart::Payload)
                .and_then(|one| one.pointer.strip_prefix('/'));
            let field = field.filter(|field| known.iter().any(|one| one == field));
            let Some(field) = field else {
                notes.push(format!(
                    "{name} of {} is not waited for: its `correlationId` is not a property of the response",
                    resource.creator.id.wire
                ));
                continue;
            };
            let operation = sent.origin.pointer.rsplit('/').next().unwrap_or_default();
            let Some(create) = self.steps.iter_mut().find(|step| step["stepId"] == "create") else {
                return;
            };
            create["outputs"][plain(field)] = json!(format!("$response.body#/{field}"));
            self.steps.push(json!({
                "stepId": format!("told-{}", plain(name)),
                "operationId": format!("$sourceDescriptions.{}-events.{operation}", resource.service.name.wire),
                "action": "receive",
                "correlationId": format!("$steps.create.outputs.{}", plain(field)),
                "timeout": 30_000,
                "x-promise": { "step": "create" },
            }));
            notes.push(format!("every {} is assumed to publish {name}", resource.creator.id.wire));
        }
    }

    /// A step for each other operation that a link leads to with everything that it needs.
    pub(super) fn links(&mut self, resource: &Resource<'_>) {
        let responses = resource.creator.responses.iter().filter(|response| response.is_success());
        let links: Vec<Link> = responses.flat_map(|response| response.links.clone()).collect();
        for link in links {
            let found =
                resource.service.operations.iter().position(|one| one.id.wire == link.operation_id);
            let Some(operation) = found else { continue };
            let reference = OperationReference { service: resource.create.service, operation };
            let is_own = reference == resource.read
                || resource.delete == Some(reference)
                || resource.list.contains(&reference)
                || resource.update.contains(&reference);
            if self.called.contains(&reference) || is_own {
                continue;
            }
            let Some(create) = self.steps.iter_mut().find(|step| step["stepId"] == "create") else {
                return;
            };
            let mut given = vec![];
            for (index, (name, value)) in link.parameters.iter().enumerate() {
                let output = format!("{}-{index}", plain(&link.name));
                create["outputs"][&output] = json!(value);
                let name = name.trim_start_matches("path.").to_owned();
                given.push((name, format!("$steps.create.outputs.{output}")));
            }
            let mut replaced = vec![];
            for (name, value) in link.body.iter().flat_map(Value::as_object).flatten() {
                let output = format!("{}-{}", plain(&link.name), plain(name));
                create["outputs"][&output] = value.clone();
                replaced.push(json!({ "target": format!("/{name}"), "value": format!("$steps.create.outputs.{output}") }));
            }
            let at = self.steps.len();
            if !self.call(reference, &plain(&link.operation_id), &given) {
                continue;
            }
            if !replaced.is_empty() {
                self.steps[at]["requestBody"]["replacements"] = Value::Array(replaced);
            }
        }
    }
}

/// Whether a success tells the version of what was read.
fn has_etag(operation: &Operation) -> bool {
    let headers = operation.responses.iter().filter(|one| one.is_success());
    let mut headers = headers.flat_map(|response| &response.headers);
    headers.any(|header| header.name.wire.eq_ignore_ascii_case("etag"))
}

/// Whether a contract declares a status.
fn declares(operation: &Operation, status: u16) -> bool {
    operation.responses.iter().any(|response| response.status == Status::Code(status))
}

/// A name as expressions can have it.
pub(super) fn plain(name: &str) -> String {
    name.chars().map(|c| if c.is_ascii_alphanumeric() || c == '-' { c } else { '_' }).collect()
}

fn schema_of(parameter: &str) -> String {
    match parameter.split_once('#') {
        Some((path, pointer)) => format!("{}#{pointer}/schema", relative(path)),
        None => String::new(),
    }
}

/// The examples of a body, or else its schema.
fn body_schema(content: &Content, pointer: &str) -> Value {
    let examples: Vec<&Value> = content.examples.iter().map(|example| &example.value).collect();
    match (examples.is_empty(), pointer.split_once('#')) {
        (false, _) => json!({ "enum": examples }),
        (true, Some((path, pointer))) => json!({ "$ref": format!("{}#{pointer}", relative(path)) }),
        (true, None) => json!({}),
    }
}

/// From what a required parameter is drawn.
fn drawn(service: &Service, operation: &Operation, parameter: &Parameter) -> Value {
    let mut schema = json!({ "$ref": schema_of(&parameter.origin.pointer) });
    let name = &parameter.name.wire;
    let is_key = operation.idempotency.as_ref().is_some_and(|one| one.header == *name)
        || name.eq_ignore_ascii_case("idempotency-key");
    if is_key && matches!(scalar(service, &parameter.ty), Some((ScalarKind::String, ..))) {
        schema["x-test-data"] = json!("unique");
    }
    schema
}

/// The scalar of a type, how long its texts may be, and whether a format or pattern binds them further.
fn scalar(service: &Service, ty: &TypeRef) -> Option<(ScalarKind, u64, bool)> {
    match ty {
        TypeRef::Scalar(kind) => Some((*kind, u64::MAX, false)),
        TypeRef::Nullable(inner) | TypeRef::Boxed(inner) => scalar(service, inner),
        TypeRef::Named(id) => match &service.type_def(*id).kind {
            TypeKind::Newtype(one) => {
                let most = one.text.max_length.unwrap_or(u64::MAX);
                let fits = |pattern: &str| {
                    let pattern = scalars::Pattern::new(pattern).ok();
                    pattern.is_some_and(|pattern| {
                        pattern.is_match("lt-1a2b3c4d-things-42") == Ok(true)
                    })
                };
                let is_bound = one.text.format.is_some()
                    || one.text.pattern.as_deref().is_some_and(|pattern| !fits(pattern));
                Some((one.kind, most, is_bound))
            }
            TypeKind::Alias(inner) => scalar(service, inner),
            _ => None,
        },
        TypeRef::List(_) | TypeRef::Map(_) | TypeRef::Json => None,
    }
}
