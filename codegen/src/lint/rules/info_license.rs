//! A document says under which licence it may be used.

use crate::lint::found::Found;
use crate::lint::view::View;
use crate::lint::view::says;
use crate::lint::{Example, Group, Rule};

pub(super) static RULE: Rule = Rule {
    code: "info-license",
    level: None,
    group: Group::Docs,
    what: "a document does not say under which licence it may be used",
    why: "Clients outside of the company may not generate code from a document without one.",
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
license:
  name: MIT
  url: https://opensource.org/license/mit",
    }),
    check: Some(check),
};

fn check(view: &View<'_>, found: &mut Found<'_>) {
    for document in view.documents() {
        let Some(info) = document.root.entry("info") else { continue };
        if !info.value.get("license").is_some_and(|license| says(license, "name")) {
            found.add(
                info.key_span,
                "`info` names no licence",
                "add one:\nlicense:\n  name: …\n  url: …",
            );
        }
    }
}
