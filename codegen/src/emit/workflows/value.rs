//! Values and expressions as Rust: what a state holds, and what an answer says.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::names::part;
use crate::emit::rust::ident;
use crate::model::{
    Expression, ExpressionKind, Operation, Selector, Source, Step, StepValue, System, Target,
    TextPart, ValueKind, Workflow,
};

/// Where values of a workflow are at some moment.
#[derive(Clone, Copy)]
pub(super) struct Scope<'a> {
    pub(super) system: &'a System,
    pub(super) workflow: &'a Workflow,
    pub(super) step: Option<&'a Step>,
}

/// The field of an input.
pub(super) fn input_field(workflow: &Workflow, name: &str) -> Option<Ident> {
    let inputs = &workflow.inputs.as_ref()?.list;
    let input = inputs.iter().find(|input| input.name.wire == name)?;
    Some(ident(&format!("input_{}", part(&input.name.snake))))
}

/// The field of an output of a step.
pub(super) fn output_field(step: &Step, output: &str) -> Option<Ident> {
    let output = step.outputs.iter().find(|one| one.name.wire == output)?;
    Some(ident(&format!("{}_{}", part(&step.id.snake), part(&output.name.snake))))
}

/// The field of what another workflow has put out.
pub(super) fn carried_field(workflow: &Workflow, output: &str) -> Option<Ident> {
    let output = workflow.outputs.iter().find(|one| one.name.wire == output)?;
    Some(ident(&format!("{}_{}", part(&workflow.id.snake), part(&output.name.snake))))
}

/// A JSON pointer as text.
pub(super) fn pointer(steps: &[String]) -> String {
    steps.iter().map(|step| format!("/{}", scalars::pointer::escape(step))).collect()
}

/// The part of a value at a pointer.
fn at(value: &TokenStream, steps: &[String]) -> TokenStream {
    if steps.is_empty() {
        return quote!(&#value);
    }
    let pointer = pointer(steps);
    quote!(at(&#value, #pointer))
}

/// What has a name in the state: the whole of it, or the name that its dots begin with, and the way below it.
fn dotted(name: &str, steps: &[String], field: impl Fn(&str) -> Option<Ident>) -> TokenStream {
    let mut name = name;
    let mut below: Vec<String> = vec![];
    loop {
        if let Some(field) = field(name) {
            below.extend(steps.iter().cloned());
            return at(&quote!(state.#field), &below);
        }
        let Some((before, last)) = name.rsplit_once('.') else { return null() };
        below.insert(0, last.to_owned());
        name = before;
    }
}

impl<'a> Scope<'a> {
    /// An expression that is a `&Value`.
    pub(super) fn reference(self, expression: &Expression) -> TokenStream {
        let steps = &expression.pointer;
        match &expression.kind {
            ExpressionKind::Input(name) => self.input(name, steps),
            ExpressionKind::Step { step, output } => {
                let found = self.workflow.step(step);
                dotted(output, steps, |name| found.and_then(|step| output_field(step, name)))
            }
            ExpressionKind::Workflow { workflow, name, is_output: true } => {
                let list = self.system.workflow_list();
                let found = list
                    .iter()
                    .find(|one| one.id.wire == *workflow && one.document == self.workflow.document);
                match found.and_then(|workflow| carried_field(workflow, name)) {
                    Some(field) => at(&quote!(state.#field), steps),
                    None => null(),
                }
            }
            ExpressionKind::Output(name) => match self.step.map(|step| &step.target) {
                Some(Target::Workflow(_)) if steps.is_empty() => quote!(named(&outputs, #name)),
                Some(Target::Workflow(_)) => {
                    let pointer = pointer(steps);
                    quote!(at(named(&outputs, #name), #pointer))
                }
                _ => self.own_output(name, steps),
            },
            ExpressionKind::Response(Source::Body) => {
                let pointer = pointer(steps);
                if steps.is_empty() { quote!(answer.json()) } else { quote!(answer.at(#pointer)) }
            }
            ExpressionKind::Response(Source::Header(name)) => {
                quote!(&Value::from(answer.header(#name)))
            }
            // Of any message, none is waited for.
            ExpressionKind::Message(_) if self.step.is_some_and(Step::takes_any_message) => null(),
            ExpressionKind::Message(_) => at(&quote!(payload), steps),
            ExpressionKind::StatusCode => {
                let status = self.status();
                quote!(&Value::from(#status))
            }
            ExpressionKind::Request(source) => self.request(source, steps),
            ExpressionKind::Method => {
                let method = self.operation().map_or("", |operation| operation.method.as_str());
                quote!(&Value::from(#method))
            }
            ExpressionKind::Url => quote!(&Value::from(url.as_str())),
            ExpressionKind::SelfUri(Some(text))
            | ExpressionKind::Source { value: Some(text), .. } => quote!(&Value::from(#text)),
            ExpressionKind::Workflow { workflow, name, is_output: false }
                if *workflow == self.workflow.id.wire =>
            {
                self.input(name, steps)
            }
            // Checked before: none of these leads to a value.
            ExpressionKind::SelfUri(None)
            | ExpressionKind::Response(_)
            | ExpressionKind::Workflow { .. }
            | ExpressionKind::Source { .. }
            | ExpressionKind::Component { .. } => null(),
        }
    }

    /// The status of the step's response; of a workflow's last one.
    pub(super) fn status(self) -> TokenStream {
        match self.step.map(|step| &step.target) {
            Some(Target::Workflow(_)) => quote!(visit.last_status()),
            _ => quote!(answer.status()),
        }
    }

    /// Whether the step runs a workflow.
    pub(super) fn calls_workflow(self) -> bool {
        matches!(self.step.map(|step| &step.target), Some(Target::Workflow(_)))
    }

    fn operation(self) -> Option<&'a Operation> {
        match &self.step?.target {
            Target::Operation(reference) => Some(reference.of(&self.system.services).1),
            _ => None,
        }
    }

    /// An input.
    fn input(self, name: &str, steps: &[String]) -> TokenStream {
        dotted(name, steps, |name| input_field(self.workflow, name))
    }

    fn own_output(self, name: &str, steps: &[String]) -> TokenStream {
        let output = self.workflow.outputs.iter().find(|output| output.name.wire == name);
        match output {
            Some(output) => {
                let value = self.owned(&output.value);
                at(&quote!(#value), steps)
            }
            None => null(),
        }
    }

    /// A part of the step's own request.
    fn request(self, source: &Source, steps: &[String]) -> TokenStream {
        let step = self.step;
        let of = |name: &str, location: &str| {
            let arguments = step.into_iter().flat_map(|step| &step.arguments);
            let found = arguments.into_iter().find(|one| {
                one.location.is_some_and(|own| own.as_str() == location)
                    && one.name.eq_ignore_ascii_case(name)
            });
            match found {
                Some(argument) => {
                    let value = self.owned(&argument.value);
                    quote!(&#value)
                }
                None => null(),
            }
        };
        match source {
            Source::Header(name) => of(name, "header"),
            Source::Query(name) => of(name, "query"),
            Source::Path(name) => of(name, "path"),
            Source::Body | Source::Payload => {
                match step.and_then(|step| step.body.as_ref()?.payload.as_ref()) {
                    Some(_) => at(&quote!(body), steps),
                    None => null(),
                }
            }
        }
    }

    /// An expression that is a `Value`.
    pub(super) fn owned(self, value: &StepValue) -> TokenStream {
        match &value.kind {
            ValueKind::Expression(expression) => {
                let reference = self.reference(expression);
                match reference.to_string().strip_prefix("& Value :: from") {
                    Some(_) => strip_reference(reference),
                    None => cloned(reference),
                }
            }
            ValueKind::Selected { context, selector } => {
                let context = self.reference(context);
                match selector {
                    Selector::Pointer(steps) => {
                        let pointer = pointer(steps);
                        quote!(at(#context, #pointer).clone())
                    }
                    Selector::Path(path) => quote!(path_part(#context, #path)),
                    Selector::JsonPath(path) => {
                        quote!({ static QUERY: Query = Query::new(#path); QUERY.first(#context) })
                    }
                }
            }
            ValueKind::Joined(parts) => {
                let text = self.text(parts);
                quote!(Value::from(#text))
            }
            ValueKind::Null => quote!(Value::Null),
            _ => {
                let json = self.json(value);
                quote!(json!(#json))
            }
        }
    }

    /// A value as `json!` takes it.
    pub(super) fn json(self, value: &StepValue) -> TokenStream {
        match &value.kind {
            ValueKind::Null => quote!(null),
            ValueKind::Flag(flag) => quote!(#flag),
            ValueKind::Number(number) => match number.parse::<i64>() {
                Ok(_) => number.parse().unwrap_or_default(),
                Err(_) if is_exact(number) => number.parse().unwrap_or_default(),
                // More digits than a literal of Rust has.
                Err(_) => quote!(number(#number)),
            },
            ValueKind::Text(text) => quote!(#text),
            ValueKind::Joined(parts) => self.text(parts),
            ValueKind::Expression(expression) => strip_reference(self.reference(expression)),
            ValueKind::Selected { selector: Selector::JsonPath(_), .. } => {
                let value = self.owned(value);
                // A block alone would be an object.
                quote!((#value))
            }
            ValueKind::Selected { .. } => self.owned(value),
            ValueKind::List(items) => {
                let items = items.iter().map(|item| self.json(item));
                quote!([#(#items),*])
            }
            ValueKind::Map(entries) => {
                let entries = entries.iter().map(|(name, _, value)| {
                    let value = self.json(value);
                    quote!(#name: #value)
                });
                quote!({ #(#entries),* })
            }
        }
    }

    /// A text of parts, as a `String`.
    pub(super) fn text(self, parts: &[TextPart]) -> TokenStream {
        if let [TextPart::Expression(expression)] = parts {
            let value = self.reference(expression);
            return quote!(text(#value));
        }
        let (mut format, mut arguments) = (String::new(), vec![]);
        for part in parts {
            match part {
                TextPart::Text(text) => {
                    format.push_str(&text.replace('{', "{{").replace('}', "}}"));
                }
                TextPart::Expression(expression) => {
                    format.push_str("{}");
                    let value = self.reference(expression);
                    arguments.push(quote!(text(#value)));
                }
            }
        }
        quote!(format!(#format, #(#arguments),*))
    }
}

/// Whether a literal of Rust is the number itself: a double has 15 digits, whatever they are.
fn is_exact(number: &str) -> bool {
    number.len() <= 15
        && number.contains(['.', 'e', 'E'])
        && number.parse::<f64>().is_ok_and(f64::is_finite)
}

fn null() -> TokenStream {
    quote!(&Value::Null)
}

fn cloned(reference: TokenStream) -> TokenStream {
    let place = strip_reference(reference);
    quote!(#place.clone())
}

/// The place of a reference: `state.name` of `&state.name`.
fn strip_reference(reference: TokenStream) -> TokenStream {
    use proc_macro2::TokenTree;
    let mut tokens = reference.clone().into_iter();
    match tokens.next() {
        Some(TokenTree::Punct(punct)) if punct.as_char() == '&' => tokens.collect(),
        _ => reference,
    }
}
