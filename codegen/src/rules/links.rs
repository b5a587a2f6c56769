//! A link leads to an operation of its own service, and gives it only what it takes.

use crate::diag::{
    Sink,
    catalog::{rules as fault, shape::nearest},
};
use crate::model::System;

pub(super) fn check(system: &System, sink: &Sink) {
    for service in &system.services {
        for operation in &service.operations {
            for response in &operation.responses {
                for link in &response.links {
                    let at = link.origin.span;
                    let known =
                        || service.operations.iter().map(|operation| operation.id.wire.as_str());
                    let target = service.operations.iter().find(|o| o.id.wire == link.operation_id);
                    let Some(target) = target else {
                        let near = nearest(&link.operation_id, known());
                        sink.report(fault::link_to_nowhere(
                            at,
                            &link.name,
                            &link.operation_id,
                            near,
                        ));
                        continue;
                    };
                    if link.body.is_some() && target.body.is_none() {
                        sink.report(fault::link_body(at, &link.name, &target.id.wire));
                    }
                    for (name, _) in &link.parameters {
                        // A name may say where it travels: `path.id`.
                        let plain = name.split_once('.').map_or(name.as_str(), |(_, plain)| plain);
                        if !target.parameters.iter().any(|parameter| parameter.name.wire == plain) {
                            let known = target
                                .parameters
                                .iter()
                                .map(|parameter| parameter.name.wire.as_str());
                            let near = nearest(plain, known);
                            sink.report(fault::link_parameter(
                                at,
                                &link.name,
                                name,
                                &target.id.wire,
                                near,
                            ));
                        }
                    }
                }
            }
        }
    }
}
