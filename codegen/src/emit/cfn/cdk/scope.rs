//! What things of the plain template are called in the constructs, and its values as expressions.
//!
//! A resource's logical id is also its construct's id, and with a small first letter the property that holds it.

use std::collections::BTreeMap;

use super::super::template::Template;
use super::super::value::{Map, Value};
use super::ts::{Ts, in_template};

/// The names of a template.
#[derive(Debug, Clone)]
pub(super) struct Scope {
    /// The group whose members are `this.…`.
    own: &'static str,
    /// The types of resources by logical id.
    kinds: BTreeMap<String, &'static str>,
    /// The parameters with what TypeScript takes each for.
    parameters: BTreeMap<String, ParameterKind>,
    conditions: Map,
}

/// What a setting is in TypeScript.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ParameterKind {
    /// A string or one of several.
    Text,
    /// A number.
    Number,
    /// `true` or `false`.
    Flag,
}

impl ParameterKind {
    /// The kind of a parameter from its declaration.
    pub(super) fn of(declaration: &Map) -> Self {
        let flag = Value::from(["true", "false"]);
        if declaration.get("AllowedValues") == Some(&flag) {
            Self::Flag
        } else if declaration.get("Type") == Some(&"Number".into()) {
            Self::Number
        } else {
            Self::Text
        }
    }

    /// A value of the parameter, as its declaration writes it.
    pub(super) fn literal(self, value: &Value) -> Ts {
        match (self, value) {
            (Self::Text, Value::Text(text)) => Ts::text(text),
            (_, Value::Text(text) | Value::Number(text)) => Ts::code(text),
            (_, Value::Int(number)) => Ts::code(number.to_string()),
            (_, other) => Ts::code(format!("{other:?}")),
        }
    }
}

/// The property that holds a resource, or the setting that stands for a parameter: `orderQueue`.
pub(super) fn member(id: &str) -> String {
    let mut chars = id.chars();
    let first = chars.next().map(|c| c.to_ascii_lowercase());
    first.into_iter().chain(chars).collect()
}

impl Scope {
    /// The names of this template.
    pub(super) fn of(template: &Template) -> Self {
        let kinds = template.resources().map(|one| (one.id.clone(), one.kind)).collect();
        let parameters = template.parameters.iter().map(|(name, declaration)| {
            let kind = match declaration {
                Value::Map(declaration) => ParameterKind::of(declaration),
                _ => ParameterKind::Text,
            };
            (name.to_owned(), kind)
        });
        Self {
            own: "",
            kinds,
            parameters: parameters.collect(),
            conditions: template.conditions.clone(),
        }
    }

    /// The same names as the class of a group sees them.
    pub(super) fn within(&self, group: &'static str) -> Self {
        Self { own: group, ..self.clone() }
    }

    /// The resource as its group's property: `queues.orderQueue`, or `this.orderQueue` within the group.
    fn held(&self, group: &str, id: &str) -> String {
        let holder = if group == self.own { "this" } else { group };
        format!("{holder}.{}", member(id))
    }

    /// The construct of a resource: `queues.orderQueue`. None for a resource that no property holds.
    pub(super) fn construct(&self, id: &str) -> Option<String> {
        let (group, _) = group_and_reference(self.kinds.get(id)?)?;
        Some(self.held(group, id))
    }

    /// The construct of a resource that the group has besides.
    pub(super) fn construct_of(&self, id: &str) -> String {
        let Some(construct) = self.construct(id) else {
            unreachable!("no construct `{id}` was emitted before its use")
        };
        construct
    }

    /// A value of the template as an expression.
    pub(super) fn value(&self, value: &Value) -> Ts {
        self.value_with(value, &|_| None)
    }

    /// The same, but for the values that `known` has an expression for.
    pub(super) fn value_with(&self, value: &Value, known: &dyn Fn(&Value) -> Option<Ts>) -> Ts {
        if let Some(expression) = known(value) {
            return expression;
        }
        match value {
            Value::Text(text) | Value::Block(text) => Ts::text(text),
            Value::Int(number) => Ts::code(number.to_string()),
            Value::Number(digits) => Ts::code(digits),
            Value::Bool(flag) => Ts::code(flag.to_string()),
            Value::List(values) => {
                Ts::List(values.iter().map(|one| self.value_with(one, known)).collect())
            }
            Value::Map(map) => self.intrinsic(map, known).unwrap_or_else(|| {
                let entry =
                    |(key, value): (&str, &Value)| (key.to_owned(), self.value_with(value, known));
                Ts::Object(map.iter().map(entry).collect())
            }),
        }
    }

    fn intrinsic(&self, map: &Map, known: &dyn Fn(&Value) -> Option<Ts>) -> Option<Ts> {
        let (key, value) = map.iter().next()?;
        match (key, value) {
            ("Ref", Value::Text(name)) => Some(Ts::code(self.reference(name))),
            ("Fn::GetAtt", Value::List(path)) => match path.as_slice() {
                [Value::Text(id), Value::Text(name)] => Some(Ts::code(self.attribute(id, name))),
                _ => None,
            },
            ("Fn::Sub", Value::Text(text) | Value::Block(text)) => Some(self.substitute(text)),
            ("Fn::Sub", Value::List(parts)) => match parts.as_slice() {
                [Value::Text(text), Value::Map(values)] => Some(self.substitute_with(text, values)),
                _ => None,
            },
            ("Fn::ImportValue", Value::Text(export)) => {
                Some(Ts::Call("Fn.importValue".into(), vec![Ts::text(export)]))
            }
            ("Fn::If", Value::List(parts)) => match parts.as_slice() {
                [Value::Text(condition), yes, no] => Some(Ts::Either(
                    self.condition(condition),
                    Box::new(self.value_with(yes, known)),
                    Box::new(self.value_with(no, known)),
                )),
                _ => None,
            },
            ("Fn::Split", _) => self.split(map).map(Ts::Code),
            ("Fn::Select", Value::List(parts)) => match parts.as_slice() {
                [Value::Int(index), Value::Map(list)] => {
                    let list = self.split(list)?;
                    Some(Ts::code(format!("Fn.select({index}, {list})")))
                }
                _ => None,
            },
            _ => None,
        }
    }

    /// `Fn::Split` of a reference.
    fn split(&self, map: &Map) -> Option<String> {
        let Some(("Fn::Split", Value::List(parts))) = map.iter().next() else { return None };
        let [Value::Text(separator), Value::Map(source)] = parts.as_slice() else { return None };
        let Some(("Ref", Value::Text(name))) = source.iter().next() else { return None };
        Some(format!("Fn.split('{separator}', {})", self.reference(name)))
    }

    /// `Ref` of a parameter, a pseudo parameter or a resource.
    fn reference(&self, name: &str) -> String {
        if self.parameters.contains_key(name) {
            return format!("settings.{}", member(name));
        }
        match name {
            "AWS::StackName" => return "stackName".to_owned(),
            "AWS::Region" => return "Aws.REGION".to_owned(),
            "AWS::AccountId" => return "Aws.ACCOUNT_ID".to_owned(),
            "AWS::StackId" => return "Aws.STACK_ID".to_owned(),
            "AWS::Partition" => return "Aws.PARTITION".to_owned(),
            "AWS::URLSuffix" => return "Aws.URL_SUFFIX".to_owned(),
            "AWS::NoValue" => return "undefined".to_owned(),
            _ => {}
        }
        let kind = self.kinds.get(name).copied().unwrap_or_default();
        if let Some(function) = self.function_of_log_group(name) {
            return format!("{function}.logGroup.logGroupName");
        }
        match group_and_reference(kind) {
            Some((group, attribute)) => format!("{}.{attribute}", self.held(group, name)),
            None => format!("Fn.ref('{name}')"),
        }
    }

    /// `Fn::GetAtt` of a resource.
    fn attribute(&self, id: &str, name: &str) -> String {
        let kind = self.kinds.get(id).copied().unwrap_or_default();
        if let (Some(function), "Arn") = (self.function_of_log_group(id), name) {
            return format!("{function}.logGroup.logGroupArn");
        }
        let attribute = match (kind, name) {
            ("AWS::DynamoDB::Table", "Arn") => Some("tableArn"),
            ("AWS::DynamoDB::Table", "StreamArn") => Some("tableStreamArn!"),
            ("AWS::Lambda::Function", "Arn") => Some("functionArn"),
            ("AWS::SQS::Queue", "Arn") => Some("queueArn"),
            ("AWS::SQS::Queue", "QueueName") => Some("queueName"),
            ("AWS::Events::EventBus", "Arn") => Some("eventBusArn"),
            ("AWS::Events::Rule", "Arn") => Some("ruleArn"),
            ("AWS::CloudWatch::Alarm", "Arn") => Some("alarmArn"),
            _ => None,
        };
        match (group_and_reference(kind), attribute) {
            (Some((group, _)), Some(attribute)) => format!("{}.{attribute}", self.held(group, id)),
            _ => format!("Fn.getAtt('{id}', '{name}').toString()"),
        }
    }

    /// The function that writes to a log group; none for another kind of resource.
    fn function_of_log_group(&self, id: &str) -> Option<String> {
        self.construct(id.strip_suffix("LogGroup")?)
    }

    /// `Fn::Sub` with values of its own, which become part of the template literal.
    fn substitute_with(&self, text: &str, values: &Map) -> Ts {
        let Ts::Code(mut literal) = self.substitute(text) else { return Ts::text(text) };
        for (name, value) in values.iter() {
            let own = format!("${{{}}}", self.reference(name));
            literal = literal.replace(&own, &format!("${{{}}}", self.value(value).flat()));
        }
        Ts::code(literal)
    }

    /// `Fn::Sub`: a template literal, or the one expression that it consists of.
    pub(super) fn substitute(&self, text: &str) -> Ts {
        let mut pieces = text.split("${");
        let mut out = in_template(pieces.next().unwrap_or_default());
        let mut only = out.is_empty();
        let mut expression = String::new();
        for (index, piece) in pieces.enumerate() {
            let Some((name, rest)) = piece.split_once('}') else {
                out.push_str(&in_template(&format!("${{{piece}")));
                only = false;
                continue;
            };
            only &= index == 0 && rest.is_empty() && !name.starts_with('!');
            if let Some(literal) = name.strip_prefix('!') {
                out.push_str(&in_template(&format!("${{{literal}}}")));
            } else {
                expression = match name.split_once('.') {
                    Some((id, attribute)) => self.attribute(id, attribute),
                    None => self.reference(name),
                };
                out.push_str(&format!("${{{expression}}}"));
            }
            out.push_str(&in_template(rest));
        }
        if only && !expression.is_empty() {
            Ts::code(expression)
        } else if expression.is_empty() {
            Ts::text(text)
        } else {
            Ts::code(format!("`{out}`"))
        }
    }

    /// A condition of the template as a boolean expression over settings.
    fn condition(&self, name: &str) -> String {
        match self.conditions.get(name) {
            Some(Value::Map(map)) => self.boolean(map, false),
            other => unreachable!("the condition `{name}` is {other:?}"),
        }
    }

    fn boolean(&self, map: &Map, negated: bool) -> String {
        let part = map.iter().next();
        if let Some(("Fn::Not", Value::List(parts))) = part
            && let [Value::Map(inner)] = parts.as_slice()
        {
            return self.boolean(inner, !negated);
        }
        if let Some(("Fn::Equals", Value::List(parts))) = part
            && let [Value::Map(left), Value::Text(right)] = parts.as_slice()
        {
            return self.equals(left, right, negated);
        }
        unreachable!("no emitter writes the condition {map:?}")
    }

    fn equals(&self, left: &Map, right: &str, negated: bool) -> String {
        let Some(Value::Text(name)) = left.get("Ref") else {
            unreachable!("no emitter compares {left:?} in a condition")
        };
        let kind = self.parameters.get(name).copied().unwrap_or(ParameterKind::Text);
        let setting = format!("settings.{}", member(name));
        if kind == ParameterKind::Flag {
            let holds = (right == "true") != negated;
            return if holds { setting } else { format!("!{setting}") };
        }
        let operator = if negated { "!==" } else { "===" };
        format!("{setting} {operator} {}", kind.literal(&right.into()).flat())
    }
}

/// Where constructs of a type are held, and what `Ref` gives of them.
fn group_and_reference(kind: &str) -> Option<(&'static str, &'static str)> {
    match kind {
        "AWS::DynamoDB::Table" => Some(("tables", "tableName")),
        "AWS::Lambda::Function" => Some(("functions", "functionName")),
        "AWS::Lambda::Alias" => Some(("functions", "functionArn")),
        "AWS::SQS::Queue" => Some(("queues", "queueUrl")),
        "AWS::Events::EventBus" => Some(("buses", "eventBusName")),
        "AWS::Events::Rule" => Some(("rules", "ruleName")),
        "AWS::CloudWatch::Alarm" => Some(("alarms", "alarmName")),
        "AWS::ApiGateway::RestApi" => Some(("gateway", "restApiId")),
        "AWS::ApiGateway::Stage" => Some(("gateway", "stageName")),
        "AWS::CloudWatch::Dashboard" => Some(("watch", "dashboardName")),
        _ => None,
    }
}
