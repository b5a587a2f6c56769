//! What consumers no longer say that they use: a change that breaks them would name nobody any more.

use std::collections::{BTreeMap, BTreeSet};

use super::{Consumer, Consumers, Use, is_route};
use crate::source::Span;

impl Consumers {
    /// What consumers of an earlier version used and do not use now, each with a place: of the file that is there now, else
    /// of the earlier one.
    #[must_use]
    pub fn dropped_since(&self, before: &Self, base: &str) -> Vec<(Span, String)> {
        let mut found = Vec::new();
        for was in &before.known {
            match self.known.iter().find(|is| is.name == was.name) {
                Some(is) => is.dropped_since(was, base, &mut found),
                None => {
                    let name = &was.name;
                    found.push((
                        was.file,
                        format!("the consumer `{name}` of `{base}` is no longer registered"),
                    ));
                }
            }
        }
        found
    }
}

impl Consumer {
    fn dropped_since(&self, before: &Self, base: &str, found: &mut Vec<(Span, String)>) {
        for (was, is) in [(&before.operations, &self.operations), (&before.events, &self.events)] {
            for (name, used) in was {
                let now = now(is, name);
                let place = now.and_then(|(name, _)| self.places.get(name)).unwrap_or(&self.file);
                let who = &self.name;
                let mut tell = |what: String| {
                    found.push((
                        *place,
                        format!("`{who}` no longer {what} `{name}`, but did in `{base}`"),
                    ));
                };
                let Some((_, now)) = now else {
                    tell("uses".to_owned());
                    continue;
                };
                for (verb, was, is) in
                    [("reads", &used.reads, &now.reads), ("sends", &used.sends, &now.sends)]
                {
                    match dropped(was.as_ref(), is.as_ref()) {
                        None => {}
                        Some(fields) if fields.is_empty() => tell(format!("{verb} all of")),
                        Some(fields) => tell(format!("{verb} {} of", fields.join(", "))),
                    }
                }
            }
        }
    }
}

/// What is used of a route or event now: under the same name, or of a route with other names of its parameters.
fn now<'a>(is: &'a BTreeMap<String, Use>, name: &str) -> Option<(&'a String, &'a Use)> {
    is.get_key_value(name).or_else(|| is.iter().find(|(other, _)| is_route(other, name)))
}

/// The fields that are no longer named; an empty list where all were used and only some are now.
fn dropped(was: Option<&BTreeSet<String>>, is: Option<&BTreeSet<String>>) -> Option<Vec<String>> {
    match (was, is) {
        (_, None) => None,
        (None, Some(_)) => Some(vec![]),
        (Some(was), Some(is)) => {
            let gone: Vec<_> = was.difference(is).map(|name| format!("`{name}`")).collect();
            (!gone.is_empty()).then_some(gone)
        }
    }
}
