//! URLs of servers can be put before a path, and are encrypted.

use crate::diag::{Edit, Level};
use crate::lint::found::Found;
use crate::lint::view::View;
use crate::lint::{Example, Group, Rule};
use crate::lower::url;
use crate::parse::Node;

pub(super) static RULE: Rule = Rule {
    code: "server-url",
    level: Some(Level::Warning),
    group: Group::Structure,
    what: "a server URL ends in a slash, uses `http`, or has no `://`",
    why: "Clients append the path, which produces `//`. Requests over `http` can be read by others.",
    example: Some(Example {
        at: "openapi#/servers/0",
        bad: "\
url: http://api.example.org/",
        good: "\
url: https://api.example.org",
    }),
    check: Some(check),
};

fn check(view: &View<'_>, found: &mut Found<'_>) {
    for document in &view.openapi {
        for server in document.root.get("servers").into_iter().flat_map(Node::items) {
            let Some(node) = server.get("url") else { continue };
            let url = node.text().unwrap_or_default();
            if let Some(meant) = with_scheme(url) {
                let why = "the URL has no `://`, so it is read as a path";
                found.add(node.span, why, format!("write `{meant}`"));
                continue;
            }
            let better = better(url);
            if better != url {
                let why = if url.starts_with("http://") && better.starts_with("https://") {
                    "requests to this server are not encrypted"
                } else {
                    "the URL ends in a slash"
                };
                let help = format!("write `{better}`");
                // A slash less is the same server; whether it speaks TLS, only its owner knows.
                match url.trim_end_matches('/') == better {
                    true => {
                        let edit = Edit::Set(better.clone());
                        found.add_fixable(node.span, why, help, node.span, edit);
                    }
                    false => found.add(node.span, why, help),
                }
            }
        }
    }
}

/// The URL that was meant by one whose `://` is misspelt: `https//…`, `https:/…`.
fn with_scheme(url: &str) -> Option<String> {
    let (scheme, rest) = url.split_at_checked(url.find([':', '/'])?)?;
    let host = rest.trim_start_matches([':', '/']);
    let is_one = ["http", "https"].contains(&scheme) && !rest.starts_with("://");
    (is_one && !host.is_empty()).then(|| format!("{scheme}://{host}"))
}

/// The URL without a slash at its end, and encrypted unless it is of this machine.
fn better(url: &str) -> String {
    let bare = if url.len() > 1 { url.trim_end_matches('/') } else { url };
    match bare.strip_prefix("http://") {
        Some(host) if !url::is_local(bare) => format!("https://{host}"),
        _ => bare.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::with_scheme;

    #[test]
    fn a_misspelt_scheme_is_no_path() {
        for url in ["https//a.example.com", "https:/a.example.com", "https:a.example.com"] {
            assert_eq!(with_scheme(url).as_deref(), Some("https://a.example.com"), "{url}");
        }
        for url in ["https://a.example.com", "/v1", "{scheme}://a", "httpserver/v1", "http"] {
            assert_eq!(with_scheme(url), None, "{url}");
        }
    }
}
