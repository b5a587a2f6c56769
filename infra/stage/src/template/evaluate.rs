//! Intrinsic functions, conditions and references → plain values.
//!
//! Owns what `Ref`, `Fn::GetAtt` and the rest mean, with every cycle refused. Refuses the functions whose value only
//! AWS knows (`Fn::Cidr`); loops are gone by then (`foreach`). What a *resource*
//! answers to `Ref` and `Fn::GetAtt` is in `identity`.

mod conditions;
mod lists;

use std::collections::BTreeMap;
use std::path::PathBuf;

use base64::Engine as _;
use indexmap::IndexMap;

use super::error::Fault;
use super::include;
use super::resources::Nested;
use super::syntax::{Node, Value};
use super::{Resource, Surroundings, Template};

/// What a node comes down to; `None` is `AWS::NoValue`: as if it were not written.
pub(super) type Evaluated = Result<Option<Node>, Fault>;

/// Evaluates nodes of one template.
pub(super) struct Evaluator<'t> {
    pub(super) template: &'t Template,
    pub(super) surroundings: &'t Surroundings,
    pub(super) parameters: BTreeMap<String, Node>,
    conditions: BTreeMap<String, bool>,
    /// How many conditions are being looked up.
    n_conditions: usize,
    /// Names of resources that are already known, by logical id.
    pub(super) names: BTreeMap<String, String>,
    /// What is being looked up right now, to refuse cycles.
    pending: Vec<String>,
    /// Nested stacks that were read, by logical id.
    pub(super) nested: BTreeMap<String, Nested>,
    /// The files of the templates in which this one is nested.
    pub(super) around: Vec<PathBuf>,
}

impl<'t> Evaluator<'t> {
    pub(super) fn new(
        template: &'t Template,
        surroundings: &'t Surroundings,
        parameters: BTreeMap<String, Node>,
    ) -> Self {
        Self {
            template,
            surroundings,
            parameters,
            conditions: BTreeMap::new(),
            n_conditions: 0,
            names: BTreeMap::new(),
            pending: Vec::new(),
            nested: BTreeMap::new(),
            around: Vec::new(),
        }
    }

    /// Runs `look_up` unless it is already running for the same key further up.
    pub(super) fn guarded<T>(
        &mut self,
        key: &str,
        look_up: impl FnOnce(&mut Self) -> Result<T, Fault>,
    ) -> Result<T, Fault> {
        if self.pending.iter().any(|one| one == key) {
            return Err(Fault::new("template", format!("`{key}` refers to itself")));
        }
        self.pending.push(key.to_owned());
        let result = look_up(self);
        self.pending.pop();
        result
    }

    /// The value of a node, with every intrinsic function in it applied.
    pub(super) fn evaluate(&mut self, node: &Node) -> Evaluated {
        let result = match &node.value {
            Value::Map(map) => self.map(node.line, map),
            Value::List(items) => {
                let items = self.items(items)?;
                Ok(Some(Node { line: node.line, value: Value::List(items) }))
            }
            _ => Ok(Some(node.clone())),
        };
        let result = result.and_then(|evaluated| self.with_values(evaluated));
        result.map_err(|fault| fault.at(node.line))
    }

    /// A text with the values that it refers to.
    fn with_values(&mut self, evaluated: Option<Node>) -> Evaluated {
        match evaluated {
            Some(Node { line, value: Value::String(text) }) if text.contains("{{resolve:") => {
                Ok(Some(Node::text(line, self.resolve(&text)?)))
            }
            other => Ok(other),
        }
    }

    fn items(&mut self, items: &[Node]) -> Result<Vec<Node>, Fault> {
        let mut evaluated = Vec::with_capacity(items.len());
        for item in items {
            evaluated.extend(self.evaluate(item)?);
        }
        Ok(evaluated)
    }

    fn map(&mut self, line: usize, map: &IndexMap<String, Node>) -> Evaluated {
        if let Some((name, argument)) = map.first()
            && (name == "Ref" || name.starts_with("Fn::"))
        {
            if map.len() > 1 {
                return Err(Fault::new(
                    "template",
                    format!("`{name}` must be the only key of its map"),
                ));
            }
            let mut result = self.function(name, argument)?;
            if let Some(node) = &mut result {
                node.line = line;
            }
            return Ok(result);
        }
        let mut evaluated = IndexMap::with_capacity(map.len());
        for (key, node) in map {
            if let Some(node) = self.evaluate(node)? {
                evaluated.insert(key.clone(), node);
            }
        }
        Ok(Some(Node { line, value: Value::Map(evaluated) }))
    }

    fn function(&mut self, name: &str, argument: &Node) -> Evaluated {
        let line = argument.line;
        let text = match name {
            "Ref" if self.template.is_extended => {
                let named = self.text(name, argument)?;
                return self.reference(&named, line);
            }
            "Ref" => return self.reference(expect_text(name, argument)?, line),
            "Fn::If" => return self.choice(argument),
            "Fn::FindInMap" => return self.find_in_map(argument),
            "Fn::Select" => return self.select(argument),
            "Fn::Split" => return self.split(argument),
            "Fn::GetAZs" => {
                let zones = ["a", "b", "c"]
                    .map(|zone| Node::text(line, format!("{}{zone}", self.surroundings.region)));
                return Ok(Some(Node { line, value: Value::List(zones.into()) }));
            }
            "Fn::Equals" | "Fn::Not" | "Fn::And" | "Fn::Or" => {
                let value = Value::Bool(self.truth_of(name, argument)?);
                return Ok(Some(Node { line, value }));
            }
            "Fn::GetAtt" => self.get_att(argument)?,
            "Fn::Sub" => self.substitute(argument)?,
            "Fn::Join" => self.join(argument)?,
            "Fn::Base64" => {
                base64::engine::general_purpose::STANDARD.encode(self.text(name, argument)?)
            }
            "Fn::ImportValue" => {
                let export = self.text(name, argument)?;
                let known = self.template.exports.get(&export);
                if let Some(value) = known.and_then(Node::to_text) {
                    return Ok(Some(Node::text(line, value)));
                }
                if let Some(value) = self.surroundings.exports.get(&export) {
                    return Ok(Some(Node::text(line, value.clone())));
                }
                let message = format!(
                    "no stack exports `{export}`; pass the template that does with --template before this one, or add \
                     the value to `Metadata.LocalExports`"
                );
                return Err(Fault::new("template", message));
            }
            "Fn::Cidr" => {
                let message = "`Fn::Cidr` is not supported: the stage has no networks";
                return Err(Fault::new("template", message));
            }
            "Fn::Transform" => {
                let (path, included) = include::included(argument, self.template.folder())?;
                return self.guarded(&path, |this| this.evaluate(&included));
            }
            "Fn::Length" | "Fn::ToJsonString" if !self.template.is_extended => {
                return Err(needs_extensions(name));
            }
            "Fn::Length" => self.list(name, argument)?.len().to_string(),
            "Fn::ToJsonString" => {
                let node = self.evaluate(argument)?;
                node.map_or_else(String::new, |node| node.to_json().to_string())
            }
            _ if name.starts_with("Fn::ForEach") => return Err(needs_extensions(name)),
            _ => {
                return Err(Fault::new(
                    "template",
                    format!("the function `{name}` is not supported"),
                ));
            }
        };
        Ok(Some(Node::text(line, text)))
    }

    /// Evaluates an argument that must come down to text.
    pub(super) fn text(&mut self, what: &str, node: &Node) -> Result<String, Fault> {
        let evaluated = self.evaluate(node)?;
        let kind = evaluated.as_ref().map_or("AWS::NoValue", Node::kind);
        let text = evaluated.as_ref().and_then(Node::to_text);
        text.ok_or_else(|| {
            Fault::new("template", format!("`{what}` expects a string here, not {kind}"))
                .at(node.line)
        })
    }

    fn list(&mut self, what: &str, node: &Node) -> Result<Vec<Node>, Fault> {
        match self.evaluate(node)?.map(|node| node.value) {
            Some(Value::List(items)) => Ok(items),
            other => {
                let kind = other.map_or("AWS::NoValue", |value| Node { line: 0, value }.kind());
                Err(Fault::new("template", format!("`{what}` expects a list here, not {kind}"))
                    .at(node.line))
            }
        }
    }

    fn reference(&mut self, name: &str, line: usize) -> Evaluated {
        let around = self.surroundings;
        let text = match name {
            "AWS::NoValue" => return Ok(None),
            "AWS::Region" => around.region.clone(),
            "AWS::AccountId" => around.account.clone(),
            "AWS::Partition" => "aws".to_owned(),
            "AWS::URLSuffix" => "amazonaws.com".to_owned(),
            "AWS::StackName" => around.stack.clone(),
            "AWS::StackId" => around.stack_id(),
            "AWS::NotificationARNs" => {
                return Ok(Some(Node { line, value: Value::List(Vec::new()) }));
            }
            _ => match self.parameters.get(name) {
                Some(node) => return Ok(Some(Node { line, ..node.clone() })),
                None => match self.template.parameters.get(name) {
                    Some(declaration) => return self.stored(name, declaration).map(Some),
                    None => {
                        let id = self.made_by_sam(name).unwrap_or(name);
                        self.check_outside_of_conditions(id)?;
                        self.resource_reference(id)?
                    }
                },
            },
        };
        Ok(Some(Node::text(line, text)))
    }

    /// The resource that SAM makes of a part of another one: `Function.Alias`, `Api.Stage`.
    fn made_by_sam(&self, name: &str) -> Option<&'t str> {
        let (owner, what) = name.split_once('.')?;
        let template: &'t Template = self.template;
        let is_it = |(id, resource): &(&String, &Resource)| {
            resource.kind.rsplit("::").next() == Some(what)
                && id.strip_prefix(owner).is_some_and(|rest| rest.contains(what))
        };
        template.resources.iter().find(is_it).map(|(id, _)| id.as_str())
    }

    /// The value of a parameter that is in the parameter store, where the template puts it there.
    fn stored(&mut self, name: &str, declaration: &Node) -> Result<Node, Fault> {
        let template = self.template;
        let key = declaration.as_map().and_then(|map| map.get("Default")).and_then(Node::to_text);
        let key = key.unwrap_or_default();
        for (id, resource) in &template.resources {
            if resource.kind == "AWS::SSM::Parameter" && self.name(id)? == key {
                return Ok(Node::text(declaration.line, self.parameter_value(id)?));
            }
        }
        if let Some((_, value)) = self.surroundings.stored.parameter(&key) {
            return Ok(Node::text(declaration.line, value));
        }
        let message = format!(
            "the parameter `{name}` is `{key}` in the SSM Parameter Store, which the stage does not emulate; pass its value \
         with --parameter {name}=VALUE"
        );
        Err(Fault::new("template", message))
    }

    /// The value of a parameter that the template stores.
    pub(super) fn parameter_value(&mut self, id: &str) -> Result<String, Fault> {
        let value = self.template.resources.get(id).and_then(|found| found.property("Value"));
        value.map_or(Ok(String::new()), |value| self.text("Value", value))
    }

    /// Conditions are decided before there are resources.
    fn check_outside_of_conditions(&self, name: &str) -> Result<(), Fault> {
        match self.n_conditions {
            0 => Ok(()),
            _ => {
                let message =
                    format!("a condition cannot refer to `{name}`, which is not a parameter");
                Err(Fault::new("template", message))
            }
        }
    }

    fn get_att(&mut self, argument: &Node) -> Result<String, Fault> {
        let path = match argument.as_list() {
            Some(parts) => {
                let mut texts = Vec::with_capacity(parts.len());
                for part in parts {
                    texts.push(self.text("Fn::GetAtt", part)?);
                }
                texts.join(".")
            }
            None => expect_text("Fn::GetAtt", argument)?.to_owned(),
        };
        self.check_outside_of_conditions(&path)?;
        match path.split_once('.') {
            Some((id, attribute)) => self.resource_attribute(id, attribute),
            None => Err(Fault::new(
                "template",
                format!("`Fn::GetAtt` expects `Resource.Attribute`, not `{path}`"),
            )),
        }
    }

    fn substitute(&mut self, argument: &Node) -> Result<String, Fault> {
        let (text, given) = match argument.as_list() {
            Some([text, given]) => (expect_text("Fn::Sub", text)?, given.as_map()),
            Some(_) => {
                return Err(Fault::new(
                    "template",
                    "`Fn::Sub` expects a string, or a string and a map",
                ));
            }
            None => (expect_text("Fn::Sub", argument)?, None),
        };
        let mut out = String::with_capacity(text.len());
        let mut rest = text;
        // Each is looked up once, however often it is written.
        let mut known: BTreeMap<&str, String> = BTreeMap::new();
        while let Some(start) = rest.find("${") {
            out.push_str(&rest[..start]);
            let Some(length) = rest[start..].find('}') else {
                return Err(Fault::new(
                    "template",
                    "`Fn::Sub`: the closing brace of `${` is missing",
                ));
            };
            let name = &rest[start + 2..start + length];
            rest = &rest[start + length + 1..];
            if let Some(literal) = name.strip_prefix('!') {
                out.push_str(&format!("${{{literal}}}"));
            } else if let Some(wrong) = name.chars().find(|c| !is_of_variable(*c)) {
                let message = format!("`Fn::Sub`: `{name}` is not a name: it contains `{wrong}`");
                return Err(Fault::new("template", message));
            } else {
                if !known.contains_key(name) {
                    known.insert(name, self.variable(name, given, argument.line)?);
                }
                let value = known.get(name).map_or("", String::as_str);
                check_size("Fn::Sub", out.len() + value.len())?;
                out.push_str(value);
            }
        }
        out.push_str(rest);
        Ok(out)
    }

    fn variable(
        &mut self,
        name: &str,
        given: Option<&IndexMap<String, Node>>,
        line: usize,
    ) -> Result<String, Fault> {
        if let Some(node) = given.and_then(|given| given.get(name)) {
            return self.text("Fn::Sub", node);
        }
        if let Some((id, attribute)) = name.split_once('.')
            && self.made_by_sam(name).is_none()
        {
            return self.resource_attribute(id, attribute);
        }
        let node = self.reference(name, line)?;
        let text = node.as_ref().and_then(Node::to_text);
        text.ok_or_else(|| Fault::new("template", format!("`Fn::Sub`: `{name}` is not a string")))
    }
}

/// Refuses a text that is longer than a whole template may be: values that are written many times multiply.
fn check_size(name: &str, n_bytes: usize) -> Result<(), Fault> {
    let most = limits::TEMPLATE_BYTES as usize;
    match n_bytes <= most {
        true => Ok(()),
        false => {
            Err(Fault::new("template", format!("`{name}`: the text has more than {most} bytes")))
        }
    }
}

fn is_of_variable(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | ':')
}

/// What is wrong with a function that CloudFormation itself does not have.
fn needs_extensions(name: &str) -> Fault {
    let message = format!("`{name}` needs `Transform: AWS::LanguageExtensions`");
    Fault::new("template", message)
}

/// The arguments of a function that takes exactly `N`.
fn arguments<'n, const N: usize>(name: &str, argument: &'n Node) -> Result<&'n [Node; N], Fault> {
    let items = argument.as_list().and_then(|items| items.try_into().ok());
    items.ok_or_else(|| {
        Fault::new("template", format!("`{name}` expects a list of {N}")).at(argument.line)
    })
}

fn expect_text<'n>(name: &str, node: &'n Node) -> Result<&'n str, Fault> {
    node.as_str().ok_or_else(|| {
        Fault::new("template", format!("`{name}` expects a string, not {}", node.kind()))
            .at(node.line)
    })
}
