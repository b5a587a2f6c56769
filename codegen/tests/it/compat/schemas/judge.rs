//! Which values a JSON Schema takes, by the words of 2020-12: judged by the crate `boon`, which shares no code with the
//! generator.

use std::cell::RefCell;
use std::collections::BTreeMap;

use boon::{Compiler, Draft, SchemaIndex, Schemas};
use serde_json::Value;

/// A schema that judges values.
pub(crate) struct Judge {
    schemas: Schemas,
    index: SchemaIndex,
}

impl Judge {
    /// The judge of a schema.
    pub(crate) fn of(schema: &Value) -> Self {
        const NAME: &str = "https://example.com/schema.json";
        let (mut schemas, mut compiler) = (Schemas::new(), Compiler::new());
        compiler.set_default_draft(Draft::V2020_12);
        compiler.add_resource(NAME, schema.clone()).unwrap();
        let index = compiler.compile(NAME, &mut schemas);
        let index = index.unwrap_or_else(|error| panic!("{schema}: {error}"));
        Self { schemas, index }
    }

    /// Whether the schema takes a value.
    pub(crate) fn takes(&self, value: &Value) -> bool {
        self.schemas.validate(value, self.index).is_ok()
    }
}

/// Whether a schema takes a value. Schemas that were asked of are kept, as many values are judged by each.
pub(crate) fn fits(schema: &Value, value: &Value) -> bool {
    thread_local! {
        static KNOWN: RefCell<BTreeMap<String, Judge>> = const { RefCell::new(BTreeMap::new()) };
    }
    KNOWN.with_borrow_mut(|known| {
        if known.len() > 500 {
            known.clear();
        }
        known.entry(schema.to_string()).or_insert_with(|| Judge::of(schema)).takes(value)
    })
}
