//! A document says under which licence it may be used.

use crate::lint::found::Found;
use crate::lint::view::View;
use crate::lint::view::says;
use crate::lint::{Example, Group, Rule};

pub(super) static RULE: Rule = Rule {
    code: "info-license",
    level: None,
    group: Group::Docs,
    what: "a document names no license",
    why: "Without one, clients outside the company may not be allowed to generate code from the document.",
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
                "`info` has no license",
                "add one:\nlicense:\n  name: …\n  url: …",
            );
        }
    }
}
