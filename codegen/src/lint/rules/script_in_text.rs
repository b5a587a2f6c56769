//! A text is only text.

use crate::diag::Level;
use crate::lint::found::Found;
use crate::lint::view::View;
use crate::lint::{Example, Group, Rule};

pub(super) static RULE: Rule = Rule {
    code: "script-in-text",
    level: Some(Level::Error),
    group: Group::Docs,
    what: "a description contains a script",
    why: "Portals and references render descriptions as Markdown, so a script would run in every reader's browser.",
    example: Some(Example {
        at: "openapi#/info",
        bad: "\
title: Things
version: 1.0.0
description: Things. <script>alert(1)</script>",
        good: "\
title: Things
version: 1.0.0
description: Things, and where they are.",
    }),
    check: Some(check),
};

fn check(view: &View<'_>, found: &mut Found<'_>) {
    for (_, tree) in view.trees() {
        let mut open = vec![tree];
        while let Some(node) = open.pop() {
            for entry in node.entries() {
                let is_text = TEXTS.contains(&entry.key.as_str());
                if let Some(text) = entry.value.text().filter(|text| is_text && runs(text)) {
                    let shown: String = text.chars().take(40).collect();
                    let message = format!("`{}` contains a script: `{}`", entry.key, shown.trim());
                    found.add(
                        entry.key_span,
                        message,
                        "remove it; to show code, use a fenced code block with `&lt;` instead of `<`",
                    );
                }
                open.push(&entry.value);
            }
            open.extend(node.items());
        }
    }
}

/// The keys whose text is shown to readers.
const TEXTS: [&str; 3] = ["description", "summary", "title"];

fn runs(text: &str) -> bool {
    let text = text.to_lowercase();
    ["<script", "javascript:", "<iframe", " onerror=", " onload="]
        .iter()
        .any(|mark| text.contains(mark))
}
