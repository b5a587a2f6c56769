//! Runtime expressions, by the grammar of Arazzo 1.1 (which takes in that of 1.0).
//!
//! Two things go beyond the grammar. Properties after a dot or an index in brackets, as in `$response.body.items[0].id`,
//! lead into a body or payload like a JSON pointer, because the specification's own examples have them. And
//! `$steps.step.name` is the output of that name, with the proper notation in [`Parsed::proper`].

mod text;
mod way;

pub(super) use text::{Section, sections, without_braces};
use way::accessors;
pub(super) use way::{steps, way};

use crate::diag::catalog::shape::nearest;
use crate::lower::token::{is_sign, is_token};
use crate::model::{ExpressionKind, Source};

/// An expression without its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Parsed {
    pub(super) kind: ExpressionKind,
    pub(super) pointer: Vec<String>,
    /// How it is to be written, where it is in a notation of other tools.
    pub(super) proper: Option<String>,
}

impl Parsed {
    fn new(kind: ExpressionKind, pointer: Vec<String>) -> Self {
        Self { kind, pointer, proper: None }
    }
}

/// What is wrong with an expression or a condition, and where in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct SyntaxError {
    /// The first byte that is wrong.
    pub(super) at: usize,
    /// How many bytes are.
    pub(super) length: usize,
    /// What is wrong.
    pub(super) why: String,
    /// What to write instead.
    pub(super) help: Option<String>,
}

impl SyntaxError {
    pub(super) fn new(at: usize, length: usize, why: impl Into<String>) -> Self {
        Self { at, length, why: why.into(), help: None }
    }

    pub(super) fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// The same, in a text that this one stands in.
    pub(super) fn shifted(mut self, by: usize) -> Self {
        self.at += by;
        self
    }
}

/// The expression that a text is meant to be that lacks its `$`: `inputs.name`, `steps.book.outputs.id`.
pub(super) fn without_dollar(text: &str) -> Option<String> {
    let (head, rest) = text.split_once('.')?;
    let is_name = |name: &str| {
        let is_fit = |char: char| char.is_ascii_alphanumeric() || "-_#/".contains(char);
        !name.is_empty() && name.chars().all(is_fit)
    };
    let names: Vec<&str> = rest.split('.').collect();
    let is_meant = match head {
        "inputs" => true,
        "steps" | "workflows" => names.len() >= 3 && matches!(names[1], "outputs" | "inputs"),
        "response" => names[0] == "header" || names[0].starts_with("body"),
        _ => false,
    };
    (is_meant && names.iter().all(|name| is_name(name))).then(|| format!("${text}"))
}

/// The words that an expression begins with.
const HEADS: [&str; 13] = [
    "$url",
    "$method",
    "$statusCode",
    "$self",
    "$request",
    "$response",
    "$message",
    "$inputs",
    "$outputs",
    "$steps",
    "$workflows",
    "$sourceDescriptions",
    "$components",
];

/// The word that a text begins with, where it can only be meant as an expression: `$inputs` of `$inputs.name`, but
/// nothing of `$100`.
pub(super) fn head(text: &str) -> Option<&str> {
    let rest = text.strip_prefix('$')?;
    let length = rest.bytes().take_while(u8::is_ascii_alphabetic).count();
    let word = &text[..=length];
    let followed = matches!(rest.as_bytes().get(length), Some(b'.'));
    let alone = rest.len() == length && nearest(word, HEADS).is_some();
    (length > 0 && (followed || alone || HEADS.contains(&word))).then_some(word)
}

/// An expression that is the whole of a text.
pub(super) fn parse(text: &str) -> Result<Parsed, SyntaxError> {
    let length = text
        .strip_prefix('$')
        .map_or(0, |rest| 1 + rest.bytes().take_while(u8::is_ascii_alphabetic).count());
    let (word, rest) = text.split_at(length);
    let simple = match word {
        "$url" => Some(ExpressionKind::Url),
        "$method" => Some(ExpressionKind::Method),
        "$statusCode" => Some(ExpressionKind::StatusCode),
        "$self" => Some(ExpressionKind::SelfUri(None)),
        _ => None,
    };
    if let Some(kind) = simple {
        if !rest.is_empty() {
            return Err(SyntaxError::new(
                length,
                rest.len(),
                format!("`{word}` cannot be followed by anything"),
            ));
        }
        return Ok(Parsed::new(kind, vec![]));
    }
    if word.is_empty() {
        let fault = SyntaxError::new(0, text.len().max(1), "a runtime expression starts with `$`");
        let meant = without_dollar(text).or_else(|| {
            let head = format!("${text}");
            HEADS.contains(&head.as_str()).then(|| example(&head).to_owned())
        });
        return Err(match meant {
            Some(meant) => fault.help(format!("write `{meant}`")),
            None => fault.help("as in `$response.body#/name`"),
        });
    }
    if !HEADS.contains(&word) {
        let fault = SyntaxError::new(
            0,
            length.max(1),
            format!("no runtime expression starts with `{word}`"),
        );
        return Err(match nearest(word, HEADS) {
            Some(near) => fault.help(format!("did you mean `{near}`?")),
            None => fault.help(format!(
                "runtime expressions start with {}",
                crate::diag::catalog::shape::listed(&HEADS)
            )),
        });
    }
    let Some(below) = rest.strip_prefix('.').filter(|below| !below.is_empty()) else {
        return Err(SyntaxError::new(
            0,
            text.len(),
            format!("`{word}` alone is not a runtime expression"),
        )
        .help(format!("write `{}`", example(word))));
    };
    let inside = |fault: SyntaxError| fault.shifted(length + 1);
    match word {
        "$request" | "$response" | "$message" => source(word, below).map_err(inside),
        "$inputs" => named(below, ExpressionKind::Input).map_err(inside),
        "$outputs" => named(below, ExpressionKind::Output).map_err(inside),
        "$steps" => step(below).map_err(inside),
        "$workflows" => workflow(below).map_err(inside),
        "$components" => component(below).map_err(inside),
        _ => described(below).map_err(inside),
    }
}

/// How an expression that begins with a word looks.
fn example(word: &str) -> &'static str {
    match word {
        "$request" => "$request.body#/name",
        "$message" => "$message.payload#/name",
        "$inputs" => "$inputs.name",
        "$outputs" => "$outputs.name",
        "$steps" => "$steps.step.outputs.name",
        "$workflows" => "$workflows.workflow.outputs.name",
        "$sourceDescriptions" => "$sourceDescriptions.source.operation",
        "$components" => "$components.parameters.name",
        _ => "$response.body#/name",
    }
}

/// `header.name`, `query.name`, `path.name`, `body#/pointer`, `payload#/pointer`
fn source(word: &str, below: &str) -> Result<Parsed, SyntaxError> {
    let make = |part| match word {
        "$request" => ExpressionKind::Request(part),
        "$response" => ExpressionKind::Response(part),
        _ => ExpressionKind::Message(part),
    };
    let end = below.find(['.', '#', '[']).unwrap_or(below.len());
    let (what, rest) = below.split_at(end);
    let name = rest.strip_prefix('.').unwrap_or_default();
    match what {
        "body" | "payload" => {
            let part = if what == "body" { Source::Body } else { Source::Payload };
            let pointer = way(rest).map_err(|fault| fault.shifted(end))?;
            Ok(Parsed::new(make(part), pointer))
        }
        // Other tools name the plural.
        "headers" if is_token(name) => {
            let proper = Some(format!("{word}.header.{name}"));
            Ok(Parsed { proper, ..Parsed::new(make(Source::Header(name.to_owned())), vec![]) })
        }
        "header" | "query" | "path" if name.is_empty() => Err(SyntaxError::new(
            0,
            below.len(),
            format!("`{what}` must be followed by a dot and a name"),
        )),
        "header" => match name.find(|sign| !is_sign(sign)) {
            Some(at) => Err(SyntaxError::new(
                end + 1 + at,
                1,
                "this character is not allowed in a header name",
            )),
            None => Ok(Parsed::new(make(Source::Header(name.to_owned())), vec![])),
        },
        "query" => Ok(Parsed::new(make(Source::Query(name.to_owned())), vec![])),
        "path" => Ok(Parsed::new(make(Source::Path(name.to_owned())), vec![])),
        _ => {
            const PARTS: [&str; 5] = ["body", "header", "path", "query", "payload"];
            let fault = SyntaxError::new(0, end.max(1), format!("`{word}` has no part `{what}`"));
            Err(match nearest(what, PARTS) {
                Some(near) => fault.help(format!("did you mean `{near}`?")),
                None => {
                    fault.help("valid parts are `body`, `header`, `path`, `query` and `payload`")
                }
            })
        }
    }
}

/// A name with a pointer below it.
fn named(below: &str, make: fn(String) -> ExpressionKind) -> Result<Parsed, SyntaxError> {
    let (name, pointer) = name_and_way(below)?;
    Ok(Parsed::new(make(name), pointer))
}

/// `name#/pointer`, or `name[0]`; brackets around anything but an index are part of the name: `page[size]`
fn name_and_way(text: &str) -> Result<(String, Vec<String>), SyntaxError> {
    let whole = text.find('#').unwrap_or(text.len());
    let bracket = text[..whole].find('[');
    let end = bracket.filter(|at| accessors(&text[*at..whole]).is_ok()).unwrap_or(whole);
    let (name, rest) = text.split_at(end);
    if name.is_empty() {
        return Err(SyntaxError::new(0, 1.min(text.len()), "a name is missing here"));
    }
    let wrong = |char: char| !is_identifier(char) && !matches!(char, '[' | ']');
    if let Some((at, char)) = name.char_indices().find(|(_, char)| wrong(*char)) {
        return Err(SyntaxError::new(
            at,
            char.len_utf8(),
            format!("the character `{char}` is not allowed in a name"),
        ));
    }
    Ok((name.to_owned(), way(rest).map_err(|fault| fault.shifted(end))?))
}

/// `step.outputs.name#/pointer`
fn step(below: &str) -> Result<Parsed, SyntaxError> {
    // The standard advises against other signs than these, and does not forbid spaces.
    let (step, rest, at) = match below.split_once(".outputs.") {
        Some((step, _)) if is_spaced(step) => (step, &below[step.len() + 1..], step.len() + 1),
        _ => strict(below, "a step")?,
    };
    let Some(output) = rest.strip_prefix("outputs.").filter(|output| !output.is_empty()) else {
        if let Ok((output, pointer)) = name_and_way(rest)
            && !output.contains('.')
            && nearest(&output, ["inputs", "outputs"]).is_none()
        {
            let proper = Some(format!("$steps.{step}.outputs.{rest}"));
            let kind = ExpressionKind::Step { step: step.to_owned(), output };
            return Ok(Parsed { kind, pointer, proper });
        }
        let field = rest.split(['.', '#']).next().unwrap_or_default();
        let fault = SyntaxError::new(
            at,
            rest.len().max(1),
            "a step must be followed by `.outputs.` and a name",
        );
        let is_name = !field.is_empty() && nearest(field, ["inputs", "outputs"]).is_none();
        return Err(fault.help(format!(
            "write `$steps.{step}.outputs.{}`",
            if is_name { field } else { "name" }
        )));
    };
    let (output, pointer) = match is_spaced(output) {
        true => (output.to_owned(), vec![]),
        false => name_and_way(output).map_err(|fault| fault.shifted(at + 8))?,
    };
    Ok(Parsed::new(ExpressionKind::Step { step: step.to_owned(), output }, pointer))
}

/// `workflow.outputs.name#/pointer`
fn workflow(below: &str) -> Result<Parsed, SyntaxError> {
    let (workflow, rest, at) = strict(below, "a workflow")?;
    let (field, name) = rest.split_once('.').unwrap_or((rest, ""));
    if !["inputs", "outputs"].contains(&field) || name.is_empty() {
        let fault = SyntaxError::new(
            at,
            rest.len().max(1),
            "a workflow must be followed by `.inputs.` or `.outputs.` and a name",
        );
        return Err(fault.help(format!("write `$workflows.{workflow}.outputs.name`")));
    }
    let (name, pointer) =
        name_and_way(name).map_err(|fault| fault.shifted(at + field.len() + 1))?;
    let is_output = field == "outputs";
    let kind = ExpressionKind::Workflow { workflow: workflow.to_owned(), is_output, name };
    Ok(Parsed::new(kind, pointer))
}

/// `source.reference`: any characters but braces.
fn described(below: &str) -> Result<Parsed, SyntaxError> {
    let (source, rest, at) = strict(below, "a source description")?;
    if rest.is_empty() {
        return Err(SyntaxError::new(
            at.saturating_sub(1),
            1,
            "a source must be followed by a dot and an operation, a workflow or a field",
        ));
    }
    if let Some(brace) = rest.find(['{', '}']) {
        return Err(SyntaxError::new(at + brace, 1, "a brace is not allowed in a reference"));
    }
    let (source, reference) = (source.to_owned(), rest.to_owned());
    let kind = ExpressionKind::Source { source, reference, value: None };
    Ok(Parsed::new(kind, vec![]))
}

/// `parameters.name`
fn component(below: &str) -> Result<Parsed, SyntaxError> {
    const KINDS: [&str; 4] = ["parameters", "successActions", "failureActions", "inputs"];
    let (kind, name) = below.split_once('.').unwrap_or((below, ""));
    if !KINDS.contains(&kind) {
        let fault = SyntaxError::new(
            0,
            kind.len().max(1),
            format!("the component type `{kind}` does not exist"),
        );
        return Err(match nearest(kind, KINDS) {
            Some(near) => fault.help(format!("did you mean `{near}`?")),
            None => fault
                .help(format!("valid types are {}", crate::diag::catalog::shape::listed(&KINDS))),
        });
    }
    let (name, pointer) = name_and_way(name).map_err(|fault| fault.shifted(kind.len() + 1))?;
    if !pointer.is_empty() {
        return Err(SyntaxError::new(
            kind.len() + 1,
            below.len() - kind.len() - 1,
            "refer to the whole component",
        ));
    }
    Ok(Parsed::new(ExpressionKind::Component { kind: kind.to_owned(), name }, vec![]))
}

/// A name without dots, what follows its dot, and where that begins.
fn strict<'t>(text: &'t str, what: &str) -> Result<(&'t str, &'t str, usize), SyntaxError> {
    let (name, rest) = text.split_once('.').unwrap_or((text, ""));
    if name.is_empty() {
        return Err(SyntaxError::new(
            0,
            1.min(text.len()),
            format!("the name of {what} is missing here"),
        ));
    }
    let wrong = name.char_indices().find(|(_, char)| !is_identifier(*char));
    if let Some((at, char)) = wrong {
        let why = format!("the name of {what} can only contain letters, digits, `-` and `_`");
        return Err(SyntaxError::new(at, char.len_utf8(), why));
    }
    Ok((name, rest, (name.len() + 1).min(text.len())))
}

/// Whether a text is an expression but for the sign that each begins with.
pub(super) fn lacks_sign(text: &str) -> bool {
    HEADS.iter().any(|head| {
        let rest = text.strip_prefix(&head[1..]);
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '#', '[']))
    })
}

/// Whether a text is a name but for spaces in it.
pub(super) fn is_spaced(name: &str) -> bool {
    let is_space = |char: char| char == ' ';
    name.contains(is_space)
        && !name.starts_with(is_space)
        && !name.ends_with(is_space)
        && name.chars().all(|char| is_space(char) || (is_identifier(char) && char != '.'))
}

fn is_identifier(char: char) -> bool {
    char.is_ascii_alphanumeric() || matches!(char, '.' | '-' | '_')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> String {
        match parse(text) {
            Ok(Parsed { kind, pointer, .. }) => format!("{kind:?} {pointer:?}"),
            Err(fault) => format!("{}+{}: {}", fault.at, fault.length, fault.why),
        }
    }

    #[test]
    fn every_form_of_the_grammar_is_read() {
        for (text, expected) in [
            ("$url", "Url []"),
            ("$statusCode", "StatusCode []"),
            ("$self", "SelfUri(None) []"),
            ("$request.path.id", r#"Request(Path("id")) []"#),
            ("$request.query.a b", r#"Request(Query("a b")) []"#),
            ("$response.header.X-Rate-Limit", r#"Response(Header("X-Rate-Limit")) []"#),
            ("$response.body", "Response(Body) []"),
            ("$response.body#/items/0/a~1b~0", r#"Response(Body) ["items", "0", "a/b~"]"#),
            ("$message.payload#/id", r#"Message(Payload) ["id"]"#),
            ("$message.payload.order.id", r#"Message(Payload) ["order", "id"]"#),
            ("$response.body.items[0].id", r#"Response(Body) ["items", "0", "id"]"#),
            ("$inputs.user.name", r#"Input("user.name") []"#),
            ("$inputs.user#/name", r#"Input("user") ["name"]"#),
            ("$inputs.list[0].name", r#"Input("list") ["0", "name"]"#),
            ("$inputs.page[size]#/a", r#"Input("page[size]") ["a"]"#),
            ("$steps.a-b.outputs.c.d#/0", r#"Step { step: "a-b", output: "c.d" } ["0"]"#),
            (
                "$workflows.w.outputs.o",
                r#"Workflow { workflow: "w", is_output: true, name: "o" } []"#,
            ),
            (
                "$sourceDescriptions.s.get /a",
                r#"Source { source: "s", reference: "get /a", value: None } []"#,
            ),
            ("$components.parameters.p", r#"Component { kind: "parameters", name: "p" } []"#),
        ] {
            assert_eq!(shown(text), expected, "{text}");
        }
    }

    #[test]
    fn what_is_none_is_told_with_the_place() {
        for (text, expected) in [
            ("$input.name", "0+6: no runtime expression starts with `$input`"),
            ("$steps.a.output.b", "9+8: a step must be followed by `.outputs.` and a name"),
            ("$response.bodi#/a", "10+4: `$response` has no part `bodi`"),
            ("$response.body#a", "15+1: a JSON pointer must start with `/`"),
            ("$response.body#/a~b", "17+1: write `~` in a JSON pointer as `~0`"),
            ("$inputs", "0+7: `$inputs` alone is not a runtime expression"),
            ("$inputs.a b", "9+1: the character ` ` is not allowed in a name"),
            ("$url.x", "4+2: `$url` cannot be followed by anything"),
            ("$components.parameter.x", "12+9: the component type `parameter` does not exist"),
        ] {
            assert_eq!(shown(text), expected, "{text}");
        }
        // As other tools write it; a warning tells what is meant.
        assert_eq!(shown("$steps.a.b"), r#"Step { step: "a", output: "b" } []"#);
    }

    #[test]
    fn a_text_is_one_only_where_nothing_else_can_be_meant() {
        assert_eq!(head("$inputs.a"), Some("$inputs"));
        assert_eq!(head("$input.a"), Some("$input"));
        assert_eq!(head("$statuscode"), Some("$statuscode"));
        for text in ["$100", "$", "price in $", "$HOME", ""] {
            assert_eq!(head(text), None, "{text}");
        }
    }

    #[test]
    fn expressions_without_braces_are_seen() {
        assert_eq!(
            without_braces("Bearer $steps.make.outputs.id, a-$inputs.name."),
            ["$steps.make.outputs.id", "$inputs.name"]
        );
        assert!(without_braces("{$inputs.a} $5 $HOME $PATH.x a$").is_empty());
    }

    #[test]
    fn expressions_stand_in_braces_within_a_text() {
        assert_eq!(
            sections("a{$url}{b}{$method}"),
            Ok(vec![
                Section::Text("a"),
                Section::Expression("$url", 2),
                Section::Text("{b}"),
                Section::Expression("$method", 11)
            ])
        );
        assert_eq!(sections(""), Ok(vec![Section::Text("")]));
        assert!(sections("{$url").is_err());
    }
}
