//! A stream serves few readers.

use std::collections::BTreeMap;

use crate::diag::{Sink, catalog::streams as fault};
use crate::model::{Receive, System};

pub(super) fn check(system: &System, sink: &Sink) {
    for service in &system.services {
        let mut readers: BTreeMap<&str, Vec<&Receive>> = BTreeMap::new();
        for receive in &service.receives {
            let Some(stream) = receive.delivery.stream() else { continue };
            readers.entry(&service.table(stream.table).name.wire).or_default().push(receive);
        }
        let most = limits::DYNAMODB_STREAM_READERS;
        for (table, readers) in readers {
            if let Some(one_more) = readers.get(most as usize) {
                let at = one_more.origin.span;
                sink.report(fault::many_readers(at, table, readers.len(), most));
            }
        }
    }
}
