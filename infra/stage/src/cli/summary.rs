//! What is printed when the stage is ready: for people, and as JSON.

use std::time::Duration;

use serde_json::json;

use super::Faults;
use crate::stage::Stage;

pub(super) fn summary(stage: &Stage, faults: Option<&Faults>, took: Duration) -> String {
    let plan = stage.plan();
    let mut rows: Vec<(String, String)> = Vec::new();
    for api in stage.apis() {
        rows.push(("api".to_owned(), format!("{}  ({} {})", api.url, api.kind, api.id)));
        for (method, path) in &api.routes {
            rows.push((String::new(), route(&api.url, method, path)));
        }
    }
    rows.push(("aws endpoint".to_owned(), stage.aws_endpoint().to_owned()));
    rows.push(("console".to_owned(), format!("{}/_stage", stage.aws_endpoint())));
    let mut list = |heading: &str, values: Vec<String>| {
        for (index, value) in values.into_iter().enumerate() {
            rows.push((if index == 0 { heading.to_owned() } else { String::new() }, value));
        }
    };
    list("queues", plan.queues.iter().map(|queue| queue.url.clone()).collect());
    list("tables", plan.tables.iter().map(|table| table.name.clone()).collect());
    list("buses", plan.buses.iter().map(|bus| bus.name.clone()).collect());
    list("functions", plan.functions.iter().map(|function| function.name.clone()).collect());
    list("api keys", plan.api_keys.iter().map(|key| format!("{} {}", key.id, key.value)).collect());
    if let Some((preset, faults)) = faults {
        rows.push(("faults".to_owned(), format!("{preset}, seed {}", faults.seed())));
    }
    let mut text = String::new();
    for (heading, value) in rows {
        text.push_str(&format!("{heading:<14}{value}\n"));
    }
    if !plan.inert.is_empty() {
        let mut kinds: Vec<&str> = plan.inert.iter().map(|one| one.kind.as_str()).collect();
        kinds.sort_unstable();
        kinds.dedup();
        text.push_str(&format!("{:<14}{}\n", "inert", kinds.join(", ")));
    }
    text.push_str(&format!("ready in {} ms; press Ctrl-C to stop\n", took.as_millis()));
    text
}

/// A route: its method and URL. What takes all that no other route does has no path of its own.
fn route(url: &str, method: &str, path: &str) -> String {
    match path.strip_prefix('/') {
        Some(_) => format!("{method:<9}{url}{path}"),
        None => format!("{path:<9}{url}"),
    }
}

pub(super) fn summary_json(stage: &Stage, faults: Option<&Faults>) -> String {
    let plan = stage.plan();
    let apis: Vec<_> = stage
        .apis()
        .iter()
        .map(|api| {
            let routes: Vec<_> = api
                .routes
                .iter()
                .map(|(method, path)| json!({ "method": method, "path": path }))
                .collect();
            json!({ "id": api.id, "url": api.url, "routes": routes })
        })
        .collect();
    let summary = json!({
        "apis": apis,
        "awsEndpoint": stage.aws_endpoint(),
        "console": format!("{}/_stage", stage.aws_endpoint()),
        "dynamodbEndpoint": stage.dynamodb_endpoint(),
        "queues": by_id(plan.queues.iter().map(|one| (&one.id, &one.name, &one.url))),
        "tables": by_id(plan.tables.iter().map(|one| (&one.id, &one.name, &one.name))),
        "buses": by_id(plan.buses.iter().map(|one| (&one.id, &one.name, &one.name))),
        "functions": by_id(plan.functions.iter().map(|one| (&one.id, &one.name, &one.name))),
        "apiKeys": by_id(plan.api_keys.iter().map(|one| (&one.id, &one.key_id, &one.value))),
        "outputs": plan.outputs,
        "faults": faults.map(|(preset, faults)| {
            json!({ "preset": preset.name(), "seed": faults.seed() })
        }),
    });
    format!("{summary}\n")
}

/// Values by logical id; by physical name where a stack before has that id.
fn by_id<'p>(
    all: impl Iterator<Item = (&'p String, &'p String, &'p String)>,
) -> serde_json::Map<String, serde_json::Value> {
    let mut named = serde_json::Map::new();
    for (id, name, value) in all {
        let key = if named.contains_key(id) { name } else { id };
        named.insert(key.clone(), value.as_str().into());
    }
    named
}

#[cfg(test)]
mod tests {
    use super::{by_id, route};

    #[test]
    fn what_two_stacks_have_under_one_id_is_told_of_both() {
        let all = [("Q", "local-Q", "first"), ("Q", "local-b-Q", "second"), ("P", "p", "third")];
        let all = all.map(|(id, name, value)| (id.to_owned(), name.to_owned(), value.to_owned()));
        let named = by_id(all.iter().map(|(id, name, value)| (id, name, value)));
        let expected = serde_json::json!({ "Q": "first", "local-b-Q": "second", "P": "third" });
        assert_eq!(serde_json::Value::from(named), expected);
    }

    #[test]
    fn each_route_has_its_method_and_url_apart() {
        let of = |method, path| route("http://127.0.0.1:3000", method, path);
        assert_eq!(of("OPTIONS", "/a"), "OPTIONS  http://127.0.0.1:3000/a");
        assert_eq!(of("ANY", "/a/{proxy+}"), "ANY      http://127.0.0.1:3000/a/{proxy+}");
        assert_eq!(of("ANY", "$default"), "$default http://127.0.0.1:3000");
    }
}
