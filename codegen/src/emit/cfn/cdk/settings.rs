//! `settings.ts`: the plain template's parameters as a type, with what CloudFormation would check.

use super::super::template::Template;
use super::super::value::{Map, Value};
use super::scope::{ParameterKind, member};
use super::ts::{MAX_COLUMNS, Ts, comment, quoted};
use crate::text::rendered;

/// The file.
#[derive(askama::Template)]
#[template(path = "cdk/settings.ts", escape = "none")]
struct SettingsFile {
    settings: Vec<Setting>,
    /// The statement that declares the defaults.
    defaults: String,
    /// The statement that declares what each setting may be.
    rules: String,
}

struct Setting {
    name: String,
    ty: String,
    docs: String,
    default: String,
    rule: Ts,
}

/// `settings.ts`
pub(super) fn file(template: &Template) -> String {
    let settings = template.parameters.iter().filter_map(|(name, declaration)| match declaration {
        Value::Map(declaration) => Some(setting(name, declaration)),
        _ => None,
    });
    let settings: Vec<_> = settings.collect();
    let object = |value: fn(&Setting) -> Ts| {
        Ts::Object(settings.iter().map(|one| (one.name.clone(), value(one))).collect())
    };
    let defaults = object(|one| Ts::code(&one.default));
    let rules = object(|one| one.rule.clone());
    let file = SettingsFile {
        defaults: defaults.statement(0, "export const DEFAULTS: Settings = "),
        rules: rules.statement(0, "const RULES: Record<keyof Settings, Rule> = "),
        settings,
    };
    rendered(&file)
}

fn setting(parameter: &str, declaration: &Map) -> Setting {
    let kind = ParameterKind::of(declaration);
    let literal = |value: &Value| kind.literal(value).flat();
    let allowed = match (kind, declaration.get("AllowedValues")) {
        (ParameterKind::Text | ParameterKind::Number, Some(Value::List(values))) => {
            values.iter().map(literal).collect()
        }
        _ => Vec::new(),
    };
    let ty = match kind {
        _ if !allowed.is_empty() => choice(&member(parameter), &allowed),
        ParameterKind::Flag => "boolean".to_owned(),
        ParameterKind::Number => "number".to_owned(),
        ParameterKind::Text => "string".to_owned(),
    };
    let docs = match declaration.get("Description") {
        Some(Value::Text(text)) => comment(text),
        _ => String::new(),
    };
    let pattern = match declaration.get("AllowedPattern") {
        Some(Value::Text(pattern)) => Some(Ts::code(format!("new RegExp({})", quoted(pattern)))),
        _ => None,
    };
    let number = |key: &str| declaration.get(key).map(literal).map(Ts::Code);
    let choices = allowed.iter().map(Ts::code).collect::<Vec<_>>();
    let rule = Ts::object([
        ("parameter", Some(Ts::text(parameter))),
        (
            "kind",
            Some(Ts::text(match kind {
                ParameterKind::Flag => "boolean",
                ParameterKind::Number => "number",
                ParameterKind::Text => "string",
            })),
        ),
        ("oneOf", (!choices.is_empty()).then_some(Ts::List(choices))),
        ("pattern", pattern),
        ("min", number("MinValue")),
        ("max", number("MaxValue")),
    ]);
    Setting {
        name: member(parameter),
        ty,
        docs,
        // What every stage has to say is refused by its rule where it does not.
        default: declaration.get("Default").map_or_else(|| "''".to_owned(), literal),
        rule,
    }
}

/// A type of several literals, on a line of its own where it does not fit behind the name.
fn choice(name: &str, literals: &[String]) -> String {
    let text = literals.join(" | ");
    let line = format!("  readonly {name}: {text};");
    if line.chars().count() <= MAX_COLUMNS { text } else { format!("\n    {text}") }
}
