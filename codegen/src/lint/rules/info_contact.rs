//! A document says who answers for it.

use crate::lint::found::Found;
use crate::lint::view::View;
use crate::lint::view::says;
use crate::lint::{Example, Group, Rule};

pub(super) static RULE: Rule = Rule {
    code: "info-contact",
    level: None,
    group: Group::Docs,
    what: "a document names no contact",
    why: "Clients that find a problem, and people on call, need to know whom to ask.",
    example: Some(Example {
        at: "openapi#/info",
        bad: "\
title: Things
version: 1.0.0
description: Things, and where they are.",
        good: "\
title: Things
version: 1.0.0
description: Things, and where they are.
contact:
  name: The team
  url: https://example.org",
    }),
    check: Some(check),
};

fn check(view: &View<'_>, found: &mut Found<'_>) {
    for document in view.documents() {
        let Some(info) = document.root.entry("info") else { continue };
        let contact = info.value.get("contact");
        if !contact.is_some_and(|contact| WAYS.iter().any(|way| says(contact, way))) {
            found.add(
                info.key_span,
                "`info` has no contact",
                "add the team:\ncontact:\n  name: …\n  url: …",
            );
        }
    }
}

/// What a contact may be reached by.
const WAYS: [&str; 3] = ["name", "url", "email"];
