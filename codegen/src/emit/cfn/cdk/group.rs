//! The frame of a group of constructs: a class whose properties are the resources of one kind.

use askama::Template;

use super::scope::member;
use super::ts::{MAX_COLUMNS, comment};
use crate::text::rendered;

/// A group: `class Queues extends Construct { readonly orderQueue: sqs.Queue; … }`.
#[derive(Debug, Default)]
pub(super) struct Group {
    /// The class: `Queues`.
    pub(super) class: &'static str,
    /// What the group is, for its doc comment.
    pub(super) docs: &'static str,
    /// The resources that it holds.
    pub(super) members: Vec<Member>,
    /// The statements of its constructor, indented by four.
    pub(super) statements: Vec<String>,
}

/// A resource that a group holds.
#[derive(Debug, Clone)]
pub(super) struct Member {
    /// The logical id: `OrderQueue`.
    pub(super) id: String,
    /// The class of its construct: `sqs.Queue`.
    pub(super) class: &'static str,
    /// What it is, or the contract's place that declares it.
    pub(super) docs: String,
}

impl Member {
    /// Its doc comment, within the class.
    pub(super) fn doc(&self) -> String {
        doc(&self.docs, 2)
    }

    /// The property that holds it.
    pub(super) fn name(&self) -> String {
        member(&self.id)
    }

    /// A member that a contract declares.
    pub(super) fn declared(id: impl Into<String>, class: &'static str, pointer: &str) -> Self {
        Self { id: id.into(), class, docs: comment(&format!("Declared at `{pointer}`.")) }
    }
}

/// The file of a group.
#[derive(Template)]
#[template(path = "cdk/group.ts", escape = "none")]
struct GroupFile<'a> {
    imports: String,
    class: &'a str,
    docs: String,
    members: &'a [Member],
    inputs: Vec<Input>,
    parameters: String,
    uses_stack_name: bool,
    body: String,
}

/// What a group's constructor is given.
struct Input {
    name: &'static str,
    class: &'static str,
    docs: &'static str,
}

/// Everything that a group may be given, in the order in which it is made.
const INPUTS: [(&str, &str, &str); 10] = [
    ("settings", "Settings", "Settings that differ between stages."),
    ("packages", "string", "The folder with one folder for each packaged function."),
    ("tables", "Tables", "The tables."),
    ("buses", "Buses", "The event buses."),
    ("queues", "Queues", "The queues."),
    ("functions", "Functions", "The functions."),
    ("rules", "Rules", "The rules."),
    ("gateway", "Gateway", "The REST API."),
    ("alarms", "Alarms", "The alarms."),
    ("watch", "Watch", "The dashboard."),
];

/// Modules of the CDK under the name by which files import them.
const MODULES: [(&str, &str); 10] = [
    ("apigateway", "aws-apigateway"),
    ("cloudwatch", "aws-cloudwatch"),
    ("actions", "aws-cloudwatch-actions"),
    ("dynamodb", "aws-dynamodb"),
    ("events", "aws-events"),
    ("iam", "aws-iam"),
    ("lambda", "aws-lambda"),
    ("logs", "aws-logs"),
    ("sns", "aws-sns"),
    ("sqs", "aws-sqs"),
];

/// What files import from the CDK's core by name.
const CORE: [&str; 9] = [
    "Aws",
    "CfnOutput",
    "CfnResource",
    "Duration",
    "Fn",
    "RemovalPolicy",
    "Stack",
    "Tags",
    "Token",
];

/// What a file takes from files beside it.
const LOCAL: [(&str, &[&str]); 18] = [
    ("alarm", &["alarm"]),
    ("alarms", &["Alarms"]),
    ("api-document", &["apiDocument"]),
    ("buses", &["Buses"]),
    ("contract-function", &["ContractFunction", "invokeAlias", "moveInSteps"]),
    ("functions", &["Functions"]),
    ("gateway", &["Gateway"]),
    ("into", &["into"]),
    ("logical-ids", &["keepLogicalIds"]),
    ("others", &["Others"]),
    ("outputs", &["Outputs"]),
    ("queue-policy", &["refusePlainHttp", "takeFromRules"]),
    ("queues", &["Queues"]),
    ("rules", &["Rules"]),
    ("settings", &["Settings", "completed"]),
    ("tables", &["Tables"]),
    ("watch", &["Watch"]),
    ("widget", &["Widget"]),
];

impl Group {
    /// What the constructor's statements take from other groups, in the order in which those are made.
    pub(super) fn inputs(&self) -> Vec<&'static str> {
        let body = self.body();
        let used = |name: &str| uses(&body, name);
        INPUTS.iter().map(|(name, ..)| *name).filter(|name| used(name)).collect()
    }

    fn body(&self) -> String {
        self.statements.concat()
    }

    /// The file: imports, class, what its constructor is given.
    pub(super) fn file(&self) -> String {
        let body = self.body();
        let names = self.inputs();
        let inputs: Vec<_> = INPUTS
            .into_iter()
            .filter(|(name, ..)| names.contains(name))
            .map(|(name, class, docs)| Input { name, class, docs })
            .collect();
        let uses_stack_name = uses(&body, "stackName");
        let members: String = self.members.iter().map(|one| format!("{} ", one.class)).collect();
        let classes: String = inputs.iter().map(|one| format!("{} ", one.class)).collect();
        let stack = if uses_stack_name { "Stack" } else { "" };
        let imports = imports(&format!("{body} {members} {classes} {stack} Construct"), self.class);
        let file = GroupFile {
            imports,
            class: self.class,
            docs: doc(self.docs, 0),
            members: &self.members,
            parameters: parameters(self.class, &names),
            inputs,
            uses_stack_name,
            body,
        };
        rendered(&file)
    }
}

/// The parameters of a group's constructor, on lines of their own where they do not fit on one.
fn parameters(class: &str, inputs: &[&str]) -> String {
    if inputs.is_empty() {
        return "scope: Construct, id: string".to_owned();
    }
    let inputs = format!("{{ {} }}: {class}Props", inputs.join(", "));
    let line = format!("scope: Construct, id: string, {inputs}");
    if "  constructor() {".len() + line.len() <= MAX_COLUMNS {
        return line;
    }
    format!("\n    scope: Construct,\n    id: string,\n    {inputs},\n  ")
}

/// A doc comment at an indentation: on one line where it fits, else in lines of words.
pub(super) fn doc(text: &str, indent: usize) -> String {
    let pad = " ".repeat(indent);
    if indent + text.chars().count() + 7 <= MAX_COLUMNS {
        return format!("{pad}/** {text} */");
    }
    let mut lines = vec![String::new()];
    for word in text.split(' ') {
        let line = lines.last().map_or(0, |line| line.chars().count());
        if line > 0 && indent + 4 + line + word.chars().count() > MAX_COLUMNS {
            lines.push(String::new());
        }
        if let Some(line) = lines.last_mut() {
            line.push_str(&format!(" {word}"));
        }
    }
    let lines: String = lines.iter().map(|line| format!("{pad} *{line}\n")).collect();
    format!("{pad}/**\n{lines}{pad} */")
}

/// The imports that a text needs, but for `own`, which the file itself declares.
pub(super) fn imports(text: &str, own: &str) -> String {
    let mut out = String::new();
    let core: Vec<_> = CORE.into_iter().filter(|name| uses(text, name)).collect();
    if !core.is_empty() {
        out.push_str(&format!("import {{ {} }} from 'aws-cdk-lib';\n", core.join(", ")));
    }
    for (name, module) in MODULES {
        if uses(text, &format!("{name}.")) {
            out.push_str(&format!("import * as {name} from 'aws-cdk-lib/{module}';\n"));
        }
    }
    if uses(text, "Construct") {
        out.push_str("import { Construct } from 'constructs';\n");
    }
    out.push('\n');
    for (file, names) in LOCAL {
        let used = |name: &&str| *name != own && uses(text, name);
        let names: Vec<_> = names.iter().copied().filter(used).collect();
        if !names.is_empty() {
            out.push_str(&format!("import {{ {} }} from './{file}';\n", names.join(", ")));
        }
    }
    out.trim_end().to_owned() + "\n"
}

/// Whether a text has this name outside of string literals, as a name of its own and not as somebody's member.
fn uses(text: &str, name: &str) -> bool {
    // Most names stand nowhere in a text, which `contains` finds out faster.
    if !text.contains(name) {
        return false;
    }
    let is_part = |c: char| c.is_alphanumeric() || matches!(c, '_' | '$' | '.' | '\'' | '"' | '-');
    text.match_indices(name).any(|(at, _)| {
        let before = text[..at].chars().next_back();
        let after = text[at + name.len()..].chars().next();
        let starts = !before.is_some_and(|c| is_part(c) && c != '{')
            || text[..at].ends_with("${")
            || text[..at].ends_with("...");
        let ends = name.ends_with('.')
            || !after.is_some_and(|c| c.is_alphanumeric() || matches!(c, '_' | '$' | '\'' | '-'));
        starts && ends && !within_text(text, at)
    })
}

/// Whether a place lies within a string literal of its line; a template literal's `${…}` does not count as such.
fn within_text(text: &str, at: usize) -> bool {
    let start = text[..at].rfind('\n').map_or(0, |line| line + 1);
    let mut quote = None;
    let mut escaped = false;
    for c in text[start..at].chars() {
        match (quote, c) {
            _ if escaped => escaped = false,
            (Some(_), '\\') => escaped = true,
            (Some(open), c) if c == open => quote = None,
            (None, '\'' | '"') => quote = Some(c),
            _ => {}
        }
    }
    quote.is_some()
}
