//! Criteria as Rust: conditions that are true or not, and the function that says which of them is not.

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use quote::quote;

use super::failure::has_word;
use super::value::Scope;
use crate::model::{
    Comparison, Condition, Criterion, CriterionKind, Expression, ExpressionKind, Literal, TextPart,
};

/// The statuses of which one must be answered, where criteria ask for nothing else.
fn statuses(criteria: &[Criterion]) -> Option<Vec<u16>> {
    let [Criterion { kind: CriterionKind::Simple(condition), .. }] = criteria else { return None };
    let mut found = vec![];
    collect(condition, &mut found).then_some(found)
}

fn collect(condition: &Condition, found: &mut Vec<u16>) -> bool {
    match condition {
        Condition::Or(left, right) => collect(left, found) && collect(right, found),
        Condition::Compare(Comparison::Equal, left, right) => match (left.as_ref(), right.as_ref())
        {
            (Condition::Value(value), Condition::Literal(Literal::Number(number)))
                if value.kind == ExpressionKind::StatusCode =>
            {
                let status = number.parse::<u16>().ok();
                found.extend(status);
                status.is_some()
            }
            _ => false,
        },
        _ => false,
    }
}

impl Scope<'_> {
    /// The criteria of a request, as a function of its answer: the statement that defines it, and the function.
    pub(super) fn criteria(self, criteria: &[Criterion]) -> (Option<TokenStream>, TokenStream) {
        if criteria.is_empty() {
            return (None, quote!(expect::success));
        }
        if let Some(statuses) = statuses(criteria) {
            let statuses = statuses.into_iter().map(proc_macro2::Literal::u16_unsuffixed);
            return (None, quote!(expect::status(&[#(#statuses),*])));
        }
        let checks = self.checks(criteria);
        let answer = if has_word(&checks, "answer") { quote!(answer) } else { quote!(_) };
        let statement = quote!(let expected = |#answer: &Answer<_>| { #checks };);
        (Some(statement), quote!(expected))
    }

    /// Statements that end with what is wrong, or with nothing.
    pub(super) fn checks(self, criteria: &[Criterion]) -> TokenStream {
        let check = |criterion: &Criterion| self.check(criterion);
        match criteria.split_last() {
            None => quote!(Ok(())),
            Some((last, before)) => {
                let before = before.iter().map(check);
                let last = check(last);
                quote!(#(#before?;)* #last)
            }
        }
    }

    /// One that says which criterion does not hold, and where values were put in, whether they made it invalid.
    fn check(self, criterion: &Criterion) -> TokenStream {
        let said = &criterion.text;
        let (name, context, parts) = match &criterion.kind {
            CriterionKind::Regex { context, pattern } => (quote!(check_pattern), context, pattern),
            CriterionKind::JsonPath { context, path, .. } => (quote!(check_query), context, path),
            CriterionKind::Simple(_) => {
                let holds = self.holds(criterion);
                return quote!(check(#holds, #said));
            }
        };
        if let [TextPart::Text(_)] = parts.as_slice() {
            let holds = self.holds(criterion);
            return quote!(check(#holds, #said));
        }
        let (context, text) = (self.context(criterion, context), self.text(parts));
        quote!(#name(#context, &#text, #said))
    }

    /// Whether all criteria hold.
    pub(super) fn all(self, criteria: &[Criterion]) -> TokenStream {
        all_of(criteria.iter().map(|criterion| self.holds(criterion)).collect())
    }

    fn holds(self, criterion: &Criterion) -> TokenStream {
        match &criterion.kind {
            CriterionKind::Simple(condition) => self.condition(condition),
            CriterionKind::Regex { context, pattern } => {
                let context = self.reference(context);
                match pattern.as_slice() {
                    [TextPart::Text(text)] => {
                        quote!({ static PATTERN: Pattern = Pattern::new(#text); PATTERN.matches(#context) })
                    }
                    parts => {
                        let text = self.text(parts);
                        quote!(matches(#context, &#text))
                    }
                }
            }
            CriterionKind::JsonPath { context, path, .. } => {
                let context = self.context(criterion, context);
                match path.as_slice() {
                    [TextPart::Text(text)] => {
                        quote!({ static QUERY: Query = Query::new(#text); QUERY.finds(#context) })
                    }
                    parts => {
                        let text = self.text(parts);
                        quote!(finds(#context, &#text))
                    }
                }
            }
        }
    }

    /// What a pattern or a query looks at.
    fn context(self, criterion: &Criterion, context: &Expression) -> TokenStream {
        let context = self.reference(context);
        match criterion.kind {
            // A filter looks at the members of a list, and so at the one thing in it.
            CriterionKind::JsonPath { of_itself: true, .. } => quote!(&json!([#context])),
            _ => context,
        }
    }

    pub(super) fn condition(self, condition: &Condition) -> TokenStream {
        match condition {
            Condition::Literal(Literal::Flag(flag)) => quote!(#flag),
            Condition::Literal(_) | Condition::Value(_) => {
                let value = self.operand(condition);
                quote!(is_true(#value))
            }
            Condition::Not(inner) => {
                let inner = self.condition(inner);
                quote!(!(#inner))
            }
            Condition::And(left, right) => {
                let (left, right) = (self.grouped(left), self.grouped(right));
                quote!(#left && #right)
            }
            Condition::Or(left, right) => {
                let (left, right) = (self.grouped(left), self.grouped(right));
                quote!(#left || #right)
            }
            Condition::Compare(comparison, left, right) => self.compare(*comparison, left, right),
        }
    }

    /// A part of a larger condition, in parentheses where it needs them.
    fn grouped(self, condition: &Condition) -> TokenStream {
        let inner = self.condition(condition);
        match condition {
            Condition::Or(..) => quote!((#inner)),
            _ => inner,
        }
    }

    fn compare(self, comparison: Comparison, left: &Condition, right: &Condition) -> TokenStream {
        let is_status = |one: &Condition| matches!(one, Condition::Value(value) if value.kind == ExpressionKind::StatusCode);
        let number = |one: &Condition| match one {
            Condition::Literal(Literal::Number(number)) => number.parse::<u16>().ok(),
            _ => None,
        };
        if let (true, Some(number)) = (is_status(left), number(right)) {
            let number = proc_macro2::Literal::u16_unsuffixed(number);
            let sign = sign(comparison);
            let status = self.status();
            return quote!(#status #sign #number);
        }
        let (left, right) = (self.operand(left), self.operand(right));
        match comparison {
            Comparison::Equal => quote!(equal(#left, #right)),
            Comparison::NotEqual => quote!(!equal(#left, #right)),
            Comparison::Less => quote!(compared(#left, #right).is_some_and(Ordering::is_lt)),
            Comparison::AtMost => quote!(compared(#left, #right).is_some_and(Ordering::is_le)),
            Comparison::Greater => quote!(compared(#left, #right).is_some_and(Ordering::is_gt)),
            Comparison::AtLeast => quote!(compared(#left, #right).is_some_and(Ordering::is_ge)),
        }
    }

    /// One side of a comparison, as a `&Value`.
    fn operand(self, condition: &Condition) -> TokenStream {
        match condition {
            Condition::Value(expression) => self.reference(expression),
            Condition::Literal(Literal::Null) => quote!(&Value::Null),
            Condition::Literal(Literal::Flag(flag)) => quote!(&json!(#flag)),
            Condition::Literal(Literal::Text(text)) => quote!(&json!(#text)),
            Condition::Literal(Literal::Number(number)) => quote!(&number(#number)),
            other => {
                let holds = self.condition(other);
                quote!(&json!(#holds))
            }
        }
    }
}

/// Several conditions that must hold, each in parentheses where it has an `||` of its own.
pub(super) fn all_of(conditions: Vec<TokenStream>) -> TokenStream {
    let is_or = |token| matches!(token, TokenTree::Punct(sign) if sign.as_char() == '|');
    let several = conditions.len() > 1;
    let grouped =
        conditions.into_iter().map(|one| match several && one.clone().into_iter().any(is_or) {
            true => quote!((#one)),
            false => one,
        });
    quote!(#(#grouped)&&*)
}

/// What is done where a condition holds.
pub(super) fn when(condition: TokenStream, then: &TokenStream) -> TokenStream {
    let is_block =
        |token| matches!(token, TokenTree::Group(group) if group.delimiter() == Delimiter::Brace);
    // People do not look for a block in a condition, and Clippy warns of it.
    match condition.clone().into_iter().next().is_some_and(is_block) {
        true => quote!(let holds = #condition; if holds { #then }),
        false => quote!(if #condition { #then }),
    }
}

fn sign(comparison: Comparison) -> TokenStream {
    match comparison {
        Comparison::Equal => quote!(==),
        Comparison::NotEqual => quote!(!=),
        Comparison::Less => quote!(<),
        Comparison::AtMost => quote!(<=),
        Comparison::Greater => quote!(>),
        Comparison::AtLeast => quote!(>=),
    }
}
