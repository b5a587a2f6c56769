//! A document says what its service is for.

use crate::diag::Level;
use crate::lint::found::Found;
use crate::lint::view::View;
use crate::lint::view::says;
use crate::lint::{Example, Group, Rule};

pub(super) static RULE: Rule = Rule {
    code: "info-description",
    level: Some(Level::Warning),
    group: Group::Docs,
    what: "a document has no description",
    why: "It is the first thing that people read in a service catalog or in the generated reference.",
    example: Some(Example {
        at: "asyncapi#/info",
        bad: "\
title: Events of things
version: 1.0.0",
        good: "\
title: Events of things
version: 1.0.0
description: What happens to things.",
    }),
    check: Some(check),
};

fn check(view: &View<'_>, found: &mut Found<'_>) {
    for document in view.documents() {
        let Some(info) = document.root.entry("info") else { continue };
        if !says(&info.value, "description") {
            found.add(
                info.key_span,
                "`info` has no description",
                "add one sentence:\ndescription: What the service does.",
            );
        }
    }
}
