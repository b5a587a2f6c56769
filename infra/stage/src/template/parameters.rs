//! Parameters: declarations, defaults, overrides, and the constraints that CloudFormation itself would check.
//!
//! Parameters whose value only AWS knows (`AWS::SSM::Parameter::Value<…>`) have none unless one is given, or the template
//! holds the stored parameter itself.

use std::collections::BTreeMap;

use indexmap::IndexMap;
use regex::Regex;

use super::Template;
use super::error::Fault;
use super::syntax::{Node, Value};

/// The values of all parameters, by name.
///
/// # Errors
/// Every parameter without a value or with one that its declaration does not allow, and every override that no
/// parameter takes.
pub(super) fn resolve(
    template: &Template,
    overrides: &BTreeMap<String, String>,
) -> Result<BTreeMap<String, Node>, Vec<Fault>> {
    let (declared, local) = (&template.parameters, &template.local);
    let mut values = BTreeMap::new();
    let mut faults = Vec::new();
    for name in template.looped.iter().filter(|name| overrides.contains_key(*name)) {
        let message = "an `Fn::ForEach` goes through it, so the stage takes its default: change the default, or its value in \
                       `Metadata.LocalParameters`";
        faults.push(Fault::new(format!("parameter `{name}`"), message));
    }
    for (name, declaration) in declared {
        let local = || local.get(name).and_then(Node::to_text);
        if is_stored(declaration) && !overrides.contains_key(name) && local().is_none() {
            // Refused only where something refers to it: what `cdk synth` adds to every template is never used.
            continue;
        }
        match value(declaration, overrides.get(name).cloned().or_else(local)) {
            Ok(node) => {
                values.insert(name.clone(), node);
            }
            Err(message) => {
                faults
                    .push(Fault::new(format!("parameter `{name}`"), message).at(declaration.line));
            }
        }
    }
    for name in overrides.keys().filter(|name| !declared.contains_key(*name)) {
        let known: Vec<&str> = declared.keys().map(String::as_str).collect();
        let message =
            format!("the template has no such parameter; its parameters are: {}", known.join(", "));
        faults.push(Fault::new(format!("parameter `{name}`"), message));
    }
    if faults.is_empty() { Ok(values) } else { Err(faults) }
}

/// Whether the value of a parameter is in the parameter store of AWS.
pub(super) fn is_stored(declaration: &Node) -> bool {
    let kind = declaration.as_map().and_then(|map| map.get("Type")).and_then(Node::as_str);
    kind.is_some_and(|kind| kind.starts_with("AWS::SSM::Parameter"))
}

/// Types of parameters, beside those of AWS.
const TYPES: [&str; 5] = ["String", "Number", "CommaDelimitedList", "List<Number>", "List<String>"];

fn value(declaration: &Node, given: Option<String>) -> Result<Node, String> {
    let map = declaration.as_map().ok_or("it must be a map with a `Type`")?;
    let kind = map.get("Type").and_then(Node::as_str).ok_or("it has no `Type`")?;
    let of_aws = kind.strip_prefix("List<").unwrap_or(kind);
    if !TYPES.contains(&kind) && !of_aws.starts_with("AWS::") {
        return Err(format!("`{kind}` is not a type of parameters"));
    }
    let text = match given {
        Some(text) => text,
        None => {
            let default =
                map.get("Default").ok_or("it has no default; pass a value with --parameter")?;
            default
                .to_text()
                .ok_or_else(|| format!("its default must be a string, not {}", default.kind()))?
        }
    };
    let line = declaration.line;
    if kind == "CommaDelimitedList" || kind.starts_with("List<") || kind.contains("<List<") {
        let items: Vec<&str> = text.split(',').map(str::trim).collect();
        // Constraints are those of each item.
        let kind = if kind == "List<Number>" { "Number" } else { kind };
        items.iter().try_for_each(|item| check(map, kind, item))?;
        let items = items.into_iter().map(|item| Node::text(line, item)).collect();
        return Ok(Node { line, value: Value::List(items) });
    }
    check(map, kind, &text)?;
    Ok(Node::text(line, text))
}

fn check(map: &IndexMap<String, Node>, kind: &str, text: &str) -> Result<(), String> {
    if let Some(allowed) = map.get("AllowedValues").and_then(Node::as_list) {
        let allowed: Vec<String> = allowed.iter().filter_map(Node::to_text).collect();
        if !allowed.iter().any(|one| one == text) {
            return Err(format!(
                "`{text}` is not allowed; allowed values are: {}",
                allowed.join(", ")
            ));
        }
    }
    if let Some(pattern) = map.get("AllowedPattern").and_then(Node::as_str) {
        let anchored = Regex::new(&format!("^(?:{pattern})$"));
        // A pattern that only Java's regular expressions know is left to AWS.
        if anchored.is_ok_and(|regex| !regex.is_match(text)) {
            return Err(format!("`{text}` does not match the pattern `{pattern}`"));
        }
    }
    let bound = |name: &str| {
        map.get(name).and_then(Node::to_text).and_then(|text| text.parse::<f64>().ok())
    };
    let measured = match kind {
        "Number" => {
            let number: f64 = text.parse().map_err(|_| format!("`{text}` is not a number"))?;
            Some(("MinValue", "MaxValue", number))
        }
        "String" => Some((
            "MinLength",
            "MaxLength",
            f64::from(u32::try_from(text.chars().count()).unwrap_or(u32::MAX)),
        )),
        _ => None,
    };
    if let Some((least, most, found)) = measured {
        if bound(least).is_some_and(|bound| found < bound) {
            return Err(format!("`{text}` is below its `{least}`"));
        }
        if bound(most).is_some_and(|bound| found > bound) {
            return Err(format!("`{text}` is above its `{most}`"));
        }
    }
    Ok(())
}
