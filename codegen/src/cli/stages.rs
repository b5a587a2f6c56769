//! The settings of stages against the template: what `deploy` or CloudFormation would refuse, told where it stands.
//!
//! Reads the template that is there, which is the one that is deployed; whether it is up to date is judged elsewhere.

use anyhow::{Result, bail};
use scalars::{Decimal, Pattern};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::settings::{KEYS, plain};
use super::{Folders, package};
use crate::diag::catalog::shape::{listed, nearest};
use crate::diag::catalog::{slips, stages as fault};
use crate::diag::{Diagnostic, Sink};
use crate::parse::{Node, yaml};
use crate::read;
use crate::source::{FileId, SourceMap, Span};

/// The parameter of the template that says what the functions were built for, which `deploy` sets.
pub(super) const ARCHITECTURE: &str = "Architecture";

/// What is wrong with the settings of all stages.
pub(super) fn check(folders: &Folders, sources: &mut SourceMap) -> Result<Vec<Diagnostic>> {
    let template = read::text_if_there(&folders.out.join("infra/template.yaml"))?;
    let parameters = template.as_deref().and_then(parameters);
    let mut found = vec![];
    let mut stacks: Vec<(String, String)> = vec![];
    for path in read::entries_of(&package::workspace(folders).join("infra/stages")) {
        let Some(name) = path.file_name().map(|name| name.to_string_lossy().into_owned()) else {
            continue;
        };
        if !path.is_file() {
            continue;
        }
        let Some((_, "toml")) = name.rsplit_once('.') else {
            let others = ["yaml", "yml", "json", "tml", "ini"];
            if let Some((stage, ending)) = name.rsplit_once('.')
                && others.contains(&ending)
            {
                let file = sources.add(format!("infra/stages/{name}"), String::new());
                found.push(fault::no_settings(Span { file, start: 0, end: 0 }, stage));
            }
            continue;
        };
        let Some(text) = read::text_if_there(&path)? else { continue };
        let file = sources.add(format!("infra/stages/{name}"), text.clone());
        check_file(file, &text, parameters.as_ref(), &mut found);
        let Some((stack, at)) = stack_of(file, &text) else { continue };
        match stacks.iter().find(|(other, _)| *other == stack) {
            Some((_, first)) => found.push(slips::stack_twice(at, &stack, first)),
            None => stacks.push((stack, name)),
        }
    }
    Ok(found)
}

/// The stack that settings name.
fn stack_of(file: FileId, text: &str) -> Option<(String, Span)> {
    let table = DeTable::parse(text).ok()?;
    let (_, value) = table.get_ref().iter().find(|(key, _)| key.get_ref() == "stack")?;
    let DeValue::String(stack) = value.get_ref() else { return None };
    Some((stack.to_string(), span_of(file, value.span())))
}

fn span_of(file: FileId, range: std::ops::Range<usize>) -> Span {
    let byte = |at: usize| u32::try_from(at).unwrap_or(0);
    Span { file, start: byte(range.start), end: byte(range.end) }
}

/// The other stage whose settings name this stack.
pub(super) fn stage_of_stack(folder: &std::path::Path, stage: &str, stack: &str) -> Option<String> {
    let of = |path: std::path::PathBuf| {
        let name = path.file_name()?.to_str()?.strip_suffix(".toml")?.to_owned();
        let text = read::text_if_there(&path).ok()??;
        let (found, _) = stack_of(FileId::default(), &text)?;
        (name != stage && found == stack).then_some(name)
    };
    read::entries_of(folder).into_iter().find_map(of)
}

/// The declarations of a template's parameters: the part of the text below `Parameters`.
fn parameters(template: &str) -> Option<Node> {
    const KEY: &str = "\nParameters:\n";
    let start = template.find(KEY)? + KEY.len();
    let is_next = |line: &&str| !line.starts_with([' ', '#', '\n', '\r']);
    let length: usize = template[start..]
        .split_inclusive('\n')
        .take_while(|line| !is_next(line))
        .map(str::len)
        .sum();
    let mut scratch = SourceMap::default();
    let text = &template[start..start + length];
    yaml::parse(scratch.add("template", text), text, &Sink::default())
}

/// Refuses parameters that the template does not have, which the AWS command line drops without a word, and values that
/// theirs do not take.
pub(super) fn check_given(folders: &Folders, given: &[String]) -> Result<()> {
    let template = read::text_if_there(&folders.out.join("infra/template.yaml"))?;
    let Some(declared) = template.as_deref().and_then(parameters) else { return Ok(()) };
    let faults: Vec<String> = given.iter().filter_map(|one| given_fault(&declared, one)).collect();
    if !faults.is_empty() {
        bail!("{}", faults.join("\n"));
    }
    Ok(())
}

/// What is wrong with `Name=value`.
fn given_fault(declared: &Node, given: &str) -> Option<String> {
    let (name, value) = given.split_once('=')?;
    let Some(parameter) = declared.get(name) else {
        let known: Vec<&str> = declared.entries().iter().map(|one| one.key.as_str()).collect();
        return (name != ARCHITECTURE).then(|| match nearest(name, known.iter().copied()) {
            Some(near) => {
                format!("the template has no parameter `{name}`; did you mean `{near}`?")
            }
            None => format!(
                "the template has no parameter `{name}`; its parameters are {}",
                listed(&known)
            ),
        });
    };
    let allowed = allowed_values(parameter);
    if !allowed.is_empty() && !allowed.contains(&value) {
        let allowed = listed(&allowed);
        return Some(format!("the parameter `{name}` does not take `{value}`; it takes {allowed}"));
    }
    let why = value_fault(parameter, &DeValue::String(value.into()), value)?;
    Some(format!("the parameter `{name}` does not take `{value}`: {why}"))
}

fn allowed_values(parameter: &Node) -> Vec<&str> {
    let allowed = parameter.get("AllowedValues").map(Node::items).unwrap_or_default();
    allowed.iter().filter_map(|one| one.text().or_else(|| one.number())).collect()
}

fn check_file(file: FileId, text: &str, declared: Option<&Node>, found: &mut Vec<Diagnostic>) {
    let at = |range: std::ops::Range<usize>| span_of(file, range);
    let table = match DeTable::parse(text) {
        Ok(table) => table,
        Err(error) => {
            found.push(fault::not_toml(at(error.span().unwrap_or(0..0)), error.message()));
            return;
        }
    };
    if let Some(declared) = declared {
        check_open(table.get_ref(), file, declared, found);
    }
    for (key, value) in table.get_ref() {
        let name = key.get_ref().as_ref();
        if !KEYS.contains(&name) {
            found.push(fault::unknown_setting(at(key.span()), name, &KEYS));
        }
        if let Some(why) = setting_fault(name, value.get_ref()) {
            found.push(fault::bad_setting(at(value.span()), name, why));
            continue;
        }
        if let (DeValue::Table(tags), "tags") = (value.get_ref(), name) {
            for (key, value) in tags {
                if let Some(why) = tag_fault(key.get_ref(), value.get_ref()) {
                    found.push(fault::bad_setting(at(value.span()), key.get_ref(), why));
                }
            }
        }
        let (DeValue::Table(values), "parameters", Some(declared)) =
            (value.get_ref(), name, declared)
        else {
            continue;
        };
        let known: Vec<&str> = declared.entries().iter().map(|one| one.key.as_str()).collect();
        for (key, value) in values {
            let name = key.get_ref().as_ref();
            let Some(parameter) = declared.get(name) else {
                found.push(fault::unknown_parameter(at(key.span()), name, &known));
                continue;
            };
            let written = written(text, value);
            let allowed = allowed_values(parameter);
            if !allowed.is_empty() && !allowed.contains(&written.as_str()) {
                found.push(fault::refused_value(at(value.span()), name, &written, &allowed));
            } else if let Some(why) = value_fault(parameter, value.get_ref(), &written) {
                found.push(fault::bad_value(at(value.span()), name, &written, &why));
            }
        }
    }
}

/// What a stage leaves open: parameters that it does not set, and that have no default.
fn check_open(table: &DeTable<'_>, file: FileId, declared: &Node, found: &mut Vec<Diagnostic>) {
    /// `deploy` gives it itself.
    const GIVEN: &str = "Release";
    let section = table.iter().find(|(key, _)| key.get_ref() == "parameters");
    let names = |name: &str| match section.map(|(_, values)| values.get_ref()) {
        Some(DeValue::Table(values)) => values.iter().any(|(key, _)| key.get_ref() == name),
        _ => false,
    };
    let range = section.map_or(0..0, |(key, _)| key.span());
    let at = span_of(file, range);
    for parameter in declared.entries() {
        let is_open = parameter.value.get("Default").is_none() && parameter.key != GIVEN;
        if is_open && !names(&parameter.key) {
            found.push(fault::open_parameter(at, &parameter.key));
        }
    }
}

/// What is wrong with a setting itself.
fn setting_fault(name: &str, value: &DeValue<'_>) -> Option<&'static str> {
    match (name, value) {
        ("stack", DeValue::String(text)) => (!is_stack_name(text)).then_some(
            "a stack name has at most 128 letters, digits and hyphens, and starts with a letter",
        ),
        ("bucket", DeValue::String(text)) => (!is_bucket_name(text))
            .then_some("a bucket name has 3 to 63 lowercase letters, digits, dots and hyphens"),
        ("stack" | "bucket", _) => Some("it must be a quoted string"),
        ("parameters" | "tags", DeValue::Table(_)) => None,
        ("parameters" | "tags", _) => Some("it must be a table"),
        _ => None,
    }
}

/// The name of a stack (CloudFormation, `CreateStack`).
fn is_stack_name(name: &str) -> bool {
    name.len() <= 128
        && name.starts_with(|char: char| char.is_ascii_alphabetic())
        && name.chars().all(|char| char.is_ascii_alphanumeric() || char == '-')
}

/// The name of a bucket (S3, "General purpose bucket naming rules").
fn is_bucket_name(name: &str) -> bool {
    let is_plain = |char: char| char.is_ascii_lowercase() || char.is_ascii_digit();
    (3..=63).contains(&name.len())
        && name.starts_with(is_plain)
        && name.ends_with(is_plain)
        && name.chars().all(|char| is_plain(char) || ".-".contains(char))
        && !name.contains("..")
}

/// What AWS or `deploy` would refuse of a tag.
fn tag_fault(key: &str, value: &DeValue<'_>) -> Option<&'static str> {
    match value {
        DeValue::Array(_) | DeValue::Table(_) => Some("it must be a string, a number or a boolean"),
        DeValue::String(text) => crate::lower::tag_fault(key, text),
        _ => crate::lower::tag_fault(key, ""),
    }
}

/// What is wrong with a value, by the declaration of its parameter.
fn value_fault(parameter: &Node, value: &DeValue<'_>, written: &str) -> Option<String> {
    if matches!(value, DeValue::Array(_) | DeValue::Table(_)) {
        return Some("it must be a string, a number or a boolean".to_owned());
    }
    let number = |key: &str| {
        let node = parameter.get(key)?;
        Decimal::parse(node.number().or_else(|| node.text())?)
    };
    if parameter.text_at("Type") == Some("Number") {
        let Some(given) = Decimal::parse(written) else {
            return Some("it must be a number".to_owned());
        };
        return match (number("MinValue"), number("MaxValue")) {
            (Some(least), _) if given < least => Some(format!("it must be at least {least}")),
            (_, Some(most)) if given > most => Some(format!("it must be at most {most}")),
            _ => None,
        };
    }
    let length = Decimal::from(i64::try_from(written.chars().count()).unwrap_or(i64::MAX));
    match (number("MinLength"), number("MaxLength")) {
        (Some(least), _) if length < least => {
            return Some(format!("it needs at least {least} characters"));
        }
        (_, Some(most)) if length > most => {
            return Some(format!("it takes at most {most} characters"));
        }
        _ => {}
    }
    // CloudFormation compares the whole value with the pattern.
    let pattern = parameter.text_at("AllowedPattern")?;
    let whole = Pattern::new(&format!("^(?:{pattern})$")).ok()?;
    (whole.is_match(written) == Ok(false)).then(|| {
        let said = parameter.text_at("ConstraintDescription").map(str::to_owned);
        said.unwrap_or_else(|| format!("it must match `{pattern}`"))
    })
}

/// A value as CloudFormation takes it, which is text.
fn written(text: &str, value: &Spanned<DeValue<'_>>) -> String {
    if let DeValue::String(text) = value.get_ref() {
        return text.to_string();
    }
    let own = text.get(value.span()).unwrap_or_default();
    // `1_000` and `0x10` are numbers, too.
    let read = format!("value = {own}").parse::<toml::Table>().ok();
    read.and_then(|table| plain(table.get("value")?)).unwrap_or_else(|| own.to_owned())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]

    use super::*;
    use crate::diag::render::render_text;

    const TEMPLATE: &str = "Metadata: {}\n\nParameters:\n  StageName:\n    Type: String\n  LogLevel:\n    Type: String\n    \
         AllowedValues:\n      - DEBUG\n      - INFO\n  LogRetentionDays:\n    Type: Number\n    AllowedValues:\n      - 7\n\
         \x20 ThrottleRate:\n    Type: Number\n    MinValue: 1\n    MaxValue: 10000\n\
         \x20 AlarmTopicArn:\n    Type: String\n    AllowedPattern: '^(arn:aws:sns:.+)?$'\n\n\
         Resources: {}\n";

    fn said(settings: &str) -> String {
        let mut sources = SourceMap::default();
        let file = sources.add("infra/stages/dev.toml", settings);
        let mut found = vec![];
        let template = TEMPLATE.replace("    Type:", "    Default: 1\n    Type:");
        let template = template.replace(
            "Resources",
            "  Release:\n    Type: String\n  Partner:\n    Type: String\n\nResources",
        );
        check_file(file, settings, parameters(&template).as_ref(), &mut found);
        render_text(&found, &sources, false)
    }

    #[test]
    fn parameters_that_the_command_line_would_drop_are_refused() {
        let declared = parameters(TEMPLATE).unwrap();
        let of = |given: &str| given_fault(&declared, given);
        let topic = "AlarmTopicArn=arn:aws:sns:eu-central-1:123456789012:alarms";
        for fine in
            ["LogLevel=INFO", "LogRetentionDays=7", "ThrottleRate=5", topic, "Architecture=arm64"]
        {
            assert_eq!(of(fine), None, "{fine}");
        }
        for (given, says) in [
            (
                "AlarmTopic=arn:aws:sns:a",
                "no parameter `AlarmTopic`; did you mean `AlarmTopicArn`?",
            ),
            ("Nothing=1", "its parameters are `StageName`"),
            ("LogLevel=debug", "it takes `DEBUG`"),
            ("ThrottleRate=fast", "it must be a number"),
            ("ThrottleRate=0", "it must be at least 1"),
            ("AlarmTopicArn=topic", "it must match"),
        ] {
            let said = of(given).unwrap_or_default();
            assert!(said.contains(says), "{given}: {said}");
        }
    }

    #[test]
    fn what_a_deployment_would_refuse_is_told_at_its_place() {
        let fine = "stack = \"a\"\n[parameters]\nLogLevel = \"INFO\"\nLogRetentionDays = 7\nThrottleRate = 5\n\
            AlarmTopicArn = \"arn:aws:sns:a\"\nPartner = \"a\"\n[tags]\nproduction = true\n";
        assert_eq!(said(fine), "");
        for (settings, place, says) in [
            ("stak = \"a\"\n", "dev.toml:1:1", "did you mean `stack`?"),
            ("[parameter]\nLogLevel = \"INFO\"\n", "dev.toml:1:2", "did you mean `parameters`?"),
            ("[parameters]\nLoglevel = \"INFO\"\n", "dev.toml:2:1", "did you mean `LogLevel`?"),
            ("[parameters]\nLogLevel = \"debug\"\n", "dev.toml:2:12", "did you mean `DEBUG`?"),
            ("[parameters]\nLogRetentionDays = 8\n", "dev.toml:2:20", "it takes `7`"),
            ("stack = \"a\"\n", "dev.toml:1:1", "`Partner` has no default"),
            (
                "stack = \"a\"\n[parameters]\nLogLevel = \"INFO\"\n",
                "dev.toml:2:2",
                "`Partner` has no default",
            ),
            ("stack = a\n", "dev.toml:1:9", "invalid TOML"),
            ("stack = \"my_shop\"\n", "dev.toml:1:9", "letters, digits and hyphens"),
            ("stack = 5\n", "dev.toml:1:9", "quoted string"),
            ("bucket = \"Shop\"\n", "dev.toml:1:10", "lowercase"),
            ("tags = \"a\"\n", "dev.toml:1:8", "a table"),
            ("[tags]\n\"aws:team\" = \"a\"\n", "dev.toml:2:14", "reserved"),
            ("[tags]\nteam = [\"a\"]\n", "dev.toml:2:8", "a string, a number or a boolean"),
            ("[parameters]\nThrottleRate = \"fast\"\n", "dev.toml:2:16", "must be a number"),
            ("[parameters]\nThrottleRate = 0\n", "dev.toml:2:16", "at least 1"),
            ("[parameters]\nThrottleRate = 10001\n", "dev.toml:2:16", "at most 10000"),
            ("[parameters]\nThrottleRate = [1]\n", "dev.toml:2:16", "a number or a boolean"),
            ("[parameters]\nAlarmTopicArn = \"topic\"\n", "dev.toml:2:17", "must match"),
        ] {
            let said = said(settings);
            assert!(said.contains(place) && said.contains(says), "{settings}: {said}");
        }
    }
}
