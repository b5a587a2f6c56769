//! URLs of servers can be put before a path, and are encrypted.

use crate::diag::catalog::shape::resembling;
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
                let why = match url.contains("://") {
                    true => "the URL has an unknown scheme",
                    false => "the URL has no `://`, so it is read as a path",
                };
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
    if is_host(url) {
        return Some(format!("https://{url}"));
    }
    if let Some((scheme, host)) = url.split_once("://")
        && let Some((1, near)) = resembling(scheme, ["http", "https"])
    {
        return Some(format!("{near}://{host}"));
    }
    let (scheme, rest) = url.split_at_checked(url.find([':', '/'])?)?;
    let host = rest.trim_start_matches([':', '/']);
    let is_one = ["http", "https"].contains(&scheme) && !rest.starts_with("://");
    (is_one && !host.is_empty()).then(|| format!("{scheme}://{host}"))
}

/// Whether a relative URL begins with the name of a host: `api.example.com/v1`, `localhost:8080`.
fn is_host(url: &str) -> bool {
    let first = url.split(['/', '?']).next().unwrap_or_default();
    let (name, port) = first.split_once(':').unwrap_or((first, ""));
    let labels: Vec<&str> = name.split('.').collect();
    let is_label = |label: &&str| {
        !label.is_empty() && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    };
    let last = labels.last().copied().unwrap_or_default();
    // `v1.0` and `openapi.json` are names of folders and files.
    let is_domain = labels.len() > 2
        && labels.iter().all(is_label)
        && last.len() > 1
        && last.bytes().all(|byte| byte.is_ascii_alphabetic());
    let is_local = name == "localhost" && url != "localhost/" && !port.is_empty();
    (is_domain || is_local) && port.bytes().all(|byte| byte.is_ascii_digit())
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
        for url in
            ["api.shop.example.com", "api.shop.example.com/v1", "localhost:8080", "htp://a.b"]
        {
            assert!(with_scheme(url).is_some(), "{url}");
        }
        for url in ["v1.0", "a/b.example.com", "../v1", "1.2.3", "wss://a.example.com", "localhost"]
        {
            assert_eq!(with_scheme(url), None, "{url}");
        }
        for url in ["https://a.example.com", "/v1", "{scheme}://a", "httpserver/v1", "http"] {
            assert_eq!(with_scheme(url), None, "{url}");
        }
    }
}
