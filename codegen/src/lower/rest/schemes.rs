//! Security schemes: what of them a caller has to keep to.

use crate::lower::Scope;
use crate::model::SecurityScheme;
use crate::parse::Node;

/// The schemes of a document.
pub(crate) fn lower_schemes(scope: Scope<'_>, document: &Node) -> Vec<SecurityScheme> {
    let listed = document.at(&["components", "securitySchemes"]);
    let scheme = |(name, node): (&String, &Node)| {
        let text = |key: &str| node.text_at(key).unwrap_or_default();
        let kind = text("type");
        let carrier = match kind {
            "apiKey" => format!("{} {}", text("in"), text("name")),
            "http" => text("scheme").to_lowercase(),
            _ => String::new(),
        };
        let own = node
            .text_at("openIdConnectUrl")
            .map(|url| ("openIdConnectUrl".to_owned(), url.to_owned()));
        let flows = node.get("flows").into_iter().flat_map(Node::entries);
        let of_flows = flows.flat_map(|flow| {
            let urls = flow.value.entries().iter().filter(|entry| entry.key.ends_with("Url"));
            let url = |entry: &crate::parse::Entry| entry.value.text().map(str::to_owned);
            urls.filter_map(move |entry| Some((format!("{} {}", flow.key, entry.key), url(entry)?)))
        });
        SecurityScheme {
            name: name.clone(),
            kind: kind.to_owned(),
            carrier,
            urls: own.into_iter().chain(of_flows).collect(),
            origin: scope.origin(node.span),
        }
    };
    listed
        .into_iter()
        .flat_map(Node::entries)
        .map(|entry| scheme((&entry.key, &entry.value)))
        .collect()
}
