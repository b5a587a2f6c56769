//! What is asked of each operation: requests that keep its contract, and requests that break it in one place.

mod body;
mod keys;
mod method;
mod parameters;

use std::collections::{BTreeMap, BTreeSet};

use codegen::model::{Codec, Operation, Parameter, ParameterLocation, Segment, Service, System};
use codegen::source::Span;
use serde_json::Value;

use crate::coverage::Mark;
use crate::request::{Body, Input, Request, chosen};
use crate::schema::{Contracts, Part, Verdict};
use crate::style;
use crate::value::{Dice, Fill, Gap, Sender, make};

pub use method::{MethodCase, methods};

/// A request, and what the contract wants for it.
#[derive(Debug, Clone)]
pub struct Case {
    /// What it is for, in a few words.
    pub purpose: String,
    /// The request.
    pub request: Request,
    /// What was said with it; none where it cannot be said by the contract.
    pub input: Option<Input>,
    /// Whether it keeps the contract.
    pub keeps: bool,
    /// What it exercises.
    pub marks: Vec<Mark>,
    /// The part of the contract that it is about.
    pub span: Span,
    /// The header parameter that it is about, if it is about one.
    pub header: Option<String>,
}

/// The cases of an operation, and what no case covers.
#[derive(Debug, Default)]
pub struct Cases {
    /// The cases, those that keep the contract first.
    pub cases: Vec<Case>,
    /// Sides of constraints that nothing was found for.
    pub gaps: Vec<Gap>,
    /// What a request would have been for, where its body is not valid by the text of the contract.
    pub doubts: Vec<String>,
    /// Why the operation cannot be called at all, where it cannot.
    pub impossible: Option<String>,
}

/// What cases are made from.
#[derive(Debug)]
pub struct Planner<'s> {
    /// The service.
    pub service: &'s Service,
    /// The operation.
    pub operation: &'s Operation,
    /// The text of the contracts.
    pub contracts: &'s Contracts,
    /// Texts that are a segment of some path; a parameter of that value would lead to another operation.
    pub literals: &'s BTreeSet<String>,
    /// Values for parameters that lead to something that is there, by place.
    pub known: &'s BTreeMap<usize, Value>,
}

/// All texts that are segments of paths.
#[must_use]
pub fn literals(system: &System) -> BTreeSet<String> {
    let operations = system.services.iter().flat_map(|service| &service.operations);
    let segments = operations.flat_map(|operation| &operation.path.segments);
    segments.filter_map(Segment::literal).map(str::to_owned).collect()
}

impl Planner<'_> {
    /// All cases of the operation; `n_drawn` of them are left to the dice.
    #[must_use]
    pub fn cases(&self, n_drawn: usize, dice: &mut Dice) -> Cases {
        let mut cases = Cases::default();
        let base = match self.base() {
            Ok(base) => base,
            Err(why) => {
                cases.impossible = Some(why);
                return cases;
            }
        };
        self.usual(&base, &mut cases);
        self.drawn(n_drawn, dice, &mut cases);
        self.vary_parameters(&base, &mut cases);
        self.vary_body(&base, &mut cases);
        // What keeps the contract goes first, so that what follows meets things that are there.
        cases.cases.sort_by_key(|case| !case.keeps);
        cases
    }

    /// A request with what is required, and a whole body.
    ///
    /// # Errors
    /// No value was found for a part that must be there.
    pub fn base(&self) -> Result<Input, String> {
        let mut parameters = Vec::new();
        for parameter in &self.operation.parameters {
            if let Some(value) = self.known.get(&parameters.len()) {
                parameters.push(Some(value.clone()));
                continue;
            }
            if !parameter.required {
                parameters.push(None);
                continue;
            }
            match self.value_of(parameter, Fill::Full) {
                Some(value) => parameters.push(Some(value)),
                None => {
                    let name = &parameter.name.wire;
                    return Err(format!("no valid value for the parameter `{name}` was found"));
                }
            }
        }
        let body = match &self.operation.body {
            None => Body::None,
            Some(body) => match self.whole_body() {
                Some(value) => Body::Json(value),
                None if body.required => {
                    return Err("no valid value for the body was found".to_owned());
                }
                None => Body::None,
            },
        };
        Ok(self.with_keys_of_parameters(Input { parameters, body }))
    }

    /// The contract's example of the body, or else what [`Planner::base`] makes of it, with the examples of
    /// parameters.
    ///
    /// # Errors
    /// As [`Planner::base`].
    pub fn usual_input(&self) -> Result<Input, String> {
        let mut input = self.base()?;
        let body = self.operation.body.as_ref().and_then(chosen);
        let examples = body.into_iter().flat_map(|body| &body.examples);
        if let Some(example) = examples.into_iter().next() {
            input.body = Body::Json(example.value.clone());
        }
        Ok(self
            .with_keys_of_body(input.clone())
            .unwrap_or_else(|| self.with_keys_of_parameters(input)))
    }

    /// A value for the body that has as much in it as may be.
    fn whole_body(&self) -> Option<Value> {
        let examples = chosen(self.operation.body.as_ref()?)?.examples.iter();
        let made = [Fill::Full, Fill::Least].into_iter().filter_map(|fill| self.body_of(fill));
        let mut values = made.chain(examples.map(|example| example.value.clone())).peekable();
        let first = values.peek().cloned();
        values.find(|value| self.is_valid(value) != Some(false)).or(first)
    }

    /// Whether a body is valid by the text of the contract, where that can be said.
    fn is_valid(&self, body: &Value) -> Option<bool> {
        let content = chosen(self.operation.body.as_ref()?)?;
        let part = Part::Request(&content.media_type);
        match self.contracts.verdict(self.operation, part, body)? {
            _ if content.codec != Codec::Json => None,
            Verdict::Valid => Some(true),
            Verdict::Invalid(_) => Some(false),
            Verdict::Unknown(_) => None,
        }
    }

    /// A value for the body.
    fn body_of(&self, fill: Fill<'_>) -> Option<Value> {
        let content = chosen(self.operation.body.as_ref()?)?;
        match content.codec {
            // Any bytes will do.
            Codec::Binary => Some(Value::from("\u{1}any bytes\r\n")),
            _ => make(self.service, &content.ty, fill).filter(|value| match &content.codec {
                Codec::Form(_) | Codec::Multipart(_) => style::is_sent(value),
                // No bytes are no body.
                Codec::Text => value.as_str() != Some(""),
                _ => true,
            }),
        }
    }

    /// A value for a parameter: its example, or one made for its type.
    fn value_of(&self, parameter: &Parameter, fill: Fill<'_>) -> Option<Value> {
        let drawn = matches!(fill, Fill::Drawn(_));
        let example = parameter.example.clone().filter(|_| !drawn);
        let value = example.or_else(|| make(self.service, &parameter.ty, fill))?;
        (self.can_be_sent(parameter, &value) && self.is_told(parameter, &value)).then_some(value)
    }

    /// Whether the text of the contract lets a value be: a type says less than the schema of a parameter may.
    fn is_told(&self, parameter: &Parameter, value: &Value) -> bool {
        let Some((file, pointer)) = parameter.origin.pointer.split_once('#') else { return true };
        ["/schema", "/content/application~1json/schema"].into_iter().all(|schema| {
            let pointer = format!("{pointer}{schema}");
            let verdict = self.contracts.verdict_at(file, &pointer, Sender::Client, value);
            !matches!(verdict, Verdict::Invalid(_))
        })
    }

    /// Whether a value reaches the operation where the parameter travels.
    fn can_be_sent(&self, parameter: &Parameter, value: &Value) -> bool {
        let text = crate::style::text(&parameter.name.wire, &parameter.style, value);
        let is_scalar =
            |value: &Value| value.is_string() || value.is_number() || value.is_boolean();
        let shaped = match value {
            value if parameter.written.is_some() => style::is_clear(&parameter.style, value),
            // Between commas, a comma would be two items, and nothing an item of its own.
            Value::Array(items) => {
                let clean = |item: &Value| {
                    let text = crate::request::text_of(item);
                    !text.is_empty() && !text.contains(',') && text.trim() == text
                };
                !items.is_empty() && items.iter().all(|item| is_scalar(item) && clean(item))
            }
            other => is_scalar(other),
        };
        let travels = match parameter.location {
            ParameterLocation::Path => {
                !text.is_empty()
                    && !text.contains(['/', '\\'])
                    && text != "."
                    && text != ".."
                    && !self.literals.contains(&text)
            }
            ParameterLocation::Query => true,
            ParameterLocation::Cookie if parameter.raw => {
                !text.is_empty()
                    && text.trim() == text
                    && text.bytes().all(|b| (0x20..0x7f).contains(&b) && b != b';')
            }
            ParameterLocation::Cookie => !text.is_empty(),
            ParameterLocation::Header => {
                !text.is_empty()
                    && text.trim() == text
                    && text.bytes().all(|b| (0x20..0x7f).contains(&b))
            }
        };
        // Gateways and servers bound the line that a request begins with.
        const MAX_LINE_BYTES: usize = 6000;
        shaped && travels && scalars::percent::encode(&text).len() <= MAX_LINE_BYTES
    }

    /// Whether a parameter is a token of a page before, which nobody can make up.
    fn is_token(&self, place: usize) -> bool {
        let page = self.operation.binding.as_ref().and_then(|binding| binding.action.page());
        page.is_some_and(|page| page.next == Some(place))
    }

    /// The examples, the most and the least that may be said.
    fn usual(&self, base: &Input, cases: &mut Cases) {
        let mut full = base.clone();
        for (place, parameter) in self.operation.parameters.iter().enumerate() {
            if full.parameters[place].is_none() && !self.is_token(place) {
                full.parameters[place] = self.value_of(parameter, Fill::Full);
            }
        }
        if let Some(body) = &self.operation.body {
            for example in chosen(body).into_iter().flat_map(|content| &content.examples) {
                let body_of_example = Body::Json(example.value.clone());
                let input = Input { body: body_of_example, ..base.clone() };
                let Some(input) = self.with_keys_of_body(input) else { continue };
                self.push(
                    cases,
                    format!("the example `{}`", example.name),
                    input,
                    true,
                    Vec::new(),
                    body.origin.span,
                );
            }
            if let Some(value) = self.body_of(Fill::Least) {
                let input = Input { body: Body::Json(value), ..base.clone() };
                let input = self.with_keys_of_parameters(input);
                let at = self.operation.origin.span;
                self.push(
                    cases,
                    "only required properties".to_owned(),
                    input,
                    true,
                    Vec::new(),
                    at,
                );
            }
        }
        let at = self.operation.origin.span;
        let full = self.with_keys_of_parameters(full);
        self.push(cases, "all properties".to_owned(), full, true, Vec::new(), at);
    }

    /// Requests that keep the contract, drawn.
    fn drawn(&self, n: usize, dice: &mut Dice, cases: &mut Cases) {
        let says_anything = self.operation.body.is_some() || !self.operation.parameters.is_empty();
        for _ in 0..if says_anything { n } else { 0 } {
            let Ok(mut input) = self.base() else { return };
            for (place, parameter) in self.operation.parameters.iter().enumerate() {
                let is_known = self.known.contains_key(&place);
                if is_known || self.is_token(place) || (!parameter.required && dice.one_in(2)) {
                    continue;
                }
                if let Some(value) = self.value_of(parameter, Fill::Drawn(dice)) {
                    input.parameters[place] = Some(value);
                }
            }
            if let Some(value) = self.body_of(Fill::Drawn(dice)) {
                input.body = Body::Json(value);
            }
            let at = self.operation.origin.span;
            let input = self.with_keys_of_parameters(input);
            self.push(cases, "random values".to_owned(), input, true, Vec::new(), at);
        }
    }

    fn push(
        &self,
        cases: &mut Cases,
        purpose: String,
        input: Input,
        keeps: bool,
        marks: Vec<Mark>,
        span: Span,
    ) {
        if let (true, Body::Json(body)) = (keeps, &input.body)
            && self.is_valid(body) == Some(false)
        {
            cases.doubts.push(purpose);
            return;
        }
        let request = Request::of(self.operation, &input);
        // Two ways to the same request are one case with the marks of both.
        if let Some(known) =
            cases.cases.iter_mut().find(|one| one.request == request && one.keeps == keeps)
        {
            known.marks.extend(marks);
            return;
        }
        cases.cases.push(Case {
            purpose,
            request,
            input: Some(input),
            keeps,
            marks,
            span,
            header: None,
        });
    }
}
