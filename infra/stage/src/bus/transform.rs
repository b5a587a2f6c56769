//! Owns what a target gets instead of the event: constant text, a part of the event, a template
//! filled from it. It refuses templates that could never become what they look like.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde_json::Value;
use serde_json::value::RawValue;

use super::event::Event;
use super::path::{JsonPath, Members};
use super::schedule::{ATTRIBUTE, fill, is_scheduler};

/// What a target gets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Input {
    /// The event.
    Whole,
    /// Always this text.
    Constant(String),
    /// What the path leads to.
    Part(JsonPath),
    /// A template filled with parts of the event.
    Template(Template),
}

/// A text with places to fill.
///
/// **Source**: Amazon EventBridge User Guide, "Amazon EventBridge input transformation".
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Template {
    paths: BTreeMap<String, JsonPath>,
    /// Variables that have one value for every event.
    constants: BTreeMap<String, Value>,
    text: String,
    parts: Vec<Part>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Part {
    Text(String),
    Place { variable: String, within: Within },
}

/// What surrounds a place, which decides how its value is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Within {
    /// JSON: the value is written as JSON.
    Json,
    /// A string of JSON: the text of the value is written, escaped; lists and objects without quotes.
    String,
    /// A text that is no JSON: the text of the value is written as it is.
    Text,
}

/// The rule that an event came through, as templates can name it.
#[derive(Debug, Clone, Copy)]
pub struct Through<'a> {
    /// The ARN of the rule.
    pub rule_arn: &'a str,
    /// The name of the rule.
    pub rule_name: &'a str,
    /// The number of the attempt, from 1.
    pub attempt: u32,
}

/// Variables that every template has.
const PREDEFINED: [&str; 5] = [
    "aws.events.rule-arn",
    "aws.events.rule-name",
    "aws.events.event.ingestion-time",
    "aws.events.event",
    "aws.events.event.json",
];

impl Input {
    /// The text that the target gets for this event.
    pub fn render(&self, event: &Event, through: Through<'_>) -> String {
        match self {
            Self::Whole => event.json.to_string(),
            Self::Constant(text) if is_scheduler(through.rule_arn) && text.contains(ATTRIBUTE) => {
                fill(text, event, through.rule_arn, through.attempt)
            }
            Self::Constant(text) => text.clone(),
            Self::Part(path) => {
                path.written(&event.json).unwrap_or(Cow::Borrowed("null")).into_owned()
            }
            Self::Template(template) => template.render(event, through),
        }
    }
}

impl Template {
    /// Reads a template and the paths of its variables.
    ///
    /// **Errors**: a bad path, a place for a variable that does not exist, a variable with a
    /// reserved name, a template that begins like JSON and is not JSON.
    pub fn parse(paths: &BTreeMap<String, String>, text: &str) -> Result<Self, String> {
        Self::parse_with(paths, BTreeMap::new(), text)
    }

    /// The same with variables that have one value for every event.
    ///
    /// **Errors**: as of `parse`.
    pub(crate) fn parse_with(
        paths: &BTreeMap<String, String>,
        constants: BTreeMap<String, Value>,
        text: &str,
    ) -> Result<Self, String> {
        if paths.len() > 100 {
            return Err("InputPathsMap may have at most 100 entries".to_owned());
        }
        let mut read = BTreeMap::new();
        for (name, path) in paths {
            if name.starts_with("aws.") {
                return Err(format!("the variable name `{name}` is reserved"));
            }
            read.insert(name.clone(), JsonPath::parse(path)?);
        }
        let is_known = |name: &str| read.contains_key(name) || constants.contains_key(name);
        let parts = parts(text, is_known)?;
        let template = Self { paths: read, constants, text: text.to_owned(), parts };
        let is_json = text.trim_start().starts_with(['{', '[']);
        if is_json
            && serde_json::from_str::<Value>(&template.fill(|_| Some("null".into()))).is_err()
        {
            return Err("InputTemplate is not valid JSON once its places are filled".to_owned());
        }
        Ok(template)
    }

    /// The template as it was written.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The paths of the variables as they were written.
    pub fn paths(&self) -> impl Iterator<Item = (&str, &str)> {
        self.paths.iter().map(|(name, path)| (name.as_str(), path.text()))
    }

    fn render(&self, event: &Event, through: Through<'_>) -> String {
        let quoted = |text: &str| Some(Cow::Owned(Value::from(text).to_string()));
        self.fill(|variable| match variable {
            "aws.events.rule-arn" => quoted(through.rule_arn),
            "aws.events.rule-name" => quoted(through.rule_name),
            "aws.events.event.ingestion-time" => {
                quoted(&super::event::second(event.taken_ms as f64))
            }
            "aws.events.event.json" => Some(Cow::Borrowed(&*event.json)),
            "aws.events.event" => {
                let mut members: Members<'_> = serde_json::from_str(&event.json).ok()?;
                members.shift_remove("detail");
                serde_json::to_string(&members).ok().map(Cow::Owned)
            }
            _ => match self.constants.get(variable) {
                Some(value) => Some(Cow::Owned(value.to_string())),
                None => self.paths.get(variable)?.written(&event.json),
            },
        })
    }

    /// Fills the places with values, which are JSON texts.
    fn fill<'v>(&self, value_of: impl Fn(&str) -> Option<Cow<'v, str>>) -> String {
        let mut filled = String::with_capacity(self.text.len() * 2);
        for part in &self.parts {
            match part {
                Part::Text(text) => filled.push_str(text),
                Part::Place { variable, within } => {
                    within.write(value_of(variable).as_deref(), &mut filled);
                }
            }
        }
        filled
    }
}

impl Within {
    /// Writes a value, which is a JSON text. What is not there is empty text.
    fn write(self, value: Option<&str>, out: &mut String) {
        match (self, value) {
            (Self::Json, value) => out.push_str(value.unwrap_or("\"\"")),
            (_, None) => {}
            (Self::Text, Some(value)) => out.push_str(&text_of(value)),
            (Self::String, Some(value)) => {
                let quoted = Value::from(unquoted(value)).to_string();
                out.push_str(quoted.get(1..quoted.len() - 1).unwrap_or_default());
            }
        }
    }
}

/// The text of a string of JSON; other JSON as it is.
fn text_of(json: &str) -> Cow<'_, str> {
    serde_json::from_str::<String>(json).map_or(Cow::Borrowed(json), Cow::Owned)
}

/// A list or an object as EventBridge writes it into a string: as JSON without quotes, in the order of the event.
fn unquoted(json: &str) -> String {
    if let Ok(items) = serde_json::from_str::<Vec<&RawValue>>(json) {
        let items: Vec<String> = items.into_iter().map(|item| unquoted(item.get())).collect();
        return format!("[{}]", items.join(","));
    }
    if let Ok(members) = serde_json::from_str::<Members<'_>>(json) {
        let members =
            members.iter().map(|(name, value)| format!("{name}:{}", unquoted(value.get())));
        return format!("{{{}}}", members.collect::<Vec<_>>().join(","));
    }
    text_of(json).into_owned()
}

fn parts(text: &str, is_known: impl Fn(&str) -> bool) -> Result<Vec<Part>, String> {
    let trimmed = text.trim();
    // A template that is one place and nothing else is JSON too; with words around its places it is
    // text.
    let is_one_place = trimmed.starts_with('<') && trimmed.find('>') == Some(trimmed.len() - 1);
    let is_plain = !trimmed.starts_with(['{', '[', '"']) && !is_one_place;
    let mut parts = Vec::new();
    let mut plain = String::new();
    let mut in_string = false;
    let mut rest = text;
    while let Some(character) = rest.chars().next() {
        if character == '<'
            && let Some((name, after)) = rest[1..].split_once('>')
            && !name.is_empty()
            && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.'))
        {
            if !is_known(name) && !PREDEFINED.contains(&name) {
                return Err(format!(
                    "InputTemplate has a place for `{name}`, which is not a variable"
                ));
            }
            parts.push(Part::Text(std::mem::take(&mut plain)));
            let within = match (is_plain, in_string) {
                (true, _) => Within::Text,
                (false, true) => Within::String,
                (false, false) => Within::Json,
            };
            parts.push(Part::Place { variable: name.to_owned(), within });
            rest = after;
            continue;
        }
        let mut taken = character.len_utf8();
        match character {
            '"' => in_string = !in_string,
            // What is escaped cannot end the string.
            '\\' if in_string => taken += rest[1..].chars().next().map_or(0, char::len_utf8),
            _ => {}
        }
        plain.push_str(&rest[..taken]);
        rest = &rest[taken..];
    }
    parts.push(Part::Text(plain));
    Ok(parts)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may fail by panicking")]
    use super::*;
    use crate::bus::event::{NewEvent, Origin};
    use uuid::Uuid;

    const THROUGH: Through<'_> = Through { rule_arn: "arn:rule", rule_name: "rule", attempt: 1 };

    fn event() -> Event {
        let origin = Origin { region: "r".to_owned(), account: "a".to_owned() };
        let new = NewEvent {
            source: Some("s".to_owned()),
            detail_type: Some("T".to_owned()),
            detail: Some(
                r#"{"name":"O\"Hara","n":1.5,"list":[1,"x"],"object":{"k":"v","l":["a",2]}}"#
                    .to_owned(),
            ),
            ..NewEvent::default()
        };
        new.seal(Uuid::nil(), 1_447_278_594_000, &origin).unwrap()
    }

    fn render(template: &str) -> String {
        let paths = [
            ("name", "$.detail.name"),
            ("n", "$.detail.n"),
            ("list", "$.detail.list"),
            ("object", "$.detail.object"),
            ("none", "$.x"),
        ];
        let paths =
            paths.iter().map(|(name, path)| ((*name).to_owned(), (*path).to_owned())).collect();
        let template = Template::parse(&paths, template).unwrap();
        Input::Template(template).render(&event(), THROUGH)
    }

    #[test]
    fn places_are_written_as_their_surroundings_ask() {
        assert_eq!(
            render(r#"{"a":<name>,"b":<n>,"c":<list>}"#),
            r#"{"a":"O\"Hara","b":1.5,"c":[1,"x"]}"#
        );
        assert_eq!(
            render(r#"{"a":"<name> has <n>: <list>"}"#),
            r#"{"a":"O\"Hara has 1.5: [1,x]"}"#
        );
        assert_eq!(render(r#""<name> has <n>""#), r#""O\"Hara has 1.5""#);
        assert_eq!(render(r#""of <object>""#), r#""of {k:v,l:[a,2]}""#);
        assert_eq!(render("it is <name>, <list>"), r#"it is O"Hara, [1,"x"]"#);
        assert_eq!(render("<name> is it"), r#"O"Hara is it"#);
        assert_eq!(render("<name>"), r#""O\"Hara""#);
    }

    #[test]
    fn values_keep_the_order_of_their_names_and_their_digits() {
        let of = |detail: &str, template: &str| {
            let new = NewEvent {
                source: Some("s".to_owned()),
                detail_type: Some("T".to_owned()),
                detail: Some(detail.to_owned()),
                ..NewEvent::default()
            };
            let origin = Origin { region: "r".to_owned(), account: "a".to_owned() };
            let event = new.seal(Uuid::nil(), 1_447_278_594_000, &origin).unwrap();
            let paths = [("d", "$.detail"), ("every", "$.detail.list[*].z")];
            let paths = paths.map(|(name, path)| (name.to_owned(), path.to_owned())).into();
            let template = Template::parse(&paths, template).unwrap();
            Input::Template(template).render(&event, THROUGH)
        };
        let detail = r#"{"z":1.50,"a":12345678901234567890123,"list":[{"z":2},{"z":"1"}]}"#;
        assert_eq!(of(detail, r#"{"d":<d>}"#), format!(r#"{{"d":{detail}}}"#));
        assert_eq!(of(detail, "it: <d>"), format!("it: {detail}"));
        assert_eq!(
            of(detail, r#""<d>""#),
            r#""{z:1.50,a:12345678901234567890123,list:[{z:2},{z:1}]}""#
        );
        assert_eq!(of(detail, "<every>"), r#"[2,"1"]"#);
        let whole = of(detail, "<aws.events.event.json>");
        assert!(whole.starts_with(r#"{"version":"0","id":"#) && whole.contains(detail), "{whole}");
        let head = of(detail, "<aws.events.event>");
        assert!(head.starts_with(r#"{"version":"0","id":"#) && !head.contains("z"), "{head}");
    }

    #[test]
    fn what_is_not_there_is_empty_text() {
        assert_eq!(render(r#"{"a":<none>,"b":"<none>"}"#), r#"{"a":"","b":""}"#);
    }

    #[test]
    fn predefined_variables_name_the_rule_and_the_event() {
        assert_eq!(
            render(
                r#"{"r":<aws.events.rule-name>,"a":"<aws.events.rule-arn>","t":<aws.events.event.ingestion-time>}"#
            ),
            r#"{"r":"rule","a":"arn:rule","t":"2015-11-11T21:49:54Z"}"#
        );
        let whole: Value = serde_json::from_str(&render("<aws.events.event.json>")).unwrap();
        assert_eq!(whole, *event().value);
        assert!(!render("<aws.events.event>").contains("detail\""));
    }

    #[test]
    fn constants_and_parts_are_sent_as_they_are() {
        let part = Input::Part(JsonPath::parse("$.detail.list").unwrap());
        assert_eq!(part.render(&event(), THROUGH), r#"[1,"x"]"#);
        assert_eq!(Input::Constant("{}".to_owned()).render(&event(), THROUGH), "{}");
        assert_eq!(Input::Whole.render(&event(), THROUGH), *event().json);
    }

    #[test]
    fn templates_that_cannot_work_are_refused() {
        let one = |name: &str, path: &str| BTreeMap::from([(name.to_owned(), path.to_owned())]);
        assert!(Template::parse(&one("a", "detail"), "<a>").is_err());
        assert!(Template::parse(&one("aws.x", "$"), "x").is_err());
        assert!(Template::parse(&one("a", "$"), "<b>").is_err());
        assert!(Template::parse(&one("a", "$"), r#"{"a":<a>"#).is_err());
        assert!(Template::parse(&one("a", "$"), r#"{<a>:1}"#).is_err());
        // An angle bracket that opens no place is text.
        assert!(Template::parse(&one("a", "$"), r#"{"a":"1 < 2 > <a>"}"#).is_ok());
    }
}
