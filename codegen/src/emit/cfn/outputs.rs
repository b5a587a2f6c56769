//! What a deployed stack tells about itself: where it is reached, and what its parts are called.

use super::plan::Plan;
use super::value::{Map, Value, attribute, reference, substitute};
use super::{dashboard, names, tables};
use crate::model::System;

/// The outputs.
pub(super) fn outputs(system: &System, plan: &Plan<'_>) -> Map {
    let mut outputs = Map::new();
    let mut add = |id: String, description: String, value: Value| {
        outputs.insert(id, Map::new().with("Description", description).with("Value", value));
    };
    if system.services.iter().any(|service| !service.operations.is_empty()) {
        let url = "https://${Api}.execute-api.${AWS::Region}.${AWS::URLSuffix}/${ApiStage}";
        add("ApiUrl".into(), "The base URL of the API".into(), substitute(url));
    }
    for bus in system.buses.iter().filter(|bus| bus.name.wire != "default") {
        let id = names::bus_id(bus);
        add(format!("{id}Name"), format!("The bus {}", bus.name.wire), reference(&id));
    }
    for planned in &plan.queues {
        let id = names::queue_id(planned.queue);
        let queue = &planned.queue.name.wire;
        add(format!("{id}Url"), format!("The URL of the queue {queue}"), reference(&id));
        let name = attribute(&id, "QueueName");
        add(format!("{id}Name"), format!("The name of the queue {queue}"), name);
    }
    for whole in tables::made(system) {
        let (table, id) = (whole.table, names::table_id(whole.table));
        add(format!("{id}Name"), format!("The table {}", table.name.wire), reference(&id));
    }
    for (_, function) in names::functions(system) {
        let id = names::function_id(function);
        add(format!("{id}Name"), format!("The function {}", function.name.wire), reference(&id));
    }
    add("DashboardUrl".into(), "The dashboard".into(), dashboard::dashboard_url());
    outputs
}
